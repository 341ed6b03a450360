use fluent_bundle::FluentValue;
use report::Value;
use session::{Announcement, Notice};

use super::{Locale, bytes};

/// What is said to who cannot see the page.
#[must_use]
pub fn announcement(locale: &Locale, announcement: &Announcement) -> String {
    message(locale, announcement.code(), announcement.args())
}

/// A message that stays until it is dismissed.
#[must_use]
pub fn notice(locale: &Locale, notice: &Notice) -> String {
    message(locale, notice.code(), notice.args())
}

fn message(locale: &Locale, code: &str, args: Vec<(&'static str, Value)>) -> String {
    let arguments: Vec<(&'static str, FluentValue<'static>)> = args.into_iter().map(argument).collect();
    locale.f(&format!("message-{code}"), &arguments).to_string()
}

/// A typed argument as Fluent takes it: sizes are written out, counts stay numbers for the plural rules.
pub(super) fn argument((name, value): (&'static str, Value)) -> (&'static str, FluentValue<'static>) {
    let value = match value {
        Value::Text(text) => text.into(),
        Value::Count(count) => count.into(),
        Value::Bytes(size) => bytes(size).into(),
    };
    (name, value)
}
