//! basename.

use crate::process::{Machine, Process};

use super::input::{last_part, missing_operand};
use super::options::parse;

pub fn basename(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "+as:z", &[("multiple", 'a'), ("suffix=", 's'), ("zero", 'z')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut operands = options.operands.clone();
    let mut suffix = options.value('s').map(str::to_string);
    if !options.any("as") {
        if let Some(extra) = operands.get(2).filter(|_| !super::input::is_busybox(machine)) {
            return super::misuse::extra_operand(machine, process, extra);
        }
        if operands.is_empty() || operands.len() > 2 {
            return missing_operand(machine, process);
        }
        suffix = if operands.len() == 2 { operands.pop() } else { None };
    }
    let end = if options.has('z') { '\0' } else { '\n' };
    for operand in operands {
        let name = last_part(&operand);
        let stem = suffix.as_deref().and_then(|suffix| name.strip_suffix(suffix)).filter(|stem| !stem.is_empty());
        process.out(machine, &format!("{}{end}", stem.unwrap_or(name)));
    }
    0
}
