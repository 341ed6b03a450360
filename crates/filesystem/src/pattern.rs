//! Patterns: Go's `path.Match`, and the ones of moby/patternmatcher.

use std::fmt;

/// A pattern that Go's `path.Match` rejects (`path.ErrBadPattern`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPattern;

impl fmt::Display for BadPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("syntax error in pattern")
    }
}

impl std::error::Error for BadPattern {}

/// Go's `path.Clean`: resolves `.`, `..` and double slashes by the text alone.
pub(crate) fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(".."),
            },
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_string(),
        (false, false) => joined,
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Char(char),
    /// `?`
    One,
    /// `*`
    Star,
    /// `[a-c]`, `[^x]`
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
    /// `**/`: any number of directories, also none.
    Dirs,
    /// `**` at the end.
    All,
}

/// Reads a `path.Match` pattern.
fn tokens(pattern: &str) -> Result<Vec<Token>, BadPattern> {
    let mut tokens = Vec::new();
    let mut chars = pattern.chars().peekable();
    while let Some(ch) = chars.next() {
        tokens.push(match ch {
            '*' => Token::Star,
            '?' => Token::One,
            '\\' => Token::Char(chars.next().ok_or(BadPattern)?),
            '[' => class(&mut chars)?,
            ch => Token::Char(ch),
        });
    }
    Ok(tokens)
}

fn class(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<Token, BadPattern> {
    let negated = chars.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        if !ranges.is_empty() && chars.next_if_eq(&']').is_some() {
            return Ok(Token::Class { negated, ranges });
        }
        let low = class_char(chars)?;
        let high = if chars.next_if_eq(&'-').is_some() { class_char(chars)? } else { low };
        ranges.push((low, high));
    }
}

fn class_char(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<char, BadPattern> {
    match chars.next() {
        None | Some('-' | ']') => Err(BadPattern),
        Some('\\') => chars.next().ok_or(BadPattern),
        Some(ch) => Ok(ch),
    }
}

/// Whether `path.Match` would accept the pattern.
pub(crate) fn check_syntax(pattern: &str) -> Result<(), BadPattern> {
    tokens(pattern).map(drop)
}

/// Go's `path.Match`: `*` and `?` do not match a slash, there is no `**`, the whole name must match.
pub fn path_match(pattern: &str, name: &str) -> Result<bool, BadPattern> {
    Ok(run(&tokens(pattern)?, name, true))
}

/// Matches all of `text`, in time proportional to both lengths. A class does not match a slash if `path_class`.
fn run(tokens: &[Token], text: &str, path_class: bool) -> bool {
    // states[i]: tokens before i have matched what was read.
    let mut states = vec![false; tokens.len() + 1];
    enter(tokens, &mut states, 0);
    let mut next = states.clone();
    for ch in text.chars() {
        next.fill(false);
        for (index, token) in tokens.iter().enumerate() {
            if states.get(index) != Some(&true) {
                continue;
            }
            let (stays, advances) = match token {
                Token::Char(wanted) => (false, *wanted == ch),
                Token::One => (false, ch != '/'),
                Token::Star => (ch != '/', false),
                Token::Class { negated, ranges } => {
                    let inside = ranges.iter().any(|(low, high)| (*low..=*high).contains(&ch));
                    (false, inside != *negated && (ch != '/' || !path_class))
                }
                Token::Dirs => (true, ch == '/'),
                Token::All => (true, false),
            };
            if stays {
                if let Some(state) = next.get_mut(index) {
                    *state = true;
                }
                // What stays could have ended here, too; `**/` only after a slash.
                if !matches!(token, Token::Dirs) {
                    enter(tokens, &mut next, index + 1);
                }
            }
            if advances {
                enter(tokens, &mut next, index + 1);
            }
        }
        std::mem::swap(&mut states, &mut next);
    }
    states.last() == Some(&true)
}

/// Enters a state and those behind it that need no character.
fn enter(tokens: &[Token], states: &mut [bool], from: usize) {
    for index in from..=tokens.len() {
        if let Some(state) = states.get_mut(index) {
            *state = true;
        }
        match tokens.get(index) {
            Some(Token::Star | Token::Dirs | Token::All) => {}
            _ => break,
        }
    }
}

/// How moby/patternmatcher matches one pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Matcher {
    Exact(String),
    Prefix(String),
    /// The suffix, after `**`.
    Suffix(String),
    Tokens {
        tokens: Vec<Token>,
        /// What a path must end in: most do not, and are done with at once.
        end: String,
        /// The characters that a path has at least.
        least: usize,
    },
}

impl Matcher {
    /// Of a cleaned pattern that [`check_syntax`] accepts (`Pattern.compile`).
    pub fn new(pattern: &str) -> Matcher {
        #[derive(PartialEq)]
        enum Type {
            Exact,
            Prefix,
            Suffix,
            Regexp,
        }
        let mut kind = Type::Exact;
        let mut tokens = Vec::new();
        let mut chars = pattern.chars().peekable();
        let mut is_first = true;
        while let Some(ch) = chars.next() {
            match ch {
                '*' if chars.next_if_eq(&'*').is_some() => {
                    chars.next_if_eq(&'/');
                    if chars.peek().is_some() {
                        // one does what several in a row do
                        if tokens.last() != Some(&Token::Dirs) {
                            tokens.push(Token::Dirs);
                        }
                        kind = Type::Regexp;
                    } else if kind == Type::Exact {
                        kind = Type::Prefix;
                    } else {
                        tokens.push(Token::All);
                        kind = Type::Regexp;
                    }
                    if is_first {
                        kind = Type::Suffix;
                    }
                }
                '*' => {
                    tokens.push(Token::Star);
                    kind = Type::Regexp;
                }
                '?' => {
                    tokens.push(Token::One);
                    kind = Type::Regexp;
                }
                '\\' => match chars.next() {
                    Some(escaped) => {
                        tokens.push(Token::Char(escaped));
                        kind = Type::Regexp;
                    }
                    None => tokens.push(Token::Char('\\')),
                },
                '[' => {
                    if let Ok(class) = class(&mut chars) {
                        tokens.push(class);
                    }
                    kind = Type::Regexp;
                }
                ch => {
                    if ch == ']' {
                        kind = Type::Regexp;
                    }
                    tokens.push(Token::Char(ch));
                }
            }
            is_first = false;
        }
        match kind {
            Type::Exact => Matcher::Exact(pattern.to_string()),
            Type::Prefix => Matcher::Prefix(pattern.trim_end_matches("**").to_string()),
            Type::Suffix => Matcher::Suffix(pattern.get(2..).unwrap_or_default().to_string()),
            Type::Regexp => {
                let literal = tokens.iter().rev().map_while(|token| match token {
                    Token::Char(ch) => Some(*ch),
                    _ => None,
                });
                let end: Vec<char> = literal.collect();
                let one = |token: &&Token| !matches!(token, Token::Star | Token::Dirs | Token::All);
                Matcher::Tokens {
                    end: end.into_iter().rev().collect(),
                    least: tokens.iter().filter(one).count(),
                    tokens,
                }
            }
        }
    }

    pub fn matches(&self, path: &str) -> bool {
        match self {
            Matcher::Exact(exact) => path == exact,
            Matcher::Prefix(prefix) => path.starts_with(prefix),
            Matcher::Suffix(suffix) => path.ends_with(suffix) || suffix.strip_prefix('/') == Some(path),
            Matcher::Tokens { tokens, end, least } => {
                path.len() >= *least && path.ends_with(end) && run(tokens, path, false)
            }
        }
    }
}
