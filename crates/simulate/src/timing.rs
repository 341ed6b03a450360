//! When the steps of a build run, what determines how long it takes, and what the cache saves.

use std::collections::BTreeSet;

use crate::execute::Execution;
use crate::schedule::{Job, Room, critical_path, schedule};
use crate::send::{send, wanted};
use crate::{Build, Profile, StepState};

/// A part of the chain that determines how long a build takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathPart {
    /// What it is.
    pub item: PathItem,
    /// How long it takes, in milliseconds.
    pub ms: u64,
}

/// Something that takes time in a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathItem {
    /// A step, as an index into [`Build::steps`].
    Step(usize),
    /// The loading of an image that no FROM stands for, as an index into [`Build::pulls`].
    Pull(usize),
    /// The sending of the build context.
    Context,
}

impl Execution<'_> {
    /// Sends the build context, where a step takes of it.
    pub(crate) fn send_context(&mut self) {
        if !self.build.steps.iter().any(|step| step.reads_context && step.state != StepState::NotReached) {
            return;
        }
        let (mut transfer, sent) = send(self.world.context, &wanted(self.plan), &self.store.sent);
        transfer.ms = self.world.profile.write_ms(transfer.bytes, transfer.files);
        self.build.transfer = Some(transfer);
        self.store.sent = sent;
    }
}

/// Gives every step its time on the machine, and the build its sums.
pub(crate) fn lay_out(build: &mut Build, profile: &Profile) {
    let (jobs, items) = jobs(build);
    let slots = schedule(&jobs, profile.cores);
    for (slot, item) in slots.iter().zip(&items) {
        match item {
            PathItem::Step(step) => {
                if let Some(step) = build.steps.get_mut(*step) {
                    step.start_ms = slot.start;
                }
            }
            PathItem::Pull(pull) => {
                if let Some(pull) = build.pulls.get_mut(*pull) {
                    pull.start_ms = slot.start;
                }
            }
            PathItem::Context => {}
        }
        build.total_ms = build.total_ms.max(slot.end);
    }
    for pull in &mut build.pulls {
        if let Some(step) = pull.step.and_then(|step| build.steps.get(step)) {
            pull.start_ms = step.start_ms;
        }
    }
    let part = |index: usize| {
        let (item, job) = (items.get(index)?, jobs.get(index)?);
        (job.ms > 0).then_some(PathPart { item: *item, ms: job.ms })
    };
    build.critical_path = critical_path(&slots).into_iter().filter_map(part).collect();
    let mut uncached = jobs;
    for (job, step) in uncached.iter_mut().zip(&build.steps) {
        if let (StepState::Cached, Some(record)) = (step.state, &step.record) {
            job.ms = record.ms;
            build.saved_step_ms = build.saved_step_ms.saturating_add(record.ms);
        }
    }
    let without_cache = schedule(&uncached, profile.cores);
    for (slot, step) in without_cache.iter().zip(&mut build.steps) {
        step.uncached_start_ms = slot.start;
    }
    let end = without_cache.iter().map(|slot| slot.end).max().unwrap_or_default();
    build.saved_ms = end.saturating_sub(build.total_ms);
}

/// The steps as jobs, in their order, then the context and the images that no step stands for; and what each is.
fn jobs(build: &Build) -> (Vec<Job>, Vec<PathItem>) {
    let context = build.steps.len();
    let images: Vec<usize> =
        build.pulls.iter().enumerate().filter(|(_, pull)| pull.step.is_none()).map(|(index, _)| index).collect();
    let job_of = |pull: usize| match build.pulls.get(pull)?.step {
        Some(step) => Some(step),
        None => images.binary_search(&pull).ok().map(|at| context + 1 + at),
    };
    let pulled: BTreeSet<usize> = build.pulls.iter().filter_map(|pull| pull.step).collect();
    let mut jobs: Vec<Job> = Vec::with_capacity(context + 1 + images.len());
    for (index, step) in build.steps.iter().enumerate() {
        let mut needs = step.inputs.clone();
        needs.extend(step.pulls.iter().filter_map(|pull| job_of(*pull)));
        needs.extend(step.reads_context.then_some(context));
        let room = if pulled.contains(&index) { Room::Line } else { Room::Core };
        jobs.push(Job { ms: step.ms, room, needs });
    }
    let ms = build.transfer.map_or(0, |transfer| transfer.ms);
    jobs.push(Job { ms, room: Room::Nothing, needs: Vec::new() });
    for pull in images.iter().filter_map(|index| build.pulls.get(*index)) {
        jobs.push(Job { ms: pull.ms, room: Room::Line, needs: Vec::new() });
    }
    let items = (0..context).map(PathItem::Step).chain([PathItem::Context]);
    (jobs, items.chain(images.into_iter().map(PathItem::Pull)).collect())
}
