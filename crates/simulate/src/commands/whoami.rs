//! whoami.

use crate::process::{Machine, Process};

use super::accounts::user_name;
use super::input::{is_busybox, missing_operand};

pub fn whoami(machine: &mut Machine, process: &mut Process) -> i32 {
    if let Some(operand) = process.operands().first() {
        if is_busybox(machine) {
            return missing_operand(machine, process);
        }
        process.complain(machine, &format!("extra operand '{operand}'"));
        return 1;
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
