//! Bytes that an image carries and that nobody can see: files that a later layer deletes or writes again.

use std::collections::BTreeMap;

use filesystem::EntryKind;

use crate::contents::{LayerContents, stands_for_others};
use crate::view::LayerView;

/// What the layers of an image hide from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waste {
    /// The bytes that are hidden, over all layers.
    pub bytes: u64,
    /// Of these the bytes that lie in each layer, the oldest first.
    pub by_layer: Vec<u64>,
    /// What hides what, the largest first.
    pub hidden: Vec<Hidden>,
    /// `dive`'s efficiency as a part of a thousand, rounded down: what the image's paths would weigh if each were there
    /// once in its smallest form, against what all of their copies weigh (dive's `filetree/efficiency.go`). 1000 for an
    /// image without bytes.
    pub efficiency: u64,
    /// `dive`'s wasted bytes: all copies of the paths that more than one layer has, the one that is needed included.
    pub dive_bytes: u64,
}

/// A path of a layer that hides files of an older one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// What was deleted or written again.
    pub path: String,
    /// How many files are hidden by it.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// The layer that has them, as an index into the image's layers.
    pub layer: usize,
    /// The layer that hides them.
    pub by: usize,
    /// Whether they were deleted; otherwise written again, or given another mode or owner.
    pub deleted: bool,
}

/// The files of a layer, as what is above it leaves them to be seen.
struct Files<'a> {
    /// Sorted by their paths, as the layer's entries are.
    files: Vec<File<'a>>,
}

struct File<'a> {
    path: &'a str,
    bytes: u64,
    /// Whether it is what it is named: one that stands for others is not what another layer has at its path.
    named: bool,
    visible: bool,
}

impl<'a> Files<'a> {
    fn of(contents: &'a LayerContents) -> Files<'a> {
        let files = contents.entries().iter().filter_map(|entry| match &entry.kind {
            EntryKind::File(content) => Some(File {
                path: &entry.path,
                bytes: content.size(),
                named: !stands_for_others(contents, &entry.path),
                visible: true,
            }),
            _ => None,
        });
        Files { files: files.collect() }
    }

    /// The visible file of that name.
    fn at(&mut self, path: &str) -> Option<&mut File<'a>> {
        let at = self.files.binary_search_by(|file| file.path.cmp(path)).ok()?;
        self.files.get_mut(at).filter(|file| file.named && file.visible)
    }

    /// The visible files that lie in a directory.
    fn inside(&mut self, path: &str) -> impl Iterator<Item = &mut File<'a>> {
        let path = path.trim_end_matches('/');
        let behind = self.files.partition_point(|file| file.path <= path);
        let files = self.files.get_mut(behind..).unwrap_or_default();
        // `/usr-local` orders between `/usr` and `/usr/bin`.
        let inside = files.partition_point(|file| {
            file.path.strip_prefix(path).is_some_and(|rest| rest.as_bytes().first() < Some(&b'/'))
        });
        let files = files.get_mut(inside..).unwrap_or_default().iter_mut();
        files
            .take_while(move |file| file.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
            .filter(|file| file.visible)
    }
}

/// What an entry hides of the layers below: everything that lies in its path, and what is at its path.
fn covers(kind: &EntryKind, below: &mut [Files<'_>], path: &str) -> Option<(bool, bool)> {
    match kind {
        EntryKind::Whiteout => Some((true, true)),
        EntryKind::Opaque => Some((true, false)),
        EntryKind::File(_) | EntryKind::Symlink(_) | EntryKind::Special(_) | EntryKind::HardLink(_) => {
            Some((false, true))
        }
        // In place of a file: those that lie in a directory stay.
        EntryKind::Dir => below.iter_mut().any(|files| files.at(path).is_some()).then_some((true, true)),
    }
}

/// What layers, the oldest first, hide of each other, the largest first.
#[must_use]
pub fn hidden(layers: &[LayerView]) -> Vec<Hidden> {
    look_through(layers).0
}

/// What is hidden, and how much lay in each directory that a layer deletes.
fn look_through(layers: &[LayerView]) -> (Vec<Hidden>, BTreeMap<(usize, &str), u64>) {
    let mut hidden = Vec::new();
    let mut directories: BTreeMap<(usize, &str), u64> = BTreeMap::new();
    let mut below: Vec<Files<'_>> = Vec::new();
    for (by, LayerView { contents, .. }) in layers.iter().enumerate() {
        for entry in contents.entries().iter().filter(|entry| !stands_for_others(contents, &entry.path)) {
            let path = entry.path.trim_end_matches('/');
            let Some((deleted, itself)) = covers(&entry.kind, &mut below, path) else { continue };
            for (layer, files) in below.iter_mut().enumerate() {
                let (mut count, mut bytes) = (0, 0_u64);
                for file in files.inside(path) {
                    file.visible = false;
                    count += 1;
                    bytes = bytes.saturating_add(file.bytes);
                }
                if bytes > 0 && entry.kind == EntryKind::Whiteout {
                    let sum = directories.entry((by, &entry.path)).or_default();
                    *sum = sum.saturating_add(bytes);
                }
                if itself && let Some(file) = files.at(path) {
                    file.visible = false;
                    count += 1;
                    bytes = bytes.saturating_add(file.bytes);
                }
                if bytes > 0 {
                    hidden.push(Hidden { path: entry.path.to_string(), files: count, bytes, layer, by, deleted });
                }
            }
        }
        below.push(Files::of(contents));
    }
    hidden.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| (a.by, &a.path).cmp(&(b.by, &b.path))));
    (hidden, directories)
}

/// Looks through layers, the oldest first.
#[must_use]
pub fn waste(layers: &[LayerView]) -> Waste {
    let (hidden, directories) = look_through(layers);
    let mut by_layer = vec![0_u64; layers.len()];
    for hidden in &hidden {
        if let Some(sum) = by_layer.get_mut(hidden.layer) {
            *sum = sum.saturating_add(hidden.bytes);
        }
    }
    let bytes = by_layer.iter().fold(0, |sum: u64, bytes| sum.saturating_add(*bytes));
    let mut waste = Waste { bytes, by_layer, hidden, ..Waste::default() };
    score(&mut waste, layers, &directories);
    waste
}

/// The copies of a path.
#[derive(Clone, Copy, Default)]
struct Copies {
    count: usize,
    smallest: u64,
    all: u64,
}

impl Copies {
    fn add(&mut self, bytes: u64) {
        self.smallest = if self.count == 0 { bytes } else { self.smallest.min(bytes) };
        self.count += 1;
        self.all = self.all.saturating_add(bytes);
    }
}

/// dive's two figures. A whiteout of a directory counts with what lay in it.
fn score(waste: &mut Waste, layers: &[LayerView], directories: &BTreeMap<(usize, &str), u64>) {
    let mut copies: BTreeMap<&str, Copies> = BTreeMap::new();
    let mut single: Vec<Copies> = Vec::new();
    for (number, LayerView { contents, .. }) in layers.iter().enumerate() {
        for entry in contents.entries() {
            let bytes = match &entry.kind {
                EntryKind::File(content) => content.size(),
                EntryKind::Whiteout => directories.get(&(number, &*entry.path)).copied().unwrap_or_default(),
                EntryKind::Symlink(_) | EntryKind::Special(_) | EntryKind::HardLink(_) => 0,
                EntryKind::Opaque | EntryKind::Dir => continue,
            };
            if stands_for_others(contents, &entry.path) {
                let mut copies = Copies::default();
                copies.add(bytes);
                single.push(copies);
            } else {
                copies.entry(&entry.path).or_default().add(bytes);
            }
        }
    }
    let (mut needed, mut all) = (0_u128, 0_u128);
    for copies in copies.values().chain(&single) {
        needed += u128::from(copies.smallest);
        all += u128::from(copies.all);
        if copies.count > 1 {
            waste.dive_bytes = waste.dive_bytes.saturating_add(copies.all);
        }
    }
    let efficiency = (needed * 1000).checked_div(all).unwrap_or(1000);
    waste.efficiency = u64::try_from(efficiency).unwrap_or(1000);
}
