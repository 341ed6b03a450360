//! sleep.

use crate::process::{Machine, Process};

/// Milliseconds of `1`, `0.5`, `2m`, `1h`, `1d`.
pub fn duration_ms(text: &str) -> Option<u64> {
    let (digits, factor) = match text.chars().last()? {
        's' => (text.get(..text.len() - 1)?, 1000),
        'm' => (text.get(..text.len() - 1)?, 60_000),
        'h' => (text.get(..text.len() - 1)?, 3_600_000),
        'd' => (text.get(..text.len() - 1)?, 86_400_000),
        _ => (text, 1000),
    };
    if digits == "inf" || digits == "infinity" {
        return Some(u64::MAX / 4);
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let thousandths: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    whole.checked_mul(factor)?.checked_add(thousandths * factor / 1000)
}

pub fn sleep(machine: &mut Machine, process: &mut Process) -> i32 {
    let gnu = !super::input::is_busybox(machine);
    let options =
        if gnu { super::options::parse(machine, process, "", &[]) } else { Ok(super::options::Options::default()) };
    let operands = match options {
        Ok(options) if gnu => options.operands,
        Ok(_) => process.operands().to_vec(),
        Err(status) => return status,
    };
    if operands.is_empty() {
        return super::input::missing_operand(machine, process);
    }
    let mut total = 0u64;
    for operand in &operands {
        match duration_ms(operand) {
            Some(ms) => total = total.saturating_add(ms),
            None => {
                if gnu {
                    return super::misuse::refuse(machine, process, &format!("invalid time interval '{operand}'"));
                }
                process.complain(machine, &format!("invalid number '{operand}'"));
                return 1;
            }
        }
    }
    machine.spend(total);
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        assert_eq!(duration_ms("1.5m"), Some(90_000));
    }
}
