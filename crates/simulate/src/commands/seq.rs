//! seq.

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand};

/// The most numbers that seq prints.
const SEQ_LIMIT: u64 = 2_000_000;

pub fn seq(machine: &mut Machine, process: &mut Process) -> i32 {
    // Negative numbers look like options.
    let mut separator = "\n".to_string();
    let mut equal_width = false;
    let mut format = None;
    let mut numbers: Vec<String> = Vec::new();
    let mut arguments = process.operands().iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-w" | "--equal-width" => equal_width = true,
            "-s" => separator = arguments.next().cloned().unwrap_or_default(),
            "--" => numbers.extend(arguments.by_ref().cloned()),
            "-f" if is_busybox(machine) => {
                process.complain(machine, "invalid option -- 'f'");
                return 1;
            }
            "-f" if !is_busybox(machine) => format = arguments.next().cloned(),
            _ => match argument.strip_prefix("-s") {
                Some(text) => separator = text.to_string(),
                None => numbers.push(argument.clone()),
            },
        }
    }
    let (first, step, last) = match numbers.as_slice() {
        [last] => ("1", "1", last.as_str()),
        [first, last] => (first.as_str(), "1", last.as_str()),
        [first, step, last] => (first.as_str(), step.as_str(), last.as_str()),
        _ => return missing_operand(machine, process),
    };
    let decimals = [first, step].iter().filter_map(|text| text.split_once('.')).map(|(_, digits)| digits.len()).max();
    let decimals = u32::try_from(decimals.unwrap_or(0).min(9)).unwrap_or(9);
    // In whole units of the last decimal place: no rounding.
    let scaled = |text: &str| -> Option<i128> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = format!("{fraction:0<9}");
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let fraction: i128 = fraction
            .get(..decimals as usize)?
            .parse()
            .or_else(|error| if decimals == 0 { Ok(0) } else { Err(error) })
            .ok()?;
        let value = whole.checked_mul(10i128.pow(decimals))?.checked_add(fraction)?;
        Some(if negative { -value } else { value })
    };
    let mut values = Vec::new();
    for text in [first, step, last] {
        match scaled(text) {
            Some(value) => values.push(value),
            None if is_busybox(machine) => return missing_operand(machine, process),
            None => {
                process.complain(machine, &format!("invalid floating point argument: '{text}'"));
                return 1;
            }
        }
    }
    let [mut value, step, last] = values.as_slice().try_into().unwrap_or([1, 1, 0]);
    if step == 0 && !is_busybox(machine) {
        process.complain(machine, "invalid Zero increment value: '0'");
        return 1;
    }
    let shown = |value: i128| {
        let unit = 10i128.pow(decimals);
        let sign = if value < 0 { "-" } else { "" };
        let (whole, rest) = (value.abs() / unit, value.abs() % unit);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0>0$}", decimals as usize) }
    };
    let width = if equal_width { shown(value).len().max(shown(last).len()) } else { 0 };
    let mut text = String::new();
    let mut count = 0;
    while if step >= 0 { value <= last } else { value >= last } {
        count += 1;
        if count > SEQ_LIMIT {
            machine.limit("seq-numbers");
            break;
        }
        if count > 1 {
            text.push_str(&separator);
        }
        let number = shown(value);
        match &format {
            Some(format) => {
                let bytes = super::printf::printf_bytes(&[format.clone(), number], super::printf::Kind::Busybox, 0).0;
                text.push_str(&String::from_utf8_lossy(&bytes));
            }
            None => text.push_str(&format!("{number:0>width$}")),
        }
        value += step;
    }
    if count > 0 {
        text.push('\n');
    }
    process.out(machine, &text);
    0
}
