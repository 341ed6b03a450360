//! Where a stage stands between two steps.

use std::collections::BTreeSet;

use filesystem::FileSystem;

use crate::cache::{Digest, Record};
use crate::key::Hash;
use crate::process::Known;
use crate::{Basis, Evidence};

/// The name of the image that is none.
const SCRATCH: &str = "scratch";

/// Files, and all that a look-up needs to know of how they came about.
#[derive(Clone, Default)]
pub(crate) struct Stand {
    pub(crate) files: FileSystem,
    /// The layers that the files are made of.
    pub(crate) layers: usize,
    /// The names of the result, for keys that are kept.
    pub(crate) names: BTreeSet<Digest>,
    /// The same for look-ups: empty behind a step that was told not to use the cache.
    pub(crate) known: BTreeSet<Digest>,
    /// The digest of all that leads here, by which equal steps of one build are found.
    pub(crate) vertex: Digest,
    /// How long all that leads here takes, one step after the other, in milliseconds.
    pub(crate) end_ms: u64,
    /// The last step, as an index into the build's steps.
    pub(crate) last: Option<usize>,
    /// Whether the last step ran.
    pub(crate) ran: bool,
    pub(crate) base: String,
    pub(crate) failed: bool,
    /// How sure the files are: the worst of the steps on the way.
    pub(crate) basis: Basis,
    /// What the estimates on the way rest on.
    pub(crate) evidence: BTreeSet<Evidence>,
    /// Whether there may be more files than are known: a step on the way is not modelled, or only its bytes are stated.
    pub(crate) open: bool,
    /// Whether it differs from what the cache had, because a step on the way is stated otherwise than when it was built.
    pub(crate) restated: bool,
    /// The base image's files, where only an outline of them is known.
    pub(crate) outline: Option<FileSystem>,
    /// What is known of the base image's programs and users.
    pub(crate) programs: Known,
}

/// Where a stage from scratch begins.
pub(crate) fn nothing_yet() -> Stand {
    let names = BTreeSet::from([Hash::new(SCRATCH).finish()]);
    Stand { base: SCRATCH.into(), known: names.clone(), names, ..Stand::default() }
}

impl Stand {
    /// Whether nothing was ever put here.
    pub(crate) fn is_empty(&self) -> bool {
        self.layers == 0 && self.base == SCRATCH
    }

    /// Goes on to what a step left.
    pub(crate) fn settle(&mut self, names: BTreeSet<Digest>, known: BTreeSet<Digest>, record: &Record, ran: bool) {
        self.files = record.files.clone();
        self.basis = self.basis.max(record.basis);
        self.evidence.extend(&record.evidence);
        self.open |= record.leaves_gaps();
        self.layers += 1;
        self.names = names;
        self.known = known;
        self.ran = ran;
    }
}
