//! Versions of Debian packages: which of two is newer, as deb-version(7) says.

use std::cmp::Ordering;

/// Compares two versions: epoch, upstream version, revision.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (epoch_a, upstream_a, revision_a) = parts(a);
    let (epoch_b, upstream_b, revision_b) = parts(b);
    epoch_a.cmp(&epoch_b).then_with(|| piece(upstream_a, upstream_b)).then_with(|| piece(revision_a, revision_b))
}

/// Whether a relation as dpkg writes it (`ge`, `<<`, `=`) holds; `None` for one that there is not.
pub fn holds(a: &str, relation: &str, b: &str) -> Option<bool> {
    let order = compare(a, b);
    Some(match relation {
        "lt" | "lt-nl" | "<<" => order.is_lt(),
        "le" | "le-nl" | "<=" | "<" => order.is_le(),
        "eq" | "=" => order.is_eq(),
        "ne" => order.is_ne(),
        "ge" | "ge-nl" | ">=" | ">" => order.is_ge(),
        "gt" | "gt-nl" | ">>" => order.is_gt(),
        _ => return None,
    })
}

fn parts(version: &str) -> (u64, &str, &str) {
    let (epoch, rest) = version.split_once(':').unwrap_or(("0", version));
    let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, "0"));
    (epoch.parse().unwrap_or(0), upstream, revision)
}

/// Text and numbers in turn: `~` before the end, the end before letters, letters before the rest.
fn piece(a: &str, b: &str) -> Ordering {
    let weight = |c: Option<char>| match c {
        Some('~') => -1,
        Some(c) if c.is_ascii_digit() => 0,
        None => 0,
        Some(c) if c.is_ascii_alphabetic() => c as i64,
        Some(c) => c as i64 + 256,
    };
    let (mut a, mut b) = (a, b);
    loop {
        let (first_a, first_b) = (a.chars().next(), b.chars().next());
        let is_text = |c: Option<char>| c.is_some_and(|c| !c.is_ascii_digit());
        if is_text(first_a) || is_text(first_b) {
            let order = weight(first_a).cmp(&weight(first_b));
            if order != Ordering::Equal {
                return order;
            }
            a = rest(a, first_a.map_or(0, char::len_utf8));
            b = rest(b, first_b.map_or(0, char::len_utf8));
        } else if first_a.is_none() && first_b.is_none() {
            return Ordering::Equal;
        } else {
            let (number_a, rest_a) = number(a);
            let (number_b, rest_b) = number(b);
            let order = number_a.len().cmp(&number_b.len()).then_with(|| number_a.cmp(number_b));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (rest_a, rest_b);
        }
    }
}

fn rest(text: &str, from: usize) -> &str {
    text.get(from..).unwrap_or_default()
}

/// The digits at the start without leading zeros, and what follows.
fn number(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (digits.trim_start_matches('0'), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_versions_are_found_as_dpkg_finds_them() {
        let rising = ["0.9~rc1", "0.9", "0.9-1", "0.9-1+b1", "0.10", "1.0~", "1.0", "1.0a", "1.0+x", "1:0.1"];
        for pair in rising.windows(2) {
            if let [a, b] = pair {
                assert_eq!(compare(a, b), Ordering::Less, "{a} {b}");
            }
        }
        assert_eq!(compare("1.01", "1.1"), Ordering::Equal);
        assert_eq!(holds("2.36-9+deb12u13", "ge", "2.34"), Some(true));
        assert_eq!(holds("1", "about", "1"), None);
    }
}
