//! The options of `set`.

use shell::Dialect;

use super::shell::Shell;

/// The options of `set`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) errexit: bool,
    pub(super) noglob: bool,
    pub(super) nounset: bool,
    pub(super) xtrace: bool,
    pub(super) verbose: bool,
    pub(super) noexec: bool,
    pub(super) allexport: bool,
    pub(super) noclobber: bool,
    pub(super) pipefail: bool,
    /// Whether functions inherit the trap of ERR.
    pub(super) errtrace: bool,
    /// Whether functions inherit the traps of DEBUG and RETURN.
    pub(super) functrace: bool,
    /// Whether the script came by `-c`.
    pub(super) command: bool,
    /// Whether the script came by standard input.
    pub(super) stdin: bool,
    /// Those that mean nothing to a script here: bits by their place in the table.
    others: u32,
}

/// The options by name and letter, in the order that `set -o` prints them.
const ASH: &[(&str, char)] = &[
    ("errexit", 'e'),
    ("noglob", 'f'),
    ("ignoreeof", 'I'),
    ("monitor", 'm'),
    ("noexec", 'n'),
    ("xtrace", 'x'),
    ("verbose", 'v'),
    ("noclobber", 'C'),
    ("allexport", 'a'),
    ("notify", 'b'),
    ("nounset", 'u'),
    ("errtrace", 'E'),
    ("vi", 'V'),
    ("pipefail", '\0'),
];

const DASH: &[(&str, char)] = &[
    ("errexit", 'e'),
    ("noglob", 'f'),
    ("ignoreeof", 'I'),
    ("interactive", 'i'),
    ("monitor", 'm'),
    ("noexec", 'n'),
    ("stdin", 's'),
    ("xtrace", 'x'),
    ("verbose", 'v'),
    ("vi", 'V'),
    ("emacs", 'E'),
    ("noclobber", 'C'),
    ("allexport", 'a'),
    ("notify", 'b'),
    ("nounset", 'u'),
    ("privileged", 'p'),
    ("nolog", '\0'),
    ("debug", '\0'),
];

const BASH: &[(&str, char)] = &[
    ("allexport", 'a'),
    ("braceexpand", 'B'),
    ("emacs", '\0'),
    ("errexit", 'e'),
    ("errtrace", 'E'),
    ("functrace", 'T'),
    ("hashall", 'h'),
    ("histexpand", 'H'),
    ("history", '\0'),
    ("ignoreeof", '\0'),
    ("interactive-comments", '\0'),
    ("keyword", 'k'),
    ("monitor", 'm'),
    ("noclobber", 'C'),
    ("noexec", 'n'),
    ("noglob", 'f'),
    ("nolog", '\0'),
    ("notify", 'b'),
    ("nounset", 'u'),
    ("onecmd", 't'),
    ("physical", 'P'),
    ("pipefail", '\0'),
    ("posix", '\0'),
    ("privileged", 'p'),
    ("verbose", 'v'),
    ("vi", '\0'),
    ("xtrace", 'x'),
];

/// The letters in the order of bash's `$-`.
const BASH_LETTERS: &str = "abefhkmnptuvxBCEHPT";

fn table(dialect: Dialect) -> &'static [(&'static str, char)] {
    match dialect {
        Dialect::Ash => ASH,
        Dialect::Dash => DASH,
        Dialect::Bash => BASH,
    }
}

fn place(dialect: Dialect, name: &str) -> Option<u32> {
    let at = table(dialect).iter().position(|(known, _)| *known == name)?;
    u32::try_from(at).ok()
}

impl Options {
    /// The options that a shell begins with.
    pub(super) fn of(dialect: Dialect) -> Options {
        let mut options = Options::default();
        if dialect == Dialect::Bash {
            for name in ["braceexpand", "hashall", "interactive-comments"] {
                options.set(dialect, name, true);
            }
        }
        options
    }

    fn field(&mut self, name: &str) -> Option<&mut bool> {
        Some(match name {
            "errexit" => &mut self.errexit,
            "noglob" => &mut self.noglob,
            "noexec" => &mut self.noexec,
            "xtrace" => &mut self.xtrace,
            "verbose" => &mut self.verbose,
            "noclobber" => &mut self.noclobber,
            "allexport" => &mut self.allexport,
            "nounset" => &mut self.nounset,
            "errtrace" => &mut self.errtrace,
            "functrace" => &mut self.functrace,
            "pipefail" => &mut self.pipefail,
            "stdin" => &mut self.stdin,
            _ => return None,
        })
    }

    fn set(&mut self, dialect: Dialect, name: &str, on: bool) {
        match (self.field(name), place(dialect, name)) {
            (Some(field), _) => *field = on,
            (None, Some(at)) if on => self.others |= 1 << at,
            (None, Some(at)) => self.others &= !(1 << at),
            (None, None) => {}
        }
    }

    fn get(mut self, dialect: Dialect, name: &str) -> bool {
        match (self.field(name), place(dialect, name)) {
            (Some(field), _) => *field,
            (None, Some(at)) => self.others & (1 << at) != 0,
            (None, None) => false,
        }
    }
}

impl Shell {
    /// Sets an option by its letter. `false` where there is none.
    pub(super) fn set_option(&mut self, letter: char, on: bool) -> bool {
        let known = table(self.dialect).iter().find(|(_, known)| *known == letter && letter != '\0');
        let Some((name, _)) = known else { return false };
        self.options.set(self.dialect, name, on);
        true
    }

    /// Sets an option by its name. `false` where there is none.
    pub(super) fn set_named_option(&mut self, name: &str, on: bool) -> bool {
        let known = place(self.dialect, name).is_some();
        if known {
            self.options.set(self.dialect, name, on);
        }
        known
    }

    /// Whether an option is on; `None` where there is none of the name.
    pub(super) fn named_option(&self, name: &str) -> Option<bool> {
        place(self.dialect, name).map(|_| self.options.get(self.dialect, name))
    }

    /// The names of all options.
    pub(super) fn option_names(&self) -> Vec<&'static str> {
        table(self.dialect).iter().map(|(name, _)| *name).collect()
    }

    /// `$-`
    pub(super) fn option_letters(&self) -> String {
        let options = &self.options;
        if self.dialect == Dialect::Bash {
            let on =
                |letter: &char| BASH.iter().any(|(name, known)| known == letter && options.get(Dialect::Bash, name));
            let mut letters: String = BASH_LETTERS.chars().filter(on).collect();
            letters.extend(options.command.then_some('c'));
            letters.extend(options.stdin.then_some('s'));
            return letters;
        }
        let letters = [
            (options.allexport, 'a'),
            (options.noclobber, 'C'),
            (options.verbose, 'v'),
            (options.nounset, 'u'),
            (options.xtrace, 'x'),
            (options.stdin, 's'),
            (options.command && self.dialect == Dialect::Ash, 'c'),
            (options.noexec, 'n'),
            (options.noglob, 'f'),
            (options.errexit, 'e'),
        ];
        letters.iter().filter(|(on, _)| *on).map(|(_, letter)| letter).collect()
    }
}
