//! Bytes that an image carries and that nobody can see: files that a later layer deletes or writes again.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Bound;

use filesystem::EntryKind;

use crate::contents::stands_for_others;
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

/// A path without a slash at its end. `/` orders before every byte of a name, so that what lies in a directory follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct PathKey<'a>(&'a str);

impl Ord for PathKey<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let rank = |byte: u8| if byte == b'/' { 0 } else { byte };
        self.0.bytes().map(rank).cmp(other.0.bytes().map(rank))
    }
}

impl PartialOrd for PathKey<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PathKey<'_> {
    fn of(path: &str) -> PathKey<'_> {
        PathKey(path.trim_end_matches('/'))
    }

    fn lies_in(self, directory: PathKey<'_>) -> bool {
        self.0.strip_prefix(directory.0).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// What stands at a path: 0 for the file of that name, more for what stands for other files, one of each layer.
type Place<'a> = (PathKey<'a>, usize);

/// The files of the layers below.
type Below<'a> = BTreeMap<Place<'a>, (usize, u64)>;

/// Looks through layers, the oldest first.
#[must_use]
pub fn waste(layers: &[LayerView]) -> Waste {
    let mut waste = Waste { by_layer: vec![0; layers.len()], efficiency: 1000, ..Waste::default() };
    let mut below = Below::new();
    let mut copies: BTreeMap<&str, Copies> = BTreeMap::new();
    let mut single: Vec<Copies> = Vec::new();
    for (number, layer) in layers.iter().enumerate() {
        // What stands for other files is not what another layer has at its path.
        let others = |path: &str| stands_for_others(&layer.contents, path);
        for entry in layer.contents.entries().iter().filter(|entry| !others(&entry.path)) {
            let (deleted, covered) = match &entry.kind {
                EntryKind::Whiteout => {
                    let size = inside(&below, PathKey::of(&entry.path)).map(|(_, (_, bytes))| *bytes).sum();
                    copies.entry(&entry.path).or_default().add(size);
                    (true, true)
                }
                EntryKind::Opaque => (true, false),
                EntryKind::File(content) => {
                    copies.entry(&entry.path).or_default().add(content.size());
                    (false, true)
                }
                EntryKind::Symlink(_) | EntryKind::Special(_) | EntryKind::HardLink(_) => {
                    copies.entry(&entry.path).or_default().add(0);
                    (false, true)
                }
                // In place of a file: those that lie in a directory stay.
                EntryKind::Dir if below.contains_key(&(PathKey::of(&entry.path), 0)) => (true, true),
                EntryKind::Dir => continue,
            };
            cover(&mut waste, &mut below, &entry.path, (number, deleted, covered));
        }
        for entry in layer.contents.entries() {
            let EntryKind::File(content) = &entry.kind else { continue };
            let mut place = (PathKey::of(&entry.path), 0);
            if others(&entry.path) {
                let mut copies = Copies::default();
                copies.add(content.size());
                single.push(copies);
                place.1 = number + 1;
            }
            below.insert(place, (number, content.size()));
        }
    }
    waste.bytes = waste.by_layer.iter().fold(0, |sum, bytes| sum.saturating_add(*bytes));
    waste.hidden.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| (a.by, &a.path).cmp(&(b.by, &b.path))));
    score(&mut waste, copies.values().chain(&single));
    waste
}

/// The files below that lie in `path`.
fn inside<'a, 'b>(
    below: &'b Below<'a>,
    path: PathKey<'a>,
) -> impl Iterator<Item = (&'b Place<'a>, &'b (usize, u64))> + use<'a, 'b> {
    let behind = below.range((Bound::Excluded((path, usize::MAX)), Bound::Unbounded));
    behind.take_while(move |((other, _), _)| other.lies_in(path))
}

/// Takes the files at and in `path` from what is visible, and notes them as hidden.
fn cover<'a>(waste: &mut Waste, below: &mut Below<'a>, path: &'a str, (by, deleted, itself): (usize, bool, bool)) {
    let key = PathKey::of(path);
    let mut covered: Vec<Place<'a>> = inside(below, key).map(|(place, _)| *place).collect();
    covered.extend(itself.then_some((key, 0)));
    let mut sums: BTreeMap<usize, (usize, u64)> = BTreeMap::new();
    for place in &covered {
        if let Some((layer, bytes)) = below.remove(place)
            && layer < by
        {
            let sum = sums.entry(layer).or_default();
            *sum = (sum.0 + 1, sum.1.saturating_add(bytes));
        }
    }
    for (layer, (files, bytes)) in sums {
        if let Some(sum) = waste.by_layer.get_mut(layer) {
            *sum = sum.saturating_add(bytes);
        }
        if bytes > 0 {
            waste.hidden.push(Hidden { path: path.to_string(), files, bytes, layer, by, deleted });
        }
    }
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

fn score<'a>(waste: &mut Waste, copies: impl Iterator<Item = &'a Copies>) {
    let (mut needed, mut all) = (0_u128, 0_u128);
    for copies in copies {
        needed += u128::from(copies.smallest);
        all += u128::from(copies.all);
        if copies.count > 1 {
            waste.dive_bytes = waste.dive_bytes.saturating_add(copies.all);
        }
    }
    let efficiency = (needed * 1000).checked_div(all).unwrap_or(1000);
    waste.efficiency = u64::try_from(efficiency).unwrap_or(1000);
}
