//! bash's extended patterns: `?(a|b)`, `*(…)`, `+(…)`, `@(…)`, `!(…)`.

use super::pattern::{Glyph, one};

/// The most tries of one match: patterns can be made that need more than anybody waits for.
const MAX_TRIES: u32 = 200_000;

fn opens(pattern: &[Glyph]) -> Option<char> {
    let (first, second) = (pattern.first()?, pattern.get(1)?);
    let group = !first.quoted && !second.quoted && second.character == '(' && "?*+@!".contains(first.character);
    group.then_some(first.character)
}

/// Whether a pattern has any of them.
pub(super) fn has_groups(pattern: &[Glyph]) -> bool {
    (0..pattern.len()).any(|at| pattern.get(at..).and_then(opens).is_some())
}

/// Whether `pattern` matches all of `text`.
pub(super) fn matches(pattern: &[Glyph], text: &[char]) -> bool {
    Matcher { tries: MAX_TRIES }.fits(pattern, text)
}

struct Matcher {
    tries: u32,
}

impl Matcher {
    fn fits(&mut self, pattern: &[Glyph], text: &[char]) -> bool {
        self.tries = self.tries.saturating_sub(1);
        if self.tries == 0 {
            return false;
        }
        let Some(first) = pattern.first() else { return text.is_empty() };
        if let Some(kind) = opens(pattern)
            && let Some((choices, rest)) = group(pattern)
        {
            return self.group_fits(kind, &choices, pattern, rest, text);
        }
        if first.character == '*' && !first.quoted {
            let rest = pattern.get(1..).unwrap_or_default();
            return (0..=text.len()).any(|at| self.fits(rest, text.get(at..).unwrap_or_default()));
        }
        let Some(&character) = text.first() else { return false };
        match one(pattern, character) {
            Some(length) => self.fits(pattern.get(length..).unwrap_or_default(), text.get(1..).unwrap_or_default()),
            None => false,
        }
    }

    fn group_fits(&mut self, kind: char, choices: &[&[Glyph]], whole: &[Glyph], rest: &[Glyph], text: &[char]) -> bool {
        if matches!(kind, '?' | '*') && self.fits(rest, text) {
            return true;
        }
        let from = usize::from(kind != '!' && kind != '@' && kind != '?');
        for end in from..=text.len() {
            let (head, tail) = text.split_at(end);
            let any = choices.iter().any(|choice| self.fits(choice, head));
            let taken = any != (kind == '!');
            if taken
                && (self.fits(rest, tail)
                    || (matches!(kind, '*' | '+') && end > 0 && self.again(kind, choices, whole, rest, tail)))
            {
                return true;
            }
        }
        // `+(…)` may take nothing where a choice is empty.
        kind == '+' && choices.iter().any(|choice| self.fits(choice, &[])) && self.fits(rest, text)
    }

    fn again(&mut self, kind: char, choices: &[&[Glyph]], whole: &[Glyph], rest: &[Glyph], text: &[char]) -> bool {
        !text.is_empty() && self.tries > 0 && self.group_fits(kind, choices, whole, rest, text)
    }
}

/// The choices of a group at the beginning of a pattern, and what follows it.
fn group(pattern: &[Glyph]) -> Option<(Vec<&[Glyph]>, &[Glyph])> {
    let (mut depth, mut start, mut choices) = (0_u32, 2, Vec::new());
    for (at, glyph) in pattern.iter().enumerate().skip(2) {
        if glyph.quoted {
            continue;
        }
        match glyph.character {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            '|' if depth == 0 => {
                choices.push(pattern.get(start..at)?);
                start = at + 1;
            }
            ')' => {
                choices.push(pattern.get(start..at)?);
                return Some((choices, pattern.get(at + 1..)?));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::pattern::glyphs;
    use super::*;

    #[test]
    fn groups_match() {
        let cases = [
            ("@(a|b).txt", "b.txt", true),
            ("!(a.txt)", "b.txt", true),
            ("!(a.txt)", "a.txt", false),
            ("+(ab)", "ababab", true),
            ("+(ab)", "aba", false),
            ("*(z)b", "b", true),
            ("?(x)a", "xa", true),
            ("?(x)a", "xxa", false),
            ("+([0-9]).@(gz|xz)", "12.xz", true),
            ("@(a|@(b|c))", "c", true),
        ];
        for (pattern, text, expected) in cases {
            let text: Vec<char> = text.chars().collect();
            assert_eq!(matches(&glyphs(pattern, false), &text), expected, "{pattern}");
        }
        let evil = "*(*(a|b)*(a|b))c".to_owned();
        let text: Vec<char> = "a".repeat(60).chars().collect();
        assert!(!matches(&glyphs(&evil, false), &text));
    }
}
