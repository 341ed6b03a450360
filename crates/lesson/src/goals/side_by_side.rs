use serde::Deserialize;

use super::steps_of::find;
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// Two steps are at work at the same time in the first build.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideBySide {
    /// One step: keyword and words of its instruction.
    pub step: String,
    /// The other.
    pub other: String,
}

impl SideBySide {
    pub(crate) fn aim(&self) -> Aim {
        let args = vec![("step", Value::Text(self.step.clone())), ("other", Value::Text(self.other.clone()))];
        Aim { code: "side-by-side", args }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let first = situation.first();
        let Some(step) = find(&first, &self.step, None) else { return Found::text("no-step", &self.step).fails() };
        let Some(other) = find(&first, &self.other, None) else { return Found::text("no-step", &self.other).fails() };
        let apart = step.start_ms.saturating_add(step.ms) <= other.start_ms
            || other.start_ms.saturating_add(other.ms) <= step.start_ms;
        Found::bare(if apart { "apart" } else { "beside" }).met(!apart)
    }
}
