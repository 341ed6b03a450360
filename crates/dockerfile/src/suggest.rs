/// The distance from which on nothing is suggested.
const TOO_FAR: usize = 3;

/// The candidate that was probably meant by `word`: the nearest with a Levenshtein distance below 3, the first of
/// several equally near. None if `word` is itself a candidate, for then something else was wrong.
///
/// BuildKit's `util/suggest`. It walks Go maps in places, so where several are equally near its choice may vary from
/// run to run; here it is the first of `candidates`.
#[must_use]
pub fn suggest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let mut best = None;
    let mut nearest = TOO_FAR;
    for &candidate in candidates {
        if candidate == word {
            return None;
        }
        let distance = distance(word, candidate);
        if distance < nearest {
            nearest = distance;
            best = Some(candidate);
        }
    }
    best
}

/// As [`suggest`], whatever the case: the answer is in upper case for a word in upper case, else in lower case.
#[must_use]
pub fn suggest_ignoring_case(word: &str, candidates: &[&str]) -> Option<String> {
    let lower = word.to_lowercase();
    // most candidates are of another length: they need not be read
    let near = |candidate: &&&str| {
        candidate.len().abs_diff(lower.len()) < TOO_FAR || !candidate.is_ascii() || !lower.is_ascii()
    };
    let candidates: Vec<String> = candidates.iter().filter(near).map(|candidate| candidate.to_lowercase()).collect();
    let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
    let best = suggest(&lower, &candidates)?;
    let upper = word != lower && word == word.to_uppercase();
    Some(if upper { best.to_uppercase() } else { best.to_owned() })
}

/// The Levenshtein distance in characters, or something no smaller than [`TOO_FAR`] for words of very different length.
fn distance(a: &str, b: &str) -> usize {
    if a.chars().count().abs_diff(b.chars().count()) >= TOO_FAR {
        return TOO_FAR;
    }
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        let mut next = vec![before];
        for (right, &above) in b.iter().zip(row.iter().skip(1)) {
            before = (diagonal + usize::from(left != right)).min(above + 1).min(before + 1);
            next.push(before);
            diagonal = above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_insertions_deletions_and_replacements() {
        for (a, b, expected) in [("", "", 0), ("RUNN", "RUN", 1), ("FORM", "FROM", 2), ("", "ab", 2), ("kit", "sat", 2)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn the_first_of_the_nearest_is_suggested() {
        assert_eq!(suggest("chow", &["chmod", "chown"]), Some("chown"));
        assert_eq!(suggest("ax", &["ab", "ac"]), Some("ab"));
        assert_eq!(suggest("install", &["RUN"]), None);
        assert_eq!(suggest("ab", &["ac", "ab"]), None);
    }

    #[test]
    fn case_follows_the_word() {
        assert_eq!(suggest_ignoring_case("RUNN", &["RUN"]).as_deref(), Some("RUN"));
        assert_eq!(suggest_ignoring_case("runn", &["RUN"]).as_deref(), Some("run"));
        assert_eq!(suggest_ignoring_case("Runn", &["RUN"]).as_deref(), Some("run"));
    }
}
