//! Durations as Go's `time.ParseDuration` reads them.

const UNITS: [(&str, u128); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Digits behind the point that count: more make no nanosecond.
const FRACTION_DIGITS: usize = 18;

/// A duration in nanoseconds: `1h30m`, `-1.5s`, `0`. The error is Go's message.
pub(crate) fn duration(text: &str) -> Result<i64, String> {
    let invalid = || format!("time: invalid duration {}", quoted(text));
    let negative = text.starts_with('-');
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total: u128 = 0;
    while !rest.is_empty() {
        let (whole, after) = digits(rest);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => digits(after),
            None => ("", after),
        };
        if whole.is_empty() && fraction.is_empty() {
            return Err(invalid());
        }
        let end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        if unit.is_empty() {
            return Err(format!("time: missing unit in duration {}", quoted(text)));
        }
        let Some(&(_, nanoseconds)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return Err(format!("time: unknown unit {} in duration {}", quoted(unit), quoted(text)));
        };
        let whole: u128 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| invalid())? };
        let kept: String = fraction.chars().take(FRACTION_DIGITS).collect();
        let scale = 10u128.pow(u32::try_from(kept.len()).unwrap_or_default());
        let part = kept.parse::<u128>().unwrap_or_default() * nanoseconds / scale;
        total = whole
            .checked_mul(nanoseconds)
            .and_then(|time| time.checked_add(part))
            .and_then(|time| time.checked_add(total))
            .filter(|&time| time <= 1 << 63)
            .ok_or_else(invalid)?;
        rest = after;
    }
    let signed = i128::try_from(total).unwrap_or(i128::MAX);
    i64::try_from(if negative { -signed } else { signed }).map_err(|_| invalid())
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// Quotes as the package `time` does: every byte beyond ASCII as `\xNN`.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        for (text, expected) in [
            ("0", Ok(0)),
            ("5s", Ok(5_000_000_000)),
            ("1h2m3.5s", Ok(3_723_500_000_000)),
            ("-1ms", Ok(-1_000_000)),
            (".5s", Ok(500_000_000)),
            ("1us1µs1μs", Ok(3_000)),
            ("", Err(r#"time: invalid duration """#)),
            (".s", Err(r#"time: invalid duration ".s""#)),
            ("3000000h", Err(r#"time: invalid duration "3000000h""#)),
            ("30", Err(r#"time: missing unit in duration "30""#)),
            ("5y", Err(r#"time: unknown unit "y" in duration "5y""#)),
            ("5é", Err(r#"time: unknown unit "\xc3\xa9" in duration "5\xc3\xa9""#)),
        ] {
            assert_eq!(duration(text), expected.map_err(str::to_owned), "{text}");
        }
    }
}
