use report::Outcome;
use serde::Deserialize;

use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// A step fails, with a message that holds a text where one is given.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fails {
    /// A part of what `docker build` prints, or of what the step prints.
    #[serde(default)]
    pub message: String,
}

impl Fails {
    pub(crate) fn aim(&self) -> Aim {
        if self.message.is_empty() {
            return Aim { code: "fails", args: Vec::new() };
        }
        Aim { code: "fails-with", args: vec![("text", Value::Text(self.message.clone()))] }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        match &situation.report.outcome {
            Outcome::Built => Found::bare("built").fails(),
            Outcome::Invalid { message } => Found::text("invalid", message).fails(),
            Outcome::Failed { message, step } => {
                let step = step.and_then(|step| situation.report.steps.get(step));
                let mut said = step.into_iter().flat_map(|step| &step.output);
                let met = message.contains(&self.message) || said.any(|line| line.contains(&self.message));
                Found::text("not-built", message).met(met)
            }
        }
    }
}
