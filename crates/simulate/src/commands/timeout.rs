//! timeout.

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand, not_modelled};
use super::misuse::refuse;
use super::options::parse;
use super::sleep::duration_ms;
use super::start::start;

pub fn timeout(machine: &mut Machine, process: &mut Process) -> i32 {
    let long =
        [("signal=", 's'), ("kill-after=", 'k'), ("preserve-status", 'p'), ("foreground", 'f'), ("verbose", 'v')];
    let options = match parse(machine, process, "+s:k:pfv", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    // GNU's says nothing but where the help is.
    let too_few = |machine: &mut Machine, process: &Process| match is_busybox(machine) {
        true => missing_operand(machine, process),
        false => super::misuse::misuse(machine, process),
    };
    let Some((limit, command)) =
        options.operands.split_first().filter(|(_, rest)| !rest.is_empty() || is_busybox(machine))
    else {
        return too_few(machine, process);
    };
    let Some(limit) = duration_ms(limit) else {
        if !is_busybox(machine) {
            return refuse(machine, process, &format!("invalid time interval '{limit}'"));
        }
        process.complain(machine, &format!("invalid number '{limit}'"));
        return 1;
    };
    let signal = options.value('s').unwrap_or("TERM").trim_start_matches("SIG");
    if !is_busybox(machine) && !is_signal(signal) {
        return refuse(machine, process, &format!("'{}': invalid signal", options.value('s').unwrap_or_default()));
    }
    if command.is_empty() {
        return too_few(machine, process);
    }
    let before = machine.meter.ms;
    let status = start(machine, process, command.to_vec());
    let spent = machine.meter.ms.saturating_sub(before);
    if limit > 0 && spent > limit {
        // What the command would have done after the limit was done: only the time and the status are put right.
        machine.meter.ms = before.saturating_add(limit);
        not_modelled(machine, process, "reached");
        let killed = matches!(options.value('s'), Some("KILL" | "SIGKILL" | "9"));
        if options.has('v') && !is_busybox(machine) {
            let command = command.first().cloned().unwrap_or_default();
            process.complain(machine, &format!("sending signal {signal} to command '{command}'"));
        }
        return match (options.has('p') || is_busybox(machine), killed) {
            (_, true) => 137,
            (true, false) => 143,
            (false, false) => 124,
        };
    }
    status
}

fn is_signal(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "POLL", "PWR", "SYS",
    ];
    NAMES.contains(&name.to_uppercase().as_str()) || name.parse::<u32>().is_ok_and(|number| number <= 64)
}
