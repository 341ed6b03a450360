//! chgrp.

use crate::process::{Machine, Process};

use super::chown::change_owner;

pub fn chgrp(machine: &mut Machine, process: &mut Process) -> i32 {
    change_owner(machine, process, true)
}
