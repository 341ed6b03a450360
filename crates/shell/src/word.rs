use std::rc::Rc;

use source::TextRange;

use crate::lexer::{Parsed, Parser};
use crate::syntax::{Assignment, Dialect, Part, Redirection, RedirectionKind, Word};

/// Whether `text` may name a variable.
pub(crate) fn is_name(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_digit())
        && !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The text of a word whose quotes are taken off and nothing else is done, as for the delimiter of a here-document.
pub(crate) fn plain_text(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Literal(piece) | Part::SingleQuoted(piece) => text.push_str(piece),
            Part::DoubleQuoted(inner) => {
                for part in inner {
                    if let Part::Literal(piece) | Part::SingleQuoted(piece) = part {
                        text.push_str(piece);
                    }
                }
            }
            Part::Tilde(user) => {
                text.push('~');
                text.push_str(user);
            }
            _ => {}
        }
    }
    text
}

/// `2>&1`, which `|&` stands for.
pub(crate) fn errors_to_output(range: TextRange) -> Redirection {
    let target = Word { parts: vec![Part::Literal("1".to_owned())], range };
    Redirection {
        fd: Some(2),
        variable: None,
        kind: RedirectionKind::DuplicateOutput,
        target,
        source: "1".to_owned(),
        range,
    }
}

/// Splits a word that is an assignment.
pub(crate) fn split_assignment(word: &Word, dialect: Dialect) -> Option<Assignment> {
    let (first, rest) = word.parts.split_first()?;
    let Part::Literal(text) = first else {
        return None;
    };
    if dialect == Dialect::Bash
        && let Some(found) = split_element(word)
    {
        return Some(found);
    }
    let (name, value) = text.split_once('=')?;
    let (name, append) = match name.strip_suffix('+') {
        Some(name) if dialect == Dialect::Bash => (name, true),
        _ => (name, false),
    };
    if !is_name(name) {
        return None;
    }
    let value = assigned(value, rest, word.range);
    Some(Assignment {
        name: name.to_owned(),
        subscript: None,
        append,
        value,
        source: String::new(),
        elements: None,
        range: word.range,
    })
}

/// An argument that looks like an assignment, with its `~` read as in one.
pub(crate) fn with_home(word: Word, dialect: Dialect) -> Word {
    let Some(assignment) = split_assignment(&word, dialect).filter(|assignment| assignment.subscript.is_none()) else {
        return word;
    };
    if !assignment.value.parts.iter().any(|part| matches!(part, Part::Tilde(_))) {
        return word;
    }
    let sign = if assignment.append { "+=" } else { "=" };
    let mut parts = vec![Part::Literal(format!("{}{sign}", assignment.name))];
    parts.extend(assignment.value.parts);
    Word { parts, range: word.range }
}

/// `NAME[…]=value`, and `[…]=value` with an empty name.
pub(crate) fn split_element(word: &Word) -> Option<Assignment> {
    let Some(Part::Literal(text)) = word.parts.first() else { return None };
    let (name, _) = text.split_once('[')?;
    if !name.is_empty() && !is_name(name) {
        return None;
    }
    let mut inside = Vec::new();
    for (index, part) in word.parts.iter().enumerate() {
        let Part::Literal(text) = part else {
            inside.push(part.clone());
            continue;
        };
        let text = if index == 0 { text.get(name.len() + 1..).unwrap_or_default() } else { text };
        let end = ["]=", "]+="].iter().filter_map(|end| Some((text.find(end)?, *end))).min();
        let Some((at, end)) = end else {
            push_literal(&mut inside, text);
            continue;
        };
        let (before, after) = text.split_at(at);
        push_literal(&mut inside, before);
        let after = after.get(end.len()..).unwrap_or_default();
        let value = assigned(after, word.parts.get(index + 1..).unwrap_or_default(), word.range);
        let subscript = Some(Word { parts: inside, range: word.range });
        let append = end == "]+=";
        return Some(Assignment {
            name: name.to_owned(),
            subscript,
            append,
            value,
            source: String::new(),
            elements: None,
            range: word.range,
        });
    }
    None
}

fn assigned(text: &str, rest: &[Part], range: TextRange) -> Word {
    let mut parts = Vec::new();
    tildes(text, rest.is_empty(), &mut parts);
    for (index, part) in rest.iter().enumerate() {
        match part {
            Part::Literal(text) => colon_tildes(text, index + 1 == rest.len(), &mut parts),
            other => parts.push(other.clone()),
        }
    }
    Word { parts, range }
}

/// Unquoted text at the beginning of a value: `~` there and behind each colon is a home directory.
fn tildes(text: &str, last: bool, parts: &mut Vec<Part>) {
    let pieces = text.split(':').count();
    for (index, piece) in text.split(':').enumerate() {
        if index > 0 {
            push_literal(parts, ":");
        }
        push_tilde(piece, index + 1 < pieces || last, parts);
    }
}

fn colon_tildes(text: &str, last: bool, parts: &mut Vec<Part>) {
    match text.split_once(':') {
        Some((before, after)) => {
            push_literal(parts, before);
            push_literal(parts, ":");
            tildes(after, last, parts);
        }
        None => push_literal(parts, text),
    }
}

fn push_tilde(piece: &str, ends: bool, parts: &mut Vec<Part>) {
    if let Some(rest) = piece.strip_prefix('~') {
        let (user, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // A name that goes on in quotes or a variable is no user.
        if ends || !path.is_empty() {
            parts.push(Part::Tilde(user.to_owned()));
            push_literal(parts, path);
            return;
        }
    }
    push_literal(parts, piece);
}

pub(crate) fn push_literal(parts: &mut Vec<Part>, text: &str) {
    if text.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(Part::Literal(last)) => last.push_str(text),
        _ => parts.push(Part::Literal(text.to_owned())),
    }
}

pub(crate) fn push_char(parts: &mut Vec<Part>, character: char) {
    push_literal(parts, character.encode_utf8(&mut [0; 4]));
}

/// Where a run of word parts ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    /// At a blank or an operator.
    Blank,
    /// At the closing brace of `${…}`.
    Brace,
    /// At a slash or the closing brace: the pattern of `${x/…/…}`.
    Slash,
    /// At the closing bracket of a subscript.
    Bracket,
    /// At a blank alone: the regular expression behind `=~`.
    Regex,
    /// At the closing parenthesis of an extended pattern.
    Group,
}

impl Parser<'_> {
    /// Reads a word.
    pub(crate) fn read_word(&mut self) -> Parsed<Word> {
        let start = self.at;
        let mut parts = Vec::new();
        if self.peek() == Some(b'~') {
            self.tilde(&mut parts);
        }
        self.word_parts(Until::Blank, &mut parts)?;
        Ok(Word { parts, range: self.range_from(start) })
    }

    /// `~` or `~user` at the beginning of a word, where nothing but a slash or the end follows.
    fn tilde(&mut self, parts: &mut Vec<Part>) {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(rest.len());
        let after = rest.as_bytes().get(length);
        if after.is_none_or(|b| {
            matches!(b, b'/' | b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b')' | b'(' | b'<' | b'>' | b'}')
        }) {
            parts.push(Part::Tilde(rest.get(..length).unwrap_or_default().to_owned()));
            self.at += 1 + length;
        }
    }

    /// Reads parts outside of double quotes.
    pub(crate) fn word_parts(&mut self, until: Until, parts: &mut Vec<Part>) -> Parsed<()> {
        while let Some(byte) = self.peek() {
            match byte {
                b'?' | b'*' | b'+' | b'@' | b'!'
                    if self.extended_patterns && self.peek_at(1) == Some(b'(') && until != Until::Regex =>
                {
                    self.enter()?;
                    self.at += 2;
                    push_char(parts, char::from(byte));
                    push_literal(parts, "(");
                    self.word_parts(Until::Group, parts)?;
                    self.at += 1;
                    push_literal(parts, ")");
                    self.leave();
                }
                b'<' | b'>'
                    if until == Until::Blank && self.peek_at(1) == Some(b'(') && self.dialect != Dialect::Dash =>
                {
                    self.at += 2;
                    let script = self.nested_script()?;
                    parts.push(Part::ProcessSubstitution { script: Rc::new(script), input: byte == b'<' });
                }
                b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>' if until == Until::Blank => {
                    return Ok(());
                }
                b' ' | b'\t' | b'\n' if until == Until::Regex => return Ok(()),
                b']' if until == Until::Bracket => return Ok(()),
                b')' if until == Until::Group => return Ok(()),
                b'}' if !matches!(until, Until::Blank | Until::Regex | Until::Group) => return Ok(()),
                b'/' if until == Until::Slash => return Ok(()),
                b'\\' => {
                    self.at += 1;
                    match self.next_char() {
                        Some('\n') => {}
                        Some(character) => parts.push(Part::SingleQuoted(character.to_string())),
                        None => push_literal(parts, "\\"),
                    }
                }
                b'\'' => parts.push(self.single_quoted()?),
                b'"' => {
                    self.at += 1;
                    let inner = self.double_quoted()?;
                    parts.push(Part::DoubleQuoted(inner));
                }
                b'$' if self.peek_at(1) == Some(b'\'') && self.dialect != Dialect::Dash => {
                    parts.push(self.dollar_quoted()?)
                }
                b'$' if self.peek_at(1) == Some(b'"') && self.dialect == Dialect::Bash => self.at += 1,
                b'$' => self.dollar(false, parts)?,
                b'`' => self.backquoted(false, parts)?,
                _ => {
                    if let Some(character) = self.next_char() {
                        push_char(parts, character);
                    }
                }
            }
        }
        if matches!(until, Until::Blank | Until::Regex) { Ok(()) } else { self.stop("missing '}'") }
    }

    /// Reads the text of a here-document to its end.
    pub(crate) fn here_document_parts(&mut self) -> Parsed<Vec<Part>> {
        let mut parts = Vec::new();
        while self.peek().is_some() {
            self.quoted_piece(&mut parts, "$`\\")?;
        }
        Ok(parts)
    }

    /// Reads the word of `${x-…}` in double quotes up to the brace.
    pub(crate) fn quoted_brace_parts(&mut self) -> Parsed<Vec<Part>> {
        let mut parts = Vec::new();
        loop {
            match self.peek() {
                None => return self.stop("missing '}'"),
                Some(b'}') => return Ok(parts),
                Some(b'"') => {
                    self.at += 1;
                    let inner = self.double_quoted()?;
                    parts.push(Part::DoubleQuoted(inner));
                }
                Some(b'\\') if self.peek_at(1) == Some(b'}') => {
                    self.at += 2;
                    parts.push(Part::SingleQuoted("}".to_owned()));
                }
                Some(_) => self.quoted_piece(&mut parts, "$`\"\\")?,
            }
        }
    }

    /// Reads an arithmetic expression up to `))`, or to `end` outside of parentheses.
    pub(crate) fn arithmetic_parts(&mut self, end: Option<u8>) -> Parsed<Vec<Part>> {
        self.enter()?;
        let mut parts = Vec::new();
        let mut open = 0_u32;
        loop {
            match self.peek() {
                None => return self.stop("missing '))'"),
                Some(byte) if end == Some(byte) && open == 0 => {
                    self.at += 1;
                    self.leave();
                    return Ok(parts);
                }
                Some(b'(') => {
                    open += 1;
                    self.at += 1;
                    push_literal(&mut parts, "(");
                }
                Some(b')') if open == 0 && self.peek_at(1) == Some(b')') && end.is_none() => {
                    self.at += 2;
                    self.leave();
                    return Ok(parts);
                }
                Some(b')') => {
                    open = open.saturating_sub(1);
                    self.at += 1;
                    push_literal(&mut parts, ")");
                }
                // Quotes have no meaning here.
                Some(b'"') => self.at += 1,
                Some(_) => self.quoted_piece(&mut parts, "$`\"\\")?,
            }
        }
    }

    /// Reads one piece of text in which only `$`, backquotes and backslashes count.
    pub(crate) fn quoted_piece(&mut self, parts: &mut Vec<Part>, escapable: &str) -> Parsed<()> {
        match self.peek() {
            Some(b'\\') => {
                self.at += 1;
                match self.peek() {
                    Some(b'\n') => self.at += 1,
                    Some(byte) if escapable.as_bytes().contains(&byte) => {
                        self.at += 1;
                        parts.push(Part::SingleQuoted(char::from(byte).to_string()));
                    }
                    // The backslash stays, and is no escape in a pattern either.
                    _ => parts.push(Part::SingleQuoted("\\".to_owned())),
                }
                Ok(())
            }
            Some(b'$') => self.dollar(true, parts),
            Some(b'`') => self.backquoted(true, parts),
            _ => {
                if let Some(character) = self.next_char() {
                    push_char(parts, character);
                }
                Ok(())
            }
        }
    }
}
