//! nohup.

use crate::process::{Machine, Process};

use super::input::missing_operand;
use super::start::start;

pub fn nohup(machine: &mut Machine, process: &mut Process) -> i32 {
    let command = process.operands().to_vec();
    if command.is_empty() { missing_operand(machine, process) } else { start(machine, process, command) }
}
