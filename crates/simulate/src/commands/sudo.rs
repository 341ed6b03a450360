//! sudo.

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::as_user::as_user;
use super::input::missing_operand;
use super::options::parse;
use super::start::start_child;

/// `sudo [-u USER] COMMAND...`, as root.
pub fn sudo(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "+u:EHnSg:", &[("user=", 'u'), ("preserve-env", 'E')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if process.cred.uid == 0 {
        machine.meter.note(Basis::Exact, Note::OutOfPlace { why: "sudo" });
    }
    let name = options.value('u').unwrap_or("root").to_string();
    let Some(mut child) = as_user(machine, process, &name) else {
        process.complain(machine, &format!("unknown user {name}"));
        return 1;
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    child.args = options.operands.clone();
    start_child(machine, process, child)
}
