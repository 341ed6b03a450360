//! Go's `%q`, which Docker's history and messages are printed with.

use std::fmt::Write;

/// A string as Go's `%q` prints it.
#[must_use]
pub fn go_quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            _ => push_escaped(&mut out, c),
        }
    }
    out.push('"');
    out
}

/// A list of strings as Go's `%q` prints it: `["a" "b"]`.
#[must_use]
pub fn go_quote_list(list: &[String]) -> String {
    format!("[{}]", list.iter().map(|s| go_quote(s)).collect::<Vec<_>>().join(" "))
}

/// A whole number as Go's `%q` prints it: as the character of that number.
pub(crate) fn go_quote_rune(number: i64) -> String {
    let mut out = String::from("'");
    match u32::try_from(number).ok().and_then(char::from_u32).unwrap_or('\u{fffd}') {
        '\'' => out.push_str("\\'"),
        c => push_escaped(&mut out, c),
    }
    out.push('\'');
    out
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\x07' => out.push_str("\\a"),
        '\x08' => out.push_str("\\b"),
        '\x0c' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\x0b' => out.push_str("\\v"),
        c if (c as u32) < 0x20 || c as u32 == 0x7f => {
            let _ = write!(out, "\\x{:02x}", c as u32);
        }
        c if c.is_control() || matches!(c, '\u{a0}' | '\u{feff}' | '\u{2028}' | '\u{2029}') => {
            let _ = write!(out, "\\u{:04x}", c as u32);
        }
        c => out.push(c),
    }
}

/// A duration in nanoseconds as Go prints it: `1m30s`.
pub(crate) fn go_duration(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let n = nanoseconds.unsigned_abs();
    let fraction = |value: u64, unit: u64| {
        let rest = format!("{:0width$}", value % unit, width = unit.ilog10() as usize);
        let rest = rest.trim_end_matches('0');
        if unit == 1 || rest.is_empty() { format!("{}", value / unit) } else { format!("{}.{rest}", value / unit) }
    };
    let text = match n {
        0 => return "0s".into(),
        1..1_000 => format!("{n}ns"),
        1_000..1_000_000 => format!("{}µs", fraction(n, 1_000)),
        1_000_000..1_000_000_000 => format!("{}ms", fraction(n, 1_000_000)),
        _ => {
            let (minutes, rest) = (n / 60_000_000_000, n % 60_000_000_000);
            let seconds = format!("{}s", fraction(rest, 1_000_000_000));
            match (minutes / 60, minutes % 60) {
                (0, 0) => seconds,
                (0, minutes) => format!("{minutes}m{seconds}"),
                (hours, minutes) => format!("{hours}h{minutes}m{seconds}"),
            }
        }
    };
    format!("{sign}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_go_prints_them() {
        for (n, text) in [
            (0, "0s"),
            (90_000_000_000, "1m30s"),
            (500_000_000, "500ms"),
            (1_500_000, "1.5ms"),
            (3_600_000_000_000, "1h0m0s"),
            (1_050_000_000, "1.05s"),
        ] {
            assert_eq!(go_duration(n), text);
        }
    }

    #[test]
    fn quotes_read_as_go_prints_them() {
        assert_eq!(go_quote_list(&["a\"b".into(), "c\n".into()]), r#"["a\"b" "c\n"]"#);
        assert_eq!(go_quote_rune(2), r"'\x02'");
        assert_eq!(go_quote_rune(10), r"'\n'");
    }
}
