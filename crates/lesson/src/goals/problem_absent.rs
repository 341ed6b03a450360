use serde::Deserialize;

use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// A problem is not there: a build check, a tip, or any at all.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemAbsent {
    /// Its code: `JSONArgsRecommended`, `root-user`. Any where none is given.
    #[serde(default)]
    pub code: Option<String>,
}

impl ProblemAbsent {
    pub(crate) fn aim(&self) -> Aim {
        match &self.code {
            None => Aim { code: "no-problem", args: Vec::new() },
            Some(problem) => Aim { code: "problem-absent", args: vec![("problem", Value::Text(problem.clone()))] },
        }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let meant = |code: &str| self.code.as_ref().is_none_or(|wanted| wanted == code);
        match situation.report.problems.iter().find(|problem| meant(problem.diagnostic.code)) {
            None => Found::bare("nothing").met(true),
            Some(problem) => {
                let line = u64::try_from(problem.line).unwrap_or_default();
                let args =
                    vec![("text", Value::Text(problem.diagnostic.code.to_owned())), ("line", Value::Count(line))];
                Found::new("problem", args).fails()
            }
        }
    }
}
