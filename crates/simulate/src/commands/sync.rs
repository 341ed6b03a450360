//! sync.

use crate::process::{Machine, Process};

pub fn sync(_: &mut Machine, _: &mut Process) -> i32 {
    0
}
