//! less and more: without a terminal they print all of it.

use crate::process::{Machine, Process};

use super::input::open_all;
use super::options::parse;

pub fn less(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "EFIMNmRSXe", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let (contents, failed) = open_all(machine, process, &options.operands);
    for (_, content) in contents {
        process.out_content(machine, &content);
    }
    i32::from(failed)
}
