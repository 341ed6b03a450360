use crate::lexer::{Check, Parsed, Parser, Token};
use crate::syntax::{Assignment, Dialect, Part, Word};
use crate::word::{Until, is_name};

/// The builtins whose arguments may assign arrays.
const DECLARING: [&str; 5] = ["declare", "export", "local", "readonly", "typeset"];

impl Parser<'_> {
    /// bash's `NAME=(…)`, whose word up to the parenthesis has been read: before a command, or as an argument of
    /// `declare` and its like.
    pub(crate) fn array(&mut self, word: &Word, first: Option<&Word>) -> Parsed<Option<Assignment>> {
        let [Part::Literal(text)] = word.parts.as_slice() else { return Ok(None) };
        let declares = first.is_none_or(
            |first| matches!(first.parts.as_slice(), [Part::Literal(name)] if DECLARING.contains(&name.as_str())),
        );
        let Some(name) = text.strip_suffix('=').filter(|_| declares) else { return Ok(None) };
        let (name, append) = name.strip_suffix('+').map_or((name, false), |name| (name, true));
        if self.dialect != Dialect::Bash || self.peek() != Some(b'(') || !is_name(name) {
            return Ok(None);
        }
        let began = self.at - text.len();
        self.at += 1;
        let mut elements = Vec::new();
        loop {
            if let Some(element) = self.keyed_element()? {
                elements.push(element);
                continue;
            }
            self.check = Check { newlines: true, keywords: false };
            match self.next_token()? {
                Token::Word => {
                    let element = std::mem::take(&mut self.word);
                    elements.push((None, element));
                }
                Token::Close => break,
                _ => {
                    let stopped = self.unexpected(Some(Token::Close));
                    if let Some(error) = &mut self.error {
                        error.1 = "shell-array";
                    }
                    return stopped;
                }
            }
        }
        let value = Word { parts: Vec::new(), range: word.range };
        let source = self.text.get(began..self.at).unwrap_or_default().to_owned();
        let (name, elements) = (name.to_owned(), Some(elements));
        Ok(Some(Assignment {
            name,
            subscript: None,
            append,
            value,
            source,
            elements,
            range: self.range_from(word.range.start),
        }))
    }
    /// `[…]=value` of an array: the subscript may have blanks.
    fn keyed_element(&mut self) -> Parsed<Option<(Option<Word>, Word)>> {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n')) {
            self.at += 1;
        }
        let before = self.at;
        if !self.take("[") {
            return Ok(None);
        }
        let mut parts = Vec::new();
        self.word_parts(Until::Bracket, &mut parts)?;
        let subscript = Word { parts, range: self.range_from(before) };
        if self.take("]=") {
            return Ok(Some((Some(subscript), self.read_word()?)));
        }
        self.at = before;
        Ok(None)
    }
}
