//! sync.

use crate::process::{Machine, Process};

pub fn sync(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut status = 0;
    let names: Vec<String> = process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect();
    for name in names.iter().filter(|_| !super::input::is_busybox(machine)).cloned().collect::<Vec<_>>() {
        if let Err(errno) = machine.fs.stat(&process.path(&name), true, &process.cred) {
            process.complain(machine, &format!("error opening '{name}': {errno}"));
            status = 1;
        }
    }
    status
}
