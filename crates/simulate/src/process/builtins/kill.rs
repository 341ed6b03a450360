//! kill of dash and bash.

use super::super::Machine;
use super::super::shell::{Flow, Shell};
use super::super::trap::{signal_name, signal_number};
use super::super::wording::Trouble;
use shell::Dialect;

const DASH_USAGE: &str = "Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]";

/// `kill [-s signal | -signal] pid…`, `kill -l [number…]`
pub(super) fn kill(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String], jobs: &[u32]) -> Result<i32, Flow> {
    let bash = shell.dialect == Dialect::Bash;
    let mut rest = args.get(1..).unwrap_or_default();
    let mut signal = 15;
    if let Some(option) = rest.first().and_then(|arg| arg.strip_prefix('-')).filter(|option| !option.is_empty()) {
        rest = rest.get(1..).unwrap_or_default();
        let name = match option {
            "l" | "L" => return list(shell, machine, args, rest),
            "-" => None,
            "s" | "n" => {
                let name = rest.first().cloned();
                rest = rest.get(1..).unwrap_or_default();
                name
            }
            other => Some(other.to_owned()),
        };
        if let Some(name) = name {
            match signal_number(&name) {
                Some(number) => signal = number,
                None if bash => {
                    return Err(shell.fail(machine, args, &format!("{name}: invalid signal specification")));
                }
                None => {
                    let letter = name.chars().next().unwrap_or_default();
                    return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
                }
            }
        }
    }
    if rest.is_empty() {
        if bash {
            return Err(shell.misused(machine, "kill"));
        }
        return Err(shell.fail(machine, args, DASH_USAGE));
    }
    let mut status = 0;
    for target in rest {
        match target.parse::<i64>() {
            Ok(number) => {
                let pid = u32::try_from(number.unsigned_abs()).unwrap_or(u32::MAX);
                if machine.alive.contains(&pid) {
                    if signal != 0 {
                        machine.signals.entry(pid).or_default().push(signal);
                    }
                } else if !jobs.contains(&pid) {
                    let text =
                        if bash { format!("({target}) - No such process") } else { "No such process\n".to_owned() };
                    shell.complain_as(machine, "kill", &text);
                    status = 1;
                }
            }
            Err(_) if target.starts_with('%') && jobs.is_empty() => {
                let text = if bash { format!("{target}: no such job") } else { format!("No such job: {target}") };
                shell.complain_as(machine, "kill", &text);
                status = if bash { 1 } else { 2 };
            }
            Err(_) if target.starts_with('%') => {}
            Err(_) if bash => {
                shell.complain_as(machine, "kill", &format!("{target}: arguments must be process or job IDs"));
                status = 1;
            }
            Err(_) => return Err(shell.fail(machine, args, Trouble::IllegalNumber(target))),
        }
    }
    Ok(status)
}

fn list(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String], names: &[String]) -> Result<i32, Flow> {
    let bash = shell.dialect == Dialect::Bash;
    if names.is_empty() {
        let text = if bash {
            super::jobs::table()
        } else {
            let known = (1..=31).filter_map(signal_name).map(|name| format!("{name}\n"));
            let real_time = (32..=64).map(|number| match number {
                32 | 33 => format!("{number}\n"),
                34 => "RTMIN\n".to_owned(),
                35..=49 => format!("RTMIN+{}\n", number - 34),
                50..=63 => format!("RTMAX-{}\n", 64 - number),
                _ => "RTMAX\n".to_owned(),
            });
            std::iter::once("0\n".to_owned()).chain(known).chain(real_time).collect()
        };
        shell.process.out(machine, &text);
        return Ok(0);
    }
    let mut status = 0;
    for name in names {
        let number = name.parse::<i32>();
        let text = match (&number, bash) {
            (Ok(0), true) => Some("EXIT".to_owned()),
            (Ok(number), _) => {
                let number = if *number > 128 { number - 128 } else { *number };
                signal_name(number).map(str::to_owned)
            }
            (Err(_), true) => signal_number(name).map(|number| number.to_string()),
            (Err(_), false) => return Err(shell.fail(machine, args, Trouble::IllegalNumber(name))),
        };
        match text {
            Some(text) => {
                shell.process.out(machine, &format!("{text}\n"));
            }
            None if bash => {
                shell.complain_as(machine, "kill", &format!("{name}: invalid signal specification"));
                status = 1;
            }
            None => {
                let text = format!("invalid signal number or exit status: {name}");
                return Err(shell.fail(machine, args, &text));
            }
        }
    }
    Ok(status)
}
