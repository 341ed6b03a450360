//! seq.

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand};
use super::misuse::refuse;
use super::options::parse;

/// The most numbers that seq prints.
const SEQ_LIMIT: u64 = 2_000_000;

pub fn seq(machine: &mut Machine, process: &mut Process) -> i32 {
    // Negative numbers look like options.
    let mut separator = "\n".to_string();
    let mut equal_width = false;
    let mut format = None;
    let mut numbers: Vec<String> = Vec::new();
    let busybox = is_busybox(machine);
    if !busybox {
        // A minus before a digit or a point begins a number.
        let is_number = |word: &String| {
            let rest = word.strip_prefix('-').unwrap_or(word);
            rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        };
        let at = process.operands().iter().position(is_number).unwrap_or(process.operands().len());
        let (before, behind) = process.operands().split_at_checked(at).unwrap_or_default();
        let mut plain = process.clone();
        plain.args.truncate(1);
        plain.args.extend(before.iter().cloned());
        if before.last().is_some_and(|word| matches!(word.as_str(), "-s" | "-f")) {
            plain.args.extend(behind.first().cloned());
        }
        let long = [("equal-width", 'w'), ("format=", 'f'), ("separator=", 's')];
        let options = match parse(machine, &plain, "+ws:f:", &long) {
            Ok(options) => options,
            Err(status) => return status,
        };
        equal_width = options.has('w');
        format = options.value('f').map(str::to_string);
        separator = options.value('s').map_or(separator, str::to_string);
        let taken = usize::from(before.last().is_some_and(|word| matches!(word.as_str(), "-s" | "-f")));
        numbers.extend(options.operands.iter().cloned().chain(behind.iter().skip(taken).cloned()));
        if let Some(extra) = numbers.get(3) {
            return super::misuse::extra_operand(machine, process, extra);
        }
        if let Some(wrong) = format.as_deref().and_then(wrong_format) {
            process.complain(machine, &wrong);
            return 1;
        }
        for number in &mut numbers {
            if let Some(value) = unusual(number) {
                *number = value;
            }
        }
    }
    let mut arguments = process.operands().iter().take(if busybox { usize::MAX } else { 0 });
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
                return refuse(machine, process, &format!("invalid floating point argument: '{text}'"));
            }
        }
    }
    let [mut value, step, last] = values.as_slice().try_into().unwrap_or([1, 1, 0]);
    if step == 0 && !is_busybox(machine) {
        let given = numbers.get(1).cloned().unwrap_or_default();
        return refuse(machine, process, &format!("invalid Zero increment value: '{given}'"));
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

/// What is wrong with a format: it needs one directive, for a floating point number.
fn wrong_format(format: &str) -> Option<String> {
    let mut rest = format.replace("%%", "");
    let at = match rest.find('%') {
        Some(at) => at,
        None => return Some(format!("format '{format}' has no % directive")),
    };
    rest = rest.get(at + 1..).unwrap_or_default().to_string();
    let spec = rest.trim_start_matches(|c: char| "-+#0 '".contains(c) || c.is_ascii_digit() || c == '.');
    match spec.chars().next() {
        None => Some(format!("format '{format}' ends in %")),
        Some(letter) if !"aefgAEFGL".contains(letter) => {
            Some(format!("format '{format}' has unknown %{letter} directive"))
        }
        Some(_) if spec.contains('%') => Some(format!("format '{format}' has too many % directives")),
        Some(_) => None,
    }
}

/// A number with an exponent, or a hexadecimal one, in plain digits.
fn unusual(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    if let Some(hex) = digits.strip_prefix("0x").or(digits.strip_prefix("0X")) {
        return i64::from_str_radix(hex, 16).ok().map(|value| format!("{sign}{value}"));
    }
    let (number, power) = digits.split_once(['e', 'E'])?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let power: i32 = power.parse().ok().filter(|power: &i32| power.abs() < 20)?;
    let point = i32::try_from(whole.len()).ok()? + power;
    let all = format!("{whole}{fraction}");
    all.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    let length = i32::try_from(all.len()).ok()?;
    Some(if point >= length {
        format!("{sign}{all}{}", "0".repeat(usize::try_from(point - length).ok()?))
    } else if point > 0 {
        let (whole, fraction) = all.split_at_checked(usize::try_from(point).ok()?)?;
        format!("{sign}{whole}.{fraction}")
    } else {
        format!("{sign}0.{}{all}", "0".repeat(usize::try_from(-point).ok()?))
    })
}
