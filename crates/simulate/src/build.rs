//! What comes out of an execution, and what goes in beside the plan.

use std::collections::BTreeMap;
use std::rc::Rc;

use catalog::Catalog;
use dockerfile::Statement;
use filesystem::{FileSystem, ImageStore};

use crate::Measurements;
use crate::{PathPart, Profile, Pull, Reason, Record, Transfer};

/// Everything from outside that the steps can see.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The build context as it was sent: without what `.dockerignore` leaves out, owned by root.
    pub context: &'a FileSystem,
    /// Facts about base images and packages.
    pub catalog: &'a Catalog,
    /// The machine that durations are for.
    pub profile: &'a Profile,
    /// `--secret`: ids and values.
    pub secrets: &'a [(String, String)],
    /// Whether there is a network.
    pub network: bool,
    /// Where the engine keeps images.
    pub store: ImageStore,
    /// `--no-cache`
    pub no_cache: bool,
    /// `--no-cache-filter`: names of stages.
    pub no_cache_filter: &'a [String],
    /// What the Dockerfile's author states about RUNs, by the index of the instruction.
    pub statements: &'a BTreeMap<usize, Statement>,
    /// What the reader measured of steps with a real engine.
    pub measured: &'a Measurements,
    /// What files that steps write get as their time: seconds since 1970.
    pub now: i64,
}

/// What an execution did.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The steps in the order of execution; equal steps of several stages are one.
    pub steps: Vec<StepResult>,
    /// The steps of each stage, by its index: indices into [`Build::steps`].
    pub stage_steps: BTreeMap<usize, Vec<usize>>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// The time from start to end in milliseconds, independent stages side by side.
    pub total_ms: u64,
    /// How much longer the build would take if the steps that come from the cache ran, in milliseconds.
    pub saved_ms: u64,
    /// How long these steps took when they ran, one after another.
    pub saved_step_ms: u64,
    /// The chain that determines the time from start to end, without what takes none.
    pub critical_path: Vec<PathPart>,
    /// The sending of the build context, where a step takes of it.
    pub transfer: Option<Transfer>,
    /// Base images that have to be loaded.
    pub pulls: Vec<Pull>,
    /// These by their image.
    pub(crate) pulling: BTreeMap<String, usize>,
}

/// Why a build failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// As `docker build` prints it behind `failed to solve: `.
    pub message: String,
    /// The step, as an index into [`Build::steps`]; none where the context could not be sent.
    pub step: Option<usize>,
}

/// What happens to a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    /// Its result was in the cache.
    Cached,
    /// It ran.
    Ran,
    /// It ran and failed.
    Failed,
    /// Another step failed before it came to run.
    #[default]
    NotReached,
    /// The target does not need its stage.
    NotNeeded,
}

/// What happened to a step.
#[derive(Clone, Debug, Default)]
pub struct StepResult {
    /// The index of its stage.
    pub stage: usize,
    /// Its index in the stage's steps.
    pub number: usize,
    /// What happened.
    pub state: StepState,
    /// Why it ran.
    pub reason: Option<Reason>,
    /// What it left, or printed before it failed.
    pub record: Option<Rc<Record>>,
    /// How long it took, in milliseconds; 0 where cached.
    pub ms: u64,
    /// When it started, in milliseconds from the build's start.
    pub start_ms: u64,
    /// When it would have started if the steps that come from the cache ran.
    pub uncached_start_ms: u64,
    /// The images that have to be loaded for it, as indices into [`Build::pulls`].
    pub pulls: Vec<usize>,
    /// The steps that it waited for, as indices into [`Build::steps`].
    pub inputs: Vec<usize>,
    /// Whether it takes files from the build context.
    pub reads_context: bool,
    /// The checksums of the files that it takes, each with the stage or image that they are from; `None` for the context.
    /// Our own digests: the same where BuildKit's are the same.
    pub contents: Vec<(Option<String>, [u8; 32])>,
    /// Whether it is a base image that BuildKit shows without stage and number, because a COPY --from or a mount names
    /// it too.
    pub unnumbered: bool,
    /// Whether the progress display marks it as cached: see [`crate::simulate`].
    pub marked: bool,
    /// The engine's message for a failed step.
    pub error: Option<String>,
}
