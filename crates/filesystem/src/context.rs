//! The build context and its edits.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::rc::Rc;

use crate::tree::{NAME_LIMIT, PATH_LIMIT};
use crate::{Content, Errno};

/// Entries that a build context may have.
pub const CONTEXT_ENTRY_LIMIT: usize = 100_000;

const FILE_MODE: u32 = 0o644;
const DIR_MODE: u32 = 0o755;
const LINK_MODE: u32 = 0o777;

/// The build context as the user edits it, the Dockerfile and `.dockerignore` included.
///
/// Paths are relative to the context's root, without a leading slash. The directories above an entry are entries, too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    entries: Rc<BTreeMap<Rc<str>, ContextEntry>>,
}

/// A file, directory or symlink of a context; its owner does not matter to a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextEntry {
    /// What it is.
    pub kind: ContextKind,
    /// Permission bits.
    pub mode: u32,
    /// Time of the last change in seconds of the virtual clock.
    pub mtime: i64,
}

/// What an entry of a context is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextKind {
    /// A file.
    File(Content),
    /// A directory.
    Dir,
    /// A symbolic link and its target.
    Symlink(String),
}

/// One edit of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Makes or replaces a file, directory or link; an existing one's mode is kept if none is given.
    Write {
        /// Where.
        path: String,
        /// What.
        kind: ContextKind,
        /// The mode; 644 for files and 755 for directories if new and not given.
        mode: Option<u32>,
    },
    /// Removes a file or a directory with all that it holds.
    Remove {
        /// What.
        path: String,
    },
    /// Gives a file or directory another path.
    Rename {
        /// The old path.
        from: String,
        /// The new path, which must be free.
        to: String,
    },
    /// Sets the permission bits.
    Chmod {
        /// Of what.
        path: String,
        /// The bits.
        mode: u32,
    },
    /// Sets the time to now, the content stays.
    Touch {
        /// Of what.
        path: String,
    },
}

/// Why an edit of a context is not possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextError {
    /// The path is empty.
    EmptyPath,
    /// The path begins with a slash.
    AbsolutePath(String),
    /// A part of the path is empty, `.` or `..`, or has a NUL character.
    BadPart(String),
    /// A part has more than 255 bytes, or the path more than 4096.
    TooLong(String),
    /// Nothing is there.
    NotFound(String),
    /// Something is there already.
    Exists(String),
    /// A file or link is on the way to the path.
    NotADirectory(String),
    /// A directory that is not empty cannot be replaced by something else.
    NotEmpty(String),
    /// A directory cannot be moved into itself.
    IntoItself(String),
    /// The context has [`CONTEXT_ENTRY_LIMIT`] entries.
    TooMany,
}

impl fmt::Display for ContextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ContextError::EmptyPath => write!(f, "the path is empty"),
            ContextError::AbsolutePath(path) => write!(f, "{path}: not a relative path"),
            ContextError::BadPart(path) => write!(f, "{path}: has an empty part, . or .."),
            ContextError::TooLong(path) => write!(f, "{path}: {}", Errno::NameTooLong),
            ContextError::NotFound(path) => write!(f, "{path}: {}", Errno::NoEnt),
            ContextError::Exists(path) => write!(f, "{path}: {}", Errno::Exist),
            ContextError::NotADirectory(path) => write!(f, "{path}: {}", Errno::NotDir),
            ContextError::NotEmpty(path) => write!(f, "{path}: {}", Errno::NotEmpty),
            ContextError::IntoItself(path) => write!(f, "{path}: {}", Errno::Invalid),
            ContextError::TooMany => write!(f, "{}", Errno::NoSpace),
        }
    }
}

impl std::error::Error for ContextError {}

fn check_path(path: &str) -> Result<(), ContextError> {
    if path.is_empty() {
        return Err(ContextError::EmptyPath);
    }
    if path.starts_with('/') {
        return Err(ContextError::AbsolutePath(path.to_string()));
    }
    let bad = |part: &str| matches!(part, "" | "." | "..") || part.contains('\0');
    if path.split('/').any(bad) {
        return Err(ContextError::BadPart(path.to_string()));
    }
    if path.len() > PATH_LIMIT || path.split('/').any(|part| part.len() > NAME_LIMIT) {
        return Err(ContextError::TooLong(path.to_string()));
    }
    Ok(())
}

/// The directories above a path, the outermost first.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end))
}

impl Context {
    /// The entry at a path.
    pub fn get(&self, path: &str) -> Option<&ContextEntry> {
        self.entries.get(path)
    }

    /// The text of a file, if it is one and is UTF-8.
    pub fn text(&self, path: &str) -> Option<String> {
        match &self.get(path)?.kind {
            ContextKind::File(content) => String::from_utf8(content.bytes(crate::FILE_BYTES_LIMIT as usize)?).ok(),
            _ => None,
        }
    }

    /// All entries, sorted by path: a directory comes before what it holds.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &ContextEntry)> {
        self.entries.iter().map(|(path, entry)| (&**path, entry))
    }

    /// The same with paths that are shared.
    pub fn shared(&self) -> impl Iterator<Item = (&Rc<str>, &ContextEntry)> {
        self.entries.iter()
    }

    /// Whether both are the same in memory: then they are equal, and asking costs nothing.
    pub fn is_same(&self, other: &Context) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The bytes of all files.
    pub fn bytes(&self) -> u64 {
        let size = |entry: &ContextEntry| match &entry.kind {
            ContextKind::File(content) => content.size(),
            _ => 0,
        };
        self.entries.values().map(size).fold(0, u64::saturating_add)
    }

    /// Puts an entry at a path in place of what is there, and makes the directories above it.
    pub fn insert(&mut self, path: &str, entry: ContextEntry) -> Result<(), ContextError> {
        check_path(path)?;
        // The directories above an entry are entries: above one that is there, all are, and only in one something lies.
        let mut missing: Vec<&str> = Vec::new();
        for parent in path.rmatch_indices('/').filter_map(|(end, _)| path.get(..end)) {
            match self.get(parent).map(|entry| &entry.kind) {
                None => missing.push(parent),
                Some(ContextKind::Dir) => break,
                Some(_) => return Err(ContextError::NotADirectory(parent.to_string())),
            }
        }
        let old = self.get(path).map(|entry| &entry.kind);
        if entry.kind != ContextKind::Dir && old == Some(&ContextKind::Dir) && self.below(path).next().is_some() {
            return Err(ContextError::NotEmpty(path.to_string()));
        }
        if self.len() + missing.len() + usize::from(old.is_none()) > CONTEXT_ENTRY_LIMIT {
            return Err(ContextError::TooMany);
        }
        let entries = Rc::make_mut(&mut self.entries);
        for parent in missing {
            let dir = ContextEntry { kind: ContextKind::Dir, mode: DIR_MODE, mtime: entry.mtime };
            entries.insert(parent.into(), dir);
        }
        entries.insert(path.into(), entry);
        Ok(())
    }

    /// The paths of what a directory holds, at any depth.
    fn below(&self, path: &str) -> impl Iterator<Item = &str> {
        let first = format!("{path}/");
        // '0' follows '/'.
        let end = format!("{path}0");
        let range = (Bound::Included(first.as_str()), Bound::Excluded(end.as_str()));
        self.entries.range::<str, _>(range).map(|(path, _)| &**path)
    }

    /// Makes an edit at the time `now`. A failed edit changes nothing.
    pub fn apply(&mut self, edit: &Edit, now: i64) -> Result<(), ContextError> {
        match edit {
            Edit::Write { path, kind, mode } => {
                let old =
                    self.get(path).filter(|old| std::mem::discriminant(&old.kind) == std::mem::discriminant(kind));
                let usual = match kind {
                    ContextKind::File(_) => FILE_MODE,
                    ContextKind::Dir => DIR_MODE,
                    ContextKind::Symlink(_) => LINK_MODE,
                };
                let entry = ContextEntry {
                    kind: kind.clone(),
                    mode: mode.or(old.map(|old| old.mode)).unwrap_or(usual) & 0o7777,
                    mtime: now,
                };
                self.insert(path, entry)
            }
            Edit::Remove { path } => {
                self.take(path)?;
                Ok(())
            }
            Edit::Rename { from, to } => self.rename(from, to, now),
            Edit::Chmod { path, mode } => self.change(path, |entry| entry.mode = mode & 0o7777),
            Edit::Touch { path } => self.change(path, |entry| entry.mtime = now),
        }
    }

    fn change(&mut self, path: &str, change: impl FnOnce(&mut ContextEntry)) -> Result<(), ContextError> {
        match Rc::make_mut(&mut self.entries).get_mut(path) {
            Some(entry) => {
                change(entry);
                Ok(())
            }
            None => Err(ContextError::NotFound(path.to_string())),
        }
    }

    /// Removes an entry with all below it and gives them.
    fn take(&mut self, path: &str) -> Result<Vec<(Rc<str>, ContextEntry)>, ContextError> {
        let mut paths: Vec<String> = self.below(path).map(str::to_string).collect();
        if self.get(path).is_none() {
            return Err(ContextError::NotFound(path.to_string()));
        }
        paths.push(path.to_string());
        let entries = Rc::make_mut(&mut self.entries);
        let taken = paths.iter().filter_map(|path| entries.remove_entry(path.as_str()));
        Ok(taken.collect())
    }

    fn rename(&mut self, from: &str, to: &str, now: i64) -> Result<(), ContextError> {
        check_path(to)?;
        if to.strip_prefix(from).is_some_and(|rest| rest.starts_with('/')) {
            return Err(ContextError::IntoItself(to.to_string()));
        }
        if self.get(to).is_some() {
            return Err(ContextError::Exists(to.to_string()));
        }
        let mut changed = self.clone();
        let taken = changed.take(from)?;
        for (path, entry) in &taken {
            let rest = path.strip_prefix(from).unwrap_or_default();
            changed.insert(&format!("{to}{rest}"), entry.clone())?;
        }
        // The directories that were made for it are new; what moved keeps its time.
        for parent in parents(to) {
            if self.get(parent).is_none() {
                changed.change(parent, |entry| entry.mtime = now)?;
            }
        }
        *self = changed;
        Ok(())
    }
}
