//! strings.

use crate::process::{Machine, Process};

use super::input::{filter_text, lines};
use super::options::parse;

pub fn strings(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "an:fot:", &[("bytes=", 'n')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let least = options.value('n').and_then(|text| text.parse::<usize>().ok()).unwrap_or(4);
    let (bytes, status) = filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in lines(&bytes) {
        for run in line.split(|byte| !(32..127).contains(byte) && *byte != b'\t') {
            if run.len() >= least {
                output.extend(run);
                output.push(b'\n');
            }
        }
    }
    process.out_bytes(machine, &output);
    status
}
