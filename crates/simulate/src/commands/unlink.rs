//! unlink.

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand};
use super::options::parse;

pub fn unlink(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let Some(operand) = options.operands.first() else { return missing_operand(machine, process) };
    match machine.fs.remove_file(&process.path(operand), &process.cred) {
        Ok(()) => 0,
        Err(errno) => {
            let text = if is_busybox(machine) {
                format!("can't remove file '{operand}': {errno}")
            } else {
                format!("cannot unlink '{operand}': {errno}")
            };
            process.complain(machine, &text);
            1
        }
    }
}
