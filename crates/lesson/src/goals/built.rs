use serde::Deserialize;

use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// The learner has run a build in this step, or several.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Built {
    /// How many.
    #[serde(default = "one")]
    pub times: usize,
}

fn one() -> usize {
    1
}

impl Built {
    pub(crate) fn aim(&self) -> Aim {
        Aim { code: "build-run", args: vec![("count", Value::Count(u64::try_from(self.times).unwrap_or(u64::MAX)))] }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        Found::count(situation.builds).met(situation.builds >= self.times)
    }
}
