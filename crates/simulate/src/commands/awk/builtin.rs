//! The built-in functions.

use super::super::calendar::{days_from_date, format_in};
use super::super::format::conversion;
use super::super::zone::Zone;
use super::ast::Expr;
use super::state::{Awk, Flow};
use super::value::Value;

/// What sprintf makes of a format and its values, and how long it was when there were none left.
pub fn sprintf(values: &[Value], mawk: bool) -> (Vec<u8>, Option<usize>) {
    let Some((format, values)) = values.split_first() else { return (Vec::new(), None) };
    let format = String::from_utf8_lossy(&format.bytes()).into_owned();
    let mut values = values.iter();
    let mut output = Vec::new();
    let mut ended = None;
    let mut rest = format.as_str();
    while let Some(at) = rest.find('%') {
        output.extend(rest.get(..at).unwrap_or_default().bytes());
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(after) = rest.strip_prefix('%') {
            output.push(b'%');
            rest = after;
            continue;
        }
        let (conversion, after) = conversion(rest, || values.next().map_or(0, |value| value.number() as i64));
        let Some(letter) = after.chars().next() else {
            ended.get_or_insert(output.len());
            break;
        };
        rest = after.get(letter.len_utf8()..).unwrap_or_default();
        let value = values.next();
        if value.is_none() {
            ended.get_or_insert(output.len());
        }
        let value = value.cloned().unwrap_or_default();
        output.extend(match letter {
            // mawk's numbers end where an int does.
            'd' | 'i' if mawk => conversion.integer(i128::from((value.number() as i32).max(-i32::MAX)), 'd'),
            'd' | 'i' => conversion.integer(value.number() as i128, 'd'),
            'o' | 'x' | 'X' | 'u' => conversion.integer(value.number() as i128, letter),
            'c' => match &value {
                Value::Number(code) => conversion.bytes(&[(*code as i64 & 0xff) as u8]),
                other => conversion.bytes(other.bytes().get(..1).unwrap_or_default()),
            },
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => conversion.float(value.number(), letter),
            _ => conversion.bytes(&value.bytes()),
        });
    }
    output.extend(rest.bytes());
    (output, ended)
}

/// Calls a built-in function.
pub fn call(awk: &mut Awk<'_, '_>, name: &'static str, arguments: &[Expr]) -> Result<Value, Flow> {
    let fail = |message: &str| Err(Flow::Fatal(message.to_string()));
    match (name, arguments) {
        ("length", []) => return Ok(Value::Number(awk.field(0).bytes().len() as f64)),
        ("length", [Expr::Variable(name)]) => {
            let value = awk.evaluate(&Expr::Variable(name.clone()))?;
            if value == Value::Nothing {
                let array = awk.array(name);
                return Ok(Value::Number(awk.arrays.get(array).map_or(0, std::collections::BTreeMap::len) as f64));
            }
            return Ok(Value::Number(awk.text(&value, "CONVFMT").len() as f64));
        }
        ("split", [text, Expr::Variable(array), rest @ ..]) => {
            let text = awk.text_of(text)?;
            let separator = match rest.first() {
                Some(Expr::Pattern(regex)) => {
                    let mut parts = Vec::new();
                    let (mut start, mut from) = (0, 0);
                    while let Some((begin, end)) = regex.find(&text, from).map(|found| found.whole()) {
                        if end == begin {
                            from = end + 1;
                            if from > text.len() {
                                break;
                            }
                            continue;
                        }
                        parts.push(Value::Input(text.get(start..begin).unwrap_or_default().into()));
                        (start, from) = (end, end);
                    }
                    if !text.is_empty() {
                        parts.push(Value::Input(text.get(start..).unwrap_or_default().into()));
                    }
                    return Ok(fill(awk, array, parts));
                }
                Some(separator) => awk.text_of(separator)?,
                None => awk.text_of(&Expr::Variable("FS".to_string()))?,
            };
            let parts = awk.split_text(&text, &separator)?;
            return Ok(fill(awk, array, parts));
        }
        ("sub" | "gsub", [pattern, replacement, rest @ ..]) => {
            let regex = awk.matcher(pattern)?;
            let replacement = awk.text_of(replacement)?;
            let record = Expr::Field(Box::new(Expr::Number(0.0)));
            let place = rest.first().unwrap_or(&record);
            let text = awk.text_of(place)?;
            awk.charge(text.len());
            let (new, count) = substituted(&regex, &replacement, &text, name == "gsub");
            if count > 0 {
                awk.assign(place, Value::text(&new))?;
            }
            return Ok(Value::Number(count as f64));
        }
        ("match", [text, pattern, ..]) => {
            let text = awk.text_of(text)?;
            let found = awk.matcher(pattern)?.find(&text, 0).map(|found| found.whole());
            let (start, length) = found.map_or((0.0, -1.0), |(start, end)| ((start + 1) as f64, (end - start) as f64));
            awk.set_variable("RSTART", Value::Number(start));
            awk.set_variable("RLENGTH", Value::Number(length));
            return Ok(Value::Number(start));
        }
        _ => {}
    }
    let mut values = Vec::new();
    for argument in arguments {
        let value = awk.evaluate(argument)?;
        awk.charge(value.bytes().len());
        values.push(value);
    }
    let number = |at: usize| values.get(at).map_or(0.0, Value::number);
    let texts: Vec<_> = values.iter().map(|value| awk.text(value, "CONVFMT")).collect();
    let text = |at: usize| texts.get(at).cloned().unwrap_or_default();
    if matches!(name, "sqrt" | "exp" | "log" | "sin" | "cos" | "atan2") {
        awk.check_math()?;
    }
    Ok(match name {
        "length" => Value::Number(text(0).len() as f64),
        "substr" => {
            let text = text(0);
            if awk.mawk {
                let (start, length) = (number(1).trunc(), if values.len() > 2 { number(2).trunc() } else { f64::MAX });
                // This mawk makes it longer where it begins before the text.
                let length = if start < 1.0 { length - start } else { length };
                let from = (start.max(1.0) - 1.0).min(text.len() as f64) as usize;
                let to = (from as f64 + length.max(0.0)).min(text.len() as f64) as usize;
                return Ok(Value::text(text.get(from..to).unwrap_or_default()));
            }
            // Places count from 1; what lies outside is cut off.
            let start = number(1).round();
            // busybox moves a start before the text to its first character.
            let start = if super::super::input::is_busybox(awk.machine) { start.max(1.0) } else { start };
            let end = if values.len() > 2 { start + number(2).round() } else { f64::INFINITY };
            let from = (start.max(1.0) - 1.0).min(text.len() as f64) as usize;
            let to = ((end - 1.0).max(0.0).min(text.len() as f64) as usize).max(from);
            Value::text(text.get(from..to).unwrap_or_default())
        }
        "index" => {
            let (text, wanted) = (text(0), text(1));
            let at =
                if wanted.is_empty() { None } else { text.windows(wanted.len()).position(|part| part == &*wanted) };
            Value::Number(at.map_or(0, |at| at + 1) as f64)
        }
        "sprintf" => {
            let text = awk.formatted("sprintf", &values)?;
            Value::text(&text)
        }
        "strftime" => {
            let format = if values.is_empty() { "%c".into() } else { String::from_utf8_lossy(&text(0)).into_owned() };
            let time = if values.len() > 1 { number(1) as i64 } else { awk.machine.fs.now() };
            let zone = if number(2) == 0.0 { Zone::of(awk.process) } else { Zone::utc() };
            Value::text(format_in(&zone, &format, time).as_bytes())
        }
        "mktime" => {
            let text = String::from_utf8_lossy(&text(0)).into_owned();
            let parts: Vec<i64> = text.split_whitespace().map_while(|part| part.parse().ok()).collect();
            Value::Number(match parts.as_slice() {
                [year, month, day, hour, minute, second, ..] => {
                    let days = days_from_date(*year, *month, *day);
                    let local = days.saturating_mul(86_400) + hour * 3600 + minute * 60 + second;
                    Zone::of(awk.process).time_of(local) as f64
                }
                _ => -1.0,
            })
        }
        "tolower" => Value::text(&text(0).to_ascii_lowercase()),
        "toupper" => Value::text(&text(0).to_ascii_uppercase()),
        "int" => Value::Number(number(0).trunc()),
        "sqrt" => Value::Number(number(0).sqrt()),
        "exp" => Value::Number(number(0).exp()),
        "log" => Value::Number(number(0).ln()),
        "sin" => Value::Number(number(0).sin()),
        "cos" => Value::Number(number(0).cos()),
        "atan2" => Value::Number(number(0).atan2(number(1))),
        // Without a seed every awk gives its own fixed row; with the clock's, any.
        "rand" => Value::Number(0.5),
        "srand" => Value::Number(0.0),
        "systime" => Value::Number(awk.machine.fs.now() as f64),
        "system" => {
            let command = String::from_utf8_lossy(&text(0)).into_owned();
            Value::Number(f64::from(awk.shell(&command, filesystem::Content::default(), false).0))
        }
        "close" => Value::Number(f64::from(awk.close(&text(0)).unwrap_or(-1))),
        "fflush" => {
            awk.flush();
            Value::Number(0.0)
        }
        _ => return fail("Unexpected token"),
    })
}

fn fill(awk: &mut Awk<'_, '_>, array: &str, parts: Vec<Value>) -> Value {
    let count = parts.len();
    let array = awk.array(array);
    if let Some(array) = awk.arrays.get_mut(array) {
        array.clear();
        array.extend(parts.into_iter().enumerate().map(|(at, part)| ((at + 1).to_string().into_bytes(), part)));
    }
    Value::Number(count as f64)
}

fn substituted(regex: &super::super::regex::Regex, replacement: &[u8], text: &[u8], all: bool) -> (Vec<u8>, usize) {
    let (mut new, mut count, mut copied, mut from) = (Vec::new(), 0, 0, 0);
    let mut last_end = None;
    while from <= text.len()
        && let Some((start, end)) = regex.find(text, from).map(|found| found.whole())
    {
        if start == end && last_end == Some(start) {
            from = end + 1;
            continue;
        }
        new.extend(text.get(copied..start).unwrap_or_default());
        let mut bytes = replacement.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\\' if matches!(bytes.peek(), Some(b'&' | b'\\')) => new.extend(bytes.next()),
                b'&' => new.extend(text.get(start..end).unwrap_or_default()),
                _ => new.push(byte),
            }
        }
        count += 1;
        copied = end;
        last_end = Some(end);
        if !all {
            break;
        }
        from = if end == start { end + 1 } else { end };
    }
    new.extend(text.get(copied..).unwrap_or_default());
    (new, count)
}
