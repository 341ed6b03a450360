use report::Report;

use crate::text::{Locale, bytes, duration, state_word};

/// A build as Markdown, for an issue or a wiki: its steps as a table, their sums, and the Dockerfile.
#[must_use]
pub fn markdown(locale: &Locale, name: &str, dockerfile: &str, report: &Report) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line(&format!("### {}", cell(name)));
    line("");
    let head = ["markdown-step", "markdown-size", "markdown-time", "markdown-verdict"].map(|name| locale.t(name));
    line(&format!("| {} | {} | {} | {} |", head[0], head[1], head[2], head[3]));
    line("| --- | ---: | ---: | --- |");
    for step in &report.steps {
        let (size, time, word) = (bytes(step.bytes), duration(locale, step.ms), locale.t(state_word(step.state)));
        line(&format!("| {} | {size} | {time} | {word} |", code(&step.name)));
    }
    line("");
    line(&total(locale, report));
    line("");
    let fence = "`".repeat(longest_run(dockerfile).max(2) + 1);
    line(&format!("{fence}dockerfile"));
    line(dockerfile.trim_end());
    line(&fence);
    out
}

/// The sums of a build, in a sentence.
pub(super) fn total(locale: &Locale, report: &Report) -> String {
    let totals = &report.totals;
    let image = report.image.as_ref().map_or(0, |image| image.bytes);
    let arguments = [
        ("size", bytes(image).into()),
        ("layers", totals.layers.into()),
        ("time", duration(locale, totals.ms).into()),
        ("cached", totals.cached.into()),
        ("steps", totals.steps.into()),
    ];
    locale.f("markdown-total", &arguments).to_string()
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// A code in a cell of a table: a bar ends the cell even there.
fn code(text: &str) -> String {
    let marks = "`".repeat(longest_run(text) + 1);
    let text = text.replace('|', "\\|").replace(['\n', '\r'], " ");
    let room = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{room}{text}{room}{marks}")
}

/// How many backticks there are in a row at most.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
