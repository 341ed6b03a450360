//! Which of the files that a step takes is another.

use std::collections::BTreeMap;

use filesystem::{Cred, FileSystem, Kind, find_sources, parse_patterns};

use crate::trace::TakenFiles;
use crate::{FileDifference, Reason};

/// A file as a checksum sees it.
#[derive(PartialEq)]
struct Seen {
    kind: &'static str,
    content: Option<[u8; 32]>,
    link: String,
    mode: u32,
    owner: (u32, u32),
}

/// The difference between what a step took and what it takes.
pub(super) fn difference(old: &TakenFiles, new: &TakenFiles) -> Option<Reason> {
    let (before, after) = (seen(old), seen(new));
    let mut differences = Vec::new();
    for (path, now) in &after {
        let how = match before.get(path) {
            None => FileDifference::Added,
            Some(was) if was == now => continue,
            Some(was) if was.kind != now.kind || was.link != now.link => FileDifference::Kind,
            Some(was) if was.content != now.content => FileDifference::Content,
            Some(was) if was.mode != now.mode => FileDifference::Mode,
            Some(_) => FileDifference::Owner,
        };
        differences.push((path, how));
    }
    differences
        .extend(before.keys().filter(|path| !after.contains_key(*path)).map(|path| (path, FileDifference::Removed)));
    let files = |(_, how): &&(&String, FileDifference)| *how == FileDifference::Content;
    let (path, how) = differences.iter().find(files).or(differences.first())?;
    Some(Reason::FileChanged {
        path: if new.from.is_none() { path.trim_start_matches('/').to_string() } else { (*path).clone() },
        how: *how,
        others: differences.len() - 1,
        stage: new.from.clone(),
    })
}

fn seen(taken: &TakenFiles) -> BTreeMap<String, Seen> {
    let local = taken.from.is_none();
    let exclude = parse_patterns(taken.exclude.iter().map(String::as_str));
    let mut all = Vec::new();
    for pattern in &taken.patterns {
        for root in find_sources(&taken.files, pattern).unwrap_or_default() {
            let resolved = resolve(&taken.files, &root);
            for (path, stat) in taken.files.walk(&resolved) {
                let below = path.strip_prefix(resolved.as_str()).unwrap_or_default();
                if !below.is_empty() && exclude.is_excluded(below.trim_start_matches('/')) {
                    continue;
                }
                let (kind, content, link) = match stat.kind {
                    Kind::Dir => ("dir", None, String::new()),
                    Kind::File(content) => ("file", Some(content.digest()), String::new()),
                    Kind::Symlink(target) => ("symlink", None, target.to_string()),
                    Kind::Device(_) => ("device", None, String::new()),
                    Kind::Special(special) => ("device", None, format!("{special:?}")),
                };
                let mode = if local && kind == "dir" { 0 } else { stat.attr.mode };
                let path = if path.is_empty() { "/".to_string() } else { path };
                all.push((path, Seen { kind, content, link, mode, owner: (stat.attr.uid, stat.attr.gid) }));
            }
        }
    }
    all.into_iter().collect()
}

fn resolve(files: &FileSystem, path: &str) -> String {
    files.resolve(path, true, &Cred::root()).unwrap_or_else(|_| path.to_string())
}
