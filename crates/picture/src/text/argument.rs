use fluent_bundle::FluentValue;
use report::Value;

use super::bytes;

/// Typed arguments as Fluent takes them.
#[must_use]
pub fn arguments(args: &[(&'static str, Value)]) -> Vec<(&'static str, FluentValue<'static>)> {
    args.iter().cloned().map(argument).collect()
}

/// A typed argument as Fluent takes it: sizes are written out, counts stay numbers for the plural rules.
fn argument((name, value): (&'static str, Value)) -> (&'static str, FluentValue<'static>) {
    let value = match value {
        Value::Text(text) => text.into(),
        Value::Count(count) => count.into(),
        Value::Bytes(size) => bytes(size).into(),
    };
    (name, value)
}
