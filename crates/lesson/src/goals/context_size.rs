use serde::Deserialize;

use super::bounds::{self, Bounds};
use crate::check::{Check, Found};
use crate::goal::Aim;
use crate::{Bytes, Situation};

/// What of the build context `.dockerignore` lets through.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct ContextSize(pub Bounds<Bytes>);

impl ContextSize {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["context-size-at-least", "context-size-at-most", "context-size-between"];
        bounds::aim(codes, bounds::bytes(self.0.at_least), bounds::bytes(self.0.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let bytes = situation.report.context.bytes;
        Found::size(bytes).met(self.0.hold(Bytes(bytes)))
    }
}
