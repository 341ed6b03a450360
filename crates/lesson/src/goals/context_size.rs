use serde::Deserialize;

use super::bounds::{self, within};
use crate::check::{Check, Found};
use crate::goal::Aim;
use crate::{Bytes, Situation};

/// What of the build context `.dockerignore` lets through.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ContextSize {
    /// At least this.
    #[serde(default)]
    pub at_least: Option<Bytes>,
    /// At most this.
    #[serde(default)]
    pub at_most: Option<Bytes>,
}

impl ContextSize {
    pub(crate) fn aim(&self) -> Aim {
        let codes = ["context-size-at-least", "context-size-at-most", "context-size-between"];
        bounds::aim(codes, bounds::bytes(self.at_least), bounds::bytes(self.at_most), Vec::new())
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let bytes = situation.report.context.bytes;
        Found::size(bytes).met(within(Bytes(bytes), self.at_least, self.at_most))
    }
}
