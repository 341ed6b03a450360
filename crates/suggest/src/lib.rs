//! Rewrites of a Dockerfile that have been tried.
//!
//! [`search`] looks for rewrites of the user's own Dockerfile and `.dockerignore`, builds each with [`report::analyze`]
//! (the first build, then one after an edit of a source file, then one after an edit of the dependency manifest) and
//! gives those that gain, with what they gain, what they cost, and what they change in the image. [`everyday`] works
//! out the edits that happen every day to a project, [`reordered`] what another order of the instructions would do.
//!
//! It does not model: whether the program in the image still works (only that the build does, and what it leaves),
//! languages (a suggestion is a code with arguments; sentences are the page's), where texts are kept.
//!
//! Invariants: what is suggested builds, leaves no more out of the model than before, and gains what it says, because
//! both were simulated; a change of the image's files or configuration is listed; the edits of a suggestion can be
//! taken back. A rewrite is one file in `rewrites/`.

mod aging;
mod change;
mod edits;
mod everyday;
mod facts;
mod gain;
mod lines;
mod manifest;
mod reorder;
mod rewrites;
mod roles;
mod script;
mod search;
mod tools;
mod trial;

pub use aging::{Ages, aging};
pub use change::{ImageChange, PathChange, PathChangeKind};
pub use everyday::{Everyday, everyday};
pub use gain::{Amount, Gain};
pub use lines::line_diff;
pub use reorder::{Block, Obstacle, Reordered, blocks, moved, reordered};
pub use report::DiffLine;
pub use rewrites::codes;
pub use search::{FileEdit, Given, Search, Suggestion, all, rank, search};
pub use source::{TextEdit, apply_edits, inverse_edits};
pub use trial::{Figures, Rebuild, StepFigures, rebuilt};
