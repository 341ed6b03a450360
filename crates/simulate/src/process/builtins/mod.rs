//! The commands that are part of the shell.

mod control;
mod directory;
mod getopts;
mod jobs;
mod naming;
mod options;
mod read;
mod test;
mod umask;
mod variables;

use super::shell::{Flow, Shell};
use super::{Machine, Process};
use crate::commands::{self, CommandFn};

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
    command("[", test::run),
    command("[[", test::run),
    regular("alias", naming::alias),
    regular("bg", jobs::foreground),
    special("break", control::leave_loop),
    regular("cd", directory::cd),
    regular("chdir", directory::cd),
    regular("command", naming::command),
    special("continue", control::leave_loop),
    regular("declare", variables::local),
    command("echo", echo),
    special("eval", control::eval),
    special("exec", control::exec),
    special("exit", control::exit),
    special("export", variables::export),
    command("false", |_, _| 1),
    regular("fg", jobs::foreground),
    regular("getopts", getopts::getopts),
    regular("hash", naming::hash),
    regular("history", |_, _, _| Ok(0)),
    regular("jobs", |_, _, _| Ok(0)),
    regular("kill", jobs::kill),
    regular("let", variables::calculate),
    special("local", variables::local),
    command("printf", printf),
    regular("pwd", directory::pwd),
    regular("read", read::read),
    special("readonly", variables::export),
    special("return", control::leave_function),
    special("set", options::set),
    special("shift", options::shift),
    special("source", control::source),
    command("test", test::run),
    special("times", jobs::times),
    special("trap", jobs::trap),
    command("true", |_, _| 0),
    regular("type", naming::kind),
    regular("typeset", variables::local),
    regular("ulimit", umask::ulimit),
    regular("umask", umask::umask),
    regular("unalias", |_, _, _| Ok(0)),
    special("unset", variables::unset),
    regular("wait", jobs::wait),
];

fn echo(machine: &mut Machine<'_>, process: &mut Process) -> i32 {
    commands::lookup("echo").map_or(0, |run| run(machine, process))
}

/// printf, which calls itself by the shell's name in busybox.
fn printf(machine: &mut Machine<'_>, process: &mut Process) -> i32 {
    if super::flavour(machine) == super::Flavour::Busybox
        && let Some(name) = process.args.first_mut()
    {
        "sh".clone_into(name);
    }
    commands::lookup("printf").map_or(0, |run| run(machine, process))
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
        Run::Shell(_) => (name == "kill").then_some(jobs::kill_program as CommandFn),
    }
}

impl Shell {
    /// Complains as a builtin and fails in the way that ends a script after a special one.
    fn fail(&self, machine: &mut Machine<'_>, args: &[String], message: &str) -> Flow {
        self.complain_as(machine, args.first().map_or("", String::as_str), message);
        Flow::Raise
    }

    /// A number that is not negative.
    fn number(&self, machine: &mut Machine<'_>, args: &[String], text: &str) -> Result<i32, Flow> {
        match text.parse::<i32>() {
            Ok(number) if number >= 0 => Ok(number),
            _ => Err(self.fail(machine, args, &format!("Illegal number: {text}"))),
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
