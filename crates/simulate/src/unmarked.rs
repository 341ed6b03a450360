//! Cached steps that the progress display does not mark.

use plan::{Operation, Plan};

use crate::{Build, StepResult, StepState};

/// Finds the steps without inputs that nobody asks for.
pub(crate) fn pass_over(plan: &Plan, build: &mut Build) {
    let is_workdir = |result: &StepResult| {
        let step = plan.stages.get(result.stage).and_then(|stage| stage.steps.get(result.number));
        step.is_some_and(|step| matches!(step.operation, Operation::Workdir(_)))
    };
    let unmarked = |index: usize, result: &StepResult| {
        let mut users = build.steps.iter().filter(|user| user.inputs.contains(&index)).peekable();
        result.inputs.is_empty()
            && is_workdir(result)
            && users.peek().is_some()
            && users.all(|user| user.state == StepState::Cached)
    };
    let passed: Vec<usize> = build
        .steps
        .iter()
        .enumerate()
        .filter(|(index, result)| unmarked(*index, result))
        .map(|(index, _)| index)
        .collect();
    for index in passed {
        if let Some(result) = build.steps.get_mut(index) {
            result.marked = false;
        }
    }
}
