use report::Outcome;
use serde::Deserialize;

use crate::Situation;
use crate::check::{Check, Found};
use crate::goal::Aim;

/// An image comes out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Builds {}

impl Builds {
    pub(crate) fn aim(&self) -> Aim {
        Aim { code: "builds", args: Vec::new() }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        match &situation.report.outcome {
            Outcome::Built => Found::bare("built").met(true),
            Outcome::Invalid { message } => Found::text("invalid", message).fails(),
            Outcome::Failed { message, .. } => Found::text("not-built", message).fails(),
        }
    }
}

/// What is found of a project that no image comes out of.
pub(super) fn no_image(situation: &Situation<'_>) -> Check {
    let check = Builds {}.check(situation);
    Check { met: false, ..check }
}
