use report::Outcome;
use serde::Deserialize;

use super::bounds;
use super::step_cached::happened;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;
use crate::{Happening, Millis, Situation};

/// How long a build takes after happenings, when the project as it is was built before them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RebuildTime {
    /// What happens.
    pub after: Vec<Happening>,
    /// At most this.
    pub at_most: Millis,
}

impl RebuildTime {
    pub(crate) fn aim(&self) -> Aim {
        let mut args = vec![("most", bounds::ms(self.at_most))];
        args.extend(happened(&self.after).map(|name| ("after", Value::Text(name))));
        Aim { code: if args.len() > 1 { "rebuild-time-at-most" } else { "build-again-at-most" }, args }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let report = situation.after(&self.after);
        match &report.outcome {
            Outcome::Built => Found::time(report.totals.ms).met(report.totals.ms <= self.at_most.0),
            Outcome::Invalid { message } => Found::text("invalid", message).fails(),
            Outcome::Failed { message, .. } => Found::text("not-built", message).fails(),
        }
    }
}
