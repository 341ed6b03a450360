//! What is kept of a build's steps to explain the next one.

use std::collections::BTreeSet;

use filesystem::FileSystem;
use plan::{Environment, Operation};

use crate::cache::Digest;

/// A step as it was in a build.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    /// Its stage's name, or number where it has none.
    pub(crate) stage: String,
    pub(crate) stage_index: usize,
    /// Its number in the stage.
    pub(crate) number: usize,
    /// The instruction as written, and how many of its stage before it read the same.
    pub(crate) written: String,
    pub(crate) repeat: usize,
    pub(crate) text: String,
    /// What the instruction was expanded with.
    pub(crate) environment: Environment,
    pub(crate) directory: String,
    pub(crate) operation: Operation,
    /// Whether the build had a network.
    pub(crate) network: bool,
    /// The names of the result that it was put on.
    pub(crate) parent: BTreeSet<Digest>,
    /// The base image that its stage starts from.
    pub(crate) base: String,
    /// What it takes files from.
    pub(crate) sources: Vec<TakenFiles>,
    /// Whether it left a result.
    pub(crate) done: bool,
}

/// Files that a step takes from the context, a stage or an image.
#[derive(Clone, Debug)]
pub(crate) struct TakenFiles {
    /// The stage or image that they are from; `None` for the context.
    pub(crate) from: Option<String>,
    pub(crate) files: FileSystem,
    pub(crate) patterns: Vec<String>,
    pub(crate) exclude: Vec<String>,
}
