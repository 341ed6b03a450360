use report::{ContextError, Value};
use session::{Announcement, Notice};

use super::{Locale, arguments};

/// What is said to who cannot see the page.
#[must_use]
pub fn announcement(locale: &Locale, announcement: &Announcement) -> String {
    message(locale, announcement.code(), &announcement.args())
}

/// A message that stays until it is dismissed.
#[must_use]
pub fn notice(locale: &Locale, notice: &Notice) -> String {
    let mut args = notice.args();
    if let Notice::EditRefused { error, .. } = notice {
        args.retain(|(name, _)| *name != "error");
        args.push(("error", Value::Text(locale.t(refusal(error)).to_string())));
    }
    message(locale, notice.code(), &args)
}

/// The name of the sentence that says why an edit is refused.
fn refusal(error: &ContextError) -> &'static str {
    match error {
        ContextError::EmptyPath => "refused-empty-path",
        ContextError::AbsolutePath(_) => "refused-absolute-path",
        ContextError::BadPart(_) => "refused-bad-part",
        ContextError::TooLong(_) => "refused-too-long",
        ContextError::NotFound(_) => "refused-not-found",
        ContextError::Exists(_) => "refused-exists",
        ContextError::NotADirectory(_) => "refused-not-a-directory",
        ContextError::NotEmpty(_) => "refused-not-empty",
        ContextError::IntoItself(_) => "refused-into-itself",
        ContextError::TooMany => "refused-too-many",
    }
}

fn message(locale: &Locale, code: &str, args: &[(&'static str, Value)]) -> String {
    locale.f(&format!("message-{code}"), &arguments(args)).to_string()
}
