//! What a step does to files, shared with the cache that has its layer.

use std::fmt;
use std::rc::Rc;

use filesystem::{EntryKind, LayerEntry};
use simulate::{Before, Record};

use crate::view::{FileChange, FileView};

/// The files that a step adds, changes and removes. Cheap to clone; they are read when they are asked for.
#[derive(Clone, Default)]
pub struct StepFiles(Holder);

#[derive(Clone, Default)]
enum Holder {
    #[default]
    Nothing,
    Record(Rc<Record>),
    Listed(Rc<[FileView]>),
}

impl StepFiles {
    pub(crate) fn of(record: Option<&Rc<Record>>) -> StepFiles {
        StepFiles(record.map_or(Holder::Nothing, |record| Holder::Record(Rc::clone(record))))
    }

    /// The files, sorted by their path in the layer's archive. Directories that were there before are left out.
    pub fn iter(&self) -> impl Iterator<Item = FileView> {
        self.entries().map(view).chain(self.listed().iter().cloned())
    }

    /// How many they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries().count() + self.listed().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries().next().is_none() && self.listed().is_empty()
    }

    /// The layer's entries, each with whether something was there before.
    fn entries(&self) -> impl Iterator<Item = (&LayerEntry, bool)> {
        let record = match &self.0 {
            Holder::Record(record) => Some(record),
            _ => None,
        };
        let entries = record.into_iter().flat_map(|record| record.layer.entries.iter().zip(&*record.before));
        let entries = entries.map(|(entry, before)| (entry, *before != Before::Nothing));
        entries.filter(|(entry, existed)| !(*existed && entry.kind == EntryKind::Dir))
    }

    fn listed(&self) -> &[FileView] {
        match &self.0 {
            Holder::Listed(files) => files,
            _ => &[],
        }
    }
}

impl From<Vec<FileView>> for StepFiles {
    fn from(files: Vec<FileView>) -> StepFiles {
        StepFiles(Holder::Listed(files.into()))
    }
}

fn view((entry, existed): (&LayerEntry, bool)) -> FileView {
    let (kind, bytes, link) = match &entry.kind {
        EntryKind::Dir | EntryKind::Opaque => ("dir", 0, None),
        EntryKind::File(content) => ("file", content.size(), None),
        EntryKind::Symlink(target) => ("symlink", 0, Some(target.clone())),
        EntryKind::Special(_) => ("other", 0, None),
        EntryKind::HardLink(other) => ("hardlink", 0, Some(other.clone())),
        EntryKind::Whiteout => ("file", 0, None),
    };
    let removed = matches!(entry.kind, EntryKind::Whiteout | EntryKind::Opaque);
    let change = match (removed, existed) {
        (true, _) => FileChange::Removed,
        (false, true) => FileChange::Changed,
        (false, false) => FileChange::Added,
    };
    let attr = entry.attr;
    FileView { path: entry.path.to_string(), change, kind, mode: attr.mode, uid: attr.uid, gid: attr.gid, bytes, link }
}

impl PartialEq for StepFiles {
    fn eq(&self, other: &StepFiles) -> bool {
        let is_shared = match (&self.0, &other.0) {
            (Holder::Record(one), Holder::Record(two)) => {
                Rc::ptr_eq(&one.layer, &two.layer) && Rc::ptr_eq(&one.before, &two.before)
            }
            _ => false,
        };
        is_shared || self.iter().eq(other.iter())
    }
}

impl fmt::Debug for StepFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
