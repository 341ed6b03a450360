//! flock of util-linux: a command while a lock is held, which nobody else wants.

use crate::process::{Machine, OpenMode, Process};

use super::misuse::misuse;
use super::options::parse;
use super::start::start;

pub fn flock(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("shared", 's'),
        ("exclusive", 'x'),
        ("unlock", 'u'),
        ("nonblock", 'n'),
        ("nb", 'n'),
        ("timeout=", 'w'),
        ("wait=", 'w'),
        ("conflict-exit-code=", 'E'),
        ("close", 'o'),
        ("no-fork", 'F'),
        ("verbose", 'v'),
    ];
    let options = match parse(machine, process, "+sexunw:E:oFv", &long) {
        Ok(options) => options,
        Err(_) => return 64,
    };
    let (file, command) = match options.operands.as_slice() {
        [] => {
            process.complain(machine, "not enough arguments");
            misuse(machine, process);
            return 64;
        }
        // A number is a file that is open already.
        [number] if number.parse::<u32>().is_ok() => return 0,
        [_] => {
            process.complain(machine, "requires file descriptor, file or directory");
            return 64;
        }
        [file, option, script] if option == "-c" || option == "--command" => {
            let shell = process.env.get("SHELL").cloned().unwrap_or_else(|| "/bin/sh".to_string());
            (file, vec![shell, "-c".to_string(), script.clone()])
        }
        [file, command @ ..] => (file, command.to_vec()),
    };
    if !super::node::is_dir(machine.fs, &process.path(file), &process.cred)
        && let Err(errno) = process.open(machine, file, OpenMode::Append)
    {
        process.complain(machine, &format!("cannot open lock file {file}: {errno}"));
        return 66;
    }
    start(machine, process, command)
}
