use report::Report;

use super::escaped;
use crate::text::{Locale, bytes, duration, reason, state_word};

/// A build as HTML, for a page of documentation: its steps as a table with why each runs, and their sums. It has no styles
/// and no scripts; classes name what a page may want to colour.
#[must_use]
pub fn html(locale: &Locale, name: &str, report: &Report) -> String {
    let mut out = format!("<table class=\"layerlab\" lang=\"{}\">\n", escaped(locale.tag()));
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line(&format!("<caption>{}</caption>", escaped(name)));
    let head = ["markdown-step", "markdown-verdict", "table-why", "markdown-size", "markdown-time"];
    let head: String = head.iter().map(|name| format!("<th scope=\"col\">{}</th>", escaped(&locale.t(name)))).collect();
    line(&format!("<thead><tr>{head}</tr></thead>"));
    line("<tbody>");
    for step in &report.steps {
        let why = step.reason.as_ref().map(|why| reason(locale, why, &report.steps)).unwrap_or_default();
        line(&format!(
            "<tr class=\"layerlab-{}\"><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            state_word(step.state).trim_start_matches("state-"),
            escaped(&step.name),
            escaped(&locale.t(state_word(step.state))),
            escaped(&why),
            escaped(&bytes(step.bytes)),
            escaped(&duration(locale, step.ms)),
        ));
    }
    line("</tbody>");
    line(&format!("<tfoot><tr><td colspan=\"5\">{}</td></tr></tfoot>", escaped(&super::total(locale, report))));
    line("</table>");
    out
}
