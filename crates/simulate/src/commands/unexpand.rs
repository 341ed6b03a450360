//! unexpand: leading blanks become tabs.

use crate::process::{Machine, Process};

use super::options::parse;

pub fn unexpand(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "t:af", &[("tabs=", 't'), ("all", 'a'), ("first-only", 'f')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let width = options.value('t').and_then(|text| text.parse::<usize>().ok()).unwrap_or(8).clamp(1, 1000);
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let mut column = 0;
        let mut used = 0;
        for byte in line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')) {
            column = if *byte == b'\t' { (column / width + 1) * width } else { column + 1 };
            used += 1;
        }
        output.extend(std::iter::repeat_n(b'\t', column / width));
        output.extend(std::iter::repeat_n(b' ', column % width));
        output.extend(line.get(used..).unwrap_or_default());
    }
    process.out_bytes(machine, &output);
    status
}
