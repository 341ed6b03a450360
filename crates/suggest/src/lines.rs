//! What of a text's lines an edit changes.

use report::DiffLine;

/// The equal lines that are kept around a difference.
const AROUND: usize = 2;
/// Between texts whose lines differ more than this, everything between is another.
const MOST_PAIRS: usize = 250_000;

/// The lines of two texts: what both have, what the older and what the newer alone has. Long runs of equal lines are left
/// out.
#[must_use]
pub fn line_diff(before: &str, after: &str) -> Vec<DiffLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let middle = |lines: &[&'_ str]| -> Vec<String> {
        let lines = lines.get(head..lines.len().saturating_sub(tail)).unwrap_or_default();
        lines.iter().map(|line| (*line).to_owned()).collect()
    };
    let same = |line: &&str| DiffLine::Same((*line).to_owned());
    let mut lines: Vec<DiffLine> = old.iter().take(head).map(same).collect();
    between(middle(&old), middle(&new), &mut lines);
    lines.extend(old.iter().skip(old.len() - tail).map(same));
    shortened(lines)
}

/// By the longest common subsequence.
fn between(old: Vec<String>, new: Vec<String>, lines: &mut Vec<DiffLine>) {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        lines.extend(old.into_iter().map(DiffLine::Removed));
        lines.extend(new.into_iter().map(DiffLine::Added));
        return;
    }
    // longest[i][j]: of old[i..] and new[j..]
    let width = new.len() + 1;
    let mut longest = vec![0_usize; (old.len() + 1) * width];
    let at = |longest: &[usize], i: usize, j: usize| longest.get(i * width + j).copied().unwrap_or_default();
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let best = if a == b {
                at(&longest, i + 1, j + 1) + 1
            } else {
                at(&longest, i + 1, j).max(at(&longest, i, j + 1))
            };
            if let Some(cell) = longest.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => {
                lines.push(DiffLine::Same(a.clone()));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || at(&longest, i + 1, j) >= at(&longest, i, j + 1) => {
                lines.push(DiffLine::Removed(a.clone()));
                i += 1;
            }
            (_, Some(b)) => {
                lines.push(DiffLine::Added(b.clone()));
                j += 1;
            }
            _ => return,
        }
    }
}

fn shortened(lines: Vec<DiffLine>) -> Vec<DiffLine> {
    let differs: Vec<bool> = lines.iter().map(|line| !matches!(line, DiffLine::Same(_))).collect();
    let near = |at: usize| {
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(differs.len());
        differs.get(around).is_some_and(|near| near.contains(&true))
    };
    let mut short = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        match short.last_mut() {
            _ if near(at) => short.push(line),
            Some(DiffLine::Skipped(count)) => *count += 1,
            _ => short.push(DiffLine::Skipped(1)),
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let line = |line: DiffLine| match line {
            DiffLine::Same(text) => format!(" {text}"),
            DiffLine::Removed(text) => format!("-{text}"),
            DiffLine::Added(text) => format!("+{text}"),
            DiffLine::Skipped(count) => format!("~{count}"),
        };
        line_diff(before, after).into_iter().map(line).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_are_kept_that_both_have() {
        assert_eq!(shown("a\nb\nc\n", "a\nc\nd\n"), " a|-b| c|+d");
        assert_eq!(shown("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\n5\n6\nx\n"), "~4| 5| 6|-7|+x");
        assert_eq!(shown("a", "a"), "~1");
        assert_eq!(shown("", "a\n"), "+a");
    }
}
