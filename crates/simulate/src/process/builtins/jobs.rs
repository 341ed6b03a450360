//! wait, kill, trap, times, fg and bg.

use super::super::shell::{Flow, Shell};
use super::super::simple::single_quoted;
use super::super::trap::{signal_name, signal_number};
use super::super::wording::Trouble;
use super::super::{Machine, Process};

/// `wait [pid…]`: lets the time pass that background commands still need.
pub(super) fn wait(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let wanted: Vec<&String> = args.iter().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let mut status = 0;
    if wanted.is_empty() {
        let end = shell.jobs.values().map(|(_, end)| *end).max().unwrap_or_default();
        machine.spend(end.saturating_sub(machine.meter.ms));
    }
    for job in wanted {
        if job.starts_with('%') {
            return Err(shell.fail(machine, args, &format!("{job}: no such job")));
        }
        let pid = shell.number(machine, args, job)?.unsigned_abs();
        status = match shell.jobs.get(&pid) {
            Some(&(status, end)) => {
                machine.spend(end.saturating_sub(machine.meter.ms));
                status
            }
            None => 127,
        };
    }
    Ok(status)
}

/// `fg`, `bg`: there is no job control.
pub(super) fn foreground(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    Err(shell.fail(machine, args, "No current job"))
}

/// `times`
pub(super) fn times(shell: &mut Shell, machine: &mut Machine<'_>, _: &[String]) -> Result<i32, Flow> {
    shell.process.out(machine, "0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
    Ok(0)
}

/// `trap [action signal…]`
pub(super) fn trap(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut rest = args.get(1..).unwrap_or_default();
    match rest.first().map(String::as_str) {
        Some("--") => rest = rest.get(1..).unwrap_or_default(),
        Some(option) if option.len() > 1 && option.starts_with('-') => {
            let letter = option.chars().nth(1).unwrap_or_default();
            shell.complain_as(machine, "trap", Trouble::IllegalOption(&format!("-{letter}")));
            return Err(Flow::Raise);
        }
        _ => {}
    }
    let Some(first) = rest.first() else {
        let mut entries: Vec<(i32, String)> = Vec::new();
        for (name, action) in &shell.traps {
            let number = signal_number(name).unwrap_or(i32::MAX);
            entries.push((number, format!("trap -- {} {name}\n", single_quoted(action))));
        }
        entries.sort();
        let text: String = entries.into_iter().map(|(_, line)| line).collect();
        shell.process.out(machine, &text);
        return Ok(0);
    };
    // A lone signal, or a number in the action's place, takes traps back.
    let reset = first == "-" || rest.len() == 1 || first.parse::<u32>().is_ok();
    let signals = if rest.len() == 1 || (reset && first != "-") { rest } else { rest.get(1..).unwrap_or_default() };
    let mut status = 0;
    for signal in signals {
        let name = match signal.to_uppercase().as_str() {
            "ERR" => Some("ERR".to_owned()),
            "EXIT" | "0" => Some("EXIT".to_owned()),
            _ => signal_number(signal).and_then(signal_name).map(str::to_owned),
        };
        match name {
            None => {
                shell.complain_as(machine, "trap", &format!("{signal}: invalid signal specification"));
                status = 1;
            }
            Some(name) if reset => {
                shell.traps.remove(&name);
            }
            Some(name) => {
                shell.traps.insert(name, first.clone());
            }
        }
    }
    Ok(status)
}

/// `kill [-signal] pid…`, `kill -l [number]`
pub(super) fn kill(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let jobs: Vec<u32> = shell.jobs.keys().copied().collect();
    Ok(send(machine, &shell.process, args, &jobs))
}

/// The program kill.
pub(super) fn kill_program(machine: &mut Machine<'_>, process: &mut Process) -> i32 {
    let args = process.args.clone();
    send(machine, process, &args, &[])
}

fn send(machine: &mut Machine<'_>, process: &Process, args: &[String], jobs: &[u32]) -> i32 {
    let mut rest = args.get(1..).unwrap_or_default();
    let mut signal = 15;
    if let Some(option) = rest.first().and_then(|arg| arg.strip_prefix('-')).filter(|option| !option.is_empty()) {
        rest = rest.get(1..).unwrap_or_default();
        match option {
            "l" => return list(machine, process, rest),
            "-" => {}
            _ => {
                let mut name = option;
                if option == "s" {
                    name = rest.first().map_or("", String::as_str);
                    rest = rest.get(1..).unwrap_or_default();
                }
                match signal_number(name) {
                    Some(number) => signal = number,
                    None => {
                        process.err(machine, &format!("sh: bad signal name '{name}'\n"));
                        return 1;
                    }
                }
            }
        }
    }
    if rest.is_empty() {
        process.err(machine, "sh: you need to specify whom to kill\n");
        return 1;
    }
    let mut status = 0;
    for target in rest {
        match target.parse::<i64>() {
            Ok(pid) => {
                let pid = u32::try_from(pid.unsigned_abs()).unwrap_or(u32::MAX);
                if machine.alive.contains(&pid) {
                    machine.signals.entry(pid).or_default().push(signal);
                } else if !jobs.contains(&pid) {
                    process.err(machine, &format!("sh: can't kill pid {target}: No such process\n"));
                    status = 1;
                }
            }
            Err(_) if target.starts_with('%') => {}
            Err(_) => {
                process.err(machine, &format!("sh: invalid number '{target}'\n"));
                status = 1;
            }
        }
    }
    status
}

fn list(machine: &mut Machine<'_>, process: &Process, names: &[String]) -> i32 {
    let mut text = String::new();
    if names.is_empty() {
        for number in 1..=31 {
            text.push_str(&format!("{number:2}) {}\n", signal_name(number).unwrap_or_default()));
        }
    }
    for name in names {
        match (name.parse::<i32>(), signal_number(name)) {
            (Ok(number), _) => text.push_str(signal_name(number & 127).unwrap_or_default()),
            (Err(_), Some(number)) => text.push_str(&number.to_string()),
            (Err(_), None) => {
                process.err(machine, &format!("sh: unknown signal '{name}'\n"));
                return 1;
            }
        }
        text.push('\n');
    }
    process.out(machine, &text);
    0
}
