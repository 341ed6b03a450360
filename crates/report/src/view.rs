//! What a report is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub use dockerfile::{Token, TokenKind};
pub use filesystem::ImageStore;
pub use simulate::{Basis, Evidence, FileDifference, Note, Programs, Reason, StepState, Transfer, VariableKind};
pub use source::{Diagnostic, LineIndex, Severity, TextRange, Value};

use crate::contents::LayerContents;
use crate::json::Json;
use crate::key::KeyPart;
use crate::log::Progress;
use crate::measured::{MeasuredView, Measurement};
use crate::settings::SettingView;
use crate::step_files::StepFiles;

/// What the user asks for beside the files: the options of `docker build`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `-f`: the Dockerfile's path in the context; empty for `Dockerfile`.
    pub file: String,
    /// `--target`
    pub target: Option<String>,
    /// `--build-arg NAME=VALUE`; `None` takes the value from the environment, which is empty here.
    pub build_args: Vec<(String, Option<String>)>,
    /// Where the engine keeps images.
    pub store: ImageStore,
    /// `--no-cache`
    pub no_cache: bool,
    /// `--no-cache-filter`
    pub no_cache_filter: Vec<String>,
    /// `--secret id=…`: id and value.
    pub secrets: Vec<(String, String)>,
    /// `--network none` for the whole build.
    pub network_none: bool,
    /// `--platform`, empty for linux/amd64.
    pub platform: String,
    /// What was measured with a real engine.
    pub measured: Rc<[Measurement]>,
    /// Whether the build checks look at stages that are not needed too, as `docker build --check` does.
    pub all_stages: bool,
}

/// Everything that is shown of one build.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// Errors, Docker's build checks and notes, by line; the error that `docker build` would print first.
    pub problems: Vec<Problem>,
    /// The stages in the order of the file.
    pub stages: Vec<StageView>,
    /// The steps in the order that Docker lists them: stage by stage, FROM first.
    pub steps: Vec<StepView>,
    /// The image, where the build succeeds.
    pub image: Option<ImageView>,
    /// Sums.
    pub totals: Totals,
    /// What takes time, and what is saved.
    pub time: TimeView,
    /// The build's log as `docker build --progress=plain` prints it.
    pub log: Vec<String>,
    /// The same as the display of a terminal shows it.
    pub progress: Progress,
    /// The Dockerfile in classified pieces, for highlighting. They cover the whole text.
    pub tokens: Vec<Token>,
    /// The build context.
    pub context: ContextView,
    /// What became of the measurements.
    pub measured: MeasuredView,
    /// References of images whose facts FROM and COPY --from need and the catalog has not got, in short form (`node:22`):
    /// what the page may fetch.
    pub missing_images: Vec<String>,
    /// Tables of packages that a command would read and the catalog has not got: what the page may fetch
    /// ([`Catalog::insert_table`](catalog::Catalog::insert_table)).
    pub missing_tables: BTreeSet<&'static str>,
}

/// How a build ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// An image came out.
    #[default]
    Built,
    /// The Dockerfile is wrong: nothing ran. The message is Docker's.
    Invalid {
        /// As `docker build` prints it behind `failed to solve: `.
        message: String,
    },
    /// A step failed. The message is Docker's.
    Failed {
        /// As `docker build` prints it behind `failed to solve: `.
        message: String,
        /// The step's index in [`Report::steps`], if the failure is one step's.
        step: Option<usize>,
    },
}

/// Something to say at a place of the Dockerfile.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Code, severity, Docker's words, arguments and range.
    pub diagnostic: Diagnostic,
    /// The line, from 1; 0 where it concerns the whole file.
    pub line: usize,
    /// The last line of the instruction that it concerns: that of the message where there is none.
    pub last_line: usize,
    /// The page of Docker's documentation, for build checks.
    pub url: Option<String>,
}

/// A stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageView {
    /// Its index in the file.
    pub index: usize,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// What it starts from.
    pub base: BaseView,
    /// Where in the Dockerfile: from its FROM to the end of its last instruction.
    pub range: TextRange,
    /// Whether this is what the build makes.
    pub target: bool,
    /// Whether the target needs it.
    pub needed: bool,
    /// The stages that it takes from, by FROM, COPY --from or a mount: (index, how).
    pub inputs: Vec<(usize, InputKind)>,
    /// The indices of its steps in [`Report::steps`].
    pub steps: Vec<usize>,
}

/// How a stage takes from another, or a step from an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InputKind {
    /// FROM
    From,
    /// COPY --from
    Copy,
    /// RUN --mount from=
    Mount,
}

/// What a stage starts from.
#[derive(Clone, Debug, PartialEq)]
pub enum BaseView {
    /// `FROM scratch`
    Scratch,
    /// An earlier stage, by index.
    Stage(usize),
    /// An image.
    Image {
        /// As Docker names it: `docker.io/library/node:22-alpine`.
        name: String,
        /// Its short form: `node:22-alpine`.
        short: String,
        /// The catalog's entry that stands for it, where that is another one.
        counted_as: Option<String>,
        /// Of an image that nothing is known of: the catalog's entry whose system it is taken to have.
        system: Option<String>,
        /// Whether the catalog knows it, or its stand-in.
        known: bool,
        /// Its size in bytes, where known.
        bytes: u64,
    },
}

/// A step: FROM, RUN, COPY, ADD or WORKDIR of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StepView {
    /// Names it from build to build: stage and instruction as text, numbered where they repeat.
    pub id: String,
    /// The index of its stage.
    pub stage: usize,
    /// As the progress display prints it: `[build 2/6] WORKDIR /app`.
    pub name: String,
    /// The instruction's part of the name: `WORKDIR /app`.
    pub text: String,
    /// The instruction's place in the Dockerfile, and its first line from 1.
    pub range: TextRange,
    /// The first line, from 1.
    pub line: usize,
    /// What happens to it.
    pub state: StepState,
    /// Whether the progress display marks it as cached: a cached step may be left unmarked, and steps before one whose
    /// source is missing are marked although they are never run.
    pub marked: bool,
    /// Why it ran, or why it is not needed; `None` for a cached step.
    pub reason: Option<Reason>,
    /// The bytes of its layer.
    pub bytes: u64,
    /// How sure the bytes are.
    pub bytes_basis: Basis,
    /// How long it takes, in milliseconds; 0 where cached.
    pub ms: u64,
    /// When it starts, in milliseconds from the build's start.
    pub start_ms: u64,
    /// How sure that time is, and what else there is to say of it.
    pub timing: StepTiming,
    /// What its estimates rest on.
    pub evidence: Vec<Evidence>,
    /// What the simulation leaves out.
    pub notes: Vec<Note>,
    /// The programs that it started when it ran.
    pub programs: Programs,
    /// What it prints.
    pub output: Vec<String>,
    /// What its cache key is made of, beside the step before it; empty for a step that was not looked up.
    pub key: Vec<KeyPart>,
    /// The steps that it waits for, as indices into [`Report::steps`].
    pub inputs: Vec<usize>,
    /// Whether it reads the build context.
    pub reads_context: bool,
    /// The images that it takes files from, by COPY --from or a mount.
    pub images: Vec<(BaseView, InputKind)>,
    /// Its layer's entries, of steps that have one.
    pub files: StepFiles,
}

/// The time of a step, beside what it takes in this build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepTiming {
    /// How sure the time is.
    pub basis: Basis,
    /// How long it took when it ran, in milliseconds: of a cached step what the cache saves.
    pub built_ms: u64,
    /// When it would start if the build's cached steps ran, in milliseconds from the build's start.
    pub uncached_start_ms: u64,
    /// Whether it is on the chain that determines the build's time.
    pub critical: bool,
}

/// The time of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeView {
    /// How sure the time from start to end is.
    pub basis: Basis,
    /// How much longer the build would take if its cached steps ran, in milliseconds.
    pub saved_ms: u64,
    /// How long these steps took when they ran, one after another.
    pub saved_step_ms: u64,
    /// The chain that determines the time from start to end, in order, without what takes none.
    pub critical_path: Vec<PathView>,
    /// The sending of the build context, where a step takes of it.
    pub transfer: Option<Transfer>,
    /// The base images that are loaded although no FROM stands for them, because a COPY --from or a mount names them.
    pub pulls: Vec<PullView>,
}

/// The loading of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullView {
    /// The image, in short form.
    pub image: String,
    /// The bytes that are downloaded.
    pub bytes: u64,
    /// How long it takes, in milliseconds.
    pub ms: u64,
    /// When it starts, in milliseconds from the build's start.
    pub start_ms: u64,
}

/// A part of the chain that determines a build's time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathView {
    /// The step's [`StepView::id`], `[internal] load build context`, or `FROM` and the image that is loaded.
    pub id: String,
    /// The step, as an index into [`Report::steps`].
    pub step: Option<usize>,
    /// How long it takes, in milliseconds.
    pub ms: u64,
}

/// An entry of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileView {
    /// The absolute path.
    pub path: String,
    /// What happened to it.
    pub change: FileChange,
    /// `dir`, `file`, `symlink`, `hardlink`.
    pub kind: &'static str,
    /// The permission bits.
    pub mode: u32,
    /// The owner.
    pub uid: u32,
    /// The group.
    pub gid: u32,
    /// The bytes of a file.
    pub bytes: u64,
    /// A link's target.
    pub link: Option<String>,
}

/// What a layer does to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// It was not there below.
    Added,
    /// It was, and is written again.
    Changed,
    /// It is hidden by a whiteout.
    Removed,
}

/// The image that comes out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageView {
    /// The sum of its layers' bytes.
    pub bytes: u64,
    /// How sure that is.
    pub basis: Basis,
    /// The history, newest first, as `docker history` lists it.
    pub history: Vec<HistoryView>,
    /// The config's fields as `docker image inspect` shows them, empty ones left out: a JSON value for each name.
    pub config: BTreeMap<String, Json>,
    /// The same value by value, with where each was set.
    pub settings: Vec<SettingView>,
    /// The layers, oldest first.
    pub layers: Vec<LayerView>,
}

/// A row of `docker history`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryView {
    /// `CREATED BY`
    pub created_by: String,
    /// The layer's bytes.
    pub bytes: u64,
    /// Whether the row has no layer.
    pub empty: bool,
    /// The step that made it, as an index into [`Report::steps`]; `None` for the base image's rows and metadata.
    pub step: Option<usize>,
    /// The place of its instruction; empty for the base image's rows.
    pub range: TextRange,
    /// Its first line, from 1; 0 for the base image's rows.
    pub line: usize,
}

/// A layer of the image.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerView {
    /// The step that made it; `None` for a layer of the base image.
    pub step: Option<usize>,
    /// The base image and the number of its layer: `conformance/busybox:1#0`.
    pub base: Option<String>,
    /// What made it, for the reader.
    pub created_by: String,
    /// Its bytes.
    pub bytes: u64,
    /// How sure that is.
    pub basis: Basis,
    /// Its entries as its archive lists them; empty for a layer of the base image.
    pub entries: Vec<EntryView>,
    /// What it holds: files with what is in them, those of a base image too.
    pub contents: LayerContents,
}

/// An entry of a layer's tar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
    /// The absolute path; of a whiteout with its `.wh.`.
    pub path: String,
    /// `dir`, `file`, `symlink` or `hardlink`.
    pub kind: &'static str,
    /// The permission bits.
    pub mode: u32,
    /// The owner.
    pub uid: u32,
    /// The group.
    pub gid: u32,
    /// A file's bytes.
    pub size: Option<u64>,
    /// A symlink's target, a hard link's other path without its leading slash.
    pub link: Option<String>,
}

/// Sums over a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Steps that are needed, FROM not counted.
    pub steps: usize,
    /// Of these, those that came from the cache.
    pub cached: usize,
    /// Of these, those that ran.
    pub ran: usize,
    /// The time from start to end, steps of independent stages side by side, in milliseconds.
    pub ms: u64,
    /// The layers of the image, the base image's included.
    pub layers: usize,
    /// The bytes of the base image.
    pub base_bytes: u64,
    /// The bytes that the Dockerfile's steps add to the image.
    pub added_bytes: u64,
    /// How sure the sizes are.
    pub basis: Basis,
}

/// The build context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContextView {
    /// Its files, sorted by path.
    pub files: Vec<ContextFileView>,
    /// The bytes of the files that `.dockerignore` lets through.
    pub bytes: u64,
    /// The bytes of all files.
    pub all_bytes: u64,
}

/// A file of the build context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextFileView {
    /// The path from the context's root.
    pub path: Rc<str>,
    /// `dir`, `file` or `symlink`.
    pub kind: &'static str,
    /// The permission bits.
    pub mode: u32,
    /// A file's bytes.
    pub bytes: u64,
    /// The pattern of `.dockerignore` that leaves it out.
    pub ignored_by: Option<String>,
}
