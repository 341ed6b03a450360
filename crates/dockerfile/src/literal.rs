//! Values as Go writes and reads them, since BuildKit's messages quote them so.

use std::fmt::Write;

/// A text in double quotes as Go's `%q` writes it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            ' ' => out.push(' '),
            // Writing to a String cannot fail.
            c if c < ' ' || c == '\u{7f}' => drop(write!(out, "\\x{:02x}", u32::from(c))),
            c if !unprintable(c) => out.push(c),
            c if u32::from(c) < 0x1_0000 => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => drop(write!(out, "\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Controls, blanks other than the space, and characters that only steer the layout of others.
fn unprintable(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Reads a truth value as Go's `strconv.ParseBool` does.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

/// Reads an integer as Go's `strconv.ParseInt(text, 10, 32)` does, with its message.
pub(crate) fn integer(text: &str) -> Result<i32, String> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let problem = if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        "invalid syntax"
    } else {
        match text.parse() {
            Ok(number) => return Ok(number),
            Err(_) => "value out of range",
        }
    };
    Err(format!("strconv.ParseInt: parsing {}: {problem}", quoted(text)))
}

/// Reads an unsigned number of 32 bits in a base up to 10; no sign, no separators.
pub(crate) fn unsigned(text: &str, base: u32) -> Option<u32> {
    if text.is_empty() || !text.chars().all(|c| c.is_digit(base)) {
        return None;
    }
    u32::from_str_radix(text, base).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_like_go() {
        for (text, expected) in
            [("a b", r#""a b""#), ("a\"\\\n\u{1b}", r#""a\"\\\n\x1b""#), ("é\u{a0}\u{85}😀", r#""é\u00a0\u0085😀""#)]
        {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn integers_have_the_messages_of_strconv() {
        assert_eq!(integer("+3"), Ok(3));
        assert_eq!(integer("-1"), Ok(-1));
        assert_eq!(integer("1_0"), Err(r#"strconv.ParseInt: parsing "1_0": invalid syntax"#.into()));
        assert_eq!(
            integer("99999999999"),
            Err(r#"strconv.ParseInt: parsing "99999999999": value out of range"#.into())
        );
    }
}
