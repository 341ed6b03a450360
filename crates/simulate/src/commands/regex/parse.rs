//! A pattern's text to its parts.

use super::{ByteSet, Syntax};

/// How deep groups may nest.
const NEST_LIMIT: usize = 100;

const TOO_BIG: &str = "Regular expression too big";

#[derive(Clone, Debug)]
pub enum Part {
    Set(Box<ByteSet>),
    Start,
    End,
    WordBoundary,
    NotWordBoundary,
    WordStart,
    WordEnd,
    Backreference(usize),
    Group(usize, Box<Part>),
    Repeat(Box<Part>, u32, Option<u32>),
    Sequence(Vec<Part>),
    Either(Vec<Part>),
}

#[derive(Clone, Debug)]
pub struct Parsed {
    pub part: Part,
    pub groups: usize,
    pub has_backreference: bool,
}

pub fn parse(pattern: &[u8], syntax: Syntax) -> Result<Parsed, &'static str> {
    let mut parser = Parser { pattern, at: 0, syntax, groups: 0, open: Vec::new(), has_backreference: false };
    let part = parser.either()?;
    if parser.at < pattern.len() {
        return Err("Unmatched ) or \\)");
    }
    Ok(Parsed { part, groups: parser.groups, has_backreference: parser.has_backreference })
}

struct Parser<'p> {
    pattern: &'p [u8],
    at: usize,
    syntax: Syntax,
    groups: usize,
    open: Vec<usize>,
    has_backreference: bool,
}

/// What stands at a place of the pattern, the same for both ways of writing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
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
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.pattern.get(self.at + ahead).copied()
    }

    /// The token here and its length.
    fn token(&self) -> Result<(Token, usize), &'static str> {
        let Some(byte) = self.peek(0) else { return Ok((Token::End, 0)) };
        let extended = self.syntax.extended;
        if byte == b'\\' {
            let next = self.peek(1).ok_or("Trailing backslash")?;
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
            b'{' if extended => Token::Brace,
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

    fn either(&mut self) -> Result<Part, &'static str> {
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
                Token::Close if self.open.is_empty() && self.syntax.extended => return Err("Unmatched ) or \\)"),
                Token::Close => break,
                _ => {}
            }
            self.at += length;
            if can_repeat && let Some((low, high)) = self.repetition(token)? {
                if let Some(last) = parts.pop() {
                    parts.push(Part::Repeat(Box::new(last), low, high));
                }
                continue;
            }
            if self.syntax.extended && matches!(token, Token::Star | Token::Plus | Token::Question) && parts.is_empty()
            {
                // GNU takes a leading star of an extended pattern as nothing; after | it is an error.
                if self.at > 1 && self.pattern.get(self.at.wrapping_sub(2)) == Some(&b'|') {
                    return Err("Invalid preceding regular expression");
                }
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
                    let (Token::Close, length) = self.token()? else { return Err("Unmatched ( or \\(") };
                    self.at += length;
                    self.open.pop();
                    Part::Group(group, Box::new(inner))
                }
                Token::Any => Part::Set(Box::new({
                    let mut all = ByteSet::empty();
                    all.invert();
                    all
                })),
                Token::Bracket => self.bracket()?,
                Token::Caret if self.syntax.extended || at_start => {
                    can_repeat = self.syntax.extended;
                    Part::Start
                }
                Token::Dollar if self.syntax.extended || self.at_end_of_branch() => Part::End,
                Token::Escaped(byte) => self.escaped(byte)?,
                Token::Star => self.literal(b'*'),
                Token::Caret => self.literal(b'^'),
                Token::Dollar => self.literal(b'$'),
                Token::Plus => self.literal(b'+'),
                Token::Question => self.literal(b'?'),
                Token::Brace if !self.syntax.extended => return Err("Invalid preceding regular expression"),
                Token::Brace => self.literal(b'{'),
                Token::Byte(byte) => self.literal(byte),
                Token::End | Token::Or | Token::Close => break,
            };
            parts.push(part);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Part::Sequence(parts) })
    }

    fn at_end_of_branch(&self) -> bool {
        matches!(self.token(), Ok((Token::End | Token::Close | Token::Or, _)))
    }

    fn literal(&self, byte: u8) -> Part {
        let mut set = ByteSet::empty();
        set.insert(byte);
        self.finish(set)
    }

    fn finish(&self, mut set: ByteSet) -> Part {
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
                if bounds.is_none() {
                    if !self.syntax.extended {
                        return Err("Invalid content of \\{\\}");
                    }
                    self.at = after;
                }
                bounds
            }
            _ => None,
        })
    }

    fn bounds(&mut self) -> Option<(u32, Option<u32>)> {
        let low = self.digits();
        let (low, high) = if self.peek(0) == Some(b',') {
            self.at += 1;
            (low.unwrap_or(0), self.digits())
        } else {
            (low?, low)
        };
        if !self.syntax.extended {
            (self.peek(0) == Some(b'\\')).then_some(())?;
            self.at += 1;
        }
        (self.peek(0) == Some(b'}')).then_some(())?;
        self.at += 1;
        (high.is_none_or(|high| low <= high) && low <= 32_767).then_some((low, high))
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
                    return Err("Invalid back reference");
                }
                self.has_backreference = true;
                Part::Backreference(group)
            }
            b'<' => Part::WordStart,
            b'>' => Part::WordEnd,
            b'b' => Part::WordBoundary,
            b'B' => Part::NotWordBoundary,
            b'`' => Part::Start,
            b'\'' => Part::End,
            b'w' | b'W' | b's' | b'S' => {
                let mut set = ByteSet::empty();
                for candidate in 0..=255u8 {
                    let inside = if byte.eq_ignore_ascii_case(&b'w') {
                        is_word(candidate)
                    } else {
                        candidate.is_ascii_whitespace() || candidate == 0x0b
                    };
                    if inside != byte.is_ascii_uppercase() {
                        set.insert(candidate);
                    }
                }
                Part::Set(Box::new(set))
            }
            b'n' => self.literal(b'\n'),
            b't' => self.literal(b'\t'),
            _ => self.literal(byte),
        })
    }

    fn bracket(&mut self) -> Result<Part, &'static str> {
        const UNMATCHED: &str = "Unmatched [, [^, [:, [., or [=";
        let negated = self.peek(0) == Some(b'^');
        if negated {
            self.at += 1;
        }
        let mut set = ByteSet::empty();
        let mut first = true;
        loop {
            let byte = self.peek(0).ok_or(UNMATCHED)?;
            if byte == b']' && !first {
                self.at += 1;
                break;
            }
            first = false;
            if byte == b'[' && self.peek(1) == Some(b':') {
                let rest = self.pattern.get(self.at + 2..).unwrap_or_default();
                let end = rest.windows(2).position(|two| two == b":]").ok_or(UNMATCHED)?;
                let name = rest.get(..end).unwrap_or_default();
                let class = class(name).ok_or("Invalid character class name")?;
                (0..=255u8).filter(|byte| class(*byte)).for_each(|byte| set.insert(byte));
                self.at += end + 4;
                continue;
            }
            self.at += 1;
            // A range, unless the minus is the last in the brackets.
            if self.peek(0) == Some(b'-') && self.peek(1).is_some_and(|next| next != b']') {
                let last = self.peek(1).ok_or(UNMATCHED)?;
                self.at += 2;
                if last < byte {
                    return Err("Invalid range end");
                }
                (byte..=last).for_each(|byte| set.insert(byte));
            } else {
                set.insert(byte);
            }
        }
        if self.syntax.ignore_case {
            set.ignore_case();
        }
        if negated {
            set.invert();
        }
        Ok(Part::Set(Box::new(set)))
    }
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
