//! What Perl's patterns have besides the extended ones.

use super::parse::{Parser, Part, Token, shorthand};

impl Parser<'_> {
    /// The part that a token begins, if Perl alone reads it so; an empty one is a setting.
    pub fn perl(&mut self, token: Token) -> Result<Option<Option<Part>>, &'static str> {
        Ok(match token {
            Token::Open if self.peek(0) == Some(b'?') => Some(self.special_group()?),
            Token::Escaped(byte) => match byte {
                b'K' => Some(Some(Part::Keep)),
                b'A' => Some(Some(Part::Start)),
                b'z' | b'Z' => Some(Some(Part::End)),
                b'R' => Some(Some(self.literal(b'\n'))),
                b'Q' => {
                    let rest = self.pattern.get(self.at..).unwrap_or_default();
                    let length = rest.windows(2).position(|two| two == b"\\E");
                    let quoted = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
                    self.at += quoted.len() + if length.is_some() { 2 } else { 0 };
                    Some(Some(Part::Sequence(quoted.iter().map(|byte| self.literal(*byte)).collect())))
                }
                b'E' => Some(None),
                b'k' => return Err("\\k is not followed by a braced, angle-bracketed, or quoted name"),
                b'x' | b'a' | b'e' | b'f' | b'r' | b'v' => {
                    let byte = self.control(byte);
                    Some(Some(self.literal(byte)))
                }
                byte => shorthand(byte).map(|set| Some(Part::Set(Box::new(set)))),
            },
            _ => None,
        })
    }

    /// The byte that a backslash and this letter stand for; the digits of `\x41` are passed.
    pub fn control(&mut self, letter: u8) -> u8 {
        match letter {
            b'a' => 7,
            b'e' => 27,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'x' => {
                let digits = (0..2).map_while(|ahead| char::from(self.peek(ahead)?).to_digit(16)).collect::<Vec<_>>();
                self.at += digits.len();
                digits.iter().fold(0, |value, digit| value << 4 | u8::try_from(*digit).unwrap_or(0))
            }
            letter => letter,
        }
    }

    /// Behind `(`, at `?`: a group that is not counted, has a name, looks around or sets something.
    fn special_group(&mut self) -> Result<Option<Part>, &'static str> {
        const OPEN: &str = "missing closing parenthesis";
        let rest = self.pattern.get(self.at..).unwrap_or_default();
        let looks: [(&[u8], bool, bool); 4] =
            [(b"?=", false, false), (b"?!", false, true), (b"?<=", true, false), (b"?<!", true, true)];
        if let Some((mark, behind, negated)) = looks.into_iter().find(|(mark, ..)| rest.starts_with(mark)) {
            self.at += mark.len();
            let inner = Box::new(self.inside()?);
            return Ok(Some(Part::Look { behind, negated, inner }));
        }
        let named = rest.starts_with(b"?<") || rest.starts_with(b"?P<") || rest.starts_with(b"?'");
        if named {
            let end = rest.iter().skip(3).position(|byte| matches!(byte, b'>' | b'\'')).ok_or(OPEN)?;
            self.at += end + 4;
            self.groups += 1;
            let group = self.groups;
            return Ok(Some(Part::Group(group, Box::new(self.inside()?))));
        }
        if rest.starts_with(b"?>") {
            self.at += 2;
            return self.inside().map(Some);
        }
        // Letters that set something, for the group or for what follows.
        self.at += 1;
        let (mut on, outside) = (true, self.syntax);
        loop {
            let letter = self.peek(0).ok_or(OPEN)?;
            self.at += 1;
            match letter {
                b'-' => on = false,
                b'i' => self.syntax.ignore_case = on,
                b'm' => self.syntax.multiline = on,
                b's' | b'x' | b'U' | b'J' => {}
                b')' => return Ok(None),
                b':' => {
                    let inner = self.inside();
                    self.syntax = outside;
                    return inner.map(Some);
                }
                _ => return Err("unrecognized character after (? or (?-"),
            }
        }
    }

    /// What is in a group, up to and with its end.
    fn inside(&mut self) -> Result<Part, &'static str> {
        if self.open.len() >= super::parse::NEST_LIMIT {
            return Err("parentheses are too deeply nested");
        }
        // Groups without a number count for the depth alone.
        self.open.push(usize::MAX);
        let outside = self.syntax;
        let inner = self.either()?;
        self.syntax = outside;
        let (Token::Close, length) = self.token()? else { return Err("missing closing parenthesis") };
        self.at += length;
        self.open.pop();
        Ok(inner)
    }
}
