//! clear.

use crate::process::{Machine, Process};

pub fn clear(_: &mut Machine, _: &mut Process) -> i32 {
    0
}
