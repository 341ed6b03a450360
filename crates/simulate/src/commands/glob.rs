//! Shell patterns against a whole text, as find -name and tar --exclude use them: `*` takes slashes too.

/// Whether `name` matches the pattern of `*`, `?`, `[...]` and backslashes.
pub fn glob(pattern: &str, name: &str, ignore_case: bool) -> bool {
    // What stands behind the last sign with a meaning has to be the end: most names go by that.
    let end = pattern.rsplit(['*', '?', '[', ']', '\\']).next().unwrap_or_default();
    if !ignore_case && !name.ends_with(end) {
        return false;
    }
    let fold = |text: &str| -> Vec<char> {
        if ignore_case { text.chars().map(|c| c.to_ascii_lowercase()).collect() } else { text.chars().collect() }
    };
    matches(&fold(pattern), &fold(name))
}

/// Remembers only the last star, so that the time is bounded by pattern × name.
fn matches(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        let letter = name.get(n).copied().unwrap_or_default();
        let step = match pattern.get(p) {
            Some('*') => {
                star = Some((p + 1, n));
                p += 1;
                continue;
            }
            Some('?') => Some(p + 1),
            Some('[') => match bracket(pattern, p, letter) {
                Some((true, next)) => Some(next),
                Some((false, _)) => None,
                None => (letter == '[').then_some(p + 1),
            },
            Some('\\') if p + 1 < pattern.len() => (pattern.get(p + 1) == Some(&letter)).then_some(p + 2),
            Some(other) => (*other == letter).then_some(p + 1),
            None => None,
        };
        match (step, star) {
            (Some(next), _) => {
                p = next;
                n += 1;
            }
            (None, Some((after, taken))) => {
                star = Some((after, taken + 1));
                p = after;
                n = taken + 1;
            }
            (None, None) => return false,
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|c| *c == '*')
}

/// Whether the letter is in the brackets at `start`, and where they end; `None` if they do not end.
fn bracket(pattern: &[char], start: usize, letter: char) -> Option<(bool, usize)> {
    let mut at = start + 1;
    let negated = matches!(pattern.get(at), Some('!' | '^'));
    if negated {
        at += 1;
    }
    let (mut inside, mut first) = (false, true);
    loop {
        let low = *pattern.get(at)?;
        if low == ']' && !first {
            return Some((inside != negated, at + 1));
        }
        first = false;
        let high = *pattern.get(at + 2).unwrap_or(&']');
        if pattern.get(at + 1) == Some(&'-') && high != ']' {
            inside |= (low..=high).contains(&letter);
            at += 3;
        } else {
            inside |= low == letter;
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_names() {
        for (pattern, name, expected) in [
            ("*.log", "a.log", true),
            ("*.log", "a.log.1", false),
            ("*/e", "d/x/e", true),
            ("a?c", "abc", true),
            ("[a-c]*[!x]", "bay", true),
            ("[", "[", true),
            ("\\*", "*", true),
            ("a*b*c", "aXbYbZc", true),
            ("", "", true),
        ] {
            assert_eq!(glob(pattern, name, false), expected, "{pattern} {name}");
        }
    }
}
