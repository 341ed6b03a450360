//! What a plan is made of.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use catalog::{Catalog, Image, ImageConfig, Reference};
use dockerfile::MountKind;
use source::{Diagnostic, TextRange};

use crate::Environment;

/// What a build is asked for, beside the Dockerfile.
#[derive(Clone, Debug)]
pub struct PlanOptions<'a> {
    /// `--build-arg`, in order; a later one of the same name wins.
    pub build_args: &'a [(String, String)],
    /// `--target`
    pub target: Option<&'a str>,
    /// `--platform`, empty for linux/amd64.
    pub platform: &'a str,
    /// What is known of base images.
    pub catalog: &'a Catalog,
    /// Whether the stages that the target does not need are run through too, as `docker build --check` does.
    pub all_stages: bool,
    /// Whether the engine can put layers on top of each other without making them anew, as containerd's image store
    /// lets it: `--link` has an effect then.
    pub link: bool,
    /// What makes the `.dockerignore` file unusable: found once the stages are resolved, before their instructions.
    pub ignore_error: Option<String>,
}

/// A Dockerfile, ready to be executed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The stages, in the order of the file.
    pub stages: Vec<Stage>,
    /// The index of the stage that is built.
    pub target: Option<usize>,
    /// Why `docker build` refuses it.
    pub error: Option<Diagnostic>,
    /// Variables that were used and are not set.
    pub unset: Vec<Unset>,
    /// The words that the checks look at, variables expanded, in the order in which they were planned.
    pub words: Vec<Words>,
    /// The stages as FROM sees them, for the checks.
    pub from_lines: Vec<FromLine>,
    /// For each instruction of the file: whether it was planned, because its stage is needed and no error came before.
    pub dispatched: Vec<bool>,
    /// Arguments before the first FROM, and the automatic ones.
    pub global: Environment,
    /// Images whose facts FROM and COPY --from need and the catalog has not got, in short form: those of the same name,
    /// or those that stand for them.
    pub missing_images: Vec<String>,
}

/// A variable that was used and is not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unset {
    /// Its name.
    pub name: String,
    /// The index of the instruction.
    pub instruction: usize,
    /// Whether it is FROM that uses it.
    pub in_from: bool,
    /// A name that may have been meant.
    pub suggestion: Option<String>,
}

/// What an instruction's words come out as: the names of ENV, the path of WORKDIR, the sources of COPY and ADD, the ports
/// of EXPOSE up to one whose protocol is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The index of the instruction; a trigger's is its stage's FROM.
    pub instruction: usize,
    /// The words.
    pub words: Vec<String>,
}

/// A FROM as it comes out with the arguments of this build, and with the defaults alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromLine {
    /// The index of the instruction.
    pub instruction: usize,
    /// Whether the image's name is none when no build argument is given.
    pub invalid_by_default: bool,
    /// The value of `--platform`, and the variables in it that are set.
    pub platform: Option<(String, Vec<String>)>,
}

/// A stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its index in the file.
    pub index: usize,
    /// Its name in lower case.
    pub name: Option<String>,
    /// What step names call it: its name, `stage-0`, or nothing for a lone stage.
    pub label: String,
    /// The indices of its instructions, its FROM first.
    pub instructions: Range<usize>,
    /// Where it is in the source.
    pub range: TextRange,
    /// What it starts from.
    pub base: Base,
    /// Whether the target needs it.
    pub needed: bool,
    /// Its steps; only of needed stages, and only up to an error.
    pub steps: Vec<Step>,
    /// The image's config after its last instruction.
    pub config: ImageConfig,
    /// What of the config its own instructions set.
    pub settings: Settings,
    /// Its history, oldest first, without the rows of its base.
    pub history: Vec<History>,
}

/// A field of the config, such as `Env`, and the name of the variable, label, port or volume in it; empty for other fields.
/// Each with the index of the last instruction that set it; a trigger's is its stage's FROM.
pub type Settings = BTreeMap<(&'static str, String), usize>;

/// What a stage starts from.
#[derive(Clone, Debug, PartialEq)]
pub enum Base {
    /// `FROM scratch`
    Scratch,
    /// An earlier stage, by index.
    Stage(usize),
    /// An image.
    Image(BaseImage),
    /// A FROM that makes no sense.
    Invalid,
}

/// An image that a stage starts from or takes files from.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseImage {
    /// Its name.
    pub reference: Reference,
    /// What is known of it, or of the image that stands for it.
    pub image: Option<Rc<Image>>,
    /// Whether `image` is another one that stands for it.
    pub stand_in: bool,
    /// Where nothing is known of it: the image of the system that its name speaks of.
    pub system: Option<Rc<Image>>,
    /// The image that the catalog knows by name only, and whose facts would be needed.
    pub wanted: Option<String>,
}

impl BaseImage {
    /// An image that has not been looked up yet, by its name as it is written.
    pub(crate) fn unresolved(name: String) -> BaseImage {
        let reference = Reference { domain: String::new(), path: name, tag: None, digest: None };
        BaseImage { reference, image: None, stand_in: false, system: None, wanted: None }
    }
}

/// A row of the history that a stage adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// What `docker history` shows.
    pub created_by: String,
    /// The step that makes its layer, as an index into [`Stage::steps`].
    pub step: Option<usize>,
    /// The index of the instruction in the file; a trigger's is its stage's FROM.
    pub instruction: usize,
}

/// Something that is executed.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// As the progress display prints it: `[build 2/6] WORKDIR /app`.
    pub name: String,
    /// The instruction's part of the name.
    pub text: String,
    /// The instruction as written, variables not expanded.
    pub written: String,
    /// The index of the instruction in the file; a trigger's is its stage's FROM.
    pub instruction: usize,
    /// The variables that the instruction was expanded with.
    pub environment: Environment,
    /// The working directory as WORKDIR has it, `/app/` for one.
    pub directory: String,
    /// What it does.
    pub operation: Operation,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// The base image is taken.
    From,
    /// A command runs.
    Run(Run),
    /// Files are copied (COPY and ADD).
    Copy(CopyFiles),
    /// The layer of the linked copy that is the step before is put on the stage's files.
    Merge,
    /// A directory is made.
    Workdir(Workdir),
}

/// A command, with all that its cache key is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The words: those of SHELL and the script, or those of the exec form.
    pub arguments: Vec<String>,
    /// Whether SHELL is in front.
    pub shell_form: bool,
    /// The environment, in order.
    pub environment: Environment,
    /// Proxy variables that no ARG declares: in the environment and not in the key.
    pub proxies: Vec<(String, String)>,
    /// The working directory.
    pub directory: String,
    /// The same as WORKDIR has it, `/app/` for one: so it is part of the cache key.
    pub directory_written: String,
    /// The user; empty for root.
    pub user: String,
    /// The mounts, in order.
    pub mounts: Vec<Mount>,
    /// `default`, `none` or `host`.
    pub network: String,
    /// A heredoc that begins with `#!`: its path below `/dev/pipes` and its text.
    pub script: Option<(String, String)>,
}

/// A mount of a RUN, variables expanded.
#[derive(Clone, Debug, PartialEq)]
pub struct Mount {
    /// Its kind.
    pub kind: MountKind,
    /// Where its files are from: the context, a stage or an image.
    pub from: Source,
    /// The path in there.
    pub source: String,
    /// Where it is mounted: absolute.
    pub target: String,
    /// The cache's or the secret's id.
    pub id: String,
    /// Whether nothing may be written.
    pub read_only: bool,
    /// Whether a missing secret is an error.
    pub required: bool,
    /// `shared`, `private` or `locked`
    pub sharing: String,
    /// `mode`
    pub mode: Option<u32>,
    /// `uid`
    pub uid: Option<u32>,
    /// `gid`
    pub gid: Option<u32>,
    /// `size`
    pub size: Option<u64>,
    /// The variable that a secret is put into.
    pub env: Option<String>,
    /// Whether a target was given.
    pub has_target: bool,
}

/// Where files are from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// The build context.
    Context,
    /// A stage, by index.
    Stage(usize),
    /// An image.
    Image(BaseImage),
    /// Nothing: `from=scratch`, and mounts that have no files at first.
    Empty,
}

/// COPY or ADD, variables expanded.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyFiles {
    /// Whether it is ADD.
    pub add: bool,
    /// Where the files are from.
    pub from: Source,
    /// Paths and patterns from the source's root: `/src/*.js`.
    pub sources: Vec<String>,
    /// Files given in heredocs: name and text.
    pub documents: Vec<(String, String)>,
    /// Where to: absolute, a slash at the end kept.
    pub destination: String,
    /// `--chown`
    pub chown: String,
    /// `--chmod`
    pub chmod: String,
    /// `--link`, where it has an effect: the layer is made on nothing, and the step behind merges it.
    pub link: bool,
    /// `--exclude`
    pub exclude: Vec<String>,
    /// Whether archives are unpacked.
    pub unpack: bool,
    /// `--checksum`
    pub checksum: String,
}

/// WORKDIR.
#[derive(Clone, Debug, PartialEq)]
pub struct Workdir {
    /// The directory: absolute; `/` makes nothing.
    pub path: String,
    /// The user that the directory belongs to; empty for root.
    pub user: String,
}
