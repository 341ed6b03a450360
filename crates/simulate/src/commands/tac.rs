//! tac: the lines from the last to the first.

use crate::process::{Machine, Process};

use super::input::{open_all, text};
use super::options::parse;

pub fn tac(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let (contents, failed) = open_all(machine, process, &options.operands);
    let mut output = Vec::new();
    for (_, content) in contents {
        let bytes = text(machine, process, &content).unwrap_or_default();
        for line in bytes.split_inclusive(|byte| *byte == b'\n').rev() {
            output.extend(line);
        }
    }
    process.out_bytes(machine, &output);
    i32::from(failed)
}
