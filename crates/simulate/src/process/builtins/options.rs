//! set and shift.

use super::super::Machine;
use super::super::shell::{Flow, Options, Shell};
use super::super::simple::single_quoted;
use super::super::wording::Trouble;
use shell::Dialect;

/// The options by name, in the order that `set -o` prints them; those that mean nothing to a script have no field.
const NAMES: &[(&str, char)] = &[
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

/// The options that bash has besides; they mean nothing to a script here.
const BASH_NAMES: [&str; 8] =
    ["braceexpand", "functrace", "hashall", "histexpand", "history", "interactive-comments", "physical", "posix"];

fn field(options: &mut Options, letter: char) -> Option<&mut bool> {
    Some(match letter {
        'e' => &mut options.errexit,
        'f' => &mut options.noglob,
        'n' => &mut options.noexec,
        'x' => &mut options.xtrace,
        'v' => &mut options.verbose,
        'C' => &mut options.noclobber,
        'a' => &mut options.allexport,
        'u' => &mut options.nounset,
        'E' => &mut options.errtrace,
        '\0' => &mut options.pipefail,
        _ => return None,
    })
}

impl Shell {
    /// Sets an option by its letter. `false` where there is none.
    pub(in super::super) fn set_option(&mut self, letter: char, on: bool) -> bool {
        if letter == '\0' || !NAMES.iter().any(|(_, known)| *known == letter) {
            return matches!(letter, 'h' | 'B' | 'H');
        }
        if let Some(field) = field(&mut self.options, letter) {
            *field = on;
        }
        true
    }

    /// Sets an option by its name. `false` where there is none.
    pub(in super::super) fn set_named_option(&mut self, name: &str, on: bool) -> bool {
        if name == "pipefail" && self.dialect == Dialect::Dash {
            return false;
        }
        let Some(&(_, letter)) = NAMES.iter().find(|(known, _)| *known == name) else {
            return self.dialect == Dialect::Bash && BASH_NAMES.contains(&name);
        };
        if let Some(field) = field(&mut self.options, letter) {
            *field = on;
        }
        true
    }
}

/// `set [-abc…] [-o name] [--] [args…]`
pub(super) fn set(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut rest = args.get(1..).unwrap_or_default();
    if rest.is_empty() {
        let mut text = String::new();
        for (name, variable) in &shell.variables {
            if let Some(value) = &variable.value {
                text.push_str(&format!("{name}={}\n", single_quoted(value)));
            }
        }
        shell.process.out(machine, &text);
        return Ok(0);
    }
    let mut positional = false;
    while let Some(arg) = rest.first() {
        let (on, letters) = match (arg.strip_prefix('-'), arg.strip_prefix('+')) {
            (Some(letters), _) => (true, letters),
            (_, Some(letters)) => (false, letters),
            _ => break,
        };
        rest = rest.get(1..).unwrap_or_default();
        if arg == "--" || arg == "-" {
            positional = arg == "--";
            if arg == "-" {
                shell.options.xtrace = false;
                shell.options.verbose = false;
            }
            break;
        }
        for letter in letters.chars() {
            if letter == 'o' {
                match rest.first() {
                    Some(name) => {
                        if !shell.set_named_option(name, on) {
                            let sign = if on { '-' } else { '+' };
                            shell.complain_as(machine, "set", Trouble::IllegalOption(&format!("{sign}o {name}")));
                            shell.status = if shell.dialect == Dialect::Ash { 1 } else { 2 };
                            return if shell.dialect == Dialect::Bash { Ok(2) } else { Err(Flow::Exit) };
                        }
                        rest = rest.get(1..).unwrap_or_default();
                    }
                    None => print_options(shell, machine, on),
                }
            } else if !shell.set_option(letter, on) {
                let sign = if on { '-' } else { '+' };
                return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("{sign}{letter}"))));
            }
        }
    }
    if positional || !rest.is_empty() {
        shell.positional = rest.to_vec();
        shell.set("OPTIND", "1");
    }
    Ok(0)
}

fn print_options(shell: &mut Shell, machine: &mut Machine<'_>, readable: bool) {
    let mut options = shell.options;
    let mut text = String::new();
    for &(name, letter) in NAMES {
        let on = field(&mut options, letter).is_some_and(|field| *field);
        if readable {
            text.push_str(&format!("{name:<15} {}\n", if on { "on" } else { "off" }));
        } else {
            text.push_str(&format!("set {}o {name}\n", if on { '-' } else { '+' }));
        }
    }
    shell.process.out(machine, &text);
}

/// `shift [n]`
pub(super) fn shift(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let count = match args.get(1) {
        Some(text) => usize::try_from(shell.number(machine, args, text)?).unwrap_or_default(),
        None => 1,
    };
    if count > shell.positional.len() {
        if shell.dialect == Dialect::Dash {
            return Err(shell.fail(machine, args, "can't shift that many"));
        }
        return Ok(1);
    }
    shell.positional.drain(..count);
    shell.set("OPTIND", "1");
    Ok(0)
}
