//! A plan is executed: stage by stage, step by step, each from the cache or anew.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use filesystem::{Cred, EntryKind, FileSystem, LayerEntry};
use plan::{Base, BaseImage, Operation, Plan, Source, Stage, Step};

use crate::cache::{CacheStore, Digest, Record, record};
use crate::explain::explain;
use crate::key::{Hash, Input, combinations};
use crate::merged::name_merged_steps;
use crate::process::{Known, Surroundings};
use crate::stand::{Stand, nothing_yet};
use crate::taken::{Checksums, Taken};
use crate::trace::{TakenFiles, Trace};
use crate::unmarked::pass_over;
use crate::vertex::{Vertices, context_error, image_vertex, takes_files};
use crate::{Basis, Build, Failure, Reason, StepResult, StepState, World, copy_step, run_step, workdir_step};

/// The layers that a container's or image's file system may have below a new one (moby's overlay2 driver, `maxDepth`).
const MAX_LAYERS_BELOW: usize = 128;

/// What a step does when it runs; the error is the engine's, without and with the words that come before it in the
/// message of the whole build.
pub(crate) struct StepError {
    pub(crate) message: String,
    pub(crate) prefix: &'static str,
}

impl StepError {
    pub(crate) fn new(message: impl Into<String>) -> StepError {
        StepError { message: message.into(), prefix: "" }
    }

    /// An error that occurs while the cache key is being computed.
    pub(crate) fn in_key(message: impl Into<String>) -> StepError {
        StepError { message: message.into(), prefix: "failed to compute cache key: " }
    }
}

struct Execution<'a> {
    plan: &'a Plan,
    world: &'a World<'a>,
    store: CacheStore,
    build: Build,
    stands: BTreeMap<usize, Stand>,
    traces: Vec<Trace>,
    /// Steps of this build by their vertex.
    done: BTreeMap<Digest, (usize, Stand)>,
    vertices: Vertices,
    /// Why the context cannot be sent.
    context_error: Option<String>,
    checksums: Checksums,
}

/// Executes a plan that has no error. Gives what happened, and the cache as it is left.
///
/// BuildKit never looks up a step without inputs, a WORKDIR right behind `FROM scratch`, where all that is made of it is
/// cached: the progress display then does not mark it, as with a FROM.
#[must_use]
pub fn simulate(plan: &Plan, world: &World<'_>, store: &CacheStore) -> (Build, CacheStore) {
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
    };
    for stage in plan.stages.iter().filter(|stage| stage.needed) {
        execution.stage(stage);
    }
    let Execution { mut store, mut build, traces, .. } = execution;
    name_merged_steps(plan, &mut build);
    pass_over(plan, &mut build);
    store.remember(traces);
    build.total_ms = build.steps.iter().map(|step| step.start_ms.saturating_add(step.ms)).max().unwrap_or_default();
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

    /// The files and names of a base image; an image that nobody knows is an empty one.
    fn base_image(&mut self, base: &BaseImage) -> Stand {
        let short = base.reference.short();
        let (files, content) = self.store.unpacked(base);
        let name = Hash::new("image").text(&content).finish();
        let outlined = base.image.as_ref().is_none_or(|image| image.outline);
        Stand {
            outline: outlined.then(|| files.clone()),
            basis: if base.image.is_none() { Basis::NotModelled } else { Basis::Exact },
            files,
            layers: base
                .image
                .as_ref()
                .map_or(0, |image| image.layers.iter().filter(|row| row.layer.is_some()).count()),
            names: BTreeSet::from([name]),
            known: BTreeSet::from([name]),
            vertex: image_vertex(&short),
            base: short,
            ..Stand::default()
        }
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
            None => self.sources(stage, &step.operation),
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
        result.start_ms = starts;
        if self.build.failure.is_some() || stand.failed || sources.iter().any(|source| source.failed) {
            result.state = StepState::NotReached;
            stand.failed = true;
        } else if step.operation == Operation::From {
            result.state = StepState::Cached;
        } else {
            self.execute(stage, number, step, stand, &sources, digest, present, &mut result);
        }
        stand.last = Some(index);
        stand.vertex = vertex;
        stand.end_ms = result.start_ms.saturating_add(result.ms);
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
            Err(error) => return self.fail(result, error, stand, trace),
        };
        let keys = |known: bool| {
            let own = if known { &stand.known } else { &stand.names };
            let own = Input { definitions: own.clone(), content: None };
            let taken = sources.iter().zip(&contents).map(|(source, content)| source.input(known, *content));
            combinations(&digest, &std::iter::once(own).chain(taken).collect::<Vec<_>>())
        };
        let keys = (keys(true), keys(false));
        let ignore_cache = self.vertices.ignores_cache(&self.vertices.of(stage.index, number).1);
        let found = if ignore_cache { BTreeSet::new() } else { self.store.find(&keys.0) };
        if let Some(record) = found.iter().find_map(|name| self.store.record(name)) {
            self.store.link(&keys.1, &found);
            result.state = StepState::Cached;
            stand.settle(found.clone(), found, &record, false);
            result.record = Some(record);
            self.traces.push(Trace { done: true, ..trace });
            return;
        }
        let linked = sources.iter().find(|source| step.operation == Operation::Merge && source.ran && !stand.ran);
        let parent = match linked.and_then(|linked| linked.last) {
            Some(copy) => Some((copy, true)),
            None => stand.last.map(|last| (last, stand.ran)),
        };
        result.reason =
            Some(if ignore_cache { Reason::NoCache } else { explain(&self.store, &trace, parent, present) });
        let pull = self.pull_ms(stage, number);
        result.start_ms = result.start_ms.saturating_add(pull);
        match self.run(step, stand, sources) {
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
                let name = Hash::new("result").digest(keys.1.first().unwrap_or(&digest)).finish();
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

    fn run(
        &mut self,
        step: &Step,
        stand: &Stand,
        sources: &[Taken],
    ) -> Result<Record, (StepError, Option<Box<Record>>)> {
        if stand.layers > MAX_LAYERS_BELOW {
            return Err((StepError::new("failed to prepare REF as REF: max depth exceeded"), None));
        }
        let mut files = stand.files.clone();
        files.set_now(self.world.now);
        files.begin_layer();
        match &step.operation {
            Operation::From => Ok(record(&stand.files, files, Vec::new(), 0, Basis::Exact, Vec::new())),
            Operation::Workdir(workdir) => {
                let empty = stand.is_empty();
                workdir_step::execute(&mut files, workdir, empty).map_err(|error| (error, None))?;
                Ok(record(&stand.files, files, Vec::new(), self.world.profile.command_ms, Basis::Exact, Vec::new()))
            }
            Operation::Merge => {
                if let Some(linked) = sources.first() {
                    files.apply(&linked.taken.files.layer());
                }
                // the layer is the copy's
                let merged = record(&stand.files, files, Vec::new(), 0, Basis::Exact, Vec::new());
                Ok(Record { layer: Rc::default(), before: Rc::new([]), ..merged })
            }
            Operation::Copy(copy) => {
                let source = sources.first();
                let notes =
                    copy_step::execute(&mut files, copy, source, stand.is_empty()).map_err(|error| (error, None))?;
                let profile = self.world.profile;
                let basis = if notes.is_empty() { Basis::Exact } else { Basis::NotModelled };
                let mut record = record(&stand.files, files, Vec::new(), 0, basis, notes);
                let bytes_ms = record.layer.size().saturating_mul(1000) / profile.disk_bytes_per_second.max(1);
                let files_ms = (record.layer.entries.len() as u64).saturating_mul(profile.file_us) / 1000;
                record.ms = bytes_ms.saturating_add(files_ms).saturating_add(10);
                // files that came of an estimate are no surer for being copied
                let estimated =
                    |entry: &LayerEntry| matches!(&entry.kind, EntryKind::File(content) if !content.is_known());
                if record.layer.entries.iter().any(estimated) {
                    record.basis = record.basis.max(source.map(|source| source.basis).unwrap_or_default());
                }
                Ok(record)
            }
            Operation::Run(run) => {
                let shown: Vec<FileSystem> = sources.iter().map(|source| source.taken.files.clone()).collect();
                let known = match &stand.outline {
                    Some(outline) if outline.read_dir("/", &Cred::root()).is_ok_and(|names| names.is_empty()) => {
                        Known::Nothing
                    }
                    None if stand.basis == Basis::Exact => Known::InFull,
                    _ => Known::InOutline,
                };
                let around = Surroundings { outline: stand.outline.as_ref(), basis: stand.basis };
                run_step::execute(files, run, &shown, known, around, self.world, &mut self.store)
            }
        }
    }

    fn fail(&mut self, result: &mut StepResult, error: StepError, stand: &mut Stand, trace: Trace) {
        result.state = StepState::Failed;
        result.error = Some(error.message.clone());
        stand.failed = true;
        self.build.failure =
            Some(Failure { message: format!("{}{}", error.prefix, error.message), step: Some(self.build.steps.len()) });
        self.traces.push(trace);
    }

    /// How long the base image's download takes, where this is the first step that needs it. The catalog's data of an
    /// image that a build has loaded before is at hand.
    fn pull_ms(&mut self, stage: &Stage, number: usize) -> u64 {
        let Base::Image(base) = &stage.base else {
            return 0;
        };
        if number != 1 || !self.build.pulled.insert(base.reference.short()) {
            return 0;
        }
        let key = format!("pulled {}", base.reference.short());
        if self.store.bases.contains_key(&key) {
            return 0;
        }
        Rc::make_mut(&mut self.store.bases).insert(key, FileSystem::default());
        let bytes = base.image.as_ref().map_or(0, |image| image.compressed_bytes);
        let profile = self.world.profile;
        let ms = if bytes == 0 {
            0
        } else {
            profile.network_latency_ms + bytes.saturating_mul(1000) / profile.network_bytes_per_second.max(1)
        };
        let from = self.build.stage_steps.get(&stage.index).and_then(|steps| steps.first().copied());
        if let Some(step) = from.and_then(|from| self.build.steps.get_mut(from)) {
            step.state = StepState::Ran;
            step.ms = ms;
        }
        ms
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

    /// What a step takes files from, one entry for each input beside the stage's own files.
    fn sources(&mut self, stage: &Stage, operation: &Operation) -> Vec<Taken> {
        match operation {
            Operation::From | Operation::Workdir(_) | Operation::Merge => Vec::new(),
            Operation::Copy(copy) => {
                let local: Vec<String> =
                    copy.sources.iter().filter(|source| source.starts_with('/')).cloned().collect();
                let mut sources = Vec::new();
                if !local.is_empty() {
                    sources.push(self.taken(stage, &copy.from, local, copy.exclude.clone()));
                }
                if !copy.documents.is_empty() {
                    sources.push(Taken::documents(&copy.documents));
                }
                sources
            }
            Operation::Run(run) => run
                .mounts
                .iter()
                .map(|mount| {
                    if takes_files(mount) {
                        self.taken(stage, &mount.from, vec![mount.source.clone()], Vec::new())
                    } else {
                        Taken::nothing()
                    }
                })
                .collect(),
        }
    }

    fn taken(&mut self, stage: &Stage, from: &Source, patterns: Vec<String>, exclude: Vec<String>) -> Taken {
        let stand = match from {
            Source::Stage(index) => self.stands.get(index).cloned().unwrap_or_default(),
            Source::Image(image) => self.base_image(image),
            Source::Empty => nothing_yet(),
            Source::Context => Stand::default(),
        };
        let empty = stand.is_empty();
        let (files, name) = match from {
            Source::Context => (self.world.context.clone(), None),
            Source::Empty => (FileSystem::default(), Some("scratch".into())),
            Source::Stage(index) => {
                let label = self.plan.stages.get(*index).map(|stage| stage.label.clone()).unwrap_or_default();
                (stand.files.clone(), Some(if label.is_empty() { stage.label.clone() } else { label }))
            }
            Source::Image(image) => (stand.files.clone(), Some(image.reference.short())),
        };
        Taken {
            taken: TakenFiles { from: name, files, patterns, exclude },
            names: stand.names,
            known: stand.known,
            vertex: stand.vertex,
            end_ms: stand.end_ms,
            last: stand.last,
            ran: stand.ran,
            failed: stand.failed,
            basis: stand.basis,
            outline: stand.outline,
            empty,
            internal: false,
        }
    }
}
