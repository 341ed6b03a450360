//! true.

use crate::process::{Machine, Process};

/// `true`
pub fn succeeds(machine: &mut Machine<'_>, process: &mut Process) -> i32 {
    if let [option] = process.operands()
        && !super::input::is_busybox(machine)
    {
        super::about::about(machine, process, option);
    }
    0
}
