use serde::Deserialize;

use super::bounds::{self, Bounds};
use super::builds::no_image;
use crate::check::{Check, Found};
use crate::goal::Aim;
use crate::{Bytes, Situation};

/// What the Dockerfile adds to its base image.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct AddedSize(pub Bounds<Bytes>);

impl AddedSize {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["added-size-at-least", "added-size-at-most", "added-size-between"];
        bounds::aim(codes, bounds::bytes(self.0.at_least), bounds::bytes(self.0.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        if situation.report.image.is_none() {
            return no_image(situation);
        }
        let bytes = situation.report.totals.added_bytes;
        Found::size(bytes).met(self.0.hold(Bytes(bytes)))
    }
}
