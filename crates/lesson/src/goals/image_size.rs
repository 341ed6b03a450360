use serde::Deserialize;

use super::bounds::{self, Bounds};
use super::builds::no_image;
use crate::check::{Check, Found};
use crate::goal::Aim;
use crate::{Bytes, Situation};

/// What the image weighs: the sum of its layers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct ImageSize(pub Bounds<Bytes>);

impl ImageSize {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["image-size-at-least", "image-size-at-most", "image-size-between"];
        bounds::aim(codes, bounds::bytes(self.0.at_least), bounds::bytes(self.0.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        Found::size(image.bytes).met(self.0.hold(Bytes(image.bytes)))
    }
}
