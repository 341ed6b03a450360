//! What differs between two contexts.

use std::collections::BTreeSet;

use filesystem::{Context, ContextEntry, ContextKind, Edit};

/// The paths of files that differ between two contexts, sorted: content, kind, mode, age, there or not. A directory is
/// named only where no file in it is.
#[must_use]
pub fn changed_files(before: &Context, after: &Context) -> Vec<String> {
    let mut changed: BTreeSet<&str> = BTreeSet::new();
    let mut directories: Vec<&str> = Vec::new();
    let kept_or_gone = before.entries().map(|(path, old)| (path, Some(old), after.get(path)));
    let added =
        after.entries().filter(|(path, _)| before.get(path).is_none()).map(|(path, new)| (path, None, Some(new)));
    for (path, old, new) in kept_or_gone.chain(added) {
        match (old, new) {
            (Some(old), Some(new)) if same(old, new) => {}
            (old, new) if [old, new].into_iter().flatten().all(is_directory) => directories.push(path),
            _ => {
                changed.insert(path);
            }
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
    for (path, new) in after.entries() {
        if before.get(path).is_none_or(|old| !same(old, new)) {
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
