//! What is in a file of an image, and what the layer that wrote it made of it.

use filesystem::{Content, EntryKind};

use crate::view::LayerView;

/// As much of a text is shown.
const MOST_BYTES: u64 = 64 << 10;
/// Texts with more lines are not compared line by line.
const MOST_LINES: usize = 4_000;
/// The equal lines that are kept around a difference.
const AROUND: usize = 3;

/// A file of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileText {
    /// Its bytes.
    pub size: u64,
    /// What is in it.
    pub inside: Inside,
    /// What stood at its path before, where that was a file.
    pub before: Option<Before>,
}

/// What is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inside {
    /// Text; `cut` where it goes on.
    Text {
        /// The text, or its beginning.
        text: String,
        /// Whether that is not all.
        cut: bool,
    },
    /// No text.
    Binary,
    /// Bytes whose number alone is known.
    Unknown,
}

/// The file that a layer wrote again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// The layer that has it, as an index into the image's layers.
    pub layer: usize,
    /// Its bytes.
    pub size: u64,
    /// Whether it had the same content: mode or owner alone are others.
    pub same: bool,
    /// The lines of both, where both are texts that differ.
    pub lines: Option<Vec<DiffLine>>,
}

/// A line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffLine {
    /// In both.
    Same(String),
    /// In the older one alone.
    Removed(String),
    /// In the newer one alone.
    Added(String),
    /// So many equal lines are left out.
    Skipped(usize),
}

/// The file at `path` as layer `layer` has it; `None` where that layer has none. A hard link is what it links to.
#[must_use]
pub fn file_text(layers: &[LayerView], layer: usize, path: &str) -> Option<FileText> {
    let content = content(layers.get(layer)?, path)?;
    let inside = inside(content);
    let older = layers.iter().enumerate().take(layer).rev();
    let before = older.filter_map(|(number, view)| at(view, path).map(|kind| (number, view, kind))).next();
    let before = before.and_then(|(number, view, kind)| match kind {
        EntryKind::File(_) | EntryKind::HardLink(_) => {
            let old = self::content(view, path)?;
            let lines = match (self::inside(old), &inside) {
                (Inside::Text { text: old, cut: false }, Inside::Text { text, cut: false }) => compare(&old, text),
                _ => None,
            };
            Some(Before { layer: number, size: old.size(), same: old == content, lines })
        }
        _ => None,
    });
    Some(FileText { size: content.size(), inside, before })
}

/// What a layer says of a path, or of a directory around it.
fn at<'a>(layer: &'a LayerView, path: &str) -> Option<&'a EntryKind> {
    let entries = layer.contents.entries();
    let exact = entries.iter().find(|entry| *entry.path == *path).map(|entry| &entry.kind);
    let around = || {
        entries.iter().find(|entry| {
            matches!(entry.kind, EntryKind::Whiteout | EntryKind::Opaque)
                && path.strip_prefix(&*entry.path).is_some_and(|rest| rest.starts_with('/'))
        })
    };
    exact.or_else(|| around().map(|entry| &entry.kind))
}

fn content<'a>(layer: &'a LayerView, path: &str) -> Option<&'a Content> {
    let find = |path: &str| layer.contents.entries().iter().find(|entry| *entry.path == *path);
    match &find(path)?.kind {
        EntryKind::File(content) => Some(content),
        EntryKind::HardLink(other) => match &find(other)?.kind {
            EntryKind::File(content) => Some(content),
            _ => None,
        },
        _ => None,
    }
}

fn inside(content: &Content) -> Inside {
    let cut = content.size() > MOST_BYTES;
    let head = content.slice(0, content.size().min(MOST_BYTES));
    let Some(bytes) = head.bytes(usize::try_from(MOST_BYTES).unwrap_or(usize::MAX)) else {
        return Inside::Unknown;
    };
    if bytes.contains(&0) {
        return Inside::Binary;
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Inside::Text { text: text.to_string(), cut },
        // a character that the limit cuts in two is no sign of other bytes
        Err(error) if cut && error.error_len().is_none() => {
            let text = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Inside::Text { text: String::from_utf8_lossy(text).into_owned(), cut }
        }
        Err(_) => Inside::Binary,
    }
}

/// The lines between what both begin with and what both end with are the older one's, then the newer one's.
fn compare(old: &str, new: &str) -> Option<Vec<DiffLine>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    if old == new || old.len().max(new.len()) > MOST_LINES {
        return None;
    }
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()).saturating_sub(head);
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let middle = |lines: &[&str]| -> Vec<String> {
        lines
            .get(head..lines.len().saturating_sub(tail))
            .unwrap_or_default()
            .iter()
            .map(|line| (*line).to_string())
            .collect()
    };
    let mut lines = Vec::new();
    let same = |line: &&str| DiffLine::Same((*line).to_string());
    let left_out = head.saturating_sub(AROUND);
    lines.extend((left_out > 0).then_some(DiffLine::Skipped(left_out)));
    lines.extend(new.iter().take(head).skip(left_out).map(same));
    lines.extend(middle(&old).into_iter().map(DiffLine::Removed));
    lines.extend(middle(&new).into_iter().map(DiffLine::Added));
    lines.extend(new.iter().skip(new.len().saturating_sub(tail)).take(AROUND).map(same));
    let left_out = tail.saturating_sub(AROUND);
    lines.extend((left_out > 0).then_some(DiffLine::Skipped(left_out)));
    Some(lines)
}
