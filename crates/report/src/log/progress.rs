//! The display of a terminal, as it stands when the build is over.

use super::{End, Log, seconds};

/// What the display says: its rows without the width of a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The pieces of work, each before its parts.
    pub rows: Vec<ProgressRow>,
    /// The pieces of work that are over.
    pub done: usize,
    /// The pieces of work that are known.
    pub total: usize,
    /// How long the build took, in milliseconds.
    pub ms: u64,
    /// What stands below: what failed, warnings, the place of the error, the error.
    pub ending: Vec<String>,
}

/// A row of the display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressRow {
    /// What it says in front of the time.
    pub text: String,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// Its colour.
    pub tone: Tone,
}

/// The colour of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// None.
    #[default]
    Plain,
    /// Done: blue.
    Done,
    /// Failed: red.
    Failed,
    /// The head of the warnings: yellow.
    Warning,
}

/// A line of the display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressLine {
    /// What it says.
    pub text: String,
    /// Its colour.
    pub tone: Tone,
}

/// The terminal that a width is too small for has the rows of this one.
const LEAST_WIDTH: usize = 40;

pub(super) fn of(log: &Log, ms: u64) -> Progress {
    let mut rows = Vec::new();
    for vertex in &log.vertices {
        let (mark, tone) = match vertex.end {
            End::Done => ("", Tone::Done),
            End::Cached => ("CACHED ", Tone::Done),
            End::Error(_) => ("ERROR ", Tone::Failed),
        };
        rows.push(ProgressRow { text: format!("{mark}{}", vertex.name.replace('\t', " ")), ms: vertex.ms, tone });
        let part = |(text, ms): &(String, u64)| ProgressRow { text: format!("=> {text}"), ms: *ms, tone: Tone::Done };
        rows.extend(vertex.statuses.iter().map(part));
        if rows.len() == 1 + vertex.statuses.len() {
            rows.extend(log.warnings.iter().skip(1).map(|warning| warned(warning)));
        }
    }
    let done = log.vertices.len();
    // A terminal keeps all of what a failed step printed.
    Progress { rows, done, total: done.saturating_add(log.left), ms, ending: log.ending(usize::MAX) }
}

/// A warning beside the load of the Dockerfile, which is the first piece of work.
fn warned(warning: &str) -> ProgressRow {
    let text = format!("WARN: {}", warning.trim_start_matches(" - "));
    ProgressRow { text, ms: 0, tone: Tone::Plain }
}

/// Nothing was begun.
pub(super) fn only(ending: Vec<String>) -> Progress {
    Progress { ending, ..Progress::default() }
}

impl Progress {
    /// The lines in a terminal of so many columns, as BuildKit's `display.go` lays them out.
    #[must_use]
    pub fn lines(&self, width: usize) -> Vec<ProgressLine> {
        let width = width.max(LEAST_WIDTH);
        let mut lines = Vec::new();
        if !self.rows.is_empty() {
            let finished = if self.done == self.total { "FINISHED" } else { "" };
            let head = format!("[+] Building {} ({}/{}) {finished}", seconds(self.ms), self.done, self.total);
            lines.push(ProgressLine { text: align(&head, "docker:default", width - 1), tone: Tone::Plain });
        }
        for row in &self.rows {
            // The line's end counts as a column.
            let time = format!(" {}", seconds(row.ms));
            let room = width.saturating_sub(" => ".len() + time.len() + 2);
            let text = align(&format!(" => {}", cut(&row.text, room)), &time, width - 1);
            lines.push(ProgressLine { text, tone: row.tone });
        }
        lines.extend(self.ending.iter().map(|line| {
            let warning = line.ends_with(" found (use docker --debug to expand):");
            ProgressLine { text: line.clone(), tone: if warning { Tone::Warning } else { Tone::Plain } }
        }));
        lines
    }
}

/// The first so many bytes of a text, without a character that does not fit in whole.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// Two texts at the ends of a line.
fn align(left: &str, right: &str, width: usize) -> String {
    format!("{left:0$} {right}", width.saturating_sub(right.len() + 1))
}
