//! nice.

use crate::process::{Machine, Process};

use super::input::is_busybox;
use super::options::parse;
use super::start::start;

pub fn nice(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "+n:c:p:", &[("adjustment=", 'n')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if let Some(text) = options.value('n').filter(|text| text.parse::<i64>().is_err() && !is_busybox(machine)) {
        process.complain(machine, &format!("invalid adjustment '{text}'"));
        return 125;
    }
    if options.operands.is_empty() {
        process.out(machine, "0\n");
        return 0;
    }
    start(machine, process, options.operands.clone())
}
