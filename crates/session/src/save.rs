//! The save format: JSON with `"format": "layerlab"` and a version.
//!
//! A text of a version opens forever. What a field is, the golden files in `tests/golden` show.

mod content;
mod file;
mod keep;
mod learning;
mod load;
mod model;
mod texts;
mod write;

pub(crate) use file::{DEFAULT_TIME, damaged};
pub(crate) use keep::kept;
pub use keep::{Kept, Written, written};
pub(crate) use load::load_linked;
pub use load::{Linked, LoadError, Saved, load};
pub(crate) use texts::Texts;
pub use write::save;
pub(crate) use write::{save_linked, save_linked_lesson, save_viewed};

/// The `format` of every saved text.
const FORMAT: &str = "layerlab";
/// The newest version. 2 has more kinds of events than 1, 3 a Dockerfile to compare with, 4 lessons, 5 names of projects, packed
/// projects and measured figures; a text without these is written as the version that has all of it.
const VERSION: u64 = 5;
/// The bytes that a saved text takes at most.
pub(crate) const SAVED_LIMIT: u64 = 4 << 20;
/// The bytes of a text that is opened at most.
const LOADED_LIMIT: u64 = 4 * SAVED_LIMIT;
/// The bytes that the files of a saved text may stand for.
const DECODED_LIMIT: u64 = 1 << 50;
/// The events that a saved text may hold.
const OPENED_EVENTS: usize = 2000;
/// The files, in all states, that a saved text may hold.
const FILE_LIMIT: usize = 100_000;
