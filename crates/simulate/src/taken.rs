//! What a step takes files from.

use std::collections::BTreeSet;

use filesystem::FileSystem;

use crate::cache::Digest;
use crate::execute::StepError;
use crate::key::{Hash, Input};
use crate::trace::TakenFiles;

/// An input of a step beside its stage's own files.
pub(crate) struct Taken {
    pub(crate) taken: TakenFiles,
    pub(crate) names: BTreeSet<Digest>,
    pub(crate) known: BTreeSet<Digest>,
    pub(crate) vertex: Digest,
    pub(crate) end_ms: u64,
    pub(crate) last: Option<usize>,
    pub(crate) failed: bool,
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
            failed: false,
            internal: true,
        }
    }

    pub(crate) fn documents(documents: &[(String, String)]) -> Taken {
        let hash = documents.iter().fold(Hash::new("documents"), |hash, (name, text)| hash.text(name).text(text));
        let name = hash.finish();
        Taken { names: BTreeSet::from([name]), known: BTreeSet::from([name]), vertex: name, ..Taken::nothing() }
    }

    /// The ways in which this input is known: what it is, with the paths that are taken, and what these hold.
    /// The context is known by what it holds alone.
    pub(crate) fn input(&self, known: bool) -> Result<Input, StepError> {
        if self.internal {
            return Ok(Input { definitions: self.names.clone(), content: None });
        }
        let names = if known { &self.known } else { &self.names };
        let select = |name: &Digest| {
            self.taken.patterns.iter().fold(Hash::new("selected").digest(name), |hash, path| hash.text(path)).finish()
        };
        let options =
            filesystem::ChecksumOptions { exclude: self.taken.exclude.clone(), local: self.taken.from.is_none() };
        let mut content = Hash::new("contents");
        for pattern in &self.taken.patterns {
            let digest = filesystem::checksum(&self.taken.files, pattern, &options)
                .map_err(|error| StepError::in_key(format!("failed to calculate checksum of ref REF: {error}")))?;
            content = content.digest(&digest);
        }
        Ok(Input { definitions: names.iter().map(select).collect(), content: Some(content.finish()) })
    }
}
