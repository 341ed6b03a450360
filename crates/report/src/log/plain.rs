//! The log line by line.

use super::{End, Log, seconds};

/// What is printed of a failed step's output below everything (`newPrinter` of BuildKit's `printer.go`).
const LAST_LINES: usize = 10;

pub(super) fn lines(log: &Log) -> Vec<String> {
    // buildx names its builder first
    let mut lines = vec!["#0 building with \"default\" instance using docker driver".to_string()];
    for (number, vertex) in (1..).zip(&log.vertices) {
        lines.push(String::new());
        let mut say = |text: &str| lines.push(format!("#{number} {text}"));
        say(&vertex.name);
        for (status, ms) in &vertex.statuses {
            let time = if *ms < 100 { String::new() } else { format!("{} ", seconds(*ms)) };
            say(&format!("{status} {time}done"));
        }
        vertex.output.iter().for_each(|line| say(line));
        match &vertex.end {
            End::Done => say(&format!("DONE {}", seconds(vertex.ms))),
            End::Cached => say("CACHED"),
            End::Error(message) => say(&format!("ERROR: {message}")),
        }
    }
    lines.extend(log.ending(LAST_LINES));
    lines
}
