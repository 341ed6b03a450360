use serde::Deserialize;

use super::bounds::{self, within};
use super::builds::no_image;
use crate::check::{Check, Found};
use crate::goal::Aim;
use crate::{Bytes, Situation};

/// What the image weighs: the sum of its layers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ImageSize {
    /// At least this.
    #[serde(default)]
    pub at_least: Option<Bytes>,
    /// At most this.
    #[serde(default)]
    pub at_most: Option<Bytes>,
}

impl ImageSize {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["image-size-at-least", "image-size-at-most", "image-size-between"];
        bounds::aim(codes, bounds::bytes(self.at_least), bounds::bytes(self.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        Found::size(image.bytes).met(within(Bytes(image.bytes), self.at_least, self.at_most))
    }
}
