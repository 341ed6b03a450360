//! printenv.

use crate::process::{Machine, Process};

pub fn printenv(machine: &mut Machine, process: &mut Process) -> i32 {
    let names = process.operands().to_vec();
    if names.is_empty() {
        let text: String = process.env.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        process.out(machine, &text);
        return 0;
    }
    let mut status = 0;
    for name in names {
        match process.env.get(&name).cloned() {
            Some(value) => {
                process.out(machine, &format!("{value}\n"));
            }
            None => status = 1,
        }
    }
    status
}
