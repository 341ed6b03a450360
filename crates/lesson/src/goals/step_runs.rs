use report::StepState;
use serde::Deserialize;

use super::step_cached::{step_args, verdict};
use crate::check::Check;
use crate::goal::Aim;
use crate::{Happening, Situation};

/// A step runs: after happenings, on the project as it is; without any, in the present build.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRuns {
    /// The step: keyword and words of its instruction.
    pub step: String,
    /// The name of its stage, where several have such a step.
    #[serde(default)]
    pub stage: Option<String>,
    /// What happens between the first build and the one that is looked at.
    #[serde(default)]
    pub after: Vec<Happening>,
}

impl StepRuns {
    pub(crate) fn aim(&self) -> Aim {
        let code = if self.after.is_empty() { "step-runs" } else { "step-runs-after" };
        Aim { code, args: step_args(&self.step, &self.after) }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        verdict(situation, &self.step, self.stage.as_deref(), &self.after, StepState::Ran)
    }
}
