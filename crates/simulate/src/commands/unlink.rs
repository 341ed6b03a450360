//! unlink.

use crate::process::{Machine, Process};

use super::input::missing_operand;

pub fn unlink(machine: &mut Machine, process: &mut Process) -> i32 {
    let Some(operand) = process.operands().first().cloned() else { return missing_operand(machine, process) };
    match machine.fs.remove_file(&process.path(&operand), &process.cred) {
        Ok(()) => 0,
        Err(errno) => {
            process.complain(machine, &format!("can't remove file '{operand}': {errno}"));
            1
        }
    }
}
