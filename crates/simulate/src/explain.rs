//! Why a step was not in the cache: it is held against the same step of the builds before.

use std::collections::{BTreeMap, BTreeSet};

use filesystem::{Cred, FileSystem, Kind, find_sources, parse_patterns};
use plan::{Operation, Run};

use crate::cache::CacheStore;
use crate::trace::{TakenFiles, Trace};
use crate::{FileDifference, Reason};

/// The reason for a miss. `parent` is the step before it, as an index into the build's steps, with whether it ran;
/// `present` holds the instructions of the stage as they are now.
pub(crate) fn explain(
    store: &CacheStore,
    now: &Trace,
    parent: Option<(usize, bool)>,
    present: &BTreeSet<String>,
) -> Reason {
    let Some(before) = counterpart(store, now, present) else {
        return Reason::New;
    };
    if let Some(reason) = own_difference(before, now) {
        return reason;
    }
    let other_parent = before.parent.is_disjoint(&now.parent);
    match parent {
        Some((step, true)) => Reason::ParentRan { step },
        _ if other_parent && before.base != now.base => {
            Reason::BaseChanged { before: before.base.clone(), after: now.base.clone() }
        }
        Some((step, false)) if other_parent => Reason::ParentChanged { step },
        _ if !before.done => Reason::FailedBefore,
        _ => Reason::New,
    }
}

fn same_stage(a: &Trace, b: &Trace) -> bool {
    a.stage == b.stage || a.stage_index == b.stage_index
}

/// The step of an earlier build that this one is: the same instruction in the same stage, or, where the text was edited,
/// the one in the same place whose text is no longer there.
fn counterpart<'a>(store: &'a CacheStore, now: &Trace, present: &BTreeSet<String>) -> Option<&'a Trace> {
    let same_text =
        |trace: &&Trace| same_stage(trace, now) && trace.written == now.written && trace.repeat == now.repeat;
    let edited = |trace: &&Trace| {
        same_stage(trace, now)
            && trace.number == now.number
            && std::mem::discriminant(&trace.operation) == std::mem::discriminant(&now.operation)
            && !present.contains(&trace.written)
    };
    let last = store.builds.last()?;
    last.iter()
        .find(same_text)
        .or_else(|| last.iter().find(edited))
        .or_else(|| store.builds.iter().rev().find_map(|build| build.iter().find(same_text)))
}

fn own_difference(before: &Trace, now: &Trace) -> Option<Reason> {
    let command = || Reason::CommandChanged { before: before.text.clone(), after: now.text.clone() };
    match (&before.operation, &now.operation) {
        (Operation::Run(old), Operation::Run(new)) => run_difference(old, new, &command),
        (Operation::Copy(old), Operation::Copy(new)) => {
            let same_flags = (old.add, &old.destination, &old.chown, &old.chmod, &old.exclude, old.unpack)
                == (new.add, &new.destination, &new.chown, &new.chmod, &new.exclude, new.unpack);
            (!same_flags || old.sources != new.sources || old.documents != new.documents).then(command)
        }
        (Operation::Workdir(old), Operation::Workdir(new)) if old.path != new.path => {
            Some(Reason::WorkdirChanged { before: old.path.clone(), after: new.path.clone() })
        }
        (Operation::Workdir(old), Operation::Workdir(new)) if old.user != new.user => {
            Some(Reason::UserChanged { before: old.user.clone(), after: new.user.clone() })
        }
        _ => None,
    }
    .or_else(|| before.sources.iter().zip(&now.sources).find_map(|(old, new)| files_difference(old, new)))
}

fn run_difference(old: &Run, new: &Run, command: &dyn Fn() -> Reason) -> Option<Reason> {
    if old.arguments != new.arguments || old.script != new.script {
        let same_script = old.shell_form && new.shell_form && old.arguments.last() == new.arguments.last();
        return Some(if same_script && old.script == new.script { Reason::ShellChanged } else { command() });
    }
    if old.environment != new.environment {
        let (before, after): (BTreeMap<&str, &str>, BTreeMap<&str, &str>) =
            (old.environment.iter().collect(), new.environment.iter().collect());
        let difference = |name: &str| {
            let (before, after) = (before.get(name), after.get(name));
            (before != after).then(|| Reason::VariableChanged {
                name: name.to_string(),
                before: before.map(|value| (*value).to_string()),
                after: after.map(|value| (*value).to_string()),
            })
        };
        return new
            .environment
            .names()
            .chain(old.environment.names())
            .find_map(difference)
            .or(Some(Reason::VariablesReordered));
    }
    if old.directory != new.directory {
        return Some(Reason::WorkdirChanged { before: old.directory.clone(), after: new.directory.clone() });
    }
    if old.user != new.user {
        return Some(Reason::UserChanged { before: old.user.clone(), after: new.user.clone() });
    }
    (old.mounts.len() != new.mounts.len() || old.network != new.network || mounts(old) != mounts(new))
        .then_some(Reason::MountsChanged)
}

/// What counts of the mounts' flags: not the trees that they show.
fn mounts(run: &Run) -> Vec<(String, String, bool, Option<u32>)> {
    run.mounts.iter().map(|m| (format!("{:?}", m.kind), m.target.clone(), m.read_only, m.mode)).collect()
}

/// A file as a checksum sees it.
#[derive(PartialEq)]
struct Seen {
    kind: &'static str,
    content: Option<[u8; 32]>,
    link: String,
    mode: u32,
    owner: (u32, u32),
}

fn files_difference(old: &TakenFiles, new: &TakenFiles) -> Option<Reason> {
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
