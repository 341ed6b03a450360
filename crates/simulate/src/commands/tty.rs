//! tty.

use crate::process::{Machine, Process};

pub fn tty(machine: &mut Machine, process: &mut Process) -> i32 {
    if !process.operands().iter().any(|word| matches!(word.as_str(), "-s" | "--silent" | "--quiet")) {
        process.out(machine, "not a tty\n");
    }
    1
}
