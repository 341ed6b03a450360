//! whoami.

use crate::process::{Machine, Process};

use super::accounts::user_name;
use super::input::{is_busybox, missing_operand};
use super::options::parse;

pub fn whoami(machine: &mut Machine, process: &mut Process) -> i32 {
    if is_busybox(machine) && !process.operands().is_empty() {
        return missing_operand(machine, process);
    }
    if let Err(status) = parse(machine, process, "", &[]) {
        return status;
    }
    let uid = process.cred.uid;
    match user_name(machine, uid) {
        Some(name) => {
            process.out(machine, &format!("{name}\n"));
            0
        }
        None => {
            let text = if is_busybox(machine) {
                format!("unknown uid {uid}")
            } else {
                format!("cannot find name for user ID {uid}")
            };
            process.complain(machine, &text);
            1
        }
    }
}

/// logname: nobody has logged in.
pub fn logname(machine: &mut Machine, process: &mut Process) -> i32 {
    process.complain(machine, "no login name");
    1
}
