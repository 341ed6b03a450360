//! The names of steps, as the progress display prints them.

use crate::{Environment, Expander};

/// An instruction's text with its variables expanded where they are set, or as it is where that fails
/// (BuildKit's `processCmdEnv` and `uppercaseCmd`).
pub(crate) fn step_text(original: &str, expander: Expander, environment: &Environment) -> String {
    let text = expander.expand(original, environment).map_or_else(|_| original.to_string(), |expanded| expanded.text);
    match text.split_once(' ') {
        Some((keyword, rest)) => format!("{} {rest}", keyword.to_uppercase()),
        None => text.to_uppercase(),
    }
}

/// `[build  2/12] TEXT`: the number padded to the width of the total.
pub(crate) fn step_name(label: &str, number: usize, total: usize, text: &str) -> String {
    let width = total.max(1).to_string().len();
    let label = if label.is_empty() { String::new() } else { format!("{label} ") };
    format!("[{label}{number:width$}/{total}] {text}")
}

/// The first line of a heredoc, as it stands in the name of its RUN (BuildKit's `summarizeHeredoc`).
pub(crate) fn heredoc_summary(document: &str) -> String {
    let mut lines = document.trim().split('\n');
    let first = lines.next().unwrap_or_default().trim_end_matches('\r');
    if lines.next().is_some() { format!("{first}...") } else { first.to_string() }
}
