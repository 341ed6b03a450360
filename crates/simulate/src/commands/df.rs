//! df.

use crate::process::{Machine, Process};

/// One made-up file system: what matters is that scripts which look at it go on.
pub fn df(machine: &mut Machine, process: &mut Process) -> i32 {
    super::input::not_modelled(machine, process, "");
    process.out(machine, "Filesystem           1K-blocks      Used Available Use% Mounted on\noverlay              100000000  20000000  80000000  20% /\n");
    0
}
