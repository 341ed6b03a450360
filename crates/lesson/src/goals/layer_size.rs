use serde::Deserialize;

use super::bounds::{self, within};
use super::steps_of::find;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;
use crate::{Bytes, Situation};

/// What the layer of a step weighs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LayerSize {
    /// The step: keyword and words of its instruction.
    pub step: String,
    /// The name of its stage, where several have such a step.
    #[serde(default)]
    pub stage: Option<String>,
    /// At least this.
    #[serde(default)]
    pub at_least: Option<Bytes>,
    /// At most this.
    #[serde(default)]
    pub at_most: Option<Bytes>,
}

impl LayerSize {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["layer-size-at-least", "layer-size-at-most", "layer-size-between"];
        let args = vec![("step", Value::Text(self.step.clone()))];
        bounds::aim(codes, bounds::bytes(self.at_least), bounds::bytes(self.at_most), args)
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        match find(situation.report, &self.step, self.stage.as_deref()) {
            None => Found::text("no-step", &self.step).fails(),
            Some(step) => Found::size(step.bytes).met(within(Bytes(step.bytes), self.at_least, self.at_most)),
        }
    }
}
