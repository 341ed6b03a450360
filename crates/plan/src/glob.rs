//! The patterns of `${v#…}`, `${v%…}` and `${v/…/…}`.

/// A piece of a pattern: `*`, `?` or a character.
#[derive(Clone, Copy, PartialEq)]
enum Glob {
    Star,
    Any,
    Char(char),
}

/// A pattern of `#`, `%` and `/`: it knows `*`, `?` and `\`, and no brackets.
fn glob(pattern: &str) -> Vec<Glob> {
    let mut out = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '*' => Glob::Star,
            '?' => Glob::Any,
            '\\' => chars.next().map_or(Glob::Char('\\'), Glob::Char),
            c => Glob::Char(c),
        });
    }
    out
}

/// Why a pattern is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMuch;

/// The shortest and the longest prefix of `text`, in characters, that the pattern matches. Each character that a piece
/// of the pattern is held against is taken from `budget`.
fn matching_lengths(
    pattern: &[Glob],
    text: impl Iterator<Item = char>,
    budget: &mut usize,
) -> Result<Option<(usize, usize)>, TooMuch> {
    // live[i]: the pieces before i match what was read
    let mut live = vec![false; pattern.len() + 1];
    let mut next = live.clone();
    let enter = |live: &mut Vec<bool>, from: usize| {
        for (slot, piece) in live.iter_mut().zip(pattern.iter().map(Some).chain([None])).skip(from) {
            *slot = true;
            if piece != Some(&Glob::Star) {
                break;
            }
        }
    };
    enter(&mut live, 0);
    let mut found = None;
    let mut note = |live: &[bool], length: usize| {
        if live.last() == Some(&true) {
            found = Some(found.map_or((length, length), |(first, _)| (first, length)));
        }
    };
    note(&live, 0);
    for (at, c) in text.enumerate() {
        *budget = budget.checked_sub(live.len()).ok_or(TooMuch)?;
        next.fill(false);
        for (i, piece) in pattern.iter().enumerate().filter(|(i, _)| live.get(*i) == Some(&true)) {
            match piece {
                Glob::Star => enter(&mut next, i),
                Glob::Any => enter(&mut next, i + 1),
                Glob::Char(wanted) if *wanted == c => enter(&mut next, i + 1),
                Glob::Char(_) => {}
            }
        }
        std::mem::swap(&mut live, &mut next);
        if !live.contains(&true) {
            break;
        }
        note(&live, at + 1);
    }
    Ok(found)
}

pub(crate) fn trim_prefix(pattern: &str, value: &str, greedy: bool, budget: &mut usize) -> Result<String, TooMuch> {
    let lengths = matching_lengths(&glob(pattern), value.chars(), budget)?;
    let cut = lengths.map_or(0, |(shortest, longest)| if greedy { longest } else { shortest });
    Ok(value.chars().skip(cut).collect())
}

pub(crate) fn trim_suffix(pattern: &str, value: &str, greedy: bool, budget: &mut usize) -> Result<String, TooMuch> {
    let mut pattern = glob(pattern);
    pattern.reverse();
    let lengths = matching_lengths(&pattern, value.chars().rev(), budget)?;
    let cut = lengths.map_or(0, |(shortest, longest)| if greedy { longest } else { shortest });
    Ok(value.chars().take(value.chars().count().saturating_sub(cut)).collect())
}

/// Replaces the first match or all; what it puts in is taken from `budget`, too.
pub(crate) fn replace(
    pattern: &str,
    replacement: &str,
    value: &str,
    all: bool,
    budget: &mut usize,
) -> Result<String, TooMuch> {
    let pattern = glob(pattern);
    let chars: Vec<char> = value.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    let mut done = false;
    while at <= chars.len() {
        let rest = chars.get(at..).unwrap_or_default();
        let longest = if done { None } else { matching_lengths(&pattern, rest.iter().copied(), budget)? };
        match longest {
            Some((_, length)) => {
                *budget = budget.checked_sub(replacement.len()).ok_or(TooMuch)?;
                out.push_str(replacement);
                done = !all;
                if length == 0 {
                    out.extend(chars.get(at));
                }
                at += length.max(1);
            }
            None => {
                out.extend(chars.get(at));
                at += 1;
            }
        }
    }
    Ok(out)
}
