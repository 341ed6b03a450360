//! Dumb widgets: properties in, callbacks out.

mod ask;
mod basis;
mod choice;
mod dialog;
mod diff;
mod focus;
mod icon;
mod outside;
mod popover;
mod tabs;
mod verdict;

pub use ask::Ask;
pub use basis::{BasisMark, Of};
pub use choice::Choice;
pub use dialog::{Dialog, show_dialog};
pub use diff::Diff;
pub use focus::{focus_item, item_of};
pub use icon::{Icon, Shape, path};
pub use outside::use_leaving;
pub use popover::Popover;
pub use tabs::{Tab, Tabs, tab_id};
pub use verdict::{Verdict, state_class, state_shape, state_word};
