//! Where lessons stand on the map of what leads to what.

use std::collections::{BTreeMap, BTreeSet};

use lesson::{Entry, Index};

/// The size of a lesson on the map.
pub const NODE: (i32, i32) = (136, 46);
/// The width of a track's name.
pub const TRACK_HEAD: i32 = 120;
/// The space between lessons, across and down.
const GAP: (i32, i32) = (28, 26);
/// The space around all.
const EDGE: i32 = 12;

/// The map, laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonMap {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// Each track with the top of its row.
    pub tracks: Vec<(u32, i32)>,
    /// The left upper corner of each lesson, in the order of the list.
    pub nodes: Vec<(i32, i32)>,
    /// The lines, as paths.
    pub lines: Vec<String>,
}

/// A row for each track, its lessons in the order of the list; a line from each lesson to those that build on it.
#[must_use]
pub fn lesson_map(index: &Index) -> LessonMap {
    let mut tracks: Vec<u32> = index.lessons.iter().map(|entry| entry.track).collect();
    tracks.sort_unstable_by_key(|track| if *track == 0 { u32::MAX } else { *track });
    tracks.dedup();
    let top = |row: usize| EDGE + i32::try_from(row).unwrap_or(0) * (NODE.1 + GAP.1);
    let mut columns: BTreeMap<u32, i32> = BTreeMap::new();
    let mut at: BTreeMap<&str, (i32, i32)> = BTreeMap::new();
    let mut map = LessonMap::default();
    for entry in &index.lessons {
        let row = tracks.iter().position(|track| *track == entry.track).unwrap_or(0);
        let column = columns.entry(entry.track).or_insert(0);
        let corner = (EDGE + TRACK_HEAD + *column * (NODE.0 + GAP.0), top(row));
        *column += 1;
        at.insert(&entry.id, corner);
        map.width = map.width.max(corner.0 + NODE.0 + EDGE);
        map.nodes.push(corner);
    }
    for entry in &index.lessons {
        for required in direct(index, entry) {
            if let (Some(from), Some(to)) = (at.get(required.as_str()), at.get(entry.id.as_str())) {
                map.lines.push(line(*from, *to));
            }
        }
    }
    map.height = top(tracks.len()) - GAP.1 + EDGE;
    map.tracks = tracks.iter().enumerate().map(|(row, track)| (*track, top(row))).collect();
    map
}

/// The requirements that no other one has among its own, near or far: the others follow from these.
fn direct<'a>(index: &'a Index, entry: &'a Entry) -> impl Iterator<Item = &'a String> {
    let mut implied: BTreeSet<&str> = BTreeSet::new();
    let requires = |id: &str| {
        let there = index.lessons.iter().find(|entry| entry.id == id);
        there.map(|entry| entry.requires.as_slice()).unwrap_or_default()
    };
    let mut open: Vec<&str> = entry.requires.iter().flat_map(|id| requires(id)).map(String::as_str).collect();
    while let Some(id) = open.pop() {
        if implied.insert(id) {
            open.extend(requires(id).iter().map(String::as_str));
        }
    }
    entry.requires.iter().filter(move |id| !implied.contains(id.as_str()))
}

/// Along a row from side to side, in an arc where lessons lie between; from row to row from foot to head.
fn line(from: (i32, i32), to: (i32, i32)) -> String {
    let middle = NODE.1 / 2;
    if from.1 == to.1 {
        let (x1, x2, y) = (from.0 + NODE.0, to.0, from.1 + middle);
        if x2 - x1 <= GAP.0 {
            return format!("M{x1} {y}H{x2}");
        }
        let (x1, x2, y) = (from.0 + NODE.0 / 2, to.0 + NODE.0 / 2, from.1);
        return format!("M{x1} {y}C{x1} {} {x2} {} {x2} {y}", y - GAP.1 + 6, y - GAP.1 + 6);
    }
    let down = from.1 < to.1;
    let (y1, y2) = if down { (from.1 + NODE.1, to.1) } else { (from.1, to.1 + NODE.1) };
    let (x1, x2) = (from.0 + NODE.0 / 2, to.0 + NODE.0 / 2);
    let bend = if down { GAP.1 } else { -GAP.1 };
    format!("M{x1} {y1}C{x1} {} {x2} {} {x2} {y2}", y1 + bend, y2 - bend)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_is_a_row_and_what_builds_on_a_lesson_is_joined_to_it() {
        let entry = |id: &str, track, requires: &[&str]| Entry {
            id: id.to_owned(),
            track,
            requires: requires.iter().map(|id| (*id).to_owned()).collect(),
            ..Entry::default()
        };
        let lessons =
            vec![entry("a", 1, &[]), entry("b", 1, &["a"]), entry("c", 2, &["a", "gone"]), entry("d", 1, &["a", "b"])];
        let map = lesson_map(&Index { lessons });
        assert_eq!(map.nodes, [(132, 12), (296, 12), (132, 84), (460, 12)]);
        assert_eq!(map.lines.len(), 3);
        assert_eq!(map.lines.first().map(String::as_str), Some("M268 35H296"));
        assert_eq!((map.width, map.height), (608, 142));
    }
}
