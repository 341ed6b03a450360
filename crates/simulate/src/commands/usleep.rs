//! usleep.

use crate::process::{Machine, Process};

pub fn usleep(machine: &mut Machine, process: &mut Process) -> i32 {
    let microseconds = process.operands().first().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    machine.spend(microseconds / 1000);
    0
}
