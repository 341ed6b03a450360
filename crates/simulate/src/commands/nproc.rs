//! nproc.

use crate::process::{Machine, Process};

pub fn nproc(machine: &mut Machine, process: &mut Process) -> i32 {
    process.out(machine, "4\n");
    0
}
