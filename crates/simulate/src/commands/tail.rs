//! tail.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{is_busybox, number, open, text};
use super::line_counts::{for_each, options_of};

pub fn tail(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match options_of(machine, process, true) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let bytes = options.last_of("nc") == Some('c');
    let count_text = options.value(if bytes { 'c' } else { 'n' }).unwrap_or("10").to_string();
    let (from_start, digits) = match count_text.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, count_text.trim_start_matches('-')),
    };
    let Some(count) = number(digits) else {
        let text = if is_busybox(machine) {
            format!("invalid number '{digits}'")
        } else {
            format!("invalid number of {}: '{digits}'", if bytes { "bytes" } else { "lines" })
        };
        process.complain(machine, &text);
        return 1;
    };
    for_each(machine, process, &options, |machine, process, operand| {
        let content = open(machine, process, operand)?;
        let size = content.size();
        if bytes {
            let start = if from_start { count.saturating_sub(1) } else { size.saturating_sub(count) };
            return Ok(content.slice(start.min(size), size));
        }
        let Some(text) = text(machine, process, &content) else { return Ok(Content::default()) };
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let end = if options.has('z') { 0 } else { b'\n' };
        let all = text.split_inclusive(|byte| *byte == end).count();
        let skip = if from_start { count.saturating_sub(1) } else { all.saturating_sub(count) };
        let start: usize = text.split_inclusive(|byte| *byte == end).take(skip).map(<[u8]>::len).sum();
        Ok(content.slice(start as u64, size))
    })
}
