use fluent_bundle::FluentValue;
use lesson::{Aim, Found, Value};

use super::{Locale, bytes, duration};

/// What a goal asks for: the sentence `goal-CODE`.
#[must_use]
pub fn aim(locale: &Locale, aim: &Aim) -> String {
    locale.f(&format!("goal-{}", aim.code), &arguments(locale, &aim.args)).to_string()
}

/// What is there: the sentence `found-CODE`.
#[must_use]
pub fn found(locale: &Locale, found: &Found) -> String {
    locale.f(&format!("found-{}", found.code), &arguments(locale, &found.args)).to_string()
}

/// A figure of a build in words.
#[must_use]
pub fn figure(locale: &Locale, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Count(count) => count.to_string(),
        Value::Bytes(size) => bytes(*size),
        Value::Ms(ms) => duration(locale, *ms),
        Value::Either(aims) => {
            let said: Vec<String> = aims.iter().map(|one| aim(locale, one)).collect();
            said.join(&locale.t("goal-or"))
        }
    }
}

fn arguments(locale: &Locale, args: &[(&'static str, Value)]) -> Vec<(&'static str, FluentValue<'static>)> {
    let argument = |value: &Value| match value {
        Value::Count(count) => (*count).into(),
        other => figure(locale, other).into(),
    };
    args.iter().map(|(name, value)| (*name, argument(value))).collect()
}
