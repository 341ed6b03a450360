//! Sentences: what the core says in codes and arguments, said in the reader's language. Those of a report are the crate
//! `picture`'s, for the page and the command; here are those of a session, and where the reader's language comes from.

mod announcement;
mod language;

pub use announcement::{announcement, notice};
pub use language::use_locale;
pub use picture::text::*;
