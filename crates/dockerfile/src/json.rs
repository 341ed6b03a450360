//! The JSON form of arguments, with Go's `encoding/json` as the judge of what is JSON.

use std::ops::Range;

/// How deep Go reads nested values.
const MAX_DEPTH: usize = 10_000;

/// A text that may be a JSON form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// Not a JSON array: another form.
    No,
    /// An array of strings, each with the range of its literal in the text.
    Strings(Vec<(String, Range<usize>)>),
    /// An array with something else in it, and the range of the first such thing.
    NotStrings(Range<usize>),
}

/// Reads `text`; blanks around it are allowed.
pub(crate) fn array(text: &str) -> Json {
    let start = text.len() - text.trim_start().len();
    let mut reader = Reader { text, at: start };
    if !reader.take('[') {
        return Json::No;
    }
    match reader.elements() {
        Some(json) if blank(reader.rest()) => json,
        _ => Json::No,
    }
}

/// The string that an object, the whole of `text`, has under `name`.
pub(crate) fn member(text: &str, name: &str) -> Option<String> {
    let mut reader = Reader { text, at: 0 };
    reader.skip_blanks();
    let start = reader.at;
    reader.value()?;
    if !blank(reader.rest()) || !text.get(start..)?.starts_with('{') {
        return None;
    }
    let mut reader = Reader { text, at: start + 1 };
    let mut found = None;
    loop {
        reader.skip_blanks();
        let key = reader.string()?;
        reader.skip_blanks();
        reader.take(':');
        reader.skip_blanks();
        let at = reader.at;
        let value = reader.string();
        if value.is_none() {
            reader.at = at;
            reader.value()?;
        }
        if key == name {
            found = value;
        }
        reader.skip_blanks();
        if !reader.take(',') {
            return found;
        }
    }
}

fn blank(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.at += expected.len_utf8();
        }
        found
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    /// The elements of the outer array, its `[` already read. None where it is not JSON.
    fn elements(&mut self) -> Option<Json> {
        let mut strings = Vec::new();
        let mut other = None;
        self.skip_blanks();
        if self.take(']') {
            return Some(Json::Strings(strings));
        }
        loop {
            self.skip_blanks();
            let start = self.at;
            match self.string() {
                Some(string) => strings.push((string, start..self.at)),
                None => {
                    self.at = start;
                    self.value()?;
                    other = other.or(Some(start..self.at));
                }
            }
            self.skip_blanks();
            if self.take(']') {
                break;
            }
            if !self.take(',') {
                return None;
            }
        }
        Some(other.map_or(Json::Strings(strings), Json::NotStrings))
    }

    /// Any value. Nesting is kept on a stack of its own: the closing brackets that are awaited.
    fn value(&mut self) -> Option<()> {
        let mut awaited: Vec<char> = Vec::new();
        loop {
            self.skip_blanks();
            let open = match self.peek()? {
                '[' => Some(']'),
                '{' => Some('}'),
                _ => None,
            };
            let mut complete = true;
            if let Some(close) = open {
                self.next();
                // The outer array counts too.
                if awaited.len() + 2 > MAX_DEPTH {
                    return None;
                }
                self.skip_blanks();
                if !self.take(close) {
                    awaited.push(close);
                    complete = false;
                }
            } else {
                self.scalar()?;
            }
            while complete {
                let Some(&close) = awaited.last() else {
                    return Some(());
                };
                self.skip_blanks();
                if self.take(close) {
                    awaited.pop();
                } else if self.take(',') {
                    complete = false;
                } else {
                    return None;
                }
            }
            if awaited.last() == Some(&'}') {
                self.skip_blanks();
                self.string()?;
                self.skip_blanks();
                if !self.take(':') {
                    return None;
                }
            }
        }
    }

    fn scalar(&mut self) -> Option<()> {
        if self.peek() == Some('"') {
            return self.string().map(drop);
        }
        for word in ["true", "false", "null"] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Some(());
            }
        }
        self.number()
    }

    fn digits(&mut self) -> usize {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.at += count;
        count
    }

    /// A number. One too large for Go's float64 is refused, which makes the text another form.
    fn number(&mut self) -> Option<()> {
        let start = self.at;
        self.take('-');
        let zero = self.peek() == Some('0');
        let whole = self.digits();
        if whole == 0 || (zero && whole > 1) {
            return None;
        }
        if self.take('.') && self.digits() == 0 {
            return None;
        }
        if self.take('e') || self.take('E') {
            let _sign = self.take('+') || self.take('-');
            if self.digits() == 0 {
                return None;
            }
        }
        let number: f64 = self.text.get(start..self.at)?.parse().ok()?;
        number.is_finite().then_some(())
    }

    fn string(&mut self) -> Option<String> {
        if !self.take('"') {
            return None;
        }
        let mut out = String::new();
        loop {
            match self.next()? {
                '"' => return Some(out),
                '\\' => out.push(self.escape()?),
                c if c < ' ' => return None,
                c => out.push(c),
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.next()? {
            c @ ('"' | '\\' | '/') => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let unit = self.hex()?;
                let after = self.at;
                // A surrogate without its other half becomes the replacement character.
                if (0xd800..0xdc00).contains(&unit) && self.take('\\') && self.take('u') {
                    let low = self.hex()?;
                    if (0xdc00..0xe000).contains(&low) {
                        return char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
                    }
                }
                self.at = after;
                char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(text: &str) -> Option<Vec<String>> {
        match array(text) {
            Json::Strings(all) => Some(all.into_iter().map(|(string, _)| string).collect()),
            _ => None,
        }
    }

    #[test]
    fn arrays_of_strings_are_read() {
        for (text, expected) in [
            ("[]", vec![]),
            ("  [ ]  ", vec![]),
            (r#"["a","b c"]"#, vec!["a", "b c"]),
            (r#"["\u00e9\n\"\/", "\ud83d\ude00\ud83d"]"#, vec!["é\n\"/", "😀\u{fffd}"]),
        ] {
            assert_eq!(strings(text), Some(expected.iter().map(|s| (*s).to_owned()).collect()), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_another_form() {
        for text in [
            "",
            "a",
            "['a']",
            r#"["a""#,
            r#"["a",]"#,
            r#"["a"] x"#,
            r#"["a" "b"]"#,
            r#"["\x"]"#,
            "[01]",
            "[1e999]",
            "[nul]",
            "[\"a\tb\"]",
            r#"["\u12"]"#,
            "[{1:2}]",
            "\u{a0}x",
        ] {
            assert_eq!(array(text), Json::No, "{text}");
        }
        assert_eq!(array(&"[".repeat(100_000)), Json::No);
    }

    #[test]
    fn other_values_are_a_mistake() {
        for (text, place) in [
            ("[1]", 1..2),
            (r#"["a", null]"#, 6..10),
            (r#"[ {"a": [1, {"b": true}], "c": {}} ]"#, 2..34),
            ("[[], -1.5e+3]", 1..3),
        ] {
            assert_eq!(array(text), Json::NotStrings(place), "{text}");
        }
    }
}
