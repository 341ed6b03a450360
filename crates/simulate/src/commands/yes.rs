//! yes.

use crate::process::{ENDLESS_OUTPUT_BYTES, Machine, Process};

/// Writes as much as the reader of a pipe would take before it is found gone.
pub fn yes(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands();
    let line = if words.is_empty() { "y".to_string() } else { words.join(" ") } + "\n";
    let times = usize::try_from(ENDLESS_OUTPUT_BYTES).unwrap_or(usize::MAX) / line.len().max(1);
    process.out(machine, &line.repeat(times.max(1)));
    if process.fds.get(&1).is_none_or(|out| !out.is_pipe()) {
        machine.limit("endless-output");
    }
    0
}
