//! rev: each line backwards.

use crate::process::{Machine, Process};

use super::input::{filter_text, lines};
use super::options::parse;

pub fn rev(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let (bytes, status) = filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in lines(&bytes) {
        output.extend(line.iter().rev());
        output.push(b'\n');
    }
    process.out_bytes(machine, &output);
    status
}
