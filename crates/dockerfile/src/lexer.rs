//! Shell words as BuildKit cuts a line into them to look for heredocs: no variable is known, none is replaced.

use crate::mistake::Mistake;

/// How deep `${a:-${b:-…}}` may nest.
const MAX_DEPTH: usize = 100;

/// Whether quotes and escape characters stay in the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Both stay.
    All,
    /// Quotes stay, escape characters do not.
    Quotes,
    /// Neither.
    Nothing,
}

/// The words of a text, or None where its quotes or substitutions are broken. The escape character is always `\`.
pub(crate) fn words(text: &str, keep: Keep) -> Result<Option<Vec<String>>, Mistake> {
    let mut lexer = Lexer { chars: text.chars().peekable(), keep };
    match lexer.until(None, keep == Keep::All, 0) {
        Ok(found) => Ok(Some(found.finish().1)),
        Err(Broken::Syntax) => Ok(None),
        Err(Broken::TooDeep) => {
            Err(Mistake { code: "substitution-too-deep", docker: String::new(), args: Vec::new(), at: None })
        }
    }
}

enum Broken {
    Syntax,
    TooDeep,
}

struct Lexer<'t> {
    chars: std::iter::Peekable<std::str::Chars<'t>>,
    keep: Keep,
}

#[derive(Default)]
struct Found {
    all: String,
    words: Vec<String>,
    word: String,
}

impl Found {
    fn push(&mut self, c: char) {
        self.all.push(c);
        if c.is_whitespace() {
            if !self.word.is_empty() {
                self.words.push(std::mem::take(&mut self.word));
            }
        } else {
            self.word.push(c);
        }
    }

    fn push_raw(&mut self, text: &str) {
        self.all.push_str(text);
        self.word.push_str(text);
    }

    fn finish(mut self) -> (String, Vec<String>) {
        if !self.word.is_empty() {
            self.words.push(self.word);
        }
        (self.all, self.words)
    }
}

impl Lexer<'_> {
    fn until(&mut self, stop: Option<char>, raw_escapes: bool, depth: usize) -> Result<Found, Broken> {
        if depth > MAX_DEPTH {
            return Err(Broken::TooDeep);
        }
        let mut found = Found::default();
        while let Some(&c) = self.chars.peek() {
            if Some(c) == stop {
                self.chars.next();
                return Ok(found);
            }
            match c {
                '\'' => found.push_raw(&self.single_quotes()?),
                '"' => found.push_raw(&self.double_quotes(raw_escapes, depth)?),
                '$' => self.dollar(depth)?.chars().for_each(|c| found.push(c)),
                '\\' => {
                    self.chars.next();
                    if raw_escapes {
                        found.push_raw("\\");
                    }
                    if let Some(escaped) = self.chars.next() {
                        found.push_raw(escaped.encode_utf8(&mut [0; 4]));
                    }
                }
                _ => {
                    self.chars.next();
                    found.push(c);
                }
            }
        }
        if stop.is_some() { Err(Broken::Syntax) } else { Ok(found) }
    }

    fn single_quotes(&mut self) -> Result<String, Broken> {
        let mut text = String::new();
        text.extend(self.chars.next());
        loop {
            let c = self.chars.next().ok_or(Broken::Syntax)?;
            text.push(c);
            if c == '\'' {
                return Ok(self.without_quotes(text));
            }
        }
    }

    fn double_quotes(&mut self, raw_escapes: bool, depth: usize) -> Result<String, Broken> {
        let mut text = String::new();
        text.extend(self.chars.next());
        loop {
            match self.chars.peek().copied().ok_or(Broken::Syntax)? {
                '"' => {
                    self.chars.next();
                    text.push('"');
                    return Ok(self.without_quotes(text));
                }
                '$' => text.push_str(&self.dollar(depth)?),
                '\\' => {
                    self.chars.next();
                    let next = self.chars.peek().copied();
                    if raw_escapes {
                        text.push('\\');
                    }
                    match next {
                        Some(c @ ('"' | '$' | '\\')) => {
                            self.chars.next();
                            text.push(c);
                        }
                        Some(_) => text.push('\\'),
                        None => {}
                    }
                }
                c => {
                    self.chars.next();
                    text.push(c);
                }
            }
        }
    }

    fn without_quotes(&self, text: String) -> String {
        if self.keep != Keep::Nothing {
            return text;
        }
        let mut chars = text.chars();
        chars.next();
        chars.next_back();
        chars.as_str().to_owned()
    }

    /// `$name` and `${…}`, unchanged but for the escapes in them.
    fn dollar(&mut self, depth: usize) -> Result<String, Broken> {
        self.chars.next();
        if self.chars.peek() != Some(&'{') {
            return Ok(format!("${}", self.name()));
        }
        self.chars.next();
        if matches!(self.chars.peek(), None | Some('{' | '}' | ':')) {
            return Err(Broken::Syntax);
        }
        let name = self.name();
        let mut operator = self.chars.next().ok_or(Broken::Syntax)?.to_string();
        match operator.as_str() {
            "}" => return Ok(format!("${{{name}}}")),
            "/" => {
                if self.chars.next_if_eq(&'/').is_some() {
                    operator.push('/');
                }
                let pattern = self.until(Some('/'), true, depth + 1)?.all;
                let replacement = self.until(Some('}'), true, depth + 1)?.all;
                return Ok(format!("${{{name}/{pattern}/{replacement}}}"));
            }
            ":" => operator.push(self.chars.next().ok_or(Broken::Syntax)?),
            "+" | "-" | "?" | "#" | "%" => {}
            _ => return Err(Broken::Syntax),
        }
        let pattern = operator.ends_with(['#', '%']);
        let word = self.until(Some('}'), pattern, depth + 1)?.all;
        Ok(format!("${{{name}{operator}{word}}}"))
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        match self.chars.peek().copied() {
            Some(digit) if digit.is_numeric() => {
                while let Some(digit) = self.chars.next_if(|c| c.is_numeric()) {
                    name.push(digit);
                }
            }
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => name.extend(self.chars.next()),
            _ => {
                while let Some(c) = self.chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                    name.push(c);
                }
            }
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_words_together() {
        for (text, expected) in [
            (r#"RUN cat <<EOF "a b" 'c d' e\ f"#, Some(vec!["RUN", "cat", "<<EOF", "\"a b\"", "'c d'", r"e\ f"])),
            ("$a ${b} ${c:-d e} $((1<<2))", Some(vec!["$a", "${b}", "${c:-d", "e}", "$((1<<2))"])),
            ("it's", None),
            ("\"open", None),
            ("${}", None),
            ("${a", None),
            ("${a^}", None),
        ] {
            let expected = expected.map(|all| all.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
            assert_eq!(words(text, Keep::All), Ok(expected), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_reported() {
        assert!(words(&"${a:-".repeat(50), Keep::All).is_ok());
        assert!(words(&"${a:-".repeat(100_000), Keep::All).is_err());
    }
}
