//! Sentences: what the core says in codes and arguments, said in the reader's language.
//!
//! It may not know the DOM. Every sentence lives in `locales/`; Docker's own messages are shown in Docker's words.

mod announcement;
mod locale;
mod number;
mod problem;
mod reason;

pub use announcement::{announcement, notice};
pub use locale::{LANGUAGES, Locale, use_locale};
pub use number::{bytes, duration, signed_bytes, signed_duration};
pub use problem::explanation;
pub use reason::{evidence, note, reason};
