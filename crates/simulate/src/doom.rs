//! Steps that are going to fail because what they take is missing.
//!
//! BuildKit computes the checksum of what a step takes as soon as that is there, side by side with the steps before it
//! (`solver/edge.go`). The context and images are there at once: a path that they lack fails the build before anything
//! has run. A stage is there once it is built; what has not come to its end by then is cancelled.

use std::collections::BTreeSet;

use plan::{Base, Operation, Plan, Source, Stage};

use crate::cache::Digest;
use crate::execute::{Execution, StepError};

/// A step that is going to fail, and when.
pub(crate) struct Doom {
    /// Its vertex.
    pub(crate) step: Digest,
    /// The vertices that it waits for, one after the other: cancelled, they are shown as cached.
    pub(crate) before: BTreeSet<Digest>,
    /// When its source is there, in milliseconds from the build's start.
    pub(crate) at_ms: u64,
    pub(crate) error: StepError,
    /// Whether it has failed by now.
    pub(crate) failed: bool,
}

impl Doom {
    /// When a step is cancelled: one that the failing step waits for at once, one beside it when the failure has come
    /// through to the build, which takes a little longer than a container that has not much to do.
    pub(crate) fn deadline_ms(&self, vertex: &Digest, container_ms: u64) -> u64 {
        if self.before.contains(vertex) {
            self.at_ms
        } else {
            self.at_ms.saturating_add(container_ms + container_ms / 2)
        }
    }
}

/// What a step takes files from.
fn froms(operation: &Operation) -> Vec<&Source> {
    match operation {
        Operation::Copy(copy) => vec![&copy.from],
        Operation::Run(run) => run.mounts.iter().map(|mount| &mount.from).collect(),
        Operation::From | Operation::Workdir(_) | Operation::Merge => Vec::new(),
    }
}

impl Execution<'_> {
    /// The first step that takes from the context or an image what is not there.
    pub(crate) fn doomed_at_once(&mut self) -> Option<Doom> {
        if self.context_error.is_some() {
            return None;
        }
        let plan = self.plan;
        let needed = plan.stages.iter().filter(|stage| stage.needed);
        needed.into_iter().find_map(|stage| self.first_doomed(stage, |from| !matches!(from, Source::Stage(_))))
    }

    /// The first step of a stage that takes from another stage what is not there.
    pub(crate) fn doomed_in(&mut self, stage: &Stage) -> Option<Doom> {
        self.first_doomed(stage, |from| matches!(from, Source::Stage(_)))
    }

    fn first_doomed(&mut self, stage: &Stage, is_there: impl Fn(&Source) -> bool) -> Option<Doom> {
        for (number, step) in stage.steps.iter().enumerate() {
            let froms = froms(&step.operation);
            if !froms.iter().any(|from| is_there(from)) {
                continue;
            }
            let sources = self.sources(stage, number, &step.operation);
            for (source, _) in sources.iter().zip(froms).filter(|(source, from)| is_there(from) && !source.failed) {
                if let Err(error) = source.checksum(&mut self.checksums) {
                    return Some(Doom {
                        step: self.vertices.of(stage.index, number).1,
                        before: self.before(stage.index, number),
                        at_ms: source.end_ms,
                        error,
                        failed: false,
                    });
                }
            }
        }
        None
    }

    /// The vertices of all that a step waits for.
    fn before(&self, stage: usize, number: usize) -> BTreeSet<Digest> {
        let mut before = BTreeSet::new();
        let mut seen = BTreeSet::new();
        // the step itself counts for the stages that it takes from
        let mut open = vec![(stage, number + 1)];
        while let Some((index, end)) = open.pop() {
            let Some(stage) = self.plan.stages.get(index).filter(|_| seen.insert((index, end))) else {
                continue;
            };
            for (number, step) in stage.steps.iter().enumerate().take(end) {
                before.insert(self.vertices.of(index, number).1);
                open.extend(froms(&step.operation).into_iter().filter_map(|from| whole(self.plan, from)));
            }
            if let Base::Stage(base) = &stage.base {
                open.extend(whole(self.plan, &Source::Stage(*base)));
            }
        }
        before.remove(&self.vertices.of(stage, number).1);
        before
    }
}

/// A stage with all of its steps.
fn whole(plan: &Plan, from: &Source) -> Option<(usize, usize)> {
    match from {
        Source::Stage(index) => plan.stages.get(*index).map(|stage| (*index, stage.steps.len())),
        _ => None,
    }
}
