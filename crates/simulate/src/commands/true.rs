//! true and false.

use crate::process::{Machine, Process};

/// `true`
pub fn succeeds(_: &mut Machine<'_>, _: &mut Process) -> i32 {
    0
}

/// `false`
pub fn fails(_: &mut Machine<'_>, _: &mut Process) -> i32 {
    1
}
