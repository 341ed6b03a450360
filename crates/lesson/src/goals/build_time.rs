use report::Outcome;
use serde::Deserialize;

use super::bounds;
use crate::check::{Check, Found};
use crate::goal::Aim;
use crate::{Millis, Situation};

/// How long the first build takes, on a machine that has nothing.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BuildTime {
    /// At most this.
    pub at_most: Millis,
}

impl BuildTime {
    pub(crate) fn aim(&self) -> Aim {
        Aim { code: "build-time-at-most", args: vec![("most", bounds::ms(self.at_most))] }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let first = situation.first();
        Found::time(first.totals.ms).met(first.outcome == Outcome::Built && first.totals.ms <= self.at_most.0)
    }
}
