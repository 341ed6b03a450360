//! Which hints fit.

use crate::{Check, Hint, Situation, Step, check};

/// The hints for the first goal that is not met, in the order that they are shown in: those whose `when` holds, then those
/// without one. Empty where all goals are met.
#[must_use]
pub fn hints<'a>(step: &'a Step, checks: &[Check], situation: &Situation<'_>) -> Vec<&'a Hint> {
    let failed = step.goals.iter().zip(checks).filter(|(_, check)| !check.met).map(|(goal, _)| &goal.id);
    for goal in failed {
        let fits = |hint: &&Hint| hint.when.as_ref().is_some_and(|when| check(when, situation).met);
        let of_goal = || step.hints.iter().filter(|hint| hint.goal == *goal);
        let hints: Vec<&Hint> = of_goal().filter(fits).chain(of_goal().filter(|hint| hint.when.is_none())).collect();
        if !hints.is_empty() {
            return hints;
        }
    }
    Vec::new()
}
