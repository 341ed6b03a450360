//! wait, kill, trap, times, fg and bg.

use super::super::shell::{Flow, Shell};
use super::super::simple::single_quoted;
use super::super::trap::{signal_name, signal_number};
use super::super::wording::Trouble;
use super::super::{Machine, Process};
use shell::Dialect;

/// `wait [-n] [pid…]`: lets the time pass that background commands still need.
pub(super) fn wait(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let bash = shell.dialect == Dialect::Bash;
    let next = bash && args.iter().skip(1).any(|arg| arg == "-n");
    let wanted: Vec<&String> = args.iter().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if next && wanted.is_empty() {
        let first = shell.jobs.iter().min_by_key(|(pid, (_, end))| (*end, **pid)).map(|(pid, job)| (*pid, *job));
        let Some((pid, (status, end))) = first else { return Ok(127) };
        machine.spend(end.saturating_sub(machine.meter.ms));
        shell.jobs.remove(&pid);
        return Ok(status);
    }
    let mut status = 0;
    if wanted.is_empty() {
        let end = shell.jobs.values().map(|(_, end)| *end).max().unwrap_or_default();
        machine.spend(end.saturating_sub(machine.meter.ms));
        shell.gone.extend(shell.jobs.keys());
    }
    for job in wanted {
        let pid = if job.starts_with('%') {
            match numbered(shell, job) {
                Some(pid) => pid,
                None if bash => {
                    no_job(shell, machine, "wait", job);
                    status = 127;
                    continue;
                }
                None => {
                    no_job(shell, machine, "wait", job);
                    return Err(Flow::Raise(2));
                }
            }
        } else {
            match job.parse::<u32>() {
                Ok(pid) => pid,
                Err(_) if bash => {
                    let text = format!("`{job}': not a pid or valid job spec");
                    shell.complain_as(machine, "wait", &text);
                    status = 1;
                    continue;
                }
                Err(_) => shell.number(machine, args, job)?.unsigned_abs(),
            }
        };
        status = match shell.jobs.get(&pid) {
            Some(&(status, end)) => {
                machine.spend(end.saturating_sub(machine.meter.ms));
                shell.gone.insert(pid);
                status
            }
            None => {
                if bash {
                    shell.complain_as(machine, "wait", &format!("pid {pid} is not a child of this shell"));
                }
                127
            }
        };
    }
    Ok(status)
}

/// The background command that `%1`, `%%` or `%+` names.
fn numbered(shell: &Shell, job: &str) -> Option<u32> {
    match job.get(1..).unwrap_or_default() {
        "" | "%" | "+" => shell.last_background.filter(|pid| is_job(shell, *pid)),
        number => {
            let mut jobs = shell.jobs.keys().filter(|pid| is_job(shell, **pid));
            jobs.nth(number.parse::<usize>().ok()?.checked_sub(1)?).copied()
        }
    }
}

fn is_job(shell: &Shell, pid: u32) -> bool {
    shell.jobs.contains_key(&pid) && !shell.gone.contains(&pid)
}

fn no_job(shell: &Shell, machine: &mut Machine<'_>, command: &str, job: &str) {
    let text = match shell.dialect {
        Dialect::Dash => format!("No such job: {job}"),
        _ => format!("{job}: no such job"),
    };
    shell.complain_as(machine, command, &text);
}

/// `jobs [-lp] [job…]`: what has ended is told once, and that here is all of it.
pub(super) fn jobs(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    match args.iter().skip(1).find(|arg| arg.starts_with('%')) {
        Some(job) if numbered(shell, job).is_none() => {
            no_job(shell, machine, "jobs", job);
            Ok(if shell.dialect == Dialect::Bash { 1 } else { 2 })
        }
        _ => Ok(0),
    }
}

/// bash's `disown [-ahr] [job…]`
pub(super) fn disown(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let all = args.iter().skip(1).any(|arg| arg.starts_with('-') && arg.contains(['a', 'r']));
    let mut named: Vec<&str> = args.iter().skip(1).filter(|arg| !arg.starts_with('-')).map(String::as_str).collect();
    if all && named.is_empty() {
        shell.gone.extend(shell.jobs.keys());
        return Ok(0);
    }
    if named.is_empty() {
        named.push("current");
    }
    let mut status = 0;
    for job in named {
        let found = match job {
            "current" => numbered(shell, "%+"),
            _ if job.starts_with('%') => numbered(shell, job),
            pid => pid.parse().ok().filter(|pid| is_job(shell, *pid)),
        };
        match found {
            Some(pid) => {
                shell.gone.insert(pid);
            }
            None => {
                no_job(shell, machine, "disown", job);
                status = 1;
            }
        }
    }
    Ok(status)
}

/// `fg`, `bg`: there is no job control.
pub(super) fn foreground(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    match (shell.dialect, args.get(1)) {
        (Dialect::Bash, _) => Err(shell.fail(machine, args, "no job control")),
        (_, Some(job)) if job.starts_with('%') && numbered(shell, job).is_none() => {
            no_job(shell, machine, args.first().map_or("", String::as_str), job);
            Err(Flow::Raise(2))
        }
        _ => Err(shell.fail(machine, args, "No current job")),
    }
}

/// `times`
pub(super) fn times(shell: &mut Shell, machine: &mut Machine<'_>, _: &[String]) -> Result<i32, Flow> {
    shell.process.out(machine, "0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
    Ok(0)
}

/// `trap [action signal…]`
pub(super) fn trap(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut rest = args.get(1..).unwrap_or_default();
    let bash = shell.dialect == Dialect::Bash;
    match rest.first().map(String::as_str) {
        Some("-l") if bash => {
            shell.process.out(machine, &table());
            return Ok(0);
        }
        Some("-p") if bash => {
            let text = shown(shell, rest.get(1..).unwrap_or_default());
            shell.process.out(machine, &text);
            return Ok(0);
        }
        Some("--") => rest = rest.get(1..).unwrap_or_default(),
        Some(option) if option.len() > 1 && option.starts_with('-') => {
            let letter = option.chars().nth(1).unwrap_or_default();
            return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
        }
        _ => {}
    }
    let Some(first) = rest.first() else {
        let text = shown(shell, &[]);
        shell.process.out(machine, &text);
        return Ok(0);
    };
    // A lone signal, or a number in the action's place, takes traps back.
    let reset = first == "-" || rest.len() == 1 || first.parse::<u32>().is_ok();
    let signals = if rest.len() == 1 || (reset && first != "-") { rest } else { rest.get(1..).unwrap_or_default() };
    let mut status = 0;
    for signal in signals {
        let name = match signal.to_uppercase().as_str() {
            "ERR" if shell.dialect != Dialect::Dash => Some("ERR".to_owned()),
            name @ ("DEBUG" | "RETURN") if bash => Some(name.to_owned()),
            "EXIT" | "0" => Some("EXIT".to_owned()),
            _ => signal_number(signal).and_then(signal_name).map(str::to_owned),
        };
        match name {
            None => {
                if shell.dialect == Dialect::Dash {
                    shell.process.err(machine, &format!("trap: {signal}: bad trap\n"));
                } else {
                    shell.complain_as(machine, "trap", &format!("{signal}: invalid signal specification"));
                }
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

/// The traps that are set, all or those of some signals.
fn shown(shell: &Shell, only: &[String]) -> String {
    let bash = shell.dialect == Dialect::Bash;
    let mut entries: Vec<(i32, String)> = Vec::new();
    for (name, action) in &shell.traps {
        let number = signal_number(name).unwrap_or(i32::MAX);
        let long = if bash && (1..i32::MAX).contains(&number) { format!("SIG{name}") } else { name.clone() };
        if !only.is_empty() && !only.iter().any(|wanted| *wanted == long || wanted == name) {
            continue;
        }
        let action = if bash { format!("'{}'", action.replace('\'', "'\\''")) } else { single_quoted(action) };
        entries.push((number, format!("trap -- {action} {long}\n")));
    }
    entries.sort();
    entries.into_iter().map(|(_, line)| line).collect()
}

/// All signals in bash's columns of five.
pub(super) fn table() -> String {
    let mut text = String::new();
    for number in 1..=64 {
        let name = match (number, signal_name(number)) {
            (29, _) => "IO".to_owned(),
            (_, Some(name)) => name.to_owned(),
            (34, _) => "RTMIN".to_owned(),
            (35..=49, _) => format!("RTMIN+{}", number - 34),
            (50..=63, _) => format!("RTMAX-{}", 64 - number),
            (64, _) => "RTMAX".to_owned(),
            _ => continue,
        };
        text.push_str(&format!("{number:2}) SIG{name}"));
        // 32 and 33 are the library's own.
        let place = if number > 33 { number - 2 } else { number };
        text.push(if place % 5 == 0 || number == 64 { '\n' } else { '\t' });
    }
    text
}

/// `kill [-signal] pid…`, `kill -l [number]`
pub(super) fn kill(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let jobs: Vec<u32> = shell.jobs.keys().copied().collect();
    if shell.dialect == Dialect::Ash {
        return Ok(send(machine, &shell.process, args, &jobs));
    }
    super::kill::kill(shell, machine, args, &jobs)
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
            (Ok(number), _) => {
                let number = number & 127;
                text.push_str(&match signal_name(number) {
                    Some(name) => name.to_owned(),
                    None if number == 0 => "EXIT".to_owned(),
                    None => number.to_string(),
                });
            }
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
