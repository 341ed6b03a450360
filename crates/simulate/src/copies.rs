//! COPYs that need not be carried out again.
//!
//! Where a COPY was carried out on files that were the same, from a source that is the same but for what some files hold, it
//! comes to what it came to, with these files as they are now. As with RUNs (`memory.rs`) that is no part of Docker's cache,
//! and not to be seen in what comes of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use filesystem::{Cred, EntryKind, FileSystem, Kind, Layer, Went, Work};
use plan::CopyFiles;

use crate::cache::{Before, Record, record, state_before};
use crate::copy_step;
use crate::execute::StepError;
use crate::taken::Taken;
use crate::{Basis, Note};

/// COPYs that are kept.
const MOST: usize = 8;
/// What they may weigh together, by the weight of [`Work::weight`]: some tens of megabytes.
const MOST_WEIGHT: u64 = 400_000;
/// With more files edited a COPY is carried out.
const MOST_EDITS: usize = 64;

/// The COPYs that are kept, the latest last.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    kept: RefCell<Vec<Rc<Done>>>,
    spared: Cell<u64>,
}

/// A COPY that was carried out. Its record has no files, they follow from its work.
#[derive(Debug)]
struct Done {
    step: CopyFiles,
    /// Whether nothing had ever been put into the files that it was put on.
    empty: bool,
    source: FileSystem,
    work: Work,
    went: Went,
    layer: Rc<Layer>,
    before: Rc<[Before]>,
    weight: u64,
}

/// Carries out a COPY on files in which a layer begins. The record's time is still to be told.
pub(crate) fn copied(
    copies: Option<&Copies>,
    mut files: FileSystem,
    step: &CopyFiles,
    source: Option<&Taken>,
    empty: bool,
) -> Result<Record, StepError> {
    let plain = step.documents.is_empty() && !step.unpack && step.sources.iter().all(|path| path.starts_with('/'));
    let kept = copies.zip(source).filter(|_| plain);
    if let Some(record) = kept.and_then(|(copies, source)| copies.again(&files, step, &source.taken.files, empty)) {
        return Ok(record);
    }
    let below = files.clone();
    if kept.is_some() {
        files.watch();
    }
    let mut went = Went::default();
    let notes = copy_step::execute(&mut files, step, source, empty, &mut went)?;
    let work = files.unwatch(&below);
    let basis = match notes.as_slice() {
        [] => Basis::Exact,
        notes if notes.iter().any(|note| matches!(note, Note::NotModelled { .. })) => Basis::NotModelled,
        _ => Basis::Estimated,
    };
    let left = record(&below, files, Vec::new(), 0, basis, notes);
    if let (Some((copies, source)), Some(work), true) = (kept, work, left.notes.is_empty()) {
        let (source, layer, before) = (source.taken.files.clone(), Rc::clone(&left.layer), Rc::clone(&left.before));
        let weight = work.weight().saturating_add(went.len() as u64);
        copies.keep(Done { step: step.clone(), empty, source, work, went, layer, before, weight });
    }
    Ok(left)
}

impl Copies {
    /// How many COPYs were spared so far.
    pub fn spared(&self) -> u64 {
        self.spared.get()
    }

    fn again(&self, files: &FileSystem, step: &CopyFiles, source: &FileSystem, empty: bool) -> Option<Record> {
        let kept = self.kept.borrow();
        let same = kept.iter().rev().filter(|done| done.step == *step && done.empty == empty);
        let (record, done) = same.into_iter().find_map(|done| Some((done.again(files, source)?, Rc::clone(done))))?;
        drop(kept);
        self.keep_last(done);
        self.spared.set(self.spared.get().saturating_add(1));
        Some(record)
    }

    fn keep(&self, done: Done) {
        if done.weight <= MOST_WEIGHT {
            self.keep_last(Rc::new(done));
        }
    }

    fn keep_last(&self, done: Rc<Done>) {
        let mut kept = self.kept.borrow_mut();
        kept.retain(|other| !Rc::ptr_eq(other, &done));
        kept.push(done);
        while kept.len() > MOST || kept.iter().map(|done| done.weight).sum::<u64>() > MOST_WEIGHT {
            kept.remove(0);
        }
    }
}

impl Done {
    /// What it comes to on files of an equal tree, from another source.
    fn again(&self, below: &FileSystem, source: &FileSystem) -> Option<Record> {
        let edited = self.source.edited_files(source).filter(|edited| edited.len() <= MOST_EDITS)?;
        let options = copy_step::options(below, &self.step, self.empty).ok()?;
        let mut files = below.clone();
        if !files.redo(&self.work) {
            return None;
        }
        let changed = files.copy_edits(source, &edited, &self.went, &options)?;
        let (mut layer, mut before) = (Rc::clone(&self.layer), Rc::clone(&self.before));
        if !changed.is_empty() {
            let entries = &mut Rc::make_mut(&mut layer).entries;
            let states = Rc::make_mut(&mut before);
            for path in changed {
                let at = entries.binary_search_by(|entry| (*entry.tar_path()).cmp(path)).ok()?;
                let stat = files.stat(path, false, &Cred::root()).ok()?;
                let (entry, state, Kind::File(content)) = (entries.get_mut(at)?, states.get_mut(at)?, stat.kind) else {
                    return None;
                };
                (entry.kind, entry.attr) = (EntryKind::File(content.clone()), stat.attr);
                *state = state_before(below, &files, entry);
            }
        }
        Some(Record { files, layer, before, ..Record::of_nothing(Basis::Exact) })
    }
}
