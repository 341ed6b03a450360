use serde::Deserialize;

use super::bounds::{self, Bounds};
use crate::Situation;
use crate::check::{Check, Found};
use crate::goal::Aim;

/// How many stages the target needs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Stages(pub Bounds<usize>);

impl Stages {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["stages-at-least", "stages-at-most", "stages-between"];
        bounds::aim(codes, bounds::count(self.0.at_least), bounds::count(self.0.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let count = situation.report.stages.iter().filter(|stage| stage.needed).count();
        Found::count(count).met(count > 0 && self.0.hold(count))
    }
}
