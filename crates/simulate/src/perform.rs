//! A step that is not in the cache is carried out.

use std::rc::Rc;

use filesystem::{EntryKind, FileSystem, LayerEntry};
use plan::{Operation, Step};

use crate::cache::{Digest, Record, record};
use crate::copies::copied;
use crate::execute::{Ending, Execution, StepError, statement};
use crate::process::{Known, Surroundings};
use crate::stand::Stand;
use crate::taken::Taken;
use crate::{Basis, measured, run_step, workdir_step};

/// The layers that a container's or image's file system may have below a new one (moby's overlay2 driver, `maxDepth`).
const MAX_LAYERS_BELOW: usize = 128;

/// What a copy takes beside the writing of its files, in milliseconds.
const COPY_MS: u64 = 10;

/// What a step left, or why it failed and what it had printed by then.
type Outcome = Result<Record, (StepError, Option<Box<Record>>)>;

impl Execution<'_> {
    /// Runs a step; nothing where it is cancelled before it is done.
    pub(crate) fn run_in_time(
        &mut self,
        step: &Step,
        stand: &Stand,
        sources: &[Taken],
        vertex: Digest,
    ) -> Option<Outcome> {
        let starts = sources.iter().map(|source| source.end_ms).chain([stand.end_ms]);
        let start_ms = starts.max().unwrap_or_default();
        let container_ms = self.world.profile.container_start_ms;
        let deadline_ms = self.doom.as_ref().map(|doom| doom.deadline_ms(&vertex, container_ms));
        let ending = self.ending.filter(|ending| ending.step != vertex);
        let is_late = |at_ms: u64| ending.is_some_and(|ending| ending.at_ms <= at_ms);
        if is_late(start_ms) || deadline_ms.is_some_and(|deadline_ms| deadline_ms <= start_ms) {
            return None;
        }
        let outcome = self.run(step, stand, sources);
        let ms = match &outcome {
            Ok(record) => record.ms,
            Err((_, record)) => record.as_ref().map_or(0, |record| record.ms),
        };
        let end_ms = start_ms.saturating_add(ms);
        let in_time = deadline_ms.is_none_or(|deadline_ms| end_ms <= deadline_ms);
        // what is about to end by then comes to its end
        let in_time = in_time && !is_late(end_ms.saturating_sub(container_ms / 4));
        if in_time && outcome.is_err() && self.doom.is_none() && self.ending.is_none_or(|known| end_ms < known.at_ms) {
            let earlier = self.first_failure.is_none_or(|known| end_ms < known.at_ms);
            self.first_failure =
                if earlier { Some(Ending { step: vertex, at_ms: end_ms }) } else { self.first_failure };
        }
        // the build fails once
        let is_second = outcome.is_err() && self.build.failure.is_some();
        (in_time && !is_second).then_some(outcome)
    }

    /// Runs a step. What was measured of it is what it took.
    pub(crate) fn run(&mut self, step: &Step, stand: &Stand, sources: &[Taken]) -> Outcome {
        let mut outcome = self.carry_out(step, stand, sources);
        if let Ok(record) = &mut outcome {
            measured::time(record, measured::measured(self.world, step));
        }
        outcome
    }

    fn carry_out(&mut self, step: &Step, stand: &Stand, sources: &[Taken]) -> Outcome {
        if stand.layers > MAX_LAYERS_BELOW {
            return Err((StepError::new("failed to prepare REF as REF: max depth exceeded"), None));
        }
        let mut files = stand.files.clone();
        files.set_now(self.world.now);
        files.begin_layer();
        match &step.operation {
            Operation::From => Ok(record(&stand.files, files, Vec::new(), 0, Basis::Exact, Vec::new())),
            Operation::Workdir(workdir) => {
                let empty = stand.is_empty();
                workdir_step::execute(&mut files, workdir, empty).map_err(|error| (error, None))?;
                Ok(record(&stand.files, files, Vec::new(), self.world.profile.command_ms, Basis::Exact, Vec::new()))
            }
            Operation::Merge => {
                if let Some(linked) = sources.first() {
                    files.apply(&linked.taken.files.layer());
                }
                // the layer is the copy's
                let merged = record(&stand.files, files, Vec::new(), 0, Basis::Exact, Vec::new());
                Ok(Record { layer: Rc::default(), before: Rc::new([]), ..merged })
            }
            Operation::Copy(copy) => {
                let (source, profile) = (sources.first(), self.world.profile);
                let copied = copied(self.store.memory.copies(), files, copy, source, stand.is_empty());
                let mut record = copied.map_err(|error| (error, None))?;
                let written = profile.write_ms(record.layer.size(), record.layer.entries.len() as u64);
                record.ms = written.saturating_add(COPY_MS);
                // files that came of an estimate are no surer for being copied
                let estimated =
                    |entry: &LayerEntry| matches!(&entry.kind, EntryKind::File(content) if !content.is_known());
                if let Some(source) = source.filter(|_| record.layer.entries.iter().any(estimated)) {
                    record.basis = record.basis.max(source.basis);
                    record.evidence.clone_from(&source.evidence);
                }
                Ok(record)
            }
            Operation::Run(run) => {
                let shown: Vec<FileSystem> = sources.iter().map(|source| source.taken.files.clone()).collect();
                // what an estimated step put there is not known by name
                let known = match stand.programs {
                    Known::InFull | Known::Programs if stand.open || stand.basis != Basis::Exact => Known::InOutline,
                    known => known,
                };
                let basis = if stand.open { Basis::NotModelled } else { stand.basis };
                let around = Surroundings { outline: stand.outline.as_ref(), basis };
                let run = (run, statement(self.world, step), measured::measured(self.world, step));
                run_step::execute(files, run, &shown, known, around, self.world, &mut self.store)
            }
        }
    }
}
