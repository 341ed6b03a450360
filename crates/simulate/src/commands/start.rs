//! Starting another command, as env, xargs and their like do.

use crate::process::{Machine, Process, StartError, execute};

use super::input::is_busybox;

/// Runs `arguments` as a child of `process`; complains in the words of the calling command if it cannot.
pub fn start(machine: &mut Machine, process: &Process, arguments: Vec<String>) -> i32 {
    let mut child = process.clone();
    child.args = arguments;
    start_child(machine, process, child)
}

/// As [`start`], with a child that was prepared.
pub fn start_child(machine: &mut Machine, process: &Process, mut child: Process) -> i32 {
    let program = child.args.first().cloned().unwrap_or_default();
    if !machine.step() {
        return 125;
    }
    match execute(machine, &mut child) {
        Ok(status) => status,
        Err(error) => {
            let (reason, status) = match error {
                StartError::NotFound => ("No such file or directory", 127),
                StartError::NotExecutable => ("Permission denied", 126),
            };
            let text = match (process.name(), is_busybox(machine)) {
                ("xargs" | "find", true) | ("xargs", false) => format!("{program}: {reason}"),
                (_, true) => format!("can't execute '{program}': {reason}"),
                ("su" | "runuser", false) => format!("failed to execute {program}: {reason}"),
                ("find" | "env" | "nice", false) => format!("'{program}': {reason}"),
                (_, false) => format!("failed to run command '{program}': {reason}"),
            };
            process.complain(machine, &text);
            status
        }
    }
}
