//! arch.

use crate::process::{Machine, Process};

pub fn arch(machine: &mut Machine, process: &mut Process) -> i32 {
    process.out(machine, "x86_64\n");
    0
}
