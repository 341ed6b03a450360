//! Rewrites: each is one file with what it looks for and what it makes of it. Whether it gains is found by building it.

mod chain_runs;
mod clean_up;
mod copy_owner;
mod dockerignore;
mod manifest_first;
mod mount_cache;
mod non_root;
mod packages_first;
mod pin_tag;
mod recommends;
mod second_stage;
mod secret_mount;
mod slimmer_base;

use report::{Options, Value};
use source::TextEdit;

use crate::facts::Facts;

/// A kind of rewrite.
pub(crate) struct Rewrite {
    /// Its name in the page's locales, behind `suggest-`.
    pub code: &'static str,
    /// What it makes of a project: what is worth trying.
    pub find: fn(&Facts) -> Vec<Proposal>,
}

/// A rewrite that may be worth something.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proposal {
    /// Set from its kind.
    pub code: &'static str,
    /// The arguments of its sentences.
    pub args: Vec<(&'static str, Value)>,
    /// Of the Dockerfile.
    pub edits: Vec<TextEdit>,
    /// Of `.dockerignore`.
    pub ignore: Vec<TextEdit>,
    /// The options that it is built with, where they are others.
    pub options: Option<Options>,
    /// Whether it is only worth a try where none of its kind before it was suggested: a part of one.
    pub otherwise: bool,
    /// Whether no file of the image may have another owner, mode or content: the rewrite is to leave them as they are.
    pub keeps_files: bool,
    /// An image whose facts have to be loaded before it can be tried: there is nothing else then.
    pub wanted: Option<String>,
}

impl Proposal {
    fn of(edits: Vec<TextEdit>) -> Proposal {
        Proposal { edits, ..Proposal::default() }
    }

    fn text(mut self, name: &'static str, value: &str) -> Proposal {
        self.args.push((name, Value::Text(value.to_owned())));
        self
    }

    /// Whether there is something to try.
    pub fn is_something(&self) -> bool {
        !self.edits.is_empty() || !self.ignore.is_empty() || self.wanted.is_some()
    }

    fn otherwise(self) -> Proposal {
        Proposal { otherwise: true, ..self }
    }

    fn wants(image: &str) -> Proposal {
        Proposal { wanted: Some(image.to_owned()), ..Proposal::default() }
    }
}

/// In the order in which they are tried.
pub(crate) const REWRITES: [Rewrite; 15] = [
    secret_mount::VARIABLE,
    secret_mount::FILE,
    manifest_first::REWRITE,
    packages_first::REWRITE,
    second_stage::REWRITE,
    slimmer_base::REWRITE,
    dockerignore::REWRITE,
    dockerignore::SECRETS,
    chain_runs::REWRITE,
    clean_up::REWRITE,
    recommends::REWRITE,
    mount_cache::REWRITE,
    copy_owner::REWRITE,
    non_root::REWRITE,
    pin_tag::REWRITE,
];

/// The codes of all rewrites.
#[must_use]
pub fn codes() -> Vec<&'static str> {
    REWRITES.iter().map(|rewrite| rewrite.code).collect()
}
