use std::rc::Rc;

use crate::lexer::{Parsed, Parser};
use crate::syntax::{Dialect, Part};
use crate::word::{push_char, push_literal};

impl Parser<'_> {
    /// Reads the expression of bash's old `$[…]`.
    fn bracketed_arithmetic(&mut self) -> Parsed<Vec<Part>> {
        let mut parts = Vec::new();
        let mut open = 0_u32;
        loop {
            match self.peek() {
                None => return self.stop("missing ']'"),
                Some(b']') if open == 0 => {
                    self.at += 1;
                    return Ok(parts);
                }
                Some(byte @ (b'[' | b']')) => {
                    open = if byte == b'[' { open + 1 } else { open - 1 };
                    self.at += 1;
                    push_char(&mut parts, char::from(byte));
                }
                Some(_) => self.quoted_piece(&mut parts, "$`\"\\")?,
            }
        }
    }

    /// Reads what begins with `$`.
    pub(crate) fn dollar(&mut self, quoted: bool, parts: &mut Vec<Part>) -> Parsed<()> {
        let start = self.at;
        self.at += 1;
        match self.peek() {
            Some(b'(') if self.peek_at(1) == Some(b'(') => {
                self.at += 2;
                let inner = self.arithmetic_parts(None)?;
                parts.push(Part::Arithmetic(inner));
            }
            Some(b'(') => {
                self.at += 1;
                let script = self.nested_script()?;
                parts.push(Part::CommandSubstitution(Rc::new(script)));
            }
            Some(b'[') if self.dialect == Dialect::Bash => {
                self.at += 1;
                let inner = self.bracketed_arithmetic()?;
                parts.push(Part::Arithmetic(inner));
            }
            Some(b'{') => {
                self.at += 1;
                self.enter()?;
                let parameter = self.braced_parameter(start, quoted)?;
                self.leave();
                parts.push(Part::Parameter(Box::new(parameter)));
            }
            _ => match self.simple_parameter(start) {
                Some(parameter) => parts.push(Part::Parameter(Box::new(parameter))),
                None => push_literal(parts, "$"),
            },
        }
        Ok(())
    }

    /// Reads the script of `$(…)` without losing the token that is being read around it.
    pub(crate) fn nested_script(&mut self) -> Parsed<crate::syntax::Script> {
        self.enter()?;
        let outer = (self.token, self.token_start, self.check);
        let word = std::mem::take(&mut self.word);
        let operator = self.operator.take();
        let script = self.substitution()?;
        (self.token, self.token_start, self.check) = outer;
        self.word = word;
        self.operator = operator;
        self.leave();
        Ok(script)
    }

    /// Reads `` `…` ``: the text is unescaped first and then read as a script of its own.
    pub(crate) fn backquoted(&mut self, quoted: bool, parts: &mut Vec<Part>) -> Parsed<()> {
        self.enter()?;
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.next_char() {
                None => return self.stop("EOF in backquote substitution"),
                Some('`') => break,
                Some('\\') => match self.next_char() {
                    None => return self.stop("EOF in backquote substitution"),
                    Some('\n') => {}
                    Some(character) => {
                        let escapes = matches!(character, '\\' | '`' | '$') || (quoted && character == '"');
                        if !escapes {
                            text.push('\\');
                        }
                        text.push(character);
                    }
                },
                Some(character) => text.push(character),
            }
        }
        let script = self.inner(&text, self.range_from(start), start, |inner| inner.whole())?;
        self.leave();
        parts.push(Part::CommandSubstitution(Rc::new(script)));
        Ok(())
    }
}
