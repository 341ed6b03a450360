//! factor.

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand};

/// The largest divisor that is tried.
const TRIES: u64 = 3_000_000;

pub fn factor(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut words = process.operands().to_vec();
    if !is_busybox(machine) {
        match super::options::parse(machine, process, "h", &[]) {
            Ok(options) => words = options.operands,
            Err(status) => return status,
        }
    }
    if words.is_empty() {
        words = process.stdin_text(machine).split_whitespace().map(str::to_string).collect();
    }
    for word in words {
        let Ok(number) = word.trim_start_matches('+').parse::<u64>() else {
            if is_busybox(machine) {
                return missing_operand(machine, process);
            }
            process.complain(machine, &format!("'{word}' is not a valid positive integer"));
            return 1;
        };
        let (mut rest, mut divisor, mut line) = (number, 2u64, format!("{number}:"));
        while divisor.saturating_mul(divisor) <= rest {
            if divisor > TRIES {
                machine.limit("factor-tries");
                break;
            }
            while rest.is_multiple_of(divisor) && rest > 0 {
                line.push_str(&format!(" {divisor}"));
                rest /= divisor;
            }
            divisor += if divisor == 2 { 1 } else { 2 };
        }
        if rest > 1 {
            line.push_str(&format!(" {rest}"));
        }
        process.out(machine, &format!("{line}\n"));
    }
    0
}
