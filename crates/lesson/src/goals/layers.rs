use serde::Deserialize;

use super::bounds::{self, Bounds};
use super::builds::no_image;
use crate::Situation;
use crate::check::{Check, Found};
use crate::goal::Aim;

/// How many layers the Dockerfile adds to its base image.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Layers(pub Bounds<usize>);

impl Layers {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["layers-at-least", "layers-at-most", "layers-between"];
        bounds::aim(codes, bounds::count(self.0.at_least), bounds::count(self.0.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        let count = image.layers.iter().filter(|layer| layer.step.is_some()).count();
        Found::count(count).met(self.0.hold(count))
    }
}
