//! The names of steps that several stages share.

use std::collections::BTreeSet;

use plan::{Base, Operation, Plan, Source, Stage};

use crate::{Build, StepResult};

/// A step that several stages share is shown under the name that comes last where BuildKit writes the graph down:
/// depth first from the target, the stage's own files before what a step takes from elsewhere (`llb/state.go`).
pub(crate) fn name_merged_steps(plan: &Plan, build: &mut Build) {
    let target = plan.target.and_then(|target| plan.stages.get(target));
    let mut open: Vec<Visit> =
        target.and_then(|target| last_step(plan, target)).map(Visit::Enter).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(visit) = open.pop() {
        match visit {
            Visit::Enter(at) if seen.insert(at) => {
                open.push(Visit::Leave(at));
                open.extend(inputs_of(plan, at).into_iter().rev());
            }
            Visit::Enter(_) => {}
            Visit::Leave(at) => {
                let index = build.stage_steps.get(&at.0).and_then(|steps| steps.get(at.1)).copied();
                if let Some(result) = index.and_then(|index| build.steps.get_mut(index)) {
                    (result.stage, result.number) = at;
                    result.unnumbered = false;
                }
            }
            Visit::Image(name) => {
                let is_it = |result: &&mut StepResult| {
                    let stage = plan.stages.get(result.stage);
                    result.number == 0
                        && stage.is_some_and(
                            |stage| matches!(&stage.base, Base::Image(base) if base.reference.short() == name),
                        )
                };
                if let Some(result) = build.steps.iter_mut().find(is_it) {
                    result.unnumbered = true;
                }
            }
        }
    }
}

/// What a step waits for, in the order in which BuildKit lists a vertex's inputs.
fn inputs_of(plan: &Plan, (stage, number): (usize, usize)) -> Vec<Visit> {
    let Some(stage) = plan.stages.get(stage) else {
        return Vec::new();
    };
    let froms: Vec<&Source> = match stage.steps.get(number).map(|step| &step.operation) {
        Some(Operation::Copy(copy)) => vec![&copy.from],
        Some(Operation::Run(run)) => run.mounts.iter().map(|mount| &mount.from).collect(),
        _ => Vec::new(),
    };
    let own = match stage.steps.get(number).map(|step| &step.operation) {
        Some(Operation::Copy(copy)) if copy.link => Vec::new(),
        Some(Operation::Merge) => {
            let copy = step_before(plan, stage, number);
            copy.and_then(|(_, copy)| step_before(plan, stage, copy)).into_iter().chain(copy).collect()
        }
        _ => step_before(plan, stage, number).into_iter().collect(),
    };
    let others = froms.into_iter().filter_map(|from| match from {
        Source::Stage(index) => last_step(plan, plan.stages.get(*index)?).map(Visit::Enter),
        Source::Image(image) => Some(Visit::Image(image.reference.short())),
        Source::Context | Source::Empty => None,
    });
    own.into_iter().map(Visit::Enter).chain(others).collect()
}

/// A place on the way through the graph: a step as stage and number, before and behind its inputs, or an image that
/// files are taken from.
enum Visit {
    Enter((usize, usize)),
    Leave((usize, usize)),
    Image(String),
}

/// The step before one in its stage, or the last one of what the stage is built on.
fn step_before(plan: &Plan, stage: &Stage, number: usize) -> Option<(usize, usize)> {
    match (number.checked_sub(1), &stage.base) {
        (Some(before), _) => Some((stage.index, before)),
        (None, Base::Stage(base)) => last_step(plan, plan.stages.get(*base)?),
        (None, _) => None,
    }
}

/// The last step of a stage, or of the stage that it is built on where it has none.
fn last_step<'a>(plan: &'a Plan, mut stage: &'a Stage) -> Option<(usize, usize)> {
    loop {
        match (stage.steps.len().checked_sub(1), &stage.base) {
            (Some(last), _) => return Some((stage.index, last)),
            // a base is always an earlier stage
            (None, Base::Stage(base)) if *base < stage.index => stage = plan.stages.get(*base)?,
            (None, _) => return None,
        }
    }
}
