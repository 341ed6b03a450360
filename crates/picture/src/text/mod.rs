//! Sentences: what the core says in codes and arguments, said in the reader's language.
//!
//! Every sentence lives in `web/locales`; Docker's own messages are shown in Docker's words.

mod argument;
mod base;
mod goal;
mod layer;
mod locale;
mod note;
mod number;
mod problem;
mod reason;
mod state;
mod terms;

pub use argument::arguments;
pub use base::{base, source, stage_name};
pub use goal::{aim, figure, found};
pub use layer::made_by;
pub use locale::{LANGUAGES, Locale};
pub use note::{Part, about, note_of, note_of_problem};
pub use number::{bytes, duration, signed_bytes, signed_count, signed_duration};
pub use problem::explanation;
pub use reason::{evidence, note, reason};
pub use state::state_word;
pub use terms::TERMS;
