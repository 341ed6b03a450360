//! expand: tabs become blanks.

use crate::process::{Machine, Process};

use super::input::count_in;
use super::options::parse;

pub fn expand(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "t:i", &[("tabs=", 't'), ("initial", 'i')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let width = options.value('t').unwrap_or("8");
    let width = match count_in(machine, process, width, 1..=u64::from(u32::MAX), "tab size") {
        Ok(width) => width.min(1000),
        Err(status) => return status,
    };
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    let mut column = 0;
    for byte in bytes {
        if byte == b'\t' {
            let blanks = width - column % width;
            output.extend(std::iter::repeat_n(b' ', blanks));
            column += blanks;
        } else {
            output.push(byte);
            column = if byte == b'\n' { 0 } else { column + 1 };
        }
    }
    process.out_bytes(machine, &output);
    status
}
