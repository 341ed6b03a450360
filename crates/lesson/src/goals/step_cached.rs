use report::StepState;
use serde::Deserialize;

use super::steps_of::find;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;
use crate::{Happening, Situation};

/// A step comes from the cache: after happenings, on the project as it is; without any, in the present build.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepCached {
    /// The step: keyword and words of its instruction.
    pub step: String,
    /// The name of its stage, where several have such a step.
    #[serde(default)]
    pub stage: Option<String>,
    /// What happens between the first build and the one that is looked at.
    #[serde(default)]
    pub after: Vec<Happening>,
}

impl StepCached {
    pub(crate) fn aim(&self) -> Aim {
        let code = if self.after.is_empty() { "step-cached" } else { "step-cached-after" };
        Aim { code, args: step_args(&self.step, &self.after) }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        verdict(situation, &self.step, self.stage.as_deref(), &self.after, StepState::Cached)
    }
}

/// The arguments of a sentence about a step after happenings: what happens is named by its first file.
pub(super) fn step_args(step: &str, after: &[Happening]) -> Vec<(&'static str, Value)> {
    let mut args = vec![("step", Value::Text(step.to_owned()))];
    args.extend(happened(after).map(|name| ("after", Value::Text(name))));
    args
}

/// What happenings are called: the file, folder of edits, image or variable that the first is of.
pub(super) fn happened(after: &[Happening]) -> Option<String> {
    after.iter().find_map(|happening| match happening {
        Happening::Append { path, .. }
        | Happening::Size { path, .. }
        | Happening::Chmod { path, .. }
        | Happening::Touch(path)
        | Happening::Remove(path) => Some(path.clone()),
        Happening::Overlay(name) | Happening::Republish(name) => Some(name.clone()),
        Happening::BuildArg { name, .. } => Some(name.clone()),
        Happening::Days(days) => Some(days.to_string()),
        Happening::Build | Happening::Prune | Happening::FreshMachine => None,
    })
}

/// Whether a step has a state after happenings.
pub(super) fn verdict(
    situation: &Situation<'_>,
    step: &str,
    stage: Option<&str>,
    after: &[Happening],
    wanted: StepState,
) -> Check {
    let report = situation.after(after);
    let Some(view) = find(&report, step, stage) else { return Found::text("no-step", step).fails() };
    let code = match view.state {
        StepState::Cached => "cached",
        StepState::Ran | StepState::Failed => "ran",
        StepState::NotReached => "not-built",
        StepState::NotNeeded => "not-needed",
    };
    Found::text(code, &view.text).met(view.state == wanted)
}
