//! nice.

use crate::process::{Machine, Process};

use super::options::parse;
use super::start::start;

pub fn nice(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "+n:c:p:", &[("adjustment=", 'n')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        process.out(machine, "0\n");
        return 0;
    }
    start(machine, process, options.operands.clone())
}
