//! A pattern's text to its parts.

use super::{ByteSet, Rules, Syntax};

/// How deep groups may nest.
pub const NEST_LIMIT: usize = 100;

const TOO_BIG: &str = "Regular expression too big";

#[derive(Clone, Debug)]
pub enum Part {
    Set(Box<ByteSet>),
    Start,
    End,
    LineStart,
    LineEnd,
    /// The match begins here, whatever was before.
    Keep,
    Look {
        behind: bool,
        negated: bool,
        inner: Box<Part>,
    },
    WordBoundary,
    NotWordBoundary,
    WordStart,
    WordEnd,
    Backreference(usize),
    Group(usize, Box<Part>),
    /// How often at least and at most, and whether rather seldom.
    Repeat(Box<Part>, u32, Option<u32>, bool),
    Sequence(Vec<Part>),
    Either(Vec<Part>),
}

#[derive(Clone, Debug)]
pub struct Parsed {
    pub part: Part,
    pub groups: usize,
    /// Whether it cannot be matched but by trying.
    pub by_trying: bool,
}

pub fn parse(pattern: &[u8], syntax: Syntax) -> Result<Parsed, &'static str> {
    let by_trying = syntax.rules == Rules::Perl;
    let mut parser = Parser { pattern, at: 0, syntax, groups: 0, open: Vec::new(), by_trying };
    let part = parser.either()?;
    if parser.at < pattern.len() {
        return Err(parser.wrong("Unmatched ) or \\)", "unmatched closing parenthesis"));
    }
    Ok(Parsed { part, groups: parser.groups, by_trying: parser.by_trying })
}

pub struct Parser<'p> {
    pub pattern: &'p [u8],
    pub at: usize,
    pub syntax: Syntax,
    pub groups: usize,
    pub open: Vec<usize>,
    pub by_trying: bool,
}

/// What stands at a place of the pattern, the same for both ways of writing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Token {
    End,
    Open,
    Close,
    Or,
    Star,
    Plus,
    Question,
    Brace,
    Any,
    Bracket,
    Caret,
    Dollar,
    Escaped(u8),
    Byte(u8),
}

impl Parser<'_> {
    /// regcomp's complaint, or PCRE's.
    pub fn wrong(&self, posix: &'static str, perl: &'static str) -> &'static str {
        if self.syntax.rules == Rules::Perl { perl } else { posix }
    }

    pub fn peek(&self, ahead: usize) -> Option<u8> {
        self.pattern.get(self.at + ahead).copied()
    }

    /// The token here and its length.
    pub fn token(&self) -> Result<(Token, usize), &'static str> {
        let Some(byte) = self.peek(0) else { return Ok((Token::End, 0)) };
        let extended = self.syntax.extended;
        if byte == b'\\' {
            let next = self.peek(1).ok_or_else(|| self.wrong("Trailing backslash", "\\ at end of pattern"))?;
            let token = match next {
                b'(' if !extended => Token::Open,
                b')' if !extended => Token::Close,
                b'|' if !extended => Token::Or,
                b'{' if !extended => Token::Brace,
                b'+' if !extended => Token::Plus,
                b'?' if !extended => Token::Question,
                _ => Token::Escaped(next),
            };
            return Ok((token, 2));
        }
        let token = match byte {
            b'(' if extended => Token::Open,
            b')' if extended => Token::Close,
            b'|' if extended => Token::Or,
            b'{' if extended && self.syntax.rules != Rules::Mawk => Token::Brace,
            b'+' if extended => Token::Plus,
            b'?' if extended => Token::Question,
            b'*' => Token::Star,
            b'.' => Token::Any,
            b'[' => Token::Bracket,
            b'^' => Token::Caret,
            b'$' => Token::Dollar,
            _ => Token::Byte(byte),
        };
        Ok((token, 1))
    }

    pub fn either(&mut self) -> Result<Part, &'static str> {
        let mut parts = vec![self.sequence()?];
        while let (Token::Or, length) = self.token()? {
            self.at += length;
            parts.push(self.sequence()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Part::Either(parts) })
    }

    fn sequence(&mut self) -> Result<Part, &'static str> {
        let mut parts: Vec<Part> = Vec::new();
        let mut can_repeat = false;
        loop {
            let (token, length) = self.token()?;
            match token {
                Token::End | Token::Or => break,
                Token::Close
                    if self.open.is_empty()
                        && self.syntax.extended
                        && matches!(self.syntax.rules, Rules::Grep | Rules::Mawk) => {}
                Token::Close if self.open.is_empty() && self.syntax.extended => {
                    return Err(self.wrong("Unmatched ) or \\)", "unmatched closing parenthesis"));
                }
                Token::Close => break,
                _ => {}
            }
            self.at += length;
            if can_repeat && let Some((low, high)) = self.repetition(token)? {
                let perl = self.syntax.rules == Rules::Perl;
                let reluctant = perl && self.peek(0) == Some(b'?');
                // What keeps what it has (`a*+`) finds the same in all but odd cases.
                self.at += usize::from(reluctant || perl && self.peek(0) == Some(b'+'));
                can_repeat = !perl;
                if let Some(last) = parts.pop() {
                    parts.push(Part::Repeat(Box::new(last), low, high, reluctant));
                }
                continue;
            }
            let repeats = matches!(token, Token::Star | Token::Plus | Token::Question);
            if self.syntax.extended && (parts.is_empty() || self.syntax.rules == Rules::Perl) && repeats {
                // GNU takes a leading star of an extended pattern as nothing; after | it is an error.
                if self.syntax.rules != Rules::Grep
                    && (matches!(self.syntax.rules, Rules::Sed | Rules::Mawk | Rules::Perl)
                        || self.at > 1 && self.pattern.get(self.at.wrapping_sub(2)) == Some(&b'|'))
                {
                    return Err(self.wrong(
                        "Invalid preceding regular expression",
                        "quantifier does not follow a repeatable item",
                    ));
                }
                continue;
            }
            if self.syntax.rules == Rules::Perl
                && let Some(part) = self.perl(token)?
            {
                can_repeat = true;
                parts.extend(part);
                continue;
            }
            let at_start = parts.is_empty();
            can_repeat = true;
            let part = match token {
                Token::Open => {
                    if self.open.len() >= NEST_LIMIT {
                        return Err(TOO_BIG);
                    }
                    self.groups += 1;
                    let group = self.groups;
                    self.open.push(group);
                    let inner = self.either()?;
                    let (Token::Close, length) = self.token()? else {
                        return Err(self.wrong("Unmatched ( or \\(", "missing closing parenthesis"));
                    };
                    self.at += length;
                    self.open.pop();
                    Part::Group(group, Box::new(inner))
                }
                Token::Any => Part::Set(Box::new({
                    let mut all = ByteSet::empty();
                    if self.syntax.multiline || self.syntax.rules == Rules::Perl {
                        all.insert(b'\n');
                    }
                    all.invert();
                    all
                })),
                Token::Bracket => self.bracket()?,
                Token::Caret if self.syntax.extended || at_start => {
                    can_repeat = self.syntax.extended;
                    if self.syntax.multiline { Part::LineStart } else { Part::Start }
                }
                Token::Dollar if self.syntax.extended || self.at_end_of_branch() => {
                    if self.syntax.multiline {
                        Part::LineEnd
                    } else {
                        Part::End
                    }
                }
                Token::Escaped(byte) => self.escaped(byte)?,
                Token::Star => self.literal(b'*'),
                Token::Caret => self.literal(b'^'),
                Token::Dollar => self.literal(b'$'),
                Token::Plus => self.literal(b'+'),
                Token::Question => self.literal(b'?'),
                Token::Brace if !self.syntax.extended => return Err("Invalid preceding regular expression"),
                Token::Brace if self.syntax.rules == Rules::Sed => {
                    return Err("Invalid preceding regular expression");
                }
                Token::Brace if self.syntax.rules == Rules::Grep && self.repetition(token)?.is_some() => {
                    can_repeat = false;
                    continue;
                }
                Token::Brace => self.literal(b'{'),
                Token::Byte(byte) => self.literal(byte),
                Token::Close => self.literal(b')'),
                Token::End | Token::Or => break,
            };
            parts.push(part);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Part::Sequence(parts) })
    }

    fn at_end_of_branch(&self) -> bool {
        matches!(self.token(), Ok((Token::End | Token::Close | Token::Or, _)))
    }

    pub fn literal(&self, byte: u8) -> Part {
        let mut set = ByteSet::empty();
        set.insert(byte);
        self.finish(set)
    }

    pub fn finish(&self, mut set: ByteSet) -> Part {
        if self.syntax.ignore_case {
            set.ignore_case();
        }
        Part::Set(Box::new(set))
    }

    /// The bounds, if the token (already passed) repeats what is before it.
    fn repetition(&mut self, token: Token) -> Result<Option<(u32, Option<u32>)>, &'static str> {
        Ok(match token {
            Token::Star => Some((0, None)),
            Token::Plus => Some((1, None)),
            Token::Question => Some((0, Some(1))),
            Token::Brace => {
                let after = self.at;
                let bounds = self.bounds();
                let lenient = self.syntax.extended && self.syntax.rules != Rules::Sed;
                match bounds {
                    Ok((low, Some(high))) if low > high && self.syntax.rules == Rules::Perl => {
                        return Err("numbers out of order in {} quantifier");
                    }
                    Ok((low, Some(high))) if low > high && (self.syntax.rules == Rules::Grep || !lenient) => {
                        return Err("Invalid content of \\{\\}");
                    }
                    Ok((low, high)) if low.max(high.unwrap_or(low)) > 32_767 && self.syntax.rules != Rules::Plain => {
                        return Err(TOO_BIG);
                    }
                    Ok((low, high)) if high.is_none_or(|high| low <= high) && low <= 32_767 => Some((low, high)),
                    Err(message) if !lenient => return Err(message),
                    Ok(_) | Err(_) => {
                        self.at = after;
                        None
                    }
                }
            }
            _ => None,
        })
    }

    fn bounds(&mut self) -> Result<(u32, Option<u32>), &'static str> {
        let low = self.digits();
        let comma = self.peek(0) == Some(b',');
        self.at += usize::from(comma);
        let high = if comma { self.digits() } else { low };
        let close: &[u8] = if self.syntax.extended { b"}" } else { b"\\}" };
        let rest = self.pattern.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return Err("Unmatched \\{");
        }
        if low.is_none() && (!comma || self.syntax.rules == Rules::Perl) || !rest.starts_with(close) {
            return Err("Invalid content of \\{\\}");
        }
        self.at += close.len();
        Ok((low.unwrap_or(0), high))
    }

    fn digits(&mut self) -> Option<u32> {
        let start = self.at;
        while self.peek(0).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        std::str::from_utf8(self.pattern.get(start..self.at)?).ok()?.parse().ok()
    }

    fn escaped(&mut self, byte: u8) -> Result<Part, &'static str> {
        Ok(match byte {
            b'1'..=b'9' => {
                let group = usize::from(byte - b'0');
                if group > self.groups || self.open.contains(&group) {
                    return Err(self.wrong("Invalid back reference", "reference to non-existent subpattern"));
                }
                self.by_trying = true;
                Part::Backreference(group)
            }
            b'<' if self.syntax.rules != Rules::Perl => Part::WordStart,
            b'>' if self.syntax.rules != Rules::Perl => Part::WordEnd,
            b'b' => Part::WordBoundary,
            b'B' => Part::NotWordBoundary,
            b'`' => Part::Start,
            b'\'' => Part::End,
            b'w' | b'W' | b's' | b'S' => Part::Set(Box::new(shorthand(byte).unwrap_or_else(ByteSet::empty))),
            b'n' => self.literal(b'\n'),
            b't' => self.literal(b'\t'),
            _ => self.literal(byte),
        })
    }
}

/// The bytes of `\w`, `\d` and their like.
pub fn shorthand(letter: u8) -> Option<ByteSet> {
    let inside: fn(u8) -> bool = match letter.to_ascii_lowercase() {
        b'w' => is_word,
        b's' => |byte| byte.is_ascii_whitespace() || byte == 0x0b,
        b'd' => |byte| byte.is_ascii_digit(),
        b'h' => |byte| byte == b' ' || byte == b'\t',
        _ => return None,
    };
    let mut set = ByteSet::empty();
    (0..=255u8).filter(|byte| inside(*byte) != letter.is_ascii_uppercase()).for_each(|byte| set.insert(byte));
    Some(set)
}

/// Whether a byte belongs to words, for `\w`, `\<` and grep's `-w`.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// A named class: `alpha`, `digit` …
pub fn class(name: &[u8]) -> Option<fn(u8) -> bool> {
    Some(match name {
        b"alpha" => |byte| byte.is_ascii_alphabetic(),
        b"digit" => |byte| byte.is_ascii_digit(),
        b"alnum" => |byte| byte.is_ascii_alphanumeric(),
        b"upper" => |byte| byte.is_ascii_uppercase(),
        b"lower" => |byte| byte.is_ascii_lowercase(),
        b"space" => |byte| byte.is_ascii_whitespace() || byte == 0x0b,
        b"blank" => |byte| byte == b' ' || byte == b'\t',
        b"punct" => |byte| byte.is_ascii_punctuation(),
        b"xdigit" => |byte| byte.is_ascii_hexdigit(),
        b"cntrl" => |byte| byte.is_ascii_control(),
        b"print" => |byte| byte == b' ' || byte.is_ascii_graphic(),
        b"graph" => |byte| byte.is_ascii_graphic(),
        _ => return None,
    })
}
