//! bash's shopt: options of which only some mean something to a script.

use super::super::Machine;
use super::super::shell::{Flow, Shell};
use super::super::wording::Trouble;

/// The options of bash 5.2 and whether they are on in a script.
const NAMES: &[(&str, bool)] = &[
    ("autocd", false),
    ("assoc_expand_once", false),
    ("cdable_vars", false),
    ("cdspell", false),
    ("checkhash", false),
    ("checkjobs", false),
    ("checkwinsize", true),
    ("cmdhist", true),
    ("compat31", false),
    ("compat32", false),
    ("compat40", false),
    ("compat41", false),
    ("compat42", false),
    ("compat43", false),
    ("compat44", false),
    ("complete_fullquote", true),
    ("direxpand", false),
    ("dirspell", false),
    ("dotglob", false),
    ("execfail", false),
    ("expand_aliases", false),
    ("extdebug", false),
    ("extglob", false),
    ("extquote", true),
    ("failglob", false),
    ("force_fignore", true),
    ("globasciiranges", true),
    ("globskipdots", true),
    ("globstar", false),
    ("gnu_errfmt", false),
    ("histappend", false),
    ("histreedit", false),
    ("histverify", false),
    ("hostcomplete", true),
    ("huponexit", false),
    ("inherit_errexit", false),
    ("interactive_comments", true),
    ("lastpipe", false),
    ("lithist", false),
    ("localvar_inherit", false),
    ("localvar_unset", false),
    ("login_shell", false),
    ("mailwarn", false),
    ("no_empty_cmd_completion", false),
    ("nocaseglob", false),
    ("nocasematch", false),
    ("noexpand_translation", false),
    ("nullglob", false),
    ("patsub_replacement", true),
    ("progcomp", true),
    ("progcomp_alias", false),
    ("promptvars", true),
    ("restricted_shell", false),
    ("shift_verbose", false),
    ("sourcepath", true),
    ("varredir_close", false),
    ("xpg_echo", false),
];

fn bit(name: &str) -> Option<u64> {
    let at = NAMES.iter().position(|(known, _)| *known == name)?;
    1_u64.checked_shl(u32::try_from(at).ok()?)
}

/// The options as a script finds them.
pub(in super::super) fn defaults() -> u64 {
    NAMES.iter().filter(|(_, on)| *on).filter_map(|(name, _)| bit(name)).fold(0, |all, bit| all | bit)
}

impl Shell {
    /// Whether an option of `shopt` is on.
    pub(in super::super) fn shopt(&self, name: &str) -> bool {
        bit(name).is_some_and(|bit| self.shopts & bit != 0)
    }

    fn set_shopt(&mut self, name: &str, on: bool) -> bool {
        let Some(bit) = bit(name) else { return false };
        self.shopts = if on { self.shopts | bit } else { self.shopts & !bit };
        true
    }

    /// `$BASHOPTS`
    pub(in super::super) fn shopts_that_are_on(&self) -> String {
        let on = NAMES.iter().filter(|(name, _)| self.shopt(name));
        on.map(|(name, _)| *name).collect::<Vec<_>>().join(":")
    }
}

/// `shopt [-pqsuo] [name…]`
pub(super) fn shopt(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let (mut set, mut quiet, mut printable, mut of_set) = (None, false, false, false);
    let mut rest = args.get(1..).unwrap_or_default();
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        rest = rest.get(1..).unwrap_or_default();
        for letter in option.chars().skip(1) {
            match letter {
                's' => set = Some(true),
                'u' => set = Some(false),
                'q' => quiet = true,
                'p' => printable = true,
                'o' => of_set = true,
                other => return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{other}")))),
            }
        }
    }
    let state = |shell: &Shell, name: &str| {
        if of_set { shell.named_option(name) } else { bit(name).map(|_| shell.shopt(name)) }
    };
    let line = |name: &str, on: bool| match (printable, of_set) {
        (true, true) => format!("set {}o {name}\n", if on { '-' } else { '+' }),
        (true, false) => format!("shopt -{} {name}\n", if on { 's' } else { 'u' }),
        _ => format!("{name:<15}\t{}\n", if on { "on" } else { "off" }),
    };
    if rest.is_empty() {
        let names: Vec<&str> =
            if of_set { shell.option_names() } else { NAMES.iter().map(|(name, _)| *name).collect() };
        let shown = names.into_iter().filter_map(|name| state(shell, name).map(|on| (name, on)));
        let text: String =
            shown.filter(|(_, on)| set.is_none_or(|set| set == *on)).map(|(name, on)| line(name, on)).collect();
        shell.process.out(machine, &text);
        return Ok(0);
    }
    let mut status = 0;
    for name in rest {
        let Some(on) = state(shell, name) else {
            let what = if of_set { "invalid option name" } else { "invalid shell option name" };
            shell.complain_as(machine, "shopt", &format!("{name}: {what}"));
            status = 1;
            continue;
        };
        match set {
            Some(on) if of_set => {
                shell.set_named_option(name, on);
            }
            Some(on) => {
                shell.set_shopt(name, on);
            }
            None => {
                status |= i32::from(!on);
                if !quiet {
                    shell.process.out(machine, &line(name, on));
                }
            }
        }
    }
    Ok(status)
}
