//! Places in a text, and what is said about them.
//!
//! Every other crate speaks of a text through [`TextRange`] (byte offsets) and says what is wrong with it through
//! [`Diagnostic`] (a code, typed arguments and a range). Sentences are not made here: they live in the page's
//! locales, except for Docker's own messages, which [`Diagnostic::docker`] holds in the words Docker prints.
//! [`TextEdit`]s are what a rewrite of a text is made of.
//!
//! It does not model: files, encodings other than UTF-8.
//!
//! Invariants: a range never ends before it starts; a line index answers for every offset, those past the end too.

mod diagnostic;
mod edit;
mod lines;
mod range;

pub use diagnostic::{Diagnostic, Severity, Value};
pub use edit::{TextEdit, apply_edits, inverse_edits};
pub use lines::{LineIndex, Position};
pub use range::TextRange;
