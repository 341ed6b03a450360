//! Running commands: the interpreter of shell scripts and what the kernel does around it.
//!
//! [`run`] does what the engine's runtime does for a RUN: user, mounts, program lookup. A [`Machine`] is the container,
//! a [`Process`] what one command sees of itself. The shell is busybox's ash (and bash, as far as its own syntax goes);
//! scripts are text that crate `shell` parses.
//!
//! It does not model: time sharing. The parts of a pipeline run one after another, each to its end; a background command
//! runs at once.
//!
//! Invariants: every run ends, by [`MAX_STEPS`] and [`MAX_DEPTH`] at the latest, and says so in its meter.

mod arithmetic;
mod arrays;
mod builtins;
mod condition;
mod container;
mod coprocess;
mod descriptor;
mod execute;
mod expand;
mod extended;
mod glob;
mod listing;
mod loops;
mod machine;
mod numbers;
mod options;
mod parameter;
mod pattern;
mod prompt;
mod redirect;
mod script;
mod select;
mod shell;
mod simple;
mod start;
mod supply;
mod task;
mod timing;
mod trace;
mod transform;
mod trap;
mod unsure;
mod user;
mod wording;
mod wrong;

pub use container::run;
pub(crate) use container::{attach_runtime, run_mounted};
pub use descriptor::{Descriptor, OpenMode};
pub use machine::{Flavour, LogLine, Machine, Stream, flavour};
pub use start::execute;
pub use task::{ENDLESS_OUTPUT_BYTES, Process, text_of};
pub(crate) use trace::dollar_quoted;
pub(crate) use unsure::Surroundings;

use catalog::Catalog;

use crate::{Meter, Profile};

/// Steps of the interpreter (commands, loop turns, expansions) that one RUN may take.
pub const MAX_STEPS: u64 = 300_000;
/// How deep commands may be inside each other: compound commands, functions, substitutions, shells.
pub const MAX_DEPTH: u32 = 160;
/// The longest file or pipe that a command may write.
pub const MAX_CONTENT_BYTES: u64 = 1 << 40;
/// How much a read gets of a file without end when it asks for all of it.
pub const MAX_READ_BYTES: u64 = 1 << 30;
/// How much text a filter looks at.
pub const TEXT_BYTES: usize = 16 << 20;
/// Lines of the build log that are kept of one RUN.
pub const LOG_LINES: usize = 2_000;
/// Bytes of the build log that are kept of one RUN.
pub const LOG_BYTES: usize = 256 << 10;

/// What a RUN runs, and where.
pub struct RunRequest<'a> {
    /// The program and its arguments: `["/bin/sh", "-c", "echo hi"]`.
    pub argv: &'a [String],
    /// The environment, in the order of the image's config.
    pub env: &'a [(String, String)],
    /// WORKDIR.
    pub cwd: &'a str,
    /// USER: empty for root, `name`, `uid`, `name:group`, `uid:gid`.
    pub user: &'a str,
    /// Whether there is a network.
    pub network: bool,
    /// How much is known of the programs in the image.
    pub known: Known,
    /// The speeds that durations come from.
    pub profile: &'a Profile,
    /// Facts about images and packages.
    pub catalog: &'a Catalog,
}

/// How much is known of what is in an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// All of it: a program that is not found is not there.
    #[default]
    InFull,
    /// All its programs and users, but of its other files only the notable ones.
    Programs,
    /// Its notable programs: those with a model are there or not, others may be. So too behind a step that is estimated
    /// or not modelled.
    InOutline,
    /// The system that it is likely built on, and no more: any program and user may have been added, but not the package
    /// manager of another system.
    System,
    /// Nothing, not even whether it has a shell.
    Nothing,
}

/// What came of a RUN; its files are in the file system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunOutcome {
    /// The exit code.
    pub exit: i32,
    /// Why the engine could not even make the process: a user or group that the image does not know. The message of
    /// the step is then `process "ARGV" did not complete successfully: START_ERROR`. Where this is `None`, it is
    /// `process "ARGV" did not complete successfully: exit code: EXIT`; a program that is missing or cannot be executed
    /// is told in the log, as the engine does.
    pub start_error: Option<String>,
    /// What appears in the build log.
    pub log: Vec<LogLine>,
    /// Time, basis and notes.
    pub meter: Meter,
}

/// How starting a program failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartError {
    /// No such file, in PATH or at the path: status 127.
    NotFound,
    /// A file that may not be executed: status 126.
    NotExecutable,
}

impl StartError {
    /// The status that a shell gives for it.
    #[must_use]
    pub fn status(self) -> i32 {
        match self {
            StartError::NotFound => 127,
            StartError::NotExecutable => 126,
        }
    }
}
