//! timeout.

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand, not_modelled};
use super::options::parse;
use super::sleep::duration_ms;
use super::start::start;

pub fn timeout(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("signal=", 's'), ("kill-after=", 'k'), ("preserve-status", 'p'), ("foreground", 'f')];
    let options = match parse(machine, process, "+s:k:pfv", &long) {
        Ok(options) => options,
        Err(_) => return if is_busybox(machine) { 1 } else { 125 },
    };
    let Some((limit, command)) = options.operands.split_first() else { return missing_operand(machine, process) };
    let Some(limit) = duration_ms(limit) else {
        process.complain(machine, &format!("invalid number '{limit}'"));
        return if is_busybox(machine) { 1 } else { 125 };
    };
    if command.is_empty() {
        return missing_operand(machine, process);
    }
    let before = machine.meter.ms;
    let status = start(machine, process, command.to_vec());
    let spent = machine.meter.ms.saturating_sub(before);
    if limit > 0 && spent > limit {
        // What the command would have done after the limit was done: only the time and the status are put right.
        machine.meter.ms = before.saturating_add(limit);
        not_modelled(machine, process, "reached");
        let killed = matches!(options.value('s'), Some("KILL" | "SIGKILL" | "9"));
        return match (options.has('p') || is_busybox(machine), killed) {
            (_, true) => 137,
            (true, false) => 143,
            (false, false) => 124,
        };
    }
    status
}
