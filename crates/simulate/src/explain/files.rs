//! Which of the files that a step takes is another.

use std::collections::{BTreeMap, BTreeSet};

use filesystem::{Cred, FileSystem, Ignore, Kind, Stat, find_sources, parse_patterns};

use crate::trace::TakenFiles;
use crate::{FileDifference, Reason};

/// The difference between what a step took and what it takes.
pub(super) fn difference(old: &TakenFiles, new: &TakenFiles) -> Option<Reason> {
    let [before, after] = [Side::of(old), Side::of(new)];
    let mut differences: BTreeMap<String, FileDifference> = BTreeMap::new();
    let mut note = |root: &str, path: &str, was: Option<Stat<'_>>, is: Option<Stat<'_>>| {
        let [was, is] = [(was, &before), (is, &after)].map(|(stat, side)| stat.filter(|_| side.takes(root, path)));
        if let Some(how) = how(was, is, new.from.is_none()) {
            differences.insert(path.to_owned(), how);
        }
    };
    let roots: BTreeSet<&String> = before.roots.union(&after.roots).collect();
    match old.files.edits(&new.files) {
        Some(edits) => {
            for (path, was, is) in &edits {
                roots
                    .iter()
                    .filter(|root| lies_in(path, root))
                    .for_each(|root| note(root, path, Some(*was), Some(*is)));
            }
        }
        None => {
            for root in roots {
                old.files.walk_beside(&new.files, root, &mut |path, was, is| {
                    note(root, path, was, is);
                    true
                });
            }
        }
    }
    let gone = |how: &FileDifference| *how == FileDifference::Removed;
    let first = |wanted: &dyn Fn(&FileDifference) -> bool| differences.iter().find(|(_, how)| wanted(how));
    let (path, how) = first(&|how| *how == FileDifference::Content).or(first(&|how| !gone(how))).or(first(&gone))?;
    Some(Reason::FileChanged {
        path: if new.from.is_none() { path.trim_start_matches('/').to_string() } else { path.clone() },
        how: *how,
        others: differences.len() - 1,
        stage: new.from.clone(),
    })
}

fn lies_in(path: &str, root: &str) -> bool {
    let root = root.trim_end_matches('/');
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What a step takes of its source.
struct Side {
    roots: BTreeSet<String>,
    exclude: Ignore,
}

impl Side {
    fn of(taken: &TakenFiles) -> Side {
        let found = taken.patterns.iter().flat_map(|pattern| find_sources(&taken.files, pattern).unwrap_or_default());
        Side {
            roots: found.map(|path| resolve(&taken.files, &path)).collect(),
            exclude: parse_patterns(taken.exclude.iter().map(String::as_str)),
        }
    }

    fn takes(&self, root: &str, path: &str) -> bool {
        let below = path.strip_prefix(root).unwrap_or_default().trim_start_matches('/');
        self.roots.contains(root)
            && (below.is_empty() || self.exclude.patterns().is_empty() || !self.exclude.is_excluded(below))
    }
}

/// How a file differs, as a checksum sees it.
fn how(was: Option<Stat<'_>>, is: Option<Stat<'_>>, local: bool) -> Option<FileDifference> {
    let (was, is) = match (was, is) {
        (None, None) => return None,
        (None, Some(_)) => return Some(FileDifference::Added),
        (Some(_), None) => return Some(FileDifference::Removed),
        (Some(was), Some(is)) => (was, is),
    };
    let mode = |stat: &Stat<'_>| if local && stat.is_dir() { 0 } else { stat.attr.mode };
    let owner = |stat: &Stat<'_>| (stat.attr.uid, stat.attr.gid);
    match (was.kind, is.kind) {
        (Kind::File(old), Kind::File(new)) if old != new => Some(FileDifference::Content),
        (Kind::File(_), Kind::File(_)) | (Kind::Device(_), Kind::Device(_)) => None,
        (old, new) if old != new => Some(FileDifference::Kind),
        _ => None,
    }
    .or_else(|| (mode(&was) != mode(&is)).then_some(FileDifference::Mode))
    .or_else(|| (owner(&was) != owner(&is)).then_some(FileDifference::Owner))
}

fn resolve(files: &FileSystem, path: &str) -> String {
    files.resolve(path, true, &Cred::root()).unwrap_or_else(|_| path.to_string())
}
