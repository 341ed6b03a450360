//! (placeholder) rules.
use crate::Rule;
/// Rules.
pub fn rules() -> &'static [Rule] { &[] }
