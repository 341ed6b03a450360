//! The commands that are part of the shell.

mod control;
mod declare;
mod directory;
mod folders;
mod getopts;
mod jobs;
mod kill;
mod mapfile;
mod naming;
mod options;
mod posix_test;
pub(super) mod primary;
mod read;
mod shopt;
mod test;
mod umask;
mod usage;
mod variables;

use shell::Dialect;

use super::Machine;
use super::shell::{Flow, Shell};
use super::wording::Trouble;
use crate::commands::{self, CommandFn};
pub(super) use naming::is_reserved;
pub(super) use shopt::defaults as shopt_defaults;

/// How a builtin is run.
#[derive(Clone, Copy)]
pub(super) enum Run {
    /// On the shell itself.
    Shell(fn(&mut Shell, &mut Machine<'_>, &[String]) -> Result<i32, Flow>),
    /// As any command: it does not touch the shell.
    Command(CommandFn),
}

/// A builtin.
#[derive(Clone, Copy)]
pub(super) struct Builtin {
    pub(super) name: &'static str,
    /// Whether POSIX calls it special: its errors end a script, assignments before it stay.
    pub(super) special: bool,
    pub(super) run: Run,
}

const fn special(name: &'static str, run: fn(&mut Shell, &mut Machine<'_>, &[String]) -> Result<i32, Flow>) -> Builtin {
    Builtin { name, special: true, run: Run::Shell(run) }
}

const fn regular(name: &'static str, run: fn(&mut Shell, &mut Machine<'_>, &[String]) -> Result<i32, Flow>) -> Builtin {
    Builtin { name, special: false, run: Run::Shell(run) }
}

const fn command(name: &'static str, run: CommandFn) -> Builtin {
    Builtin { name, special: false, run: Run::Command(run) }
}

/// The builtins, sorted.
const BUILTINS: &[Builtin] = &[
    special(".", control::source),
    special(":", |_, _, _| Ok(0)),
    regular("[", posix_test::test),
    regular("[[", test::brackets),
    regular("alias", naming::alias),
    regular("bg", jobs::foreground),
    special("break", control::leave_loop),
    regular("builtin", naming::builtin),
    regular("caller", naming::caller),
    regular("cd", directory::cd),
    regular("chdir", directory::cd),
    regular("command", naming::command),
    special("continue", control::leave_loop),
    regular("declare", declare::declare),
    regular("dirs", folders::dirs),
    regular("disown", jobs::disown),
    regular("echo", echo),
    regular("enable", naming::enable),
    special("eval", control::eval),
    special("exec", control::exec),
    special("exit", control::exit),
    special("export", variables::export),
    command("false", |_, _| 1),
    regular("fg", jobs::foreground),
    regular("getopts", getopts::getopts),
    regular("hash", naming::hash),
    regular("history", |_, _, _| Ok(0)),
    regular("jobs", jobs::jobs),
    regular("kill", jobs::kill),
    regular("let", variables::calculate),
    special("local", local),
    regular("logout", logout),
    regular("mapfile", mapfile::mapfile),
    regular("popd", folders::popd),
    regular("printf", printf),
    regular("pushd", folders::pushd),
    regular("pwd", directory::pwd),
    regular("read", read::read),
    regular("readarray", mapfile::mapfile),
    special("readonly", variables::export),
    special("return", control::leave_function),
    special("set", options::set),
    special("shift", options::shift),
    regular("shopt", shopt::shopt),
    special("source", control::source),
    regular("test", posix_test::test),
    special("times", jobs::times),
    special("trap", jobs::trap),
    command("true", |_, _| 0),
    regular("type", naming::kind),
    regular("typeset", declare::declare),
    regular("ulimit", umask::ulimit),
    regular("umask", umask::umask),
    regular("unalias", naming::unalias),
    special("unset", variables::unset),
    regular("wait", jobs::wait),
];

/// echo, which in dash reads escapes without being asked and knows no option but `-n`.
fn echo(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let words = args.get(1..).unwrap_or_default();
    let bytes = commands::echo::echo_bytes(words, shell.dialect == Dialect::Dash);
    Ok(i32::from(!shell.process.out_bytes(machine, &bytes)))
}

fn local(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    match shell.dialect {
        Dialect::Bash => declare::declare(shell, machine, args),
        _ => variables::local(shell, machine, args),
    }
}

fn logout(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    Err(shell.fail(machine, args, "not login shell: use `exit'"))
}

/// printf, which calls itself by the shell's name in busybox, and in bash sets a variable with `-v`.
fn printf(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let words = args.get(1..).unwrap_or_default();
    let variable = match words {
        [option, name, ..] if option == "-v" && shell.dialect == Dialect::Bash => Some(name),
        _ => None,
    };
    let words = if variable.is_some() { words.get(2..).unwrap_or_default() } else { words };
    if shell.dialect == Dialect::Bash && words == ["-v"] {
        shell.complain_as(machine, "printf", "-v: option requires an argument");
        return Err(shell.misused(machine, "printf"));
    }
    let kind = match shell.dialect {
        Dialect::Ash => commands::printf::Kind::Busybox,
        Dialect::Dash => commands::printf::Kind::Dash,
        Dialect::Bash => commands::printf::Kind::Bash,
    };
    let (bytes, complaints, status) = commands::printf::printf_bytes(words, kind, machine.fs.now());
    let mut shown = 0;
    for (at, complaint) in complaints {
        if shown < at {
            shell.process.out_bytes(machine, bytes.get(shown..at).unwrap_or_default());
            shown = at;
        }
        match shell.dialect {
            Dialect::Bash if complaint.starts_with("usage: ") => {
                shell.process.err(machine, &format!("printf: {complaint}\n"));
            }
            Dialect::Ash => shell.process.err(machine, &format!("sh: {complaint}\n")),
            _ => shell.complain_as(machine, "printf", &complaint),
        }
    }
    match variable {
        Some(name) => {
            let value = String::from_utf8_lossy(&bytes);
            match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
                Some((array, subscript)) => shell.set_element(machine, array, subscript, &value)?,
                None => shell.assign(machine, name, &value)?,
            }
        }
        None if !shell.process.out_bytes(machine, bytes.get(shown..).unwrap_or_default()) => return Ok(1),
        None => {}
    }
    Ok(status)
}

/// What ash does not have of the builtins.
const NOT_IN_ASH: [&str; 13] = [
    "builtin",
    "caller",
    "declare",
    "dirs",
    "disown",
    "enable",
    "logout",
    "mapfile",
    "popd",
    "pushd",
    "readarray",
    "shopt",
    "typeset",
];
/// What dash does not have either.
const NOT_IN_DASH: [&str; 4] = ["[[", "history", "let", "source"];

/// The builtin of a name that a shell has.
pub(super) fn lookup_in(name: &str, dialect: Dialect) -> Option<&'static Builtin> {
    let missing = match dialect {
        Dialect::Ash => NOT_IN_ASH.contains(&name),
        Dialect::Dash => NOT_IN_ASH.contains(&name) || NOT_IN_DASH.contains(&name),
        Dialect::Bash => name == "chdir",
    };
    if missing { None } else { lookup(name) }
}

/// The builtin of a name.
pub(super) fn lookup(name: &str) -> Option<&'static Builtin> {
    let at = BUILTINS.binary_search_by(|builtin| builtin.name.cmp(name)).ok()?;
    BUILTINS.get(at)
}

/// The model of a builtin that exists as a program too: `/bin/test`.
pub(super) fn program(name: &str) -> Option<CommandFn> {
    match lookup(name)?.run {
        Run::Command(run) => Some(run),
        // printf and echo as programs are commands of their own.
        Run::Shell(_) => match name {
            "kill" => Some(jobs::kill_program as CommandFn),
            "[" | "test" => Some(test::run),
            _ => None,
        },
    }
}

impl Shell {
    /// Complains as a builtin and fails in the way that ends a script after a special one.
    fn fail<'t>(&self, machine: &mut Machine<'_>, args: &[String], trouble: impl Into<Trouble<'t>>) -> Flow {
        let name = args.first().map_or("", String::as_str);
        let trouble = trouble.into();
        self.complain_as(machine, name, trouble);
        match (self.dialect, trouble) {
            (Dialect::Bash, Trouble::IllegalOption(_)) => self.misused(machine, name),
            (Dialect::Bash, _) => Flow::Raise(1),
            _ => Flow::Raise(2),
        }
    }

    /// How bash ends a builtin that is not used as it should be.
    fn misused(&self, machine: &mut Machine<'_>, name: &str) -> Flow {
        if let Some(usage) = usage::usage(name) {
            self.process.err(machine, &format!("{name}: usage: {usage}\n"));
        }
        Flow::Raise(2)
    }

    /// bash's no_args() (builtins/common.c): more than one argument ends the line that runs.
    fn one_argument(&mut self, machine: &mut Machine<'_>, args: &[String]) -> Result<(), Flow> {
        if self.dialect != Dialect::Bash || args.len() < 3 {
            return Ok(());
        }
        self.complain_as(machine, args.first().map_or("", String::as_str), "too many arguments");
        self.status = 1;
        Err(Flow::Discard)
    }

    /// A number that is not negative.
    fn number(&self, machine: &mut Machine<'_>, args: &[String], text: &str) -> Result<i32, Flow> {
        match text.parse::<i32>() {
            Ok(number) if number >= 0 => Ok(number),
            _ => Err(self.fail(machine, args, Trouble::IllegalNumber(text))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtins_are_sorted_and_found() {
        assert!(BUILTINS.is_sorted_by(|a, b| a.name < b.name));
        assert!(lookup("cd").is_some() && lookup("ls").is_none());
    }
}
