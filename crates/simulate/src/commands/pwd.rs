//! pwd, the program.

use crate::process::{Machine, Process};

pub fn pwd(machine: &mut Machine, process: &mut Process) -> i32 {
    let text = machine.fs.resolve(&process.cwd, true, &process.cred).unwrap_or_else(|_| process.cwd.clone());
    process.out(machine, &format!("{text}\n"));
    0
}
