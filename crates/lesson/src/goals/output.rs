use serde::Deserialize;

use super::steps_of::find;
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// What a step prints holds a text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// The step: keyword and words of its instruction.
    pub step: String,
    /// The text.
    pub contains: String,
}

impl Output {
    pub(crate) fn aim(&self) -> Aim {
        let args = vec![("step", Value::Text(self.step.clone())), ("text", Value::Text(self.contains.clone()))];
        Aim { code: "output", args }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        // A step from the cache prints nothing.
        let first = situation.first();
        let Some(step) = find(&first, &self.step, None) else { return Found::text("no-step", &self.step).fails() };
        let met = step.output.iter().any(|line| line.contains(&self.contains));
        match step.output.last() {
            Some(line) => Found::text("text", line).met(met),
            None => Found::bare("nothing").met(met),
        }
    }
}
