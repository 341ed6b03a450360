//! false.

use crate::process::{Machine, Process};

/// `false`
pub fn fails(_: &mut Machine<'_>, _: &mut Process) -> i32 {
    1
}
