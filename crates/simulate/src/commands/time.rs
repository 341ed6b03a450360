//! time.

use crate::process::{Machine, Process};

use super::options::parse;
use super::start::start;

pub fn time(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "+pvf:o:a", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let before = machine.meter.ms;
    let status = start(machine, process, options.operands.clone());
    let ms = machine.meter.ms.saturating_sub(before);
    let text = if options.has('p') {
        format!("real {}.{:02}\nuser 0.00\nsys 0.00\n", ms / 1000, ms / 10 % 100)
    } else {
        format!("real\t{}m {}.{:02}s\nuser\t0m 0.00s\nsys\t0m 0.00s\n", ms / 60_000, ms / 1000 % 60, ms / 10 % 100)
    };
    process.err(machine, &text);
    status
}
