use serde::Deserialize;

use super::steps_of::{find, flags};
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// A step has a flag, or has it not. For mounts there is [`super::Mount`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// The step: keyword and words of its instruction.
    pub step: String,
    /// The stage that it stands in.
    #[serde(default)]
    pub stage: Option<String>,
    /// The flag with its value, as `--chown=node:node`, or by its name alone, whatever its value.
    pub flag: String,
    /// Whether it must not be there.
    #[serde(default)]
    pub absent: bool,
}

impl Flag {
    pub(crate) fn aim(&self) -> Aim {
        let args = vec![("step", Value::Text(self.step.clone())), ("flag", Value::Text(self.flag.clone()))];
        Aim { code: if self.absent { "flag-absent" } else { "flag" }, args }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(step) = find(situation.report, &self.step, self.stage.as_deref()) else {
            return Found::text("no-step", &self.step).fails();
        };
        let is_it = |flag: &&str| match flag.strip_prefix(self.flag.as_str()) {
            Some(rest) => rest.is_empty() || (rest.starts_with('=') && !self.flag.contains('=')),
            None => false,
        };
        let there = flags(step).any(|flag| is_it(&flag));
        let all: Vec<&str> = flags(step).collect();
        let found = if all.is_empty() { Found::bare("nothing") } else { Found::text("text", all.join(" ")) };
        found.met(there != self.absent)
    }
}
