use serde::Deserialize;

use crate::check::{Check, Found, Value};
use crate::goal::Aim;
use crate::{Goal, Situation};

/// One of several goals is met: there are several good answers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnyOf {
    /// The goals.
    pub goals: Vec<Goal>,
}

impl AnyOf {
    pub(crate) fn aim(&self) -> Aim {
        Aim { code: "any-of", args: vec![("goals", Value::Either(self.goals.iter().map(Goal::aim).collect()))] }
    }

    /// What is found is that of the goal that is met, else of the first.
    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let mut first = None;
        for goal in &self.goals {
            let check = goal.check(situation);
            if check.met {
                return check;
            }
            first = first.or(Some(check));
        }
        first.unwrap_or_else(|| Found::bare("nothing").fails())
    }
}
