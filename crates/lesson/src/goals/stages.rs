use serde::Deserialize;

use super::bounds::{self, within};
use crate::Situation;
use crate::check::{Check, Found};
use crate::goal::Aim;

/// How many stages the target needs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stages {
    /// At least so many.
    #[serde(default)]
    pub at_least: Option<usize>,
    /// At most so many.
    #[serde(default)]
    pub at_most: Option<usize>,
}

impl Stages {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["stages-at-least", "stages-at-most", "stages-between"];
        bounds::aim(codes, bounds::count(self.at_least), bounds::count(self.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let count = situation.report.stages.iter().filter(|stage| stage.needed).count();
        Found::count(count).met(count > 0 && within(count, self.at_least, self.at_most))
    }
}
