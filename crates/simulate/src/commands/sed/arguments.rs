//! What stands behind a command's letter.

use super::parse::{Dialect, Parser};

impl Parser<'_> {
    /// Text up to an unescaped delimiter, with `\delimiter` as the delimiter itself; brackets of a pattern protect it.
    pub fn delimited(&mut self, delimiter: u8, pattern: bool, gnu: &str) -> Result<Vec<u8>, String> {
        let unmatched = self.wrong(&format!("unmatched '{}'", char::from(delimiter)), gnu);
        let mut found = Vec::new();
        let mut bracket = 0usize;
        loop {
            let byte = self.next().ok_or_else(|| unmatched.clone())?;
            if byte == b'\\' {
                let next = self.next().ok_or_else(|| unmatched.clone())?;
                if next == delimiter && bracket == 0 {
                    // An escaped delimiter that is special in patterns stays escaped.
                    if pattern && b".*[]^$+?(){}|".contains(&next) && next != b'|' {
                        found.push(b'\\');
                    }
                    found.push(next);
                } else if next == b'\n' && pattern {
                    found.push(b'\n');
                } else {
                    found.extend([b'\\', next]);
                }
                continue;
            }
            if byte == b'\n' && !self.dialect.busybox {
                self.at -= 1;
                return Err(unmatched);
            }
            if pattern {
                match byte {
                    b'[' if bracket == 0 => {
                        bracket = found.len() + 1;
                    }
                    b']' if bracket > 0 && found.len() > bracket && found.get(bracket..) != Some(b"^") => {
                        // `[[:space:]]`: the inner end belongs to the class.
                        let inner = found.get(bracket..).unwrap_or_default();
                        let class_open = inner.windows(2).rposition(|two| two == b"[:");
                        let closes_class = class_open.is_some_and(|at| inner.ends_with(b":") && inner.len() > at + 2);
                        if !closes_class {
                            bracket = 0;
                        }
                    }
                    _ => {}
                }
            }
            if byte == delimiter && bracket == 0 {
                return Ok(found);
            }
            found.push(byte);
        }
    }

    pub fn line(&mut self) -> Vec<u8> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default().to_vec()
    }

    pub fn label(&mut self) -> String {
        self.skip(b" \t");
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b';' | b'}')).unwrap_or(rest.len());
        self.at += end;
        String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).trim().to_string()
    }

    pub fn file_name(&mut self) -> Result<String, String> {
        self.skip(b" \t");
        let name = self.line();
        if name.is_empty() {
            Err(self.wrong("empty filename", "missing filename in r/R/w/W commands"))
        } else {
            Ok(String::from_utf8_lossy(&name).into_owned())
        }
    }

    /// The text of a, i, c: on this line or, behind a backslash, on the next; a backslash at an end continues it.
    pub fn text_argument(&mut self) -> Result<Vec<u8>, String> {
        self.skip(b" \t");
        if !self.dialect.busybox && self.peek().is_none_or(|byte| byte == b'\n') {
            self.at += usize::from(self.peek().is_some());
            return Err("expected \\ after `a', `c' or `i'".to_string());
        }
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(b"\\\n")) {
            self.at += 2;
        } else if self.peek() == Some(b'\\') {
            // One line: the backslash keeps the blanks behind it.
            self.at += 1;
        }
        let (mut text, mut ended) = (Vec::new(), false);
        while let Some(byte) = self.next() {
            match byte {
                b'\n' => {
                    ended = true;
                    break;
                }
                b'\\' => match self.next() {
                    Some(b't') => text.push(b'\t'),
                    Some(b'n') if !text.is_empty() => text.push(b'\n'),
                    other => text.extend(other),
                },
                _ => text.push(byte),
            }
        }
        if !text.is_empty() || self.dialect.busybox || ended {
            text.push(b'\n');
        }
        Ok(text)
    }

    /// Nothing but a blank, a comment or the end of a block may stand behind a command that is complete.
    pub fn end_of_command(&mut self) -> Result<(), String> {
        if self.dialect.busybox {
            return Ok(());
        }
        self.skip(b" \t\r");
        match self.peek() {
            None | Some(b'}' | b'#' | b'\n' | b';') => Ok(()),
            Some(_) => {
                self.at += 1;
                Err("extra characters after command".to_string())
            }
        }
    }
}

/// The pattern with the control characters that sed reads by itself: regular expressions do not know `\r` and its like.
pub fn with_controls(pattern: &[u8], dialect: Dialect) -> Vec<u8> {
    let mut read = Vec::new();
    let mut bytes = pattern.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            read.push(byte);
            continue;
        }
        match bytes.next() {
            Some(b'r') => read.push(b'\r'),
            Some(b'f') => read.push(0x0c),
            Some(b'v') => read.push(0x0b),
            Some(b'a') => read.push(0x07),
            Some(operator @ (b'+' | b'?' | b'|')) if dialect.posix && !dialect.extended => read.push(operator),
            Some(letter @ (b'd' | b'o' | b'x')) if !dialect.busybox => match numbered(letter, &mut bytes) {
                Some(byte) => {
                    if b"\\.*[]^$".contains(&byte) {
                        read.push(b'\\');
                    }
                    read.push(byte);
                }
                None => read.extend([b'\\', letter]),
            },
            other => {
                read.push(byte);
                read.extend(other);
            }
        }
    }
    read
}

/// The byte that `\d065`, `\o101` or `\x41` stands for; the digits are taken off.
pub fn numbered(letter: u8, bytes: &mut (impl Iterator<Item = u8> + Clone)) -> Option<u8> {
    let (radix, most) = match letter {
        b'd' => (10, 3),
        b'o' => (8, 3),
        _ => (16, 2),
    };
    let mut ahead = bytes.clone();
    let digits = || ahead.next().and_then(|byte| char::from(byte).to_digit(radix));
    let digits: Vec<u32> = std::iter::from_fn(digits).take(most).collect();
    bytes.nth(digits.len().checked_sub(1)?)?;
    u8::try_from(digits.iter().fold(0, |value, digit| value * radix + digit) & 0xff).ok()
}
