//! A script's text to its commands.

use super::super::regex::{Regex, Syntax};
use super::script::{Action, Address, Command, Script, pieces};

/// The most commands of a script.
const COMMAND_LIMIT: usize = 10_000;

struct Parser<'s> {
    text: &'s [u8],
    at: usize,
    extended: bool,
    busybox: bool,
}

pub fn parse(text: &str, extended: bool, busybox: bool) -> Result<Script, String> {
    let mut parser = Parser { text: text.as_bytes(), at: 0, extended, busybox };
    let mut script = Script { quiet: text.starts_with("#n\n"), ..Script::default() };
    let mut open = Vec::new();
    loop {
        parser.skip(b" \t\n;");
        if parser.peek().is_none() {
            break;
        }
        if script.commands.len() >= COMMAND_LIMIT {
            return Err("script too long".to_string());
        }
        let command = parser.command(&mut script, &mut open)?;
        script.commands.extend(command);
    }
    // busybox takes the end of the script for the missing brace.
    let end = script.commands.len();
    for start in open.iter().copied().filter(|_| busybox) {
        if let Some(command) = script.commands.get_mut(start) {
            command.action = Action::Block(end);
        }
    }
    if !open.is_empty() && !busybox {
        return Err("unmatched '{'".to_string());
    }
    for command in &script.commands {
        if let Action::Jump(Some(label)) | Action::JumpIf(Some(label)) | Action::JumpUnless(Some(label)) =
            &command.action
            && !script.labels.contains_key(label)
        {
            return Err(format!("can't find label for jump to '{label}'"));
        }
    }
    Ok(script)
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn skip(&mut self, bytes: &[u8]) {
        while self.peek().is_some_and(|byte| bytes.contains(&byte)) {
            self.at += 1;
        }
    }

    fn number(&mut self) -> Option<u64> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        std::str::from_utf8(self.text.get(start..self.at)?).ok()?.parse().ok()
    }

    /// Text up to an unescaped delimiter, with `\delimiter` as the delimiter itself; brackets of a pattern protect it.
    fn delimited(&mut self, delimiter: u8, pattern: bool) -> Result<Vec<u8>, String> {
        let unmatched = || format!("unmatched '{}'", char::from(delimiter));
        let mut found = Vec::new();
        let mut bracket = 0usize;
        loop {
            let byte = self.next().ok_or_else(unmatched)?;
            if byte == b'\\' {
                let next = self.next().ok_or_else(unmatched)?;
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

    fn regex(&mut self, pattern: &[u8], ignore_case: bool) -> Result<Option<Regex>, String> {
        if pattern.is_empty() {
            return Ok(None);
        }
        let syntax = Syntax { extended: self.extended, ignore_case };
        Regex::new(&with_controls(pattern), syntax).map(Some).map_err(|error| {
            if self.busybox {
                format!("bad regex '{}': {error}", String::from_utf8_lossy(pattern))
            } else {
                error.to_string()
            }
        })
    }

    fn address(&mut self) -> Result<Option<Address>, String> {
        Ok(match self.peek() {
            Some(b'0'..=b'9') => {
                let first = self.number().unwrap_or(0);
                if self.peek() == Some(b'~') && !self.busybox {
                    self.at += 1;
                    Some(Address::Every(first, self.number().unwrap_or(0)))
                } else {
                    Some(Address::Line(first))
                }
            }
            Some(b'$') => {
                self.at += 1;
                Some(Address::Last)
            }
            Some(byte @ (b'/' | b'\\')) => {
                self.at += 1;
                let delimiter = if byte == b'\\' { self.next().ok_or("unexpected end")? } else { byte };
                let pattern = self.delimited(delimiter, true)?;
                let mut ignore_case = false;
                while !self.busybox && matches!(self.peek(), Some(b'I' | b'M')) {
                    ignore_case |= self.next() == Some(b'I');
                }
                Some(Address::Match(self.regex(&pattern, ignore_case)?))
            }
            _ => None,
        })
    }

    fn command(&mut self, script: &mut Script, open: &mut Vec<usize>) -> Result<Option<Command>, String> {
        let from = self.address()?;
        self.skip(b" \t");
        let mut to = None;
        if from.is_some() && self.peek() == Some(b',') {
            self.at += 1;
            self.skip(b" \t");
            to = if self.peek() == Some(b'+') {
                self.at += 1;
                Some(Address::More(self.number().ok_or("unexpected ','")?))
            } else {
                Some(self.address()?.ok_or("unexpected ','")?)
            };
        }
        self.skip(b" \t");
        let mut negated = false;
        while self.peek() == Some(b'!') {
            negated = true;
            self.at += 1;
            self.skip(b" \t");
        }
        let letter = self.next().ok_or("missing command")?;
        let action = match letter {
            b'#' => {
                self.line();
                return Ok(None);
            }
            b':' => {
                let label = self.label();
                script.labels.insert(label, script.commands.len());
                return Ok(None);
            }
            b'{' => {
                open.push(script.commands.len());
                Action::Block(0)
            }
            b'}' => {
                let start = open.pop().ok_or("unexpected '}'")?;
                let end = script.commands.len();
                if let Some(command) = script.commands.get_mut(start) {
                    command.action = Action::Block(end);
                }
                return Ok(None);
            }
            b's' => self.substitute()?,
            b'y' => {
                let delimiter = self.next().ok_or("unmatched 'y'")?;
                let plain =
                    |text: Vec<u8>| super::super::escapes::unescape_bytes(&String::from_utf8_lossy(&text), false).0;
                let one = plain(self.delimited(delimiter, false)?);
                let two = plain(self.delimited(delimiter, false)?);
                if one.len() != two.len() {
                    return Err("strings for 'y' command are different lengths".to_string());
                }
                Action::Translate(one.into_iter().zip(two).collect())
            }
            b'a' => Action::Append(self.text_argument()),
            b'i' => Action::Insert(self.text_argument()),
            b'c' => Action::Change(self.text_argument()),
            b'r' => Action::Read(self.file_name()?),
            b'w' => Action::Write(self.file_name()?),
            b'b' => Action::Jump(Some(self.label()).filter(|label| !label.is_empty())),
            b't' => Action::JumpIf(Some(self.label()).filter(|label| !label.is_empty())),
            b'T' => Action::JumpUnless(Some(self.label()).filter(|label| !label.is_empty())),
            b'q' | b'Q' => {
                self.skip(b" \t");
                let code = if self.busybox { 0 } else { self.number().unwrap_or(0) };
                Action::Quit(i32::try_from(code & 0xff).unwrap_or(0), letter == b'q')
            }
            b'd' | b'D' | b'p' | b'P' | b'g' | b'G' | b'h' | b'H' | b'x' | b'n' | b'N' | b'=' | b'l' => {
                Action::Simple(letter)
            }
            b'z' if !self.busybox => Action::Simple(letter),
            _ => {
                return Err(if self.busybox {
                    format!("unsupported command {}", char::from(letter))
                } else {
                    format!("unknown command: `{}'", char::from(letter))
                });
            }
        };
        Ok(Some(Command { from, to, negated, action }))
    }

    fn line(&mut self) -> Vec<u8> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default().to_vec()
    }

    fn label(&mut self) -> String {
        self.skip(b" \t");
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b';' | b'}')).unwrap_or(rest.len());
        self.at += end;
        String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).trim().to_string()
    }

    fn file_name(&mut self) -> Result<String, String> {
        self.skip(b" \t");
        let name = self.line();
        if name.is_empty() {
            Err("empty filename".to_string())
        } else {
            Ok(String::from_utf8_lossy(&name).into_owned())
        }
    }

    /// The text of a, i, c: on this line or, behind a backslash, on the next; a backslash at an end continues it.
    fn text_argument(&mut self) -> Vec<u8> {
        self.skip(b" \t");
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(b"\\\n")) {
            self.at += 2;
        } else if self.peek() == Some(b'\\') {
            // One line: the backslash keeps the blanks behind it.
            self.at += 1;
        }
        let mut text = Vec::new();
        while let Some(byte) = self.next() {
            match byte {
                b'\n' => break,
                b'\\' => match self.next() {
                    Some(b't') => text.push(b'\t'),
                    Some(b'n') if !text.is_empty() => text.push(b'\n'),
                    other => text.extend(other),
                },
                _ => text.push(byte),
            }
        }
        text.push(b'\n');
        text
    }

    fn substitute(&mut self) -> Result<Action, String> {
        let delimiter = self.next().ok_or("bad option in substitution expression")?;
        let pattern = self.delimited(delimiter, true)?;
        let replacement = self.delimited(delimiter, false)?;
        let (mut global, mut nth, mut print, mut ignore_case, mut file) = (false, 1, false, false, None);
        loop {
            match self.peek() {
                Some(b'g') => global = true,
                Some(b'p') => print = true,
                Some(b'i' | b'I') => ignore_case = true,
                Some(b'm' | b'M' | b'e') if !self.busybox => {}
                Some(b'1'..=b'9') => {
                    nth = usize::try_from(self.number().unwrap_or(1)).unwrap_or(1);
                    continue;
                }
                Some(b'w') => {
                    self.at += 1;
                    file = Some(self.file_name()?);
                    break;
                }
                Some(b' ' | b'\t') => {}
                Some(b'\n' | b';' | b'}' | b'#') | None => break,
                Some(_) => {
                    return Err(if self.busybox {
                        "bad option in substitution expression".to_string()
                    } else {
                        "unknown option to `s'".to_string()
                    });
                }
            }
            self.at += 1;
        }
        let regex = self.regex(&pattern, ignore_case)?;
        let replacement = pieces(&replacement, !self.busybox);
        // busybox puts nothing in its place.
        if let Some(regex) = regex.as_ref().filter(|_| !self.busybox)
            && let Some(group) = replacement.iter().find_map(|piece| match piece {
                super::script::Piece::Group(group) if *group > regex.groups() => Some(*group),
                _ => None,
            })
        {
            return Err(format!("invalid reference \\{group} on s command's RHS"));
        }
        Ok(Action::Substitute { regex, replacement, global, nth, print, file })
    }
}

/// The pattern with the control characters that sed reads by itself: regular expressions do not know `\r` and its like.
fn with_controls(pattern: &[u8]) -> Vec<u8> {
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
            other => {
                read.push(byte);
                read.extend(other);
            }
        }
    }
    read
}
