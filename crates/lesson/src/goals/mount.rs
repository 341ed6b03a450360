use serde::Deserialize;

use super::steps_of::{find, flags};
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// A step has a mount of a kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mount {
    /// The step: keyword and words of its instruction.
    pub step: String,
    /// `cache`, `secret`, `bind`, `tmpfs` or `ssh`.
    #[serde(rename = "type")]
    pub kind: String,
}

impl Mount {
    pub(crate) fn aim(&self) -> Aim {
        let args = vec![("step", Value::Text(self.step.clone())), ("type", Value::Text(self.kind.clone()))];
        Aim { code: "mount", args }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(step) = find(situation.report, &self.step, None) else {
            return Found::text("no-step", &self.step).fails();
        };
        let wanted = format!("type={}", self.kind);
        let mut mounts = flags(step).filter_map(|flag| flag.strip_prefix("--mount="));
        let met = mounts.any(|mount| mount.split(',').any(|part| part == wanted));
        let found = if met { Found::text("text", wanted) } else { Found::bare("nothing") };
        found.met(met)
    }
}
