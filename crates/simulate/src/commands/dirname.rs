//! dirname.

use crate::process::{Machine, Process};

use super::input::missing_operand;
use super::options::parse;

pub fn dirname(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "z", &[("zero", 'z')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() || options.operands.len() > 1 && super::input::is_busybox(machine) {
        return missing_operand(machine, process);
    }
    for operand in &options.operands {
        let path = operand.trim_end_matches('/');
        let directory = match path.rsplit_once('/') {
            Some((directory, _)) => {
                let directory = directory.trim_end_matches('/');
                if directory.is_empty() { "/" } else { directory }
            }
            None if path.is_empty() && !operand.is_empty() => "/",
            None => ".",
        };
        let end = if options.has('z') { '\0' } else { '\n' };
        process.out(machine, &format!("{directory}{end}"));
    }
    0
}
