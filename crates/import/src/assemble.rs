//! From what was found to a build context.

use std::collections::HashMap;

use filesystem::{Content, Context, ContextEntry, ContextError, ContextKind};

use crate::found::{Found, FoundKind};
use crate::reading::{is_dockerfile, is_ignore_file, is_script, looks_executable};

/// The name that a Dockerfile has where none is said.
const DOCKERFILE: &str = "Dockerfile";

/// The entries that were refused that are kept; the others are counted.
const REFUSED_SHOWN: usize = 20;

/// An entry that is not in the context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its path.
    pub path: String,
    /// Why.
    pub error: ContextError,
}

/// A build context, and what is not known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assembled {
    /// The context.
    pub context: Context,
    /// The path of its Dockerfile; `None` where there is none whose text is known.
    pub dockerfile: Option<String>,
    /// The name of the folder that everything was in, where the paths began with it.
    pub folder: String,
    /// How many files there are.
    pub files: usize,
    /// The files whose size was not told: they count as empty.
    pub without_size: usize,
    /// The links whose target was not told.
    pub without_target: usize,
    /// Whether permissions were guessed.
    pub modes_guessed: bool,
    /// Files whose text decides what a build does, and that nothing but the name is known of.
    pub without_text: Vec<String>,
    /// The first entries that are not in it.
    pub refused: Vec<Refused>,
    /// How many they are altogether.
    pub refused_count: usize,
}

/// Makes a context of what was found; `now` is the time, in seconds since 1970, of what none was told of.
#[must_use]
pub fn assemble(found: Vec<Found>, now: i64) -> Assembled {
    let mut made = Assembled::default();
    let root = root(&found);
    made.folder = root.rsplit('/').find(|part| !part.is_empty() && *part != ".").unwrap_or_default().to_owned();
    let mut known: HashMap<String, ContextKind> = HashMap::new();
    for entry in found {
        let Some(path) = inside(&entry.path, &root) else { continue };
        let (mode, kind) = (entry.mode, entry.kind.clone());
        let kind = match kind {
            FoundKind::HardLink(other) => match inside(&other, &root).and_then(|other| known.get(&other)) {
                Some(kind) => kind.clone(),
                None => ContextKind::File(content(&path, None, "", &mut made)),
            },
            FoundKind::Text(text) => ContextKind::File(Content::text(&text)),
            FoundKind::File { bytes, id } => ContextKind::File(content(&path, bytes, &id, &mut made)),
            FoundKind::Symlink(target) => {
                made.without_target += usize::from(target.is_none());
                ContextKind::Symlink(target.unwrap_or_else(|| "?".to_owned()))
            }
            FoundKind::Dir => ContextKind::Dir,
        };
        if matches!(kind, ContextKind::File(_)) {
            known.insert(path.clone(), kind.clone());
        }
        let mode = mode.unwrap_or_else(|| {
            made.modes_guessed |= matches!(kind, ContextKind::File(_));
            guessed_mode(&path, &entry.kind)
        });
        put(&mut made, &path, ContextEntry { kind, mode, mtime: entry.mtime.unwrap_or(now) });
    }
    count(&mut made);
    made
}

/// Puts a Dockerfile in the place of the project's own.
pub fn give_dockerfile(made: &mut Assembled, text: &str, now: i64) {
    let kind = ContextKind::File(Content::text(text));
    put(made, DOCKERFILE, ContextEntry { kind, mode: 0o644, mtime: now });
    made.without_text.retain(|path| path != DOCKERFILE);
    count(made);
}

fn count(made: &mut Assembled) {
    made.files = made.context.entries().filter(|(_, entry)| entry.kind != ContextKind::Dir).count();
    made.dockerfile = dockerfile_of(&made.context).filter(|path| !made.without_text.contains(path));
}

fn put(made: &mut Assembled, path: &str, entry: ContextEntry) {
    // what is listed below a folder made it already
    let there = entry.kind == ContextKind::Dir && made.context.get(path).is_some();
    if there {
        return;
    }
    if let Err(error) = made.context.insert(path, entry) {
        made.refused_count += 1;
        if made.refused.len() < REFUSED_SHOWN {
            made.refused.push(Refused { path: path.to_owned(), error });
        }
    }
}

fn content(path: &str, bytes: Option<u64>, id: &str, made: &mut Assembled) -> Content {
    made.without_size += usize::from(bytes.is_none());
    let name = path.rsplit('/').next().unwrap_or(path);
    if is_dockerfile(name) || is_ignore_file(name) {
        made.without_text.push(path.to_owned());
        return Content::default();
    }
    Content::opaque(if id.is_empty() { path } else { id }, bytes.unwrap_or_default())
}

fn guessed_mode(path: &str, kind: &FoundKind) -> u32 {
    match kind {
        FoundKind::Dir => 0o755,
        FoundKind::Symlink(_) => 0o777,
        FoundKind::Text(text) if is_script(text) => 0o755,
        FoundKind::File { .. } | FoundKind::HardLink(_) if looks_executable(path) => 0o755,
        _ => 0o644,
    }
}

/// A path below the root, without `./` and empty parts; `None` for the root itself and what lies beside it.
fn inside(path: &str, root: &str) -> Option<String> {
    let rest = path.strip_prefix(root)?;
    if !root.is_empty() && !root.ends_with('/') && !rest.is_empty() && !rest.starts_with('/') {
        return None;
    }
    let parts: Vec<&str> = rest.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// What all paths begin with and that is no part of the project: where they are absolute the folder that holds them all,
/// else the one folder that holds them all where it looks like a project's.
fn root(found: &[Found]) -> String {
    let paths = || found.iter().map(|entry| entry.path.as_str());
    let absolute = found.iter().any(|entry| entry.path.starts_with('/'));
    let Some(first) = paths().next() else { return String::new() };
    let first = if matches!(found, [only] if only.kind != FoundKind::Dir) {
        first.rsplit_once('/').map_or("", |(folder, _)| folder)
    } else {
        first
    };
    let mut common: Vec<&str> = first.split('/').collect();
    for (path, is_dir) in found.iter().map(|entry| (entry.path.as_str(), entry.kind == FoundKind::Dir)) {
        let folder = if is_dir { path } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
        let same = common.iter().zip(folder.split('/')).take_while(|(a, b)| **a == *b).count();
        common.truncate(same);
    }
    let common = common.join("/");
    if absolute {
        return common;
    }
    let holds = |name: &str| paths().any(|path| path.strip_prefix(&common).is_some_and(|rest| rest == name));
    let is_project = !common.is_empty()
        && common != "."
        && ["/Dockerfile", "/.dockerignore", "/Containerfile"].into_iter().any(holds)
        || paths().any(|path| path.strip_prefix(&common).is_some_and(|rest| rest.starts_with("/.git/")));
    if is_project { common } else { String::new() }
}

/// The Dockerfile that a build is likely to be of: the one of the usual name, else another at the top, else the one that
/// lies least deep.
#[must_use]
pub fn dockerfile_of(context: &Context) -> Option<String> {
    let files = context.entries().filter(|(_, entry)| matches!(entry.kind, ContextKind::File(_)));
    let named = files.filter(|(path, _)| is_dockerfile(path.rsplit('/').next().unwrap_or(path)));
    let best = named.min_by_key(|(path, _)| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let usual = ["Dockerfile", "dockerfile", "Containerfile"].iter().position(|usual| *usual == name);
        (path.matches('/').count(), usual.unwrap_or(usize::MAX), path.len(), *path)
    });
    best.map(|(path, _)| path.to_owned())
}
