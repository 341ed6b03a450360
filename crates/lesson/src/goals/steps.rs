use serde::Deserialize;

use super::bounds::{self, within};
use super::steps_of::keyword;
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// How many steps of a kind the stages have that the target needs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Steps {
    /// `RUN`, `COPY`, `ADD` or `WORKDIR`.
    pub instruction: String,
    /// At least so many.
    #[serde(default)]
    pub at_least: Option<usize>,
    /// At most so many.
    #[serde(default)]
    pub at_most: Option<usize>,
}

impl Steps {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["steps-at-least", "steps-at-most", "steps-between"];
        let args = vec![("instruction", Value::Text(self.instruction.clone()))];
        bounds::aim(codes, bounds::count(self.at_least), bounds::count(self.at_most), args)
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let report = situation.report;
        let needed = |stage: usize| report.stages.get(stage).is_some_and(|stage| stage.needed);
        let same = |name: &str| name.eq_ignore_ascii_case(&self.instruction);
        let count = report.steps.iter().filter(|step| needed(step.stage) && same(keyword(step))).count();
        Found::count(count).met(within(count, self.at_least, self.at_most))
    }
}
