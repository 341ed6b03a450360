//! Limits that several goals have: at least, at most, or both.

use serde::Deserialize;

use crate::check::Value;
use crate::goal::Aim;
use crate::{Bytes, Millis};

/// The limits of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Bounds<T> {
    /// At least this.
    #[serde(default = "none")]
    pub at_least: Option<T>,
    /// At most this.
    #[serde(default = "none")]
    pub at_most: Option<T>,
}

/// No limit, of figures that have no default.
fn none<T>() -> Option<T> {
    None
}

impl<T: Copy + PartialOrd> Bounds<T> {
    /// Whether a figure keeps within them.
    pub(super) fn hold(self, found: T) -> bool {
        within(found, self.at_least, self.at_most)
    }
}

/// Whether a figure keeps within limits.
pub(super) fn within<T: PartialOrd>(found: T, least: Option<T>, most: Option<T>) -> bool {
    least.is_none_or(|least| found >= least) && most.is_none_or(|most| found <= most)
}

/// The sentence of limits: the codes are those of at least, at most, and both.
pub(super) fn aim(
    codes: [&'static str; 3],
    least: Option<Value>,
    most: Option<Value>,
    mut args: Vec<(&'static str, Value)>,
) -> Aim {
    let [at_least, at_most, between] = codes;
    let code = match (&least, &most) {
        (_, None) => at_least,
        (None, Some(_)) => at_most,
        (Some(_), Some(_)) => between,
    };
    args.extend(least.map(|least| ("least", least)));
    args.extend(most.map(|most| ("most", most)));
    Aim { code, args }
}

pub(super) fn bytes(limit: Option<Bytes>) -> Option<Value> {
    limit.map(|limit| Value::Bytes(limit.0))
}

pub(super) fn ms(limit: Millis) -> Value {
    Value::Ms(limit.0)
}

pub(super) fn count(limit: Option<usize>) -> Option<Value> {
    limit.map(|limit| Value::Count(u64::try_from(limit).unwrap_or(u64::MAX)))
}
