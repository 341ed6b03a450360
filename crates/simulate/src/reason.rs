//! Why a step ran.

/// Why a step ran and did not come from the cache: the first cause that is found, with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No build before this one had such a step: the first build, or a new line.
    New,
    /// A file that it copies or mounts was changed, by the path in the context.
    FileChanged {
        /// The path, as in the context (or absolute in the stage it comes from).
        path: String,
        /// How.
        how: FileDifference,
        /// How many more differ.
        others: usize,
        /// The stage that the file comes from, where it is not the context.
        stage: Option<String>,
    },
    /// The instruction's text, or what its variables give, is another.
    CommandChanged {
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// A variable in the command's environment is another.
    VariableChanged {
        /// Its name.
        name: String,
        /// What it was, `None` if it was not there.
        before: Option<String>,
        /// What it is.
        after: Option<String>,
    },
    /// The same variables in another order.
    VariablesReordered,
    /// The working directory is another.
    WorkdirChanged {
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// The user is another.
    UserChanged {
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// The SHELL is another.
    ShellChanged,
    /// A mount of it is another.
    MountsChanged,
    /// The base image is another.
    BaseChanged {
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// The step before it ran again.
    ParentRan {
        /// That step's index in [`crate::Build::steps`].
        step: usize,
    },
    /// The step before it is another one now: a line was put in, taken out or moved.
    ParentChanged {
        /// That step's index in [`crate::Build::steps`].
        step: usize,
    },
    /// The build was told not to use the cache.
    NoCache,
    /// The step failed in the build before: failures are not kept.
    FailedBefore,
    /// The target does not need its stage.
    StageNotNeeded,
}

/// How a file differs from the build before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDifference {
    /// Other content.
    Content,
    /// Another mode.
    Mode,
    /// Another owner.
    Owner,
    /// New.
    Added,
    /// Gone.
    Removed,
    /// Another link target or another kind.
    Kind,
}
