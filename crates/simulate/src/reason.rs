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
    /// COPY or ADD takes other paths: their last parts count, whatever they hold.
    SourcesChanged {
        /// What they were.
        before: Vec<String>,
        /// What they are.
        after: Vec<String>,
    },
    /// COPY or ADD puts the files elsewhere.
    DestinationChanged {
        /// Where it was.
        before: String,
        /// Where it is.
        after: String,
    },
    /// A flag of the instruction is another.
    FlagChanged {
        /// Its name: `--chown`.
        flag: &'static str,
        /// What it was, `None` if it was not there.
        before: Option<String>,
        /// What it is.
        after: Option<String>,
    },
    /// The text of a heredoc is another.
    HeredocChanged,
    /// A variable is another that the command gets, or that the instruction's text names.
    VariableChanged {
        /// What gives it, now or in the build before.
        by: VariableKind,
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
    ShellChanged {
        /// What it was: `/bin/sh -c`.
        before: String,
        /// What it is.
        after: String,
    },
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

/// What gives a variable its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableKind {
    /// ENV, or the base image.
    Env,
    /// ARG, with its default or a build argument.
    Arg,
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
