use crate::lexer::{Parsed, Parser};
use crate::parameter_syntax::{Parameter, ParameterOp, Subscript};
use crate::syntax::{Dialect, Part, Word};
use crate::word::Until;

impl Parser<'_> {
    /// `$NAME`, `$1`, `$@`: behind the `$`.
    pub(crate) fn simple_parameter(&mut self, start: usize) -> Option<Parameter> {
        let name = match self.peek()? {
            b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' => self.next_char()?.to_string(),
            _ => self.name()?,
        };
        Some(Parameter { name, subscript: None, op: ParameterOp::Value, range: self.range_from(start) })
    }

    fn name(&mut self) -> Option<String> {
        let rest = self.text.get(self.at..)?;
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let name = rest.get(..length).filter(|name| crate::word::is_name(name))?;
        self.at += length;
        Some(name.to_owned())
    }

    /// A name, a number, or a special parameter.
    fn parameter_name(&mut self) -> Option<String> {
        match self.peek()? {
            b'0'..=b'9' => {
                let rest = self.text.get(self.at..)?;
                let length = rest.bytes().take_while(u8::is_ascii_digit).count();
                self.at += length;
                rest.get(..length).map(str::to_owned)
            }
            b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' => self.next_char().map(|c| c.to_string()),
            _ => self.name(),
        }
    }

    /// `${…}` behind the brace, up to and with the closing one.
    pub(crate) fn braced_parameter(&mut self, start: usize, quoted: bool) -> Parsed<Parameter> {
        if self.peek() == Some(b'#')
            && let Some(next) = self.peek_at(1)
            && (next.is_ascii_alphanumeric() || b"_@*?-$!#".contains(&next))
            // `${#-x}` and the like are the number of parameters with an operator.
            && (next.is_ascii_alphanumeric() || next == b'_' || self.peek_at(2) == Some(b'}'))
        {
            self.at += 1;
            let name = self.parameter_name().unwrap_or_default();
            let subscript = self.subscript()?;
            if name.is_empty() || !self.take("}") {
                return self.bad_substitution(start, quoted);
            }
            return Ok(Parameter { name, subscript, op: ParameterOp::Length, range: self.range_from(start) });
        }
        let indirect = self.dialect == Dialect::Bash
            && self.peek() == Some(b'!')
            && (self.peek_at(1).is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_')
                || self.peek_at(1) == Some(b'#') && self.peek_at(2) == Some(b'}'));
        if indirect {
            self.at += 1;
        }
        let Some(name) = self.parameter_name() else {
            return self.bad_substitution(start, quoted);
        };
        let subscript = self.subscript()?;
        let names = indirect
            && subscript.is_none()
            && matches!(self.peek(), Some(b'*' | b'@'))
            && self.peek_at(1) == Some(b'}');
        let op = match (&subscript, indirect) {
            (Some(Subscript::Each | Subscript::Joined), true) => Some(ParameterOp::Subscripts),
            _ if names => Some(ParameterOp::Names { each: self.next_char() == Some('@') }),
            (_, true) => self.parameter_op(quoted)?.map(|op| ParameterOp::Indirect(Box::new(op))),
            _ => self.parameter_op(quoted)?,
        };
        match op {
            Some(op) if self.take("}") => Ok(Parameter { name, subscript, op, range: self.range_from(start) }),
            _ => self.bad_substitution(start, quoted),
        }
    }

    /// bash's `[…]` behind a name.
    fn subscript(&mut self) -> Parsed<Option<Subscript>> {
        if self.dialect != Dialect::Bash || !self.take("[") {
            return Ok(None);
        }
        let word = self.word_until(Until::Bracket)?;
        if !self.take("]") {
            return self.stop("missing '}'");
        }
        Ok(Some(match word.parts.as_slice() {
            [Part::Literal(text)] if text == "@" => Subscript::Each,
            [Part::Literal(text)] if text == "*" => Subscript::Joined,
            _ => Subscript::One(word),
        }))
    }

    /// What this shell does not know, up to the brace: an error only when it is expanded.
    fn bad_substitution(&mut self, start: usize, quoted: bool) -> Parsed<Parameter> {
        self.behind(0, quoted)?;
        if !self.take("}") {
            return self.stop("missing '}'");
        }
        let text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        let behind = self.text.get(self.at..).unwrap_or_default();
        let next = behind.find('\n').map_or(self.text.len(), |at| self.at + at + 1);
        let op = ParameterOp::Bad { text, next_line: self.line_of(next) };
        Ok(Parameter { name: String::new(), subscript: None, op, range: self.range_from(start) })
    }

    /// What stands behind a name; `None` for what this shell does not know.
    fn parameter_op(&mut self, quoted: bool) -> Parsed<Option<ParameterOp>> {
        let colon = self.peek() == Some(b':') && self.peek_at(1).is_some_and(|b| b"-=?+".contains(&b));
        if colon {
            self.at += 1;
        }
        let Some(byte) = self.peek() else {
            return self.stop("missing '}'");
        };
        let doubled = self.peek_at(1) == Some(byte);
        let op = match byte {
            b'}' => ParameterOp::Value,
            b'-' => ParameterOp::Default { colon, word: self.behind(1, quoted)? },
            b'=' => ParameterOp::Assign { colon, word: self.behind(1, quoted)? },
            b'?' => ParameterOp::Error { colon, word: self.behind(1, quoted)? },
            b'+' => ParameterOp::Alternative { colon, word: self.behind(1, quoted)? },
            // Patterns keep their own quoting, inside double quotes too.
            b'#' => {
                ParameterOp::RemovePrefix { longest: doubled, pattern: self.behind(1 + usize::from(doubled), false)? }
            }
            b'%' => {
                ParameterOp::RemoveSuffix { longest: doubled, pattern: self.behind(1 + usize::from(doubled), false)? }
            }
            b'/' | b':' if self.dialect == Dialect::Dash => return Ok(None),
            b'/' => {
                self.at += 1 + usize::from(doubled);
                let pattern = self.word_until(Until::Slash)?;
                let replacement = if self.take("/") { self.word_until(Until::Brace)? } else { Word::default() };
                ParameterOp::Replace { all: doubled, pattern, replacement }
            }
            b':' => {
                self.at += 1;
                return self.substring().map(Some);
            }
            b'^' | b',' | b'~' if self.dialect == Dialect::Bash => {
                self.at += 1 + usize::from(doubled);
                let pattern = self.word_until(Until::Brace)?;
                ParameterOp::Case { operator: char::from(byte), all: doubled, pattern }
            }
            b'@' if self.dialect == Dialect::Bash
                && self.peek_at(2) == Some(b'}')
                && self.peek_at(1).is_some_and(|letter| b"QEPAKakuUL".contains(&letter)) =>
            {
                let letter = self.peek_at(1).map_or('Q', char::from);
                self.at += 2;
                ParameterOp::Transform(letter)
            }
            _ => return Ok(None),
        };
        Ok(Some(op))
    }

    fn behind(&mut self, operator: usize, quoted: bool) -> Parsed<Word> {
        self.at += operator;
        if !quoted {
            return self.word_until(Until::Brace);
        }
        let start = self.at;
        let parts = self.quoted_brace_parts()?;
        Ok(Word { parts, range: self.range_from(start) })
    }

    fn word_until(&mut self, until: Until) -> Parsed<Word> {
        let start = self.at;
        let mut parts = Vec::new();
        self.word_parts(until, &mut parts)?;
        Ok(Word { parts, range: self.range_from(start) })
    }

    /// `offset` or `offset:length`, up to the brace.
    fn substring(&mut self) -> Parsed<ParameterOp> {
        let start = self.at;
        let parts = self.quoted_brace_parts()?;
        let whole = Word { parts, range: self.range_from(start) };
        let mut offset = Word { parts: Vec::new(), range: whole.range };
        let mut length: Option<Word> = None;
        let mut open = 0_i32;
        for part in whole.parts {
            if let (crate::Part::Literal(text), None) = (&part, &length) {
                let colon = text.char_indices().find(|&(_, character)| {
                    // The colon of `a ? b : c` belongs to the expression.
                    match character {
                        '?' => open += 1,
                        ':' if open == 0 => return true,
                        ':' => open -= 1,
                        _ => {}
                    }
                    false
                });
                if let Some((at, _)) = colon {
                    let (before, after) = text.split_at(at);
                    offset.parts.push(crate::Part::Literal(before.to_owned()));
                    let after = after.get(1..).unwrap_or_default().to_owned();
                    length = Some(Word { parts: vec![crate::Part::Literal(after)], range: whole.range });
                    continue;
                }
            }
            length.as_mut().unwrap_or(&mut offset).parts.push(part);
        }
        Ok(ParameterOp::Substring { offset, length })
    }
}
