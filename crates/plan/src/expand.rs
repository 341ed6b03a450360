//! Variable substitution, as BuildKit's `frontend/dockerfile/shell/lex.go` does it.

use std::collections::BTreeSet;

use crate::Environment;
use crate::glob::{TooMuch, replace, trim_prefix, trim_suffix};

/// Nesting of `${…}` that is followed; deeper is refused.
const NEST_LIMIT: usize = 64;

/// Bytes by which the variables in one text may make it longer: without it a few lines that double a variable fill the
/// memory. No program gets a variable that is longer (Linux's `MAX_ARG_STRLEN`).
const GROWTH_LIMIT: usize = 128 << 10;

/// Comparisons of a pattern's pieces with characters in one text.
const PATTERN_LIMIT: usize = 10_000_000;

const TOO_MUCH: &str = "its patterns take too long";

/// How a text is expanded.
#[derive(Clone, Copy, Debug)]
pub struct Expander {
    /// The escape character: `\` or `` ` ``.
    pub escape: char,
    /// Quotes stay in the result.
    pub raw_quotes: bool,
    /// Quotes mean nothing: heredoc bodies.
    pub skip_quotes: bool,
    /// A variable that is not set stays as it is written.
    pub keep_unset: bool,
}

/// A text with its variables expanded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expanded {
    /// The result.
    pub text: String,
    /// The result split at blanks that stood outside of quotes, those that came out of variables too.
    pub words: Vec<String>,
    /// Variables that are not set, each once, in the order met.
    pub unset: Vec<String>,
    /// Variables that are set, each once, in the order met.
    pub set: Vec<String>,
}

impl Expander {
    /// The usual way: quotes are taken off.
    #[must_use]
    pub fn new(escape: char) -> Expander {
        Expander { escape, raw_quotes: false, skip_quotes: false, keep_unset: false }
    }

    /// Expands `text`.
    ///
    /// # Errors
    /// Docker's message, with its `failed to process "…": ` in front.
    pub fn expand(&self, text: &str, environment: &Environment) -> Result<Expanded, String> {
        self.expand_noting_unset(text, environment).0
    }

    /// As [`Expander::expand`], with the variables that are not set: those met before an error too.
    pub fn expand_noting_unset(
        &self,
        text: &str,
        environment: &Environment,
    ) -> (Result<Expanded, String>, Vec<String>) {
        let mut lexer = Lexer {
            options: *self,
            environment,
            rest: text.chars().collect(),
            at: 0,
            raw_escapes: false,
            depth: 0,
            set: Vec::new(),
            unset: Vec::new(),
            seen: BTreeSet::new(),
            grown: 0,
            budget: PATTERN_LIMIT,
        };
        let result = match lexer.until(None, false) {
            Ok((result, words)) => {
                Ok(Expanded { text: result, words: words.finish(), unset: lexer.unset.clone(), set: lexer.set })
            }
            Err(message) => Err(format!("failed to process {}: {message}", crate::go_quote(text))),
        };
        (result, lexer.unset)
    }
}

/// Words as they are gathered: blanks of unquoted text and of variables' values separate, others do not.
#[derive(Default)]
struct Words {
    words: Vec<String>,
    word: String,
    in_word: bool,
}

impl Words {
    fn push(&mut self, c: char) {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c') {
            if self.in_word {
                self.words.push(std::mem::take(&mut self.word));
                self.in_word = false;
            }
        } else {
            self.push_raw(c);
        }
    }

    fn push_raw(&mut self, c: char) {
        self.word.push(c);
        self.in_word = true;
    }

    fn finish(mut self) -> Vec<String> {
        if !self.word.is_empty() {
            self.words.push(self.word);
        }
        self.words
    }
}

struct Lexer<'a> {
    options: Expander,
    environment: &'a Environment,
    rest: Vec<char>,
    at: usize,
    raw_escapes: bool,
    depth: usize,
    set: Vec<String>,
    unset: Vec<String>,
    /// The names in both.
    seen: BTreeSet<String>,
    /// The bytes that came out of variables.
    grown: usize,
    /// What patterns may still cost.
    budget: usize,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn until(&mut self, stop: Option<char>, raw_escapes: bool) -> Result<(String, Words), String> {
        let outer = std::mem::replace(&mut self.raw_escapes, raw_escapes);
        let result = self.until_with_escapes(stop);
        self.raw_escapes = outer;
        result
    }

    fn until_with_escapes(&mut self, stop: Option<char>) -> Result<(String, Words), String> {
        let mut result = String::new();
        let mut words = Words::default();
        while let Some(c) = self.peek() {
            if stop == Some(c) {
                self.at += 1;
                return Ok((result, words));
            }
            match c {
                '$' => {
                    let value = self.dollar()?;
                    value.chars().for_each(|c| words.push(c));
                    result.push_str(&value);
                }
                '\'' | '"' if !self.options.skip_quotes => {
                    let value = if c == '"' { self.double_quotes()? } else { self.single_quotes()? };
                    value.chars().for_each(|c| words.push_raw(c));
                    words.in_word = true;
                    result.push_str(&value);
                }
                c if c == self.options.escape => {
                    self.at += 1;
                    if self.raw_escapes {
                        words.push_raw(c);
                        result.push(c);
                    }
                    let Some(escaped) = self.next() else { break };
                    words.push_raw(escaped);
                    result.push(escaped);
                }
                c => {
                    self.at += 1;
                    words.push(c);
                    result.push(c);
                }
            }
        }
        match stop {
            Some(stop) => Err(format!("unexpected end of statement while looking for matching {stop}")),
            None => Ok((result, words)),
        }
    }

    fn single_quotes(&mut self) -> Result<String, String> {
        let mut result = String::new();
        let quote = self.next();
        result.extend(quote.filter(|_| self.options.raw_quotes));
        loop {
            match self.next() {
                None => {
                    return Err("unexpected end of statement while looking for matching single-quote".into());
                }
                Some('\'') => {
                    result.extend(quote.filter(|_| self.options.raw_quotes));
                    return Ok(result);
                }
                Some(c) => result.push(c),
            }
        }
    }

    fn double_quotes(&mut self) -> Result<String, String> {
        let mut result = String::new();
        let quote = self.next();
        result.extend(quote.filter(|_| self.options.raw_quotes));
        loop {
            match self.peek() {
                None => {
                    return Err("unexpected end of statement while looking for matching double-quote".into());
                }
                Some('"') => {
                    self.at += 1;
                    result.extend(quote.filter(|_| self.options.raw_quotes));
                    return Ok(result);
                }
                Some('$') => result.push_str(&self.dollar()?),
                Some(c) => {
                    self.at += 1;
                    let mut kept = c;
                    if c == self.options.escape {
                        if self.raw_escapes {
                            result.push(c);
                        }
                        match self.peek() {
                            None => continue,
                            Some(next) if next == '"' || next == '$' || next == c => {
                                self.at += 1;
                                kept = next;
                            }
                            Some(_) => {}
                        }
                    }
                    result.push(kept);
                }
            }
        }
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self.peek() {
            if name.is_empty() && c.is_numeric() {
                while let Some(digit) = self.peek().filter(|c| c.is_numeric()) {
                    name.push(digit);
                    self.at += 1;
                }
                return name;
            }
            if name.is_empty() && matches!(c, '@' | '*' | '#' | '?' | '-' | '$' | '!') {
                self.at += 1;
                return c.to_string();
            }
            if !(c.is_alphanumeric() || c == '_') {
                break;
            }
            name.push(c);
            self.at += 1;
        }
        name
    }

    fn value(&mut self, name: &str) -> Result<Option<String>, String> {
        let value = self.environment.get(name).map(str::to_string);
        if self.seen.insert(name.to_string()) {
            let list = if value.is_some() { &mut self.set } else { &mut self.unset };
            list.push(name.to_string());
        }
        self.grow(value.as_ref().map_or(0, String::len))?;
        Ok(value)
    }

    fn grow(&mut self, bytes: usize) -> Result<(), String> {
        self.grown = self.grown.saturating_add(bytes);
        if self.grown > GROWTH_LIMIT {
            return Err(format!("variables make it more than {GROWTH_LIMIT} bytes longer"));
        }
        Ok(())
    }

    fn dollar(&mut self) -> Result<String, String> {
        self.at += 1;
        if self.peek() != Some('{') {
            let name = self.name();
            if name.is_empty() {
                return Ok("$".into());
            }
            return Ok(match self.value(&name)? {
                None if self.options.keep_unset => format!("${name}"),
                value => value.unwrap_or_default(),
            });
        }
        self.at += 1;
        if self.depth >= NEST_LIMIT {
            return Err("syntax error: substitutions are nested too deeply".into());
        }
        self.depth += 1;
        let result = self.braces();
        self.depth -= 1;
        result
    }

    fn braces(&mut self) -> Result<String, String> {
        match self.peek() {
            None => return Err("syntax error: missing '}'".into()),
            Some('{' | '}' | ':') => return Err("syntax error: bad substitution".into()),
            Some(_) => {}
        }
        let name = self.name();
        // at the end of the text Go's scanner gives -1, which prints as the replacement character
        let operator = self.next().unwrap_or('\u{fffd}');
        match operator {
            '}' => Ok(match self.value(&name)? {
                None if self.options.keep_unset => format!("${{{name}}}"),
                value => value.unwrap_or_default(),
            }),
            ':' => {
                let operator = self.next().unwrap_or('\u{fffd}');
                self.modifier(&name, operator, true)
            }
            '+' | '-' | '?' | '#' | '%' => self.modifier(&name, operator, false),
            '/' => self.replacement(&name),
            other => Err(format!("unsupported modifier ({other}) in substitution")),
        }
    }

    fn modifier(&mut self, name: &str, operator: char, empty_is_unset: bool) -> Result<String, String> {
        let written = if empty_is_unset { format!(":{operator}") } else { operator.to_string() };
        let cut = matches!(operator, '#' | '%');
        if empty_is_unset && cut {
            return Err(format!("unsupported modifier ({written}) in substitution"));
        }
        let word = self.word_until('}', cut, "syntax error: missing '}'")?;
        let value = self.value(name)?;
        if value.is_none() && self.options.keep_unset {
            return Ok(format!("${{{name}{written}{word}}}"));
        }
        let usable = value.clone().filter(|value| !(empty_is_unset && value.is_empty()));
        match operator {
            '-' => Ok(usable.unwrap_or(word)),
            '+' => Ok(if usable.is_some() { word } else { String::new() }),
            '?' => usable.ok_or_else(|| {
                let what = if value.is_none() { "unset" } else { "empty" };
                let message = if word.is_empty() { format!("is not allowed to be {what}") } else { word };
                format!("{name}: {message}")
            }),
            '#' | '%' => {
                let greedy = word.starts_with(operator);
                let pattern = if greedy { word.get(1..).unwrap_or_default() } else { &word };
                let value = value.unwrap_or_default();
                let cut = if operator == '#' {
                    trim_prefix(pattern, &value, greedy, &mut self.budget)
                } else {
                    trim_suffix(pattern, &value, greedy, &mut self.budget)
                };
                cut.map_err(|TooMuch| TOO_MUCH.to_string())
            }
            _ => Err(format!("unsupported modifier ({written}) in substitution")),
        }
    }

    fn replacement(&mut self, name: &str) -> Result<String, String> {
        let all = self.peek() == Some('/');
        self.at += usize::from(all);
        let pattern = self.word_until('/', true, "syntax error: missing '/' in ${}")?;
        let replacement = self.word_until('}', true, "syntax error: missing '}'")?;
        let value = self.value(name)?;
        if value.is_none() && self.options.keep_unset {
            // The engine writes one slash whatever the text had (BuildKit's frontend/dockerfile/shell/lex.go; recorded).
            return Ok(format!("${{{name}/{pattern}/{replacement}}}"));
        }
        let value = value.unwrap_or_default();
        let replaced =
            replace(&pattern, &replacement, &value, all, &mut self.budget).map_err(|TooMuch| TOO_MUCH.to_string())?;
        self.grow(replaced.len().saturating_sub(value.len()))?;
        Ok(replaced)
    }

    fn word_until(&mut self, stop: char, raw_escapes: bool, at_the_end: &str) -> Result<String, String> {
        match self.until(Some(stop), raw_escapes) {
            Ok((word, _)) => Ok(word),
            Err(_) if self.peek().is_none() => Err(at_the_end.to_string()),
            Err(message) => Err(message),
        }
    }
}
