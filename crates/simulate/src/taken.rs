//! What a step takes files from.

use std::collections::{BTreeMap, BTreeSet};

use filesystem::{CopyError, Cred, FileSystem};

use crate::cache::Digest;
use crate::execute::StepError;
use crate::key::{Hash, Input};
use crate::stand::Stand;
use crate::trace::TakenFiles;
use crate::{Basis, Evidence, unlisted};

/// Checksums of what steps of one build take, by source and paths.
pub(crate) type Checksums = BTreeMap<Digest, Result<Digest, String>>;

/// An input of a step beside its stage's own files.
pub(crate) struct Taken {
    pub(crate) taken: TakenFiles,
    pub(crate) names: BTreeSet<Digest>,
    pub(crate) known: BTreeSet<Digest>,
    pub(crate) vertex: Digest,
    /// How long all that leads here takes, in milliseconds.
    pub(crate) end_ms: u64,
    pub(crate) last: Option<usize>,
    /// Whether the last step ran.
    pub(crate) ran: bool,
    pub(crate) failed: bool,
    /// How sure its files are, and what the estimates among them rest on.
    pub(crate) basis: Basis,
    pub(crate) evidence: BTreeSet<Evidence>,
    /// Whether there may be more files than are known.
    pub(crate) open: bool,
    /// Whether it was worked out again: see [`crate::stand::Stand`].
    pub(crate) restated: bool,
    /// The files of the image at its bottom, where only an outline of them is known.
    pub(crate) outline: Option<FileSystem>,
    /// Whether it is not looked into before the step runs: nothing was ever put into it, or it is what the step writes
    /// to, whose content BuildKit never takes for a key (`solver/llbsolver/ops/file.go`, `markInvalid`).
    pub(crate) unread: bool,
    /// Whether it is none that a user would know: heredocs, empty mounts.
    pub(crate) internal: bool,
}

impl Taken {
    pub(crate) fn nothing() -> Taken {
        let name = Hash::new("nothing").finish();
        Taken {
            taken: TakenFiles { from: None, files: FileSystem::default(), patterns: Vec::new(), exclude: Vec::new() },
            names: BTreeSet::from([name]),
            known: BTreeSet::from([name]),
            vertex: name,
            end_ms: 0,
            last: None,
            ran: false,
            failed: false,
            basis: Basis::Exact,
            evidence: BTreeSet::new(),
            open: false,
            restated: false,
            outline: None,
            unread: false,
            internal: true,
        }
    }

    /// The layer of a linked copy, for the step that merges it.
    pub(crate) fn linked(copy: Stand) -> Taken {
        Taken {
            taken: TakenFiles { from: Some(copy.base), files: copy.files, patterns: Vec::new(), exclude: Vec::new() },
            names: copy.names,
            known: copy.known,
            vertex: copy.vertex,
            end_ms: copy.end_ms,
            last: copy.last,
            ran: copy.ran,
            failed: copy.failed,
            basis: copy.basis,
            evidence: copy.evidence,
            open: copy.open,
            restated: copy.restated,
            outline: None,
            unread: true,
            internal: false,
        }
    }

    pub(crate) fn documents(documents: &[(String, String)]) -> Taken {
        let hash = documents.iter().fold(Hash::new("documents"), |hash, (name, text)| hash.text(name).text(text));
        let name = hash.finish();
        Taken { names: BTreeSet::from([name]), known: BTreeSet::from([name]), vertex: name, ..Taken::nothing() }
    }

    /// The checksum of what is taken. Several steps may take the same: `memo` holds those that are known already.
    pub(crate) fn checksum(&self, memo: &mut Checksums) -> Result<Option<Digest>, StepError> {
        if self.internal || self.unread {
            return Ok(None);
        }
        let from = self.taken.from.as_deref().unwrap_or_default();
        let mut key = Hash::new(from).digest(&self.vertex);
        for text in self.taken.patterns.iter().chain([&String::new()]).chain(&self.taken.exclude) {
            key = key.text(text);
        }
        let known = memo.entry(key.finish()).or_insert_with(|| self.contents());
        known
            .clone()
            .map(Some)
            .map_err(|error| StepError::in_key(format!("failed to calculate checksum of ref REF: {error}")))
    }

    fn contents(&self) -> Result<Digest, String> {
        let options =
            filesystem::ChecksumOptions { exclude: self.taken.exclude.clone(), local: self.taken.from.is_none() };
        let mut content = Hash::new("contents");
        for pattern in &self.taken.patterns {
            let digest = match filesystem::checksum(&self.taken.files, pattern, &options) {
                Ok(digest) => digest,
                Err(CopyError::NotFound { path }) if self.may_hold(&path) => {
                    Hash::new("unknown").text(pattern).finish()
                }
                Err(error) => return Err(error.to_string()),
            };
            content = content.digest(&digest);
        }
        Ok(content.finish())
    }

    /// Whether a path that is missing may be there in a real build: a step before is not modelled, or it lies where the
    /// base image, of which only an outline is known, has files.
    pub(crate) fn may_hold(&self, path: &str) -> bool {
        let top = path.split('/').find(|part| !part.is_empty()).unwrap_or_default();
        let in_outline = |files: &FileSystem| files.stat(&format!("/{top}"), true, &Cred::root()).is_ok();
        self.open || unlisted::bytes(&self.taken.files, path).is_some() || self.outline.as_ref().is_some_and(in_outline)
    }

    /// The ways in which this input is known: what it is, with the paths that are taken, and what these hold.
    /// The context is known by what it holds alone.
    pub(crate) fn input(&self, known: bool, content: Option<Digest>) -> Input {
        if self.internal {
            return Input { definitions: self.names.clone(), content: None };
        }
        let names = if known { &self.known } else { &self.names };
        let select = |name: &Digest| {
            self.taken.patterns.iter().fold(Hash::new("selected").digest(name), |hash, path| hash.text(path)).finish()
        };
        Input { definitions: names.iter().map(select).collect(), content }
    }
}
