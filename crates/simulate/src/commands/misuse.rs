//! What GNU's tools and those around them say to wrong arguments.

use crate::process::{Machine, Process};

use super::usage::usage;

/// The status of wrong arguments: 1, unless that of the command has a meaning.
fn status(name: &str) -> i32 {
    match name {
        "chroot" | "env" | "nice" | "nohup" | "stdbuf" | "timeout" => 125,
        "ls" | "printenv" | "sort" | "cmp" | "diff" | "grep" | "egrep" | "fgrep" | "tty" | "useradd" | "usermod"
        | "userdel" | "gpasswd" | "groupadd" | "groupdel" | "groupmod" => 2,
        "tar" => 64,
        _ => 1,
    }
}

/// Points to the help, as GNU's tools do after a complaint about arguments; the exit status.
pub fn misuse(machine: &mut Machine, process: &Process) -> i32 {
    let name = process.name();
    let text = match name {
        "chpasswd" | "groupadd" | "groupdel" | "groupmod" | "gpasswd" | "passwd" | "sed" | "useradd" | "userdel"
        | "usermod" => {
            usage(machine, process);
            return status(name);
        }
        "cmp" | "diff" => format!("{name}: Try '{name} --help' for more information.\n"),
        "gzip" | "gunzip" | "zcat" => "Try `gzip --help' for more information.\n".to_string(),
        "tar" => "Try 'tar --help' or 'tar --usage' for more information.\n".to_string(),
        "getent" => "Try `getent --help' or `getent --usage' for more information.\n".to_string(),
        "grep" | "egrep" | "fgrep" => "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more \
                                       information.\n"
            .to_string(),
        "rm" => {
            // A name that looks like an option may have been meant.
            let file = process.operands().iter().take_while(|word| *word != "--").find(|word| {
                word.starts_with('-') && super::node::exists(machine.fs, &process.path(word), &process.cred)
            });
            let hint = file.map(|file| format!("Try 'rm ./{file}' to remove the file '{file}'.\n"));
            format!("{}Try '{} --help' for more information.\n", hint.unwrap_or_default(), called(process))
        }
        _ => format!("Try '{} --help' for more information.\n", called(process)),
    };
    process.err(machine, &text);
    status(name)
}

/// The command as it was called, which is how it names itself in its hint.
fn called(process: &Process) -> &str {
    process.args.first().map_or(process.name(), String::as_str)
}

/// Complains, points to the help; the exit status.
pub fn refuse(machine: &mut Machine, process: &Process, message: &str) -> i32 {
    process.complain(machine, message);
    misuse(machine, process)
}

/// How many operands GNU's command takes, where it has a limit whatever its options are.
pub fn most_operands(name: &str) -> Option<usize> {
    match name {
        "nproc" | "uname" | "whoami" => Some(0),
        "base32" | "base64" | "date" | "tsort" | "unlink" => Some(1),
        "comm" | "join" | "link" | "split" | "uniq" => Some(2),
        "seq" => Some(3),
        _ => None,
    }
}

/// Complains of an operand too many.
pub fn extra_operand(machine: &mut Machine, process: &Process, operand: &str) -> i32 {
    refuse(machine, process, &format!("extra operand '{operand}'"))
}

/// Complains of what is missing behind the operands that are there, in the words of the command.
pub fn missing(machine: &mut Machine, process: &Process, operands: &[String]) -> i32 {
    let message = match (process.name(), operands) {
        ("cp" | "mv" | "ln" | "install" | "touch" | "shred", []) => "missing file operand".to_string(),
        ("cp" | "mv" | "install", [one, ..]) => format!("missing destination file operand after '{one}'"),
        // What stands last is told, be it the command's own name.
        ("cmp" | "diff", []) => format!("missing operand after '{}'", process.args.last().map_or("", String::as_str)),
        ("cut", _) => "you must specify a list of bytes, characters, or fields".to_string(),
        ("truncate", _) => "you must specify either '--size' or '--reference'".to_string(),
        (_, []) => "missing operand".to_string(),
        (_, [.., last]) => format!("missing operand after '{last}'"),
    };
    refuse(machine, process, &message)
}

/// Which of the words `given` is or begins, the first of its row; or the complaint that it is none of them.
pub fn choice<'c>(
    machine: &mut Machine,
    process: &Process,
    option: &str,
    given: &str,
    choices: &[&[&'c str]],
) -> Result<&'c str, i32> {
    let first = |row: &&[&'c str]| row.first().copied();
    if let Some(found) = choices.iter().find(|row| row.contains(&given)).and_then(first) {
        return Ok(found);
    }
    let mut beginning = choices.iter().filter(|row| row.iter().any(|word| word.starts_with(given)));
    let kind = match (beginning.next().and_then(first), beginning.next()) {
        (Some(found), None) => return Ok(found),
        (Some(_), Some(_)) => "ambiguous",
        _ => "invalid",
    };
    process.complain(machine, &format!("{kind} argument '{given}' for '{option}'"));
    let rows = choices.iter().map(|row| format!("  - '{}'\n", row.join("', '")));
    let rows: String = rows.collect();
    process.err(machine, &format!("Valid arguments are:\n{rows}"));
    Err(misuse(machine, process))
}
