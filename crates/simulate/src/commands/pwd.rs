//! pwd, the program.

use crate::process::{Machine, Process};

pub fn pwd(machine: &mut Machine, process: &mut Process) -> i32 {
    if !super::input::is_busybox(machine) {
        let options = super::options::parse(machine, process, "LP", &[("logical", 'L'), ("physical", 'P')]);
        match options {
            Ok(options) if !options.operands.is_empty() => {
                let called = process.args.first().cloned().unwrap_or_default();
                process.err(machine, &format!("{called}: ignoring non-option arguments\n"));
            }
            Ok(_) => {}
            Err(status) => return status,
        }
    }
    let text = machine.fs.resolve(&process.cwd, true, &process.cred).unwrap_or_else(|_| process.cwd.clone());
    process.out(machine, &format!("{text}\n"));
    0
}
