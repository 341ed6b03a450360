//! chroot.

use crate::process::{Machine, Process};

use super::input::not_modelled;

pub fn chroot(machine: &mut Machine, process: &mut Process) -> i32 {
    not_modelled(machine, process, "");
    i32::from(process.operands().is_empty())
}
