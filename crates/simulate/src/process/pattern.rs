//! The patterns of file names, `case` and `${x#…}`.

/// A character of a word, and whether it was quoted: quoted ones stand for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) character: char,
    pub(super) quoted: bool,
}

/// The text of glyphs.
pub(super) fn text(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.character).collect()
}

/// The glyphs of a text.
pub(super) fn glyphs(text: &str, quoted: bool) -> Vec<Glyph> {
    text.chars().map(|character| Glyph { character, quoted }).collect()
}

/// Whether anything in `pattern` is more than itself.
pub(super) fn has_wildcards(pattern: &[Glyph]) -> bool {
    pattern.iter().any(|glyph| !glyph.quoted && matches!(glyph.character, '*' | '?' | '['))
}

/// Whether `pattern`, which may have bash's `@(a|b)` and the like, matches all of `text`.
pub(super) fn matches_in(pattern: &[Glyph], text: &[char], extended: bool) -> bool {
    if extended && super::extended::has_groups(pattern) {
        super::extended::matches(pattern, text)
    } else {
        matches(pattern, text)
    }
}

/// Whether `pattern` matches all of `text`.
pub(super) fn matches(pattern: &[Glyph], text: &[char]) -> bool {
    let (mut at, mut from) = (0, 0);
    // Where to go on when what follows the last `*` does not fit.
    let mut retry: Option<(usize, usize)> = None;
    loop {
        let star = pattern.get(at).is_some_and(|glyph| glyph.character == '*' && !glyph.quoted);
        if star {
            at += 1;
            retry = Some((at, from));
            continue;
        }
        match (pattern.get(at), text.get(from)) {
            (None, None) => return true,
            (Some(_), Some(&character)) => {
                if let Some(length) = one(pattern.get(at..).unwrap_or_default(), character) {
                    at += length;
                    from += 1;
                    continue;
                }
            }
            _ => {}
        }
        match retry {
            Some((star, begin)) if begin < text.len() => {
                retry = Some((star, begin + 1));
                at = star;
                from = begin + 1;
            }
            _ => return false,
        }
    }
}

/// How many glyphs at the beginning of `pattern` stand for the one `character`; `None` where they do not.
pub(super) fn one(pattern: &[Glyph], character: char) -> Option<usize> {
    let first = pattern.first()?;
    if first.quoted {
        return (first.character == character).then_some(1);
    }
    match first.character {
        '?' => Some(1),
        '[' => match bracket(pattern, character) {
            Some((matched, length)) => matched.then_some(length),
            None => (character == '[').then_some(1),
        },
        // A backslash that comes out of a variable.
        '\\' if pattern.len() > 1 => (pattern.get(1)?.character == character).then_some(2),
        own => (own == character).then_some(1),
    }
}

/// A bracket expression at the beginning of `pattern`: whether it matches, and its length. `None` if it has no end.
fn bracket(pattern: &[Glyph], character: char) -> Option<(bool, usize)> {
    let mut at = 1;
    let negated = pattern.get(at).is_some_and(|glyph| !glyph.quoted && matches!(glyph.character, '!' | '^'));
    if negated {
        at += 1;
    }
    let first = at;
    let mut matched = false;
    loop {
        let glyph = pattern.get(at)?;
        if glyph.character == ']' && !glyph.quoted && at > first {
            return Some((matched != negated, at + 1));
        }
        if glyph.character == '[' && pattern.get(at + 1).is_some_and(|next| next.character == ':') {
            let rest = pattern.get(at + 2..)?;
            let name: String =
                rest.iter().map(|glyph| glyph.character).take_while(|c| c.is_ascii_alphabetic()).collect();
            if rest.get(name.len()).is_some_and(|glyph| glyph.character == ':')
                && rest.get(name.len() + 1).is_some_and(|glyph| glyph.character == ']')
            {
                matched |= in_class(&name, character);
                at += name.len() + 4;
                continue;
            }
        }
        let low = glyph.character;
        let dash = pattern.get(at + 1).is_some_and(|next| next.character == '-' && !next.quoted);
        match pattern.get(at + 2) {
            Some(high) if dash && (high.character != ']' || high.quoted) => {
                matched |= low <= character && character <= high.character;
                at += 3;
            }
            _ => {
                matched |= low == character;
                at += 1;
            }
        }
    }
}

fn in_class(name: &str, character: char) -> bool {
    match name {
        "alpha" => character.is_ascii_alphabetic(),
        "digit" => character.is_ascii_digit(),
        "alnum" => character.is_ascii_alphanumeric(),
        "upper" => character.is_ascii_uppercase(),
        "lower" => character.is_ascii_lowercase(),
        "space" => character.is_ascii_whitespace() || character == '\x0b',
        "blank" => matches!(character, ' ' | '\t'),
        "punct" => character.is_ascii_punctuation(),
        "xdigit" => character.is_ascii_hexdigit(),
        "cntrl" => character.is_ascii_control(),
        "print" => (' '..='~').contains(&character),
        "graph" => character.is_ascii_graphic(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        let cases = [
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a*c", "abcd", false),
            ("*a*b*", "xxaxxbxx", true),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("[]]", "]", true),
            ("[a", "[a", true),
            ("[[:digit:]]?", "1あ", true),
            ("\\*", "*", true),
            ("\\*", "x", false),
        ];
        for (pattern, text, expected) in cases {
            let text: Vec<char> = text.chars().collect();
            assert_eq!(matches(&glyphs(pattern, false), &text), expected, "{pattern}");
        }
        assert!(!matches(&glyphs("*", true), &['x']));
    }
}
