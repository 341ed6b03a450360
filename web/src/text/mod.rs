//! Sentences: what the core says in codes and arguments, said in the reader's language.
//!
//! It may not know the DOM. Every sentence lives in `locales/`; Docker's own messages are shown in Docker's words.

mod announcement;
mod base;
mod goal;
mod locale;
mod note;
mod number;
mod problem;
mod reason;
mod terms;

pub use announcement::{announcement, arguments, notice};
pub use base::{base, source, stage_name};
pub use goal::{aim, figure, found};
pub use locale::{LANGUAGES, Locale, use_locale};
pub use note::{Part, about, note_of, note_of_problem};
pub use number::{bytes, duration, signed_bytes, signed_count, signed_duration};
pub use problem::explanation;
pub use reason::{evidence, note, reason};
pub use terms::TERMS;
