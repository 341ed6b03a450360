//! What differs between two contexts.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use filesystem::{Context, ContextEntry, ContextKind, Edit};

/// The paths of files that differ between two contexts, sorted: content, kind, mode, age, there or not. A directory is
/// named only where no file in it is.
#[must_use]
pub fn changed_files(before: &Context, after: &Context) -> Vec<String> {
    if before.is_same(after) {
        return Vec::new();
    }
    let mut changed: BTreeSet<&str> = BTreeSet::new();
    let mut directories: Vec<&str> = Vec::new();
    for (path, old, new) in differing(before, after) {
        if [old, new].into_iter().flatten().all(is_directory) {
            directories.push(path);
        } else {
            changed.insert(path);
        }
    }
    // The innermost first, so that of new directories in each other one is named.
    directories.sort_unstable_by(|a, b| b.cmp(a));
    for path in directories {
        let inside = format!("{path}/");
        if !changed.range(inside.as_str()..).next().is_some_and(|other| other.starts_with(&inside)) {
            changed.insert(path);
        }
    }
    changed.into_iter().map(str::to_owned).collect()
}

/// The paths at which there is another thing, in their order.
fn differing<'a>(
    before: &'a Context,
    after: &'a Context,
) -> impl Iterator<Item = (&'a str, Option<&'a ContextEntry>, Option<&'a ContextEntry>)> {
    let (mut before, mut after) = (before.entries().peekable(), after.entries().peekable());
    let pairs = std::iter::from_fn(move || {
        let order = match (before.peek(), after.peek()) {
            // A path that both share is the same text in memory.
            (Some((old, _)), Some((new, _))) if std::ptr::eq(*old, *new) => Ordering::Equal,
            (Some((old, _)), Some((new, _))) => old.cmp(new),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return None,
        };
        let old = if order.is_le() { before.next() } else { None };
        let new = if order.is_ge() { after.next() } else { None };
        let (path, _) = old.or(new)?;
        Some((path, old.map(|(_, entry)| entry), new.map(|(_, entry)| entry)))
    });
    pairs.filter(|(_, old, new)| !old.zip(*new).is_some_and(|(old, new)| same(old, new)))
}

/// The edits, with their times, that make `after` of `before`.
pub(crate) fn edits_between(before: &Context, after: &Context) -> Vec<(Edit, i64)> {
    let mut edits = Vec::new();
    let mut removed: BTreeSet<&str> = BTreeSet::new();
    for (path, old) in before.entries() {
        let goes = after.get(path).is_none_or(|new| is_directory(old) != is_directory(new));
        let gone_with_parent =
            path.match_indices('/').any(|(at, _)| path.get(..at).is_some_and(|parent| removed.contains(parent)));
        if goes && !gone_with_parent {
            edits.push((Edit::Remove { path: path.to_owned() }, old.mtime));
            removed.insert(path);
        }
    }
    for (path, _, new) in differing(before, after) {
        if let Some(new) = new {
            let edit = Edit::Write { path: path.to_owned(), kind: new.kind.clone(), mode: Some(new.mode) };
            edits.push((edit, new.mtime));
        }
    }
    edits
}

fn is_directory(entry: &ContextEntry) -> bool {
    matches!(entry.kind, ContextKind::Dir)
}

/// A directory's age is of no interest: it changes with what is put into it.
fn same(old: &ContextEntry, new: &ContextEntry) -> bool {
    old.kind == new.kind && old.mode == new.mode && (is_directory(old) || old.mtime == new.mtime)
}
