use serde::Deserialize;

use super::bounds::{self, within};
use super::builds::no_image;
use crate::check::{Check, Found};
use crate::goal::Aim;
use crate::{Bytes, Situation};

/// What the Dockerfile adds to its base image.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AddedSize {
    /// At least this.
    #[serde(default)]
    pub at_least: Option<Bytes>,
    /// At most this.
    #[serde(default)]
    pub at_most: Option<Bytes>,
}

impl AddedSize {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["added-size-at-least", "added-size-at-most", "added-size-between"];
        bounds::aim(codes, bounds::bytes(self.at_least), bounds::bytes(self.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        if situation.report.image.is_none() {
            return no_image(situation);
        }
        let bytes = situation.report.totals.added_bytes;
        Found::size(bytes).met(within(Bytes(bytes), self.at_least, self.at_most))
    }
}
