//! nl: lines get numbers.

use crate::process::{Machine, Process};

use super::escapes::unescape_bytes;
use super::options::parse;

pub fn nl(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "b:s:w:v:i:n:", &[("body-numbering=", 'b')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let width = options.value('w').and_then(|text| text.parse::<usize>().ok()).unwrap_or(6).min(100);
    let separator = options.value('s').map_or_else(|| b"\t".to_vec(), |text| unescape_bytes(text, false).0);
    let mut number = options.value('v').and_then(|text| text.parse::<i64>().ok()).unwrap_or(1);
    let step = options.value('i').and_then(|text| text.parse::<i64>().ok()).unwrap_or(1);
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in super::input::lines(&bytes) {
        let style = options.value('b').unwrap_or("t");
        if style == "n" || line.is_empty() && style != "a" {
            output.extend(std::iter::repeat_n(b' ', width + separator.len()));
        } else {
            output.extend(format!("{number:width$}").bytes());
            output.extend(&separator);
            number = number.saturating_add(step);
        }
        output.extend(line);
        output.push(b'\n');
    }
    process.out_bytes(machine, &output);
    status
}
