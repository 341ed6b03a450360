//! A script's text to its commands.

use super::super::regex::{Regex, Rules, Syntax};
use super::script::{Action, Address, Command, Script, pieces};

/// The most commands of a script.
const COMMAND_LIMIT: usize = 10_000;

/// The version of GNU's sed that this is.
const VERSION: [u32; 2] = [4, 9];

pub const SANDBOX: &str = "e/r/w commands disabled in sandbox mode";

/// How a script is read.
#[derive(Clone, Copy, Default)]
pub struct Dialect {
    pub extended: bool,
    pub busybox: bool,
    /// Lines end in NUL.
    pub null: bool,
    /// GNU's --posix: no escapes of its own in patterns.
    pub posix: bool,
    /// GNU's --sandbox: no commands that read, write or run.
    pub sandbox: bool,
}

/// Where a part of the script begins, and its file if it is none of the expressions.
pub type Origin = (usize, Option<String>);

/// What is wrong with a script, and sed's exit status for it.
pub struct Wrong {
    pub message: String,
    pub status: i32,
}

pub struct Parser<'s> {
    pub text: &'s [u8],
    pub at: usize,
    pub dialect: Dialect,
}

pub fn parse(text: &str, origins: &[Origin], dialect: Dialect) -> Result<Script, Wrong> {
    let mut parser = Parser { text: text.as_bytes(), at: 0, dialect };
    let file = origins.first().is_some_and(|(_, file)| file.is_some());
    let quiet = text.starts_with("#n\n") || text == "#n" && !(dialect.busybox || file);
    let mut script = Script { quiet, ..Script::default() };
    let mut open = Vec::new();
    while let Some(command) = parser
        .next_command(&mut script, &mut open)
        .map_err(|message| Wrong { message: located(message, text, parser.at, origins, dialect), status: 1 })?
    {
        script.commands.extend(command);
    }
    // busybox takes the end of the script for the missing brace.
    let end = script.commands.len();
    for start in open.iter().copied().filter(|_| dialect.busybox) {
        if let Some(command) = script.commands.get_mut(start) {
            command.action = Action::Block(end);
        }
    }
    if !open.is_empty() && !dialect.busybox {
        let message = format!("-e expression #{}, char 0: unmatched `{{'", origins.len().max(1));
        return Err(Wrong { message, status: 1 });
    }
    for command in &script.commands {
        if let Action::Jump(Some(label)) | Action::JumpIf(Some(label)) | Action::JumpUnless(Some(label)) =
            &command.action
            && !script.labels.contains_key(label)
        {
            let (quote, status) = if dialect.busybox { ('\'', 1) } else { ('`', 4) };
            return Err(Wrong { message: format!("can't find label for jump to {quote}{label}'"), status });
        }
    }
    Ok(script)
}

/// A complaint with the place where GNU's sed stopped reading.
fn located(message: String, text: &str, at: usize, origins: &[Origin], dialect: Dialect) -> String {
    if dialect.busybox {
        return message;
    }
    let index = origins.iter().rposition(|(start, _)| *start <= at).unwrap_or(0);
    let (start, file) = origins.get(index).cloned().unwrap_or_default();
    match file {
        Some(file) => {
            let before = text.as_bytes().get(start..at).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            format!("file {file} line {line}: {message}")
        }
        None => {
            let number = origins.iter().take(index + 1).filter(|(_, file)| file.is_none()).count().max(1);
            format!("-e expression #{number}, char {}: {message}", at - start)
        }
    }
}

impl Parser<'_> {
    /// The next command, or the comment or label that is none; nothing at the end.
    fn next_command(&mut self, script: &mut Script, open: &mut Vec<usize>) -> Result<Option<Option<Command>>, String> {
        self.skip(b" \t\n;");
        if self.peek().is_none() {
            return Ok(None);
        }
        if script.commands.len() >= COMMAND_LIMIT {
            return Err("script too long".to_string());
        }
        self.command(script, open).map(Some)
    }

    /// The complaint of the image's sed.
    pub fn wrong(&self, busybox: &str, gnu: &str) -> String {
        (if self.dialect.busybox { busybox } else { gnu }).to_string()
    }

    pub fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    pub fn skip(&mut self, bytes: &[u8]) {
        while self.peek().is_some_and(|byte| bytes.contains(&byte)) {
            self.at += 1;
        }
    }

    pub fn number(&mut self) -> Option<u64> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        std::str::from_utf8(self.text.get(start..self.at)?).ok()?.parse().ok()
    }

    fn regex(&self, pattern: &[u8], ignore_case: bool, multiline: bool) -> Result<Option<Regex>, String> {
        if pattern.is_empty() {
            return Ok(None);
        }
        let rules = if self.dialect.busybox { Rules::Plain } else { Rules::Sed };
        let syntax =
            Syntax { extended: self.dialect.extended, ignore_case, multiline: multiline && !self.dialect.null, rules };
        Regex::new(&super::arguments::with_controls(pattern, self.dialect), syntax).map(Some).map_err(|error| {
            if self.dialect.busybox {
                format!("bad regex '{}': {error}", String::from_utf8_lossy(pattern))
            } else {
                error.to_string()
            }
        })
    }

    fn address(&mut self, second: bool) -> Result<Option<Address>, String> {
        Ok(match self.peek() {
            Some(b'0'..=b'9') => {
                let first = self.number().unwrap_or(0);
                if self.peek() == Some(b'~') && !self.dialect.busybox {
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
            Some(sign @ (b'+' | b'~')) if !self.dialect.busybox || second && sign == b'+' => {
                self.at += 1;
                let count = match self.number() {
                    None if self.dialect.busybox => return Err("unexpected ','".to_string()),
                    count => count.unwrap_or(0),
                };
                if !second {
                    return Err("invalid usage of +N or ~N as first address".to_string());
                }
                Some(if sign == b'+' { Address::More(count) } else { Address::Multiple(count) })
            }
            Some(byte @ (b'/' | b'\\')) => {
                self.at += 1;
                let end = self.wrong("unexpected end", "unterminated address regex");
                let delimiter = if byte == b'\\' { self.next().ok_or(end)? } else { byte };
                let pattern = self.delimited(delimiter, true, "unterminated address regex")?;
                let (mut ignore_case, mut multiline) = (false, false);
                while let Some(flag) = self.peek().filter(|flag| !self.dialect.busybox && b"IM".contains(flag)) {
                    self.at += 1;
                    ignore_case |= flag == b'I';
                    multiline |= flag == b'M';
                }
                Some(Address::Match(self.regex(&pattern, ignore_case, multiline)?))
            }
            _ => None,
        })
    }

    fn command(&mut self, script: &mut Script, open: &mut Vec<usize>) -> Result<Option<Command>, String> {
        let busybox = self.dialect.busybox;
        let from = self.address(false)?;
        self.skip(b" \t");
        let mut to = None;
        if from.is_some() && self.peek() == Some(b',') {
            self.at += 1;
            self.skip(b" \t");
            to = self.address(true)?;
            if to.is_none() {
                self.at += usize::from(self.peek().is_some());
                return Err(self.wrong("unexpected ','", "unexpected `,'"));
            }
        }
        self.skip(b" \t");
        let mut letter = self.next();
        if matches!(from, Some(Address::Line(0))) && !matches!(to, Some(Address::Match(_))) && !busybox {
            return Err("invalid usage of line address 0".to_string());
        }
        let mut negated = false;
        while letter == Some(b'!') {
            if negated && !busybox {
                return Err("multiple `!'s".to_string());
            }
            negated = true;
            self.skip(b" \t");
            letter = self.next();
        }
        let letter = letter.ok_or("missing command")?;
        if from.is_some() && !busybox {
            let refuses = match letter {
                b'#' => "comments don't accept any addresses",
                b':' => ": doesn't want any addresses",
                b'}' if !open.is_empty() => "} doesn't want any addresses",
                b'q' | b'Q' if to.is_some() => "command only uses one address",
                _ => "",
            };
            if !refuses.is_empty() {
                return Err(refuses.to_string());
            }
        }
        if self.dialect.sandbox && b"erRwW".contains(&letter) {
            return Err(SANDBOX.to_string());
        }
        let action = match letter {
            b'#' => {
                self.line();
                return Ok(None);
            }
            b':' => {
                let label = self.label();
                if label.is_empty() && !busybox {
                    return Err("\":\" lacks a label".to_string());
                }
                script.labels.insert(label, script.commands.len());
                return Ok(None);
            }
            b'{' => {
                open.push(script.commands.len());
                Action::Block(0)
            }
            b'}' => {
                let start = open.pop().ok_or_else(|| self.wrong("unexpected '}'", "unexpected `}'"))?;
                let end = script.commands.len();
                if let Some(command) = script.commands.get_mut(start) {
                    command.action = Action::Block(end);
                }
                self.end_of_command()?;
                return Ok(None);
            }
            b's' => self.substitute()?,
            b'y' => self.translate()?,
            b'a' | b'i' | b'c' => {
                let text = self.text_argument()?;
                match letter {
                    b'a' => Action::Append(text),
                    b'i' => Action::Insert(text),
                    _ => Action::Change(text),
                }
            }
            b'r' => Action::Read(self.file_name()?),
            b'w' => Action::Write(self.file_name()?),
            b'R' if !busybox => Action::ReadLine(self.file_name()?),
            b'W' if !busybox => Action::WriteFirst(self.file_name()?),
            b'e' if !busybox => {
                self.skip(b" \t");
                Action::Execute(String::from_utf8_lossy(&self.line()).into_owned())
            }
            b'v' if !busybox => {
                let version = self.label();
                if version.split('.').filter_map(|part| part.parse::<u32>().ok()).gt(VERSION) {
                    return Err("expected newer version of sed".to_string());
                }
                return Ok(None);
            }
            b'b' => Action::Jump(Some(self.label()).filter(|label| !label.is_empty())),
            b't' => Action::JumpIf(Some(self.label()).filter(|label| !label.is_empty())),
            b'T' => Action::JumpUnless(Some(self.label()).filter(|label| !label.is_empty())),
            b'q' | b'Q' => {
                self.skip(b" \t");
                let code = if busybox { 0 } else { self.number().unwrap_or(0) };
                self.end_of_command()?;
                Action::Quit(i32::try_from(code & 0xff).unwrap_or(0), letter == b'q')
            }
            b'l' => {
                self.skip(b" \t");
                let width = if busybox { None } else { self.number() };
                self.end_of_command()?;
                Action::List(width.and_then(|width| usize::try_from(width).ok()))
            }
            b'd' | b'D' | b'p' | b'P' | b'g' | b'G' | b'h' | b'H' | b'x' | b'n' | b'N' | b'=' => {
                self.end_of_command()?;
                Action::Simple(letter)
            }
            b'z' | b'F' if !busybox => {
                self.end_of_command()?;
                Action::Simple(letter)
            }
            _ => {
                let letter = char::from(letter);
                return Err(
                    self.wrong(&format!("unsupported command {letter}"), &format!("unknown command: `{letter}'"))
                );
            }
        };
        Ok(Some(Command { from, to, negated, action }))
    }

    fn translate(&mut self) -> Result<Action, String> {
        const OPEN: &str = "unterminated `y' command";
        let delimiter = self.next().ok_or_else(|| self.wrong("unmatched 'y'", OPEN))?;
        let plain = |text: Vec<u8>| super::super::escapes::unescape_bytes(&String::from_utf8_lossy(&text), false).0;
        let one = plain(self.delimited(delimiter, false, OPEN)?);
        let two = plain(self.delimited(delimiter, false, OPEN)?);
        if one.len() != two.len() {
            let quote = if self.dialect.busybox { '\'' } else { '`' };
            return Err(format!("strings for {quote}y' command are different lengths"));
        }
        self.end_of_command()?;
        Ok(Action::Translate(one.into_iter().zip(two).collect()))
    }

    fn substitute(&mut self) -> Result<Action, String> {
        const BAD: &str = "bad option in substitution expression";
        const OPEN: &str = "unterminated `s' command";
        let busybox = self.dialect.busybox;
        let delimiter = self.next().ok_or_else(|| self.wrong(BAD, OPEN))?;
        let pattern = self.delimited(delimiter, true, OPEN)?;
        let replacement = self.delimited(delimiter, false, OPEN)?;
        let (mut global, mut nth, mut print, mut execute, mut file) = (false, None, false, false, None);
        let (mut ignore_case, mut multiline) = (false, false);
        let twice = |given: bool, flag: &str| {
            let told = given && !busybox;
            if told { Err(format!("multiple {flag} options to `s' command")) } else { Ok(true) }
        };
        while let Some(flag) = self.peek().filter(|flag| !b"\n;}#".contains(flag)) {
            if flag.is_ascii_digit() {
                let number = self.number().unwrap_or(1);
                twice(nth.is_some(), "number")?;
                if number == 0 {
                    return Err(self.wrong(BAD, "number option to `s' command may not be zero"));
                }
                nth = usize::try_from(number).ok();
                continue;
            }
            self.at += 1;
            match flag {
                b'g' => global = twice(global, "`g'")?,
                b'p' => print = twice(print, "`p'")?,
                b'i' | b'I' => ignore_case = true,
                b'm' | b'M' if !busybox => multiline = true,
                b'e' if self.dialect.sandbox => return Err(SANDBOX.to_string()),
                b'e' if !busybox => execute = true,
                b'w' => {
                    file = Some(self.file_name()?);
                    break;
                }
                b' ' | b'\t' => {}
                _ => return Err(self.wrong(BAD, "unknown option to `s'")),
            }
        }
        let regex = self.regex(&pattern, ignore_case, multiline)?;
        let replacement = pieces(&replacement, !busybox);
        // busybox puts nothing in its place.
        if let Some(regex) = regex.as_ref().filter(|_| !busybox)
            && let Some(group) = replacement.iter().find_map(|piece| match piece {
                super::script::Piece::Group(group) if *group > regex.groups() => Some(*group),
                _ => None,
            })
        {
            return Err(format!("invalid reference \\{group} on `s' command's RHS"));
        }
        Ok(Action::Substitute { regex, replacement, global, nth: nth.unwrap_or(1), print, execute, file })
    }
}
