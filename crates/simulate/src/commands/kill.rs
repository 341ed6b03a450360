//! kill.

use crate::process::{Machine, Process};

use super::input::missing_operand;

/// Nothing else runs in a container of a build step: there is nobody to send a signal to but one's own shell, whose
/// builtin does that.
pub fn kill(machine: &mut Machine, process: &mut Process) -> i32 {
    let Some(target) = process.operands().iter().find(|word| !word.starts_with('-')).cloned() else {
        return missing_operand(machine, process);
    };
    process.complain(machine, &format!("can't kill pid {target}: No such process"));
    1
}
