//! head.

use filesystem::Content;

use crate::process::{Machine, OpenMode, Process};

use super::input::{is_busybox, number, open, text};
use super::line_counts::{for_each, options_of};

pub fn head(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match options_of(machine, process, false) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let bytes = options.last_of("nc") == Some('c');
    let count_text = options.value(if bytes { 'c' } else { 'n' }).unwrap_or("10").to_string();
    let (from_end, digits) = match count_text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, count_text.as_str()),
    };
    let Some(count) = number(digits) else {
        let text = if is_busybox(machine) {
            format!("invalid number '{count_text}'")
        } else {
            format!("invalid number of {}: '{count_text}'", if bytes { "bytes" } else { "lines" })
        };
        process.complain(machine, &text);
        return 1;
    };
    for_each(machine, process, &options, |machine, process, operand| {
        if bytes && !from_end {
            // Devices without end are read no further than wanted.
            let content = if operand == "-" {
                process.read(machine, 0, count)?
            } else {
                process.open(machine, operand, OpenMode::Read)?.read(machine, count)?
            };
            return Ok(content);
        }
        let content = open(machine, process, operand)?;
        if bytes {
            return Ok(content.slice(0, content.size().saturating_sub(count)));
        }
        let Some(text) = text(machine, process, &content) else { return Ok(Content::default()) };
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let end = if options.has('z') { 0 } else { b'\n' };
        let all = text.split_inclusive(|byte| *byte == end).count();
        let wanted = if from_end { all.saturating_sub(count) } else { count };
        let end: usize = text.split_inclusive(|byte| *byte == end).take(wanted).map(<[u8]>::len).sum();
        Ok(content.slice(0, end as u64))
    })
}
