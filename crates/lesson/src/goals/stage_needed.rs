use serde::Deserialize;

use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// Whether the target needs a stage.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageNeeded {
    /// Its name.
    pub stage: String,
    /// Whether it is to be needed.
    pub needed: bool,
}

impl StageNeeded {
    pub(crate) fn aim(&self) -> Aim {
        let code = if self.needed { "stage-needed" } else { "stage-not-needed" };
        Aim { code, args: vec![("stage", Value::Text(self.stage.clone()))] }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let stage = situation.report.stages.iter().find(|stage| stage.name.as_deref() == Some(&self.stage));
        match stage {
            None => Found::text("no-stage", &self.stage).fails(),
            Some(stage) => {
                let code = if stage.needed { "needed" } else { "not-needed" };
                Found::text(code, &self.stage).met(stage.needed == self.needed)
            }
        }
    }
}
