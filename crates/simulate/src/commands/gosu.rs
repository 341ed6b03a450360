//! gosu and su-exec.

use crate::process::{Machine, Process};

use super::as_user::as_user;
use super::input::missing_operand;
use super::start::start_child;

/// `gosu USER[:GROUP] COMMAND...` and `su-exec`.
pub fn gosu(machine: &mut Machine, process: &mut Process) -> i32 {
    let operands = process.operands().to_vec();
    if super::tools::looks_only(process) {
        return super::tools::checker(machine, process);
    }
    let Some((name, command)) = operands.split_first().filter(|(_, command)| !command.is_empty()) else {
        return missing_operand(machine, process);
    };
    let name = name.split(':').next().unwrap_or_default();
    let Some(mut child) = as_user(machine, process, name) else {
        process.complain(
            machine,
            &format!(
                "error: failed switching to \"{name}\": unable to find user {name}: no matching entries in passwd file"
            ),
        );
        return 1;
    };
    child.args = command.to_vec();
    start_child(machine, process, child)
}
