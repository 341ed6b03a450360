//! A plan is executed: stage by stage, step by step, each from the cache or anew.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use dockerfile::{MountKind, Statement};
use plan::{Base, Operation, Plan, Stage, Step};

use crate::cache::{CacheStore, Digest, Record};
use crate::commands;
use crate::doom::Doom;
use crate::explain::explain;
use crate::key::{Hash, Input, combinations};
use crate::measured::measured;
use crate::merged::name_merged_steps;
use crate::stand::{Stand, nothing_yet};
use crate::taken::{Checksums, Taken};
use crate::timing::lay_out;
use crate::trace::Trace;
use crate::unmarked::pass_over;
use crate::vertex::{Vertices, context_error};
use crate::{Build, Failure, Reason, StepResult, StepState, World};

/// What a step does when it runs; the error is the engine's, without and with the words that come before it in the
/// message of the whole build.
#[derive(Clone, Debug)]
pub(crate) struct StepError {
    pub(crate) message: String,
    pub(crate) prefix: &'static str,
    /// Whether it is this step that fails, not one that BuildKit puts before it and does not show.
    pub(crate) at_the_step: bool,
}

impl StepError {
    pub(crate) fn new(message: impl Into<String>) -> StepError {
        StepError { message: message.into(), prefix: "", at_the_step: true }
    }

    /// An error that occurs while the cache key is being computed.
    pub(crate) fn in_key(message: impl Into<String>) -> StepError {
        StepError { prefix: "failed to compute cache key: ", ..StepError::new(message) }
    }
}

/// A step that fails while it runs. Stages are built side by side: what has come to its end by then is in the cache, and the
/// rest is cancelled (cases `errors-*-beside-a-failure`).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ending {
    /// Its vertex.
    pub(crate) step: Digest,
    /// When it fails, in milliseconds from the build's start.
    pub(crate) at_ms: u64,
}

pub(crate) struct Execution<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) world: &'a World<'a>,
    pub(crate) store: CacheStore,
    pub(crate) build: Build,
    /// Where each stage ends.
    pub(crate) stands: BTreeMap<usize, Stand>,
    traces: Vec<Trace>,
    /// Steps of this build by their vertex.
    done: BTreeMap<Digest, (usize, Stand)>,
    pub(crate) vertices: Vertices,
    /// A step that is going to fail for what it takes, and what that keeps from running.
    pub(crate) doom: Option<Doom>,
    /// The step that is known to end the build by failing.
    pub(crate) ending: Option<Ending>,
    /// A step that failed before that.
    pub(crate) first_failure: Option<Ending>,
    /// Why the context cannot be sent.
    pub(crate) context_error: Option<String>,
    pub(crate) checksums: Checksums,
}

/// Executes a plan that has no error. Gives what happened, and the cache as it is left.
///
/// BuildKit never looks up a step without inputs, a WORKDIR right behind `FROM scratch`, where all that is made of it is
/// cached: the progress display then does not mark it, as with a FROM. Where a build fails because a source is missing, it
/// marks the steps before, which never ran (moby/buildkit#5644).
#[must_use]
pub fn simulate(plan: &Plan, world: &World<'_>, store: &CacheStore) -> (Build, CacheStore) {
    commands::tables::learn(world.catalog);
    let mut ending = None;
    loop {
        let execution = executed(plan, world, store, ending);
        // every round ends earlier than the one before
        match execution.first_failure {
            Some(earlier) => ending = Some(earlier),
            None => return finished(plan, world, execution),
        }
    }
}

/// Executes a plan; `ending`: the step that ends it by failing, and when.
fn executed<'a>(plan: &'a Plan, world: &'a World<'a>, store: &CacheStore, ending: Option<Ending>) -> Execution<'a> {
    let mut execution = Execution {
        plan,
        world,
        store: store.clone(),
        build: Build::default(),
        stands: BTreeMap::new(),
        traces: Vec::new(),
        done: BTreeMap::new(),
        vertices: Vertices::new(plan, world),
        context_error: context_error(plan),
        checksums: Checksums::new(),
        doom: None,
        ending,
        first_failure: None,
    };
    execution.doom = execution.doomed_at_once();
    for stage in plan.stages.iter().filter(|stage| stage.needed) {
        execution.stage(stage);
    }
    execution.send_context();
    execution
}

fn finished(plan: &Plan, world: &World<'_>, execution: Execution<'_>) -> (Build, CacheStore) {
    let Execution { mut store, mut build, traces, .. } = execution;
    lay_out(&mut build, world.profile);
    name_merged_steps(plan, &mut build);
    pass_over(plan, &mut build);
    store.remember(traces);
    (build, store)
}

impl Execution<'_> {
    fn stage(&mut self, stage: &Stage) {
        let mut stand = match &stage.base {
            Base::Stage(base) => self.stands.get(base).cloned().unwrap_or_default(),
            Base::Image(image) => self.base_image(image),
            Base::Scratch | Base::Invalid => nothing_yet(),
        };
        let written: BTreeSet<String> = stage.steps.iter().map(|step| step.written.clone()).collect();
        if self.doom.is_none() && self.build.failure.is_none() {
            self.doom = self.doomed_in(stage);
        }
        let mut linked = None;
        for (number, step) in stage.steps.iter().enumerate() {
            let index = match &step.operation {
                Operation::Copy(copy) if copy.link => {
                    let mut own = nothing_yet();
                    let index = self.step(stage, number, step, &mut own, None, &written);
                    linked = Some(own);
                    index
                }
                _ => self.step(stage, number, step, &mut stand, linked.take(), &written),
            };
            self.build.stage_steps.entry(stage.index).or_default().push(index);
        }
        self.stands.insert(stage.index, stand);
    }

    /// Executes a step and gives its index in the build; equal steps of one build are one. `linked` is the linked copy
    /// right before it.
    fn step(
        &mut self,
        stage: &Stage,
        number: usize,
        step: &Step,
        stand: &mut Stand,
        linked: Option<Stand>,
        present: &BTreeSet<String>,
    ) -> usize {
        let (digest, vertex) = self.vertices.of(stage.index, number);
        if let Some((index, result)) = self.done.get(&vertex) {
            *stand = Stand { base: stand.base.clone(), ..result.clone() };
            return *index;
        }
        let sources = match linked {
            Some(linked) => vec![Taken::linked(linked)],
            None => self.sources(stage, number, &step.operation),
        };
        let index = self.build.steps.len();
        let mut result = StepResult {
            stage: stage.index,
            number,
            inputs: stand.last.iter().copied().chain(sources.iter().filter_map(|source| source.last)).collect(),
            reads_context: sources.iter().any(|source| source.taken.from.is_none() && !source.internal),
            ..StepResult::default()
        };
        let starts = sources.iter().map(|source| source.end_ms).chain([stand.end_ms]).max().unwrap_or_default();
        let held_up = stand.failed || sources.iter().any(|source| source.failed);
        let doomed = self.doom.as_ref().filter(|doom| doom.step == vertex && self.build.failure.is_none());
        if let Some(doom) = doomed {
            let error = doom.error.clone();
            let trace = self.trace(stage, number, step, stand, &sources);
            self.fail(&mut result, error, stand, trace);
            self.doom.iter_mut().for_each(|doom| doom.failed = true);
        } else if held_up || self.is_over() {
            result.state = StepState::NotReached;
            stand.failed = true;
        } else if step.operation == Operation::From {
            result.state = StepState::Cached;
        } else {
            self.execute(stage, number, step, stand, &sources, digest, present, &mut result);
        }
        result.marked = match result.state {
            StepState::NotReached => self.doom.as_ref().is_some_and(|doom| doom.before.contains(&vertex)),
            state => state == StepState::Cached,
        };
        stand.last = Some(index);
        stand.vertex = vertex;
        stand.end_ms = starts.saturating_add(result.ms);
        self.build.steps.push(result);
        self.done.insert(vertex, (index, stand.clone()));
        index
    }

    #[expect(clippy::too_many_arguments, reason = "the step with everything it is looked up by")]
    fn execute(
        &mut self,
        stage: &Stage,
        number: usize,
        step: &Step,
        stand: &mut Stand,
        sources: &[Taken],
        digest: Digest,
        present: &BTreeSet<String>,
        result: &mut StepResult,
    ) {
        if let Some(message) = self.context_error.clone().filter(|_| result.reads_context) {
            stand.failed = true;
            self.build.failure = Some(Failure { message, step: None });
            return;
        }
        let trace = self.trace(stage, number, step, stand, sources);
        let contents: Result<Vec<_>, StepError> =
            sources.iter().map(|source| source.checksum(&mut self.checksums)).collect();
        let contents = match contents {
            Ok(contents) => contents,
            Err(_) if self.is_over() || self.has_ended() => return not_reached(result, stand),
            Err(error) => return self.fail(result, error, stand, trace),
        };
        let taken = sources.iter().zip(&contents).filter(|(source, _)| !source.internal);
        result.contents =
            taken.filter_map(|(source, content)| Some((source.taken.from.clone(), (*content)?))).collect();
        let keys = |known: bool| {
            let own = if known { &stand.known } else { &stand.names };
            let own = Input { definitions: own.clone(), content: None };
            let taken = sources.iter().zip(&contents).map(|(source, content)| source.input(known, *content));
            combinations(&digest, &std::iter::once(own).chain(taken).collect::<Vec<_>>())
        };
        let keys = (keys(true), keys(false));
        let vertex = self.vertices.of(stage.index, number).1;
        let ignore_cache = self.vertices.ignores_cache(&vertex);
        let found = if ignore_cache { BTreeSet::new() } else { self.store.find(&keys.0) };
        if let Some((name, record)) = found.iter().find_map(|name| Some((*name, self.store.record(name)?))) {
            let record = self.restate(step, stand, sources, name, record);
            self.store.link(&keys.1, &found);
            result.state = StepState::Cached;
            stand.settle(found.clone(), found, &record, false);
            result.record = Some(record);
            self.traces.push(Trace { done: true, ..trace });
            return;
        }
        if self.is_over() {
            return not_reached(result, stand);
        }
        let linked = sources.iter().find(|source| step.operation == Operation::Merge && source.ran && !stand.ran);
        let parent = match linked.and_then(|linked| linked.last) {
            Some(copy) => Some((copy, true)),
            None => stand.last.map(|last| (last, stand.ran)),
        };
        result.reason =
            Some(if ignore_cache { Reason::NoCache } else { explain(&self.store, &trace, parent, present) });
        result.pulls = self.pulls(stage, number, &step.operation);
        let name = Hash::new("result").digest(keys.1.first().unwrap_or(&digest)).finish();
        let recalled = self.store.recall(&name).filter(|record| self.is_the_same(step, record));
        let done = recalled.map(|record| Some(Ok(record)));
        let Some(outcome) = done.unwrap_or_else(|| self.run_in_time(step, stand, sources, vertex)) else {
            return not_reached(result, stand);
        };
        match outcome {
            Err((error, record)) => {
                if let Some(record) = record {
                    result.ms = record.ms;
                    result.record = Some(Rc::new(*record));
                }
                self.fail(result, error, stand, trace);
            }
            Ok(mut record) => {
                record.ms = record.ms.max(1);
                result.state = StepState::Ran;
                result.ms = record.ms;
                let names = BTreeSet::from([name]);
                let record = Rc::new(record);
                self.store.keep(name, Rc::clone(&record));
                self.store.link(&keys.1, &names);
                let known = if ignore_cache || stand.known.is_empty() { BTreeSet::new() } else { names.clone() };
                stand.settle(names, known, &record, true);
                result.record = Some(record);
                self.traces.push(Trace { done: true, ..trace });
            }
        }
    }

    /// Whether a step comes to what it came to before: it depends on nothing but what its name stands for.
    fn is_the_same(&self, step: &Step, record: &Record) -> bool {
        let alone = match &step.operation {
            Operation::Run(run) => run
                .mounts
                .iter()
                .all(|mount| !matches!(mount.kind, MountKind::Cache | MountKind::Secret | MountKind::Ssh)),
            _ => true,
        };
        alone && self.doom.is_none() && self.ending.is_none() && !self.is_restated(step, record)
    }

    /// Whether something else is stated or measured of a step than when it was worked out.
    fn is_restated(&self, step: &Step, record: &Record) -> bool {
        record.statement.as_ref() != statement(self.world, step)
            || record.measured.as_ref() != measured(self.world, step)
    }

    /// What came from the cache, as its author states it now. A comment is no part of the cache key, so that the step stays
    /// as it is cached; but what is stated of it is of the world, like a fact of the catalog, and holds for what was built
    /// before it was written. So it is worked out again, and so is what was built on it.
    fn restate(
        &mut self,
        step: &Step,
        stand: &mut Stand,
        sources: &[Taken],
        name: Digest,
        record: Rc<Record>,
    ) -> Rc<Record> {
        if !self.is_restated(step, &record) && !stand.restated && !sources.iter().any(|source| source.restated) {
            return record;
        }
        // a cache mount is not filled a second time
        let mounts = Rc::clone(&self.store.mounts);
        let again = self.run(step, stand, sources);
        self.store.mounts = mounts;
        let Ok(again) = again else { return record };
        let record = Rc::new(again);
        stand.restated = true;
        self.store.keep(name, Rc::clone(&record));
        record
    }

    /// Whether the step has failed that is known to end the build.
    pub(crate) fn has_ended(&self) -> bool {
        self.ending.is_some() && self.build.failure.is_some()
    }

    /// Whether a step has failed that stops all the others.
    pub(crate) fn is_over(&self) -> bool {
        self.build.failure.is_some() && self.ending.is_none() && !self.doom.as_ref().is_some_and(|doom| doom.failed)
    }

    fn fail(&mut self, result: &mut StepResult, error: StepError, stand: &mut Stand, trace: Trace) {
        if error.at_the_step {
            result.state = StepState::Failed;
            result.error = Some(error.message.clone());
        } else {
            result.state = StepState::NotReached;
            result.reason = None;
        }
        stand.failed = true;
        let step = error.at_the_step.then_some(self.build.steps.len());
        self.build.failure = Some(Failure { message: format!("{}{}", error.prefix, error.message), step });
        self.traces.push(trace);
    }

    fn trace(&self, stage: &Stage, number: usize, step: &Step, stand: &Stand, sources: &[Taken]) -> Trace {
        let before = stage.steps.get(..number).unwrap_or_default();
        Trace {
            stage: stage.name.clone().unwrap_or_else(|| stage.index.to_string()),
            stage_index: stage.index,
            number,
            written: step.written.clone(),
            repeat: before.iter().filter(|other| other.written == step.written).count(),
            text: step.text.clone(),
            environment: step.environment.clone(),
            directory: step.directory.clone(),
            operation: step.operation.clone(),
            network: self.world.network,
            parent: stand.names.clone(),
            base: stand.base.clone(),
            sources: sources.iter().filter(|source| !source.internal).map(|source| source.taken.clone()).collect(),
            done: false,
        }
    }
}

/// What the author states about a step.
pub(crate) fn statement<'a>(world: &World<'a>, step: &Step) -> Option<&'a Statement> {
    world.statements.get(&step.instruction).filter(|_| matches!(step.operation, Operation::Run(_)))
}

/// The build is over before a step comes to run.
fn not_reached(result: &mut StepResult, stand: &mut Stand) {
    result.state = StepState::NotReached;
    result.reason = None;
    stand.failed = true;
}
