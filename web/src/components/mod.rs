//! Dumb widgets: properties in, callbacks out.

mod basis;
mod icon;
mod tabs;
mod verdict;

pub use basis::BasisMark;
pub use icon::{Icon, Shape, path};
pub use tabs::{Tab, Tabs};
pub use verdict::{Verdict, state_class, state_shape, state_word};
