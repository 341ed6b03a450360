//! Brackets of a pattern.

use super::parse::{Parser, Part, class, shorthand};
use super::{ByteSet, Rules};

impl Parser<'_> {
    /// What brackets hold, behind their opening.
    pub fn bracket(&mut self) -> Result<Part, &'static str> {
        const UNMATCHED: &str = "Unmatched [, [^, [:, [., or [=";
        let perl = self.syntax.rules == Rules::Perl;
        let unmatched = self.wrong(UNMATCHED, "missing terminating ] for character class");
        let negated = self.peek(0) == Some(b'^');
        if negated {
            self.at += 1;
        }
        if self.peek(0).is_none() && matches!(self.syntax.rules, Rules::Sed | Rules::Grep) {
            return Err("Invalid regular expression");
        }
        self.check_colons()?;
        let mut set = ByteSet::empty();
        let mut first = true;
        loop {
            let mut byte = self.peek(0).ok_or(unmatched)?;
            if byte == b']' && !first {
                self.at += 1;
                break;
            }
            first = false;
            if byte == b'[' && self.peek(1) == Some(b':') {
                let rest = self.pattern.get(self.at + 2..).unwrap_or_default();
                let end = rest.windows(2).position(|two| two == b":]").ok_or(unmatched)?;
                let name = rest.get(..end).unwrap_or_default();
                let class = class(name)
                    .ok_or_else(|| self.wrong("Invalid character class name", "unknown POSIX class name"))?;
                (0..=255u8).filter(|byte| class(*byte)).for_each(|byte| set.insert(byte));
                self.at += end + 4;
                continue;
            }
            self.at += 1;
            if perl && byte == b'\\' {
                byte = self.peek(0).ok_or(unmatched)?;
                self.at += 1;
                if let Some(inside) = shorthand(byte) {
                    (0..=255u8).filter(|byte| inside.contains(*byte)).for_each(|byte| set.insert(byte));
                    continue;
                }
                byte = self.control(byte);
            }
            // A range, unless the minus is the last in the brackets.
            if self.peek(0) == Some(b'-') && self.peek(1).is_some_and(|next| next != b']') {
                let mut last = self.peek(1).ok_or(unmatched)?;
                self.at += 2;
                if perl && last == b'\\' {
                    last = self.peek(0).ok_or(unmatched)?;
                    self.at += 1;
                    last = self.control(last);
                }
                if last < byte {
                    return Err(self.wrong("Invalid range end", "range out of order in character class"));
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
            if self.syntax.multiline {
                set.insert(b'\n');
            }
            set.invert();
        }
        Ok(Part::Set(Box::new(set)))
    }

    /// GNU's grep refuses `[:space:]`, which is meant for `[[:space:]]`.
    fn check_colons(&self) -> Result<(), &'static str> {
        let inside = self.pattern.get(self.at..).unwrap_or_default();
        let inside = inside.split(|byte| *byte == b']').next().unwrap_or_default();
        let told = inside.len() > 2 && inside.starts_with(b":") && inside.ends_with(b":") && !inside.contains(&b'-');
        if told && self.syntax.rules == Rules::Grep {
            return Err("character class syntax is [[:space:]], not [:space:]");
        }
        Ok(())
    }
}
