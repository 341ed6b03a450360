//! Geometry in plain numbers: the crate `picture` has it, for the page and the command.

pub use picture::svg::*;

#[cfg(test)]
#[path = "../../../crates/picture/src/svg/testing.rs"]
pub(crate) mod testing;
