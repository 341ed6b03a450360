use serde::Deserialize;

use super::bounds::{self, Bounds};
use super::builds::no_image;
use crate::check::{Check, Found};
use crate::goal::Aim;
use crate::{Bytes, Situation};

/// What the image carries and nobody can see: files that a later layer deletes or writes again.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Wasted(pub Bounds<Bytes>);

impl Wasted {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["wasted-at-least", "wasted-at-most", "wasted-between"];
        bounds::aim(codes, bounds::bytes(self.0.at_least), bounds::bytes(self.0.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        let bytes = report::waste(&image.layers).bytes;
        Found::size(bytes).met(self.0.hold(Bytes(bytes)))
    }
}
