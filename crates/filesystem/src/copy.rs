//! COPY and ADD, as BuildKit's file operation does them (`solver/llbsolver/file/backend.go`, fsutil `copy/copy.go`).

use std::fmt;

use crate::copier::{Copier, DIR_MODE, follow, join, make_dirs};
use crate::edited::Went;
use crate::pattern::clean;
use crate::{Cred, Errno, FileSystem, ModeChange, is_archive, parse_patterns, path_match, read_tar, unpack};

/// The flags of a COPY or ADD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyOptions {
    /// `--chown`: user and group; None keeps those of the source.
    pub owner: Option<(u32, u32)>,
    /// `--chmod`
    pub mode: Option<ModeChange>,
    /// `--exclude`, relative to each source directory.
    pub exclude: Vec<String>,
    /// Whether tar archives are unpacked: ADD of local files.
    pub unpack: bool,
}

/// Why a copy, or the search for its sources, failed; displays as the engine words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyError {
    /// A source that is not there.
    NotFound {
        /// The path from the source's root.
        path: String,
    },
    /// A directory is to be put where something else is.
    NonDirectory {
        /// Where.
        path: String,
    },
    /// A file is to be put where a directory is.
    ReplaceDirectory {
        /// Where.
        path: String,
    },
    /// A directory of the destination's path is something else.
    MkdirNotDirectory {
        /// Where.
        path: String,
    },
    /// Symlinks of the source or the destination lead in a circle.
    TooManyLinks,
    /// A symlink leads out of the directory that an archive is unpacked to.
    Escapes,
    /// A pattern that cannot be read.
    BadPattern,
    /// A pattern of `--exclude` that cannot be read.
    BadExclude {
        /// All of them, a blank between two.
        patterns: String,
        /// What is wrong.
        error: crate::IgnoreErrorKind,
    },
    /// An archive that cannot be unpacked.
    Archive(crate::ArchiveError),
    /// Anything else.
    Failed {
        /// What was done: `mkdir`, `open`.
        operation: &'static str,
        /// Where.
        path: String,
        /// Why it failed.
        error: crate::Errno,
    },
}

impl fmt::Display for CopyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CopyError::NotFound { path } => write!(f, "\"{path}\": not found"),
            CopyError::NonDirectory { path } => {
                write!(f, "cannot copy to non-directory: {path}")
            }
            CopyError::ReplaceDirectory { path } => {
                write!(f, "cannot replace to directory {path} with file")
            }
            CopyError::MkdirNotDirectory { path } => write!(f, "mkdir {path}: not a directory"),
            CopyError::TooManyLinks => f.write_str("too many links"),
            CopyError::Escapes => f.write_str("path escapes from parent"),
            CopyError::BadPattern => crate::BadPattern.fmt(f),
            CopyError::BadExclude { patterns, error } => write!(f, "invalid excludepatterns: [{patterns}]: {error}"),
            CopyError::Archive(error) => error.fmt(f),
            CopyError::Failed { operation, path, error } => {
                write!(f, "{operation} {path}: {}", error.to_string().to_lowercase())
            }
        }
    }
}

impl std::error::Error for CopyError {}

/// The paths in `source` that a source of COPY names: `a.txt`, `/dir`, `.`, `*.txt`, `conf/*.d/x`.
///
/// A wildcard without a match gives nothing, a plain path that is missing is `NotFound`. Symlinks are followed above
/// the first wildcard and, of a plain path, at its end when it is copied. Wildcards match per directory level as Go's
/// `path.Match`; what matches a directory is not looked into (fsutil `ResolveWildcards`).
pub fn find_sources(source: &FileSystem, pattern: &str) -> Result<Vec<String>, CopyError> {
    let pattern = clean(&format!("/{pattern}"));
    let (fixed, wild) = split_wildcards(&pattern);
    let root = Cred::root();
    let Some(wild) = wild else {
        return match source.stat(&fixed, true, &root) {
            Ok(_) => Ok(vec![fixed]),
            Err(error) => Err(missing(fixed, error)),
        };
    };
    path_match(&wild, ".").map_err(|_| CopyError::BadPattern)?;
    let Ok(base) = source.resolve(&fixed, true, &root) else {
        return Ok(Vec::new());
    };
    let parts: Vec<&str> = wild.split('/').collect();
    let mut found = Vec::new();
    let mut pending = vec![(base, 0)];
    while let Some((dir, depth)) = pending.pop() {
        let Some(part) = parts.get(depth) else {
            found.push(dir);
            continue;
        };
        let is_dir = source.stat(&dir, false, &root).is_ok_and(|s| s.is_dir());
        let names = if is_dir { source.read_dir(&dir, &root).unwrap_or_default() } else { Vec::new() };
        for name in names.into_iter().rev() {
            if path_match(part, &name) == Ok(true) {
                pending.push((join(&dir, &name), depth + 1));
            }
        }
    }
    Ok(found)
}

/// Why a source is not there.
pub(crate) fn missing(path: String, error: Errno) -> CopyError {
    match error {
        Errno::Loop => CopyError::TooManyLinks,
        _ => CopyError::NotFound { path },
    }
}

/// Parts a clean path before its first part with a wildcard.
pub(crate) fn split_wildcards(path: &str) -> (String, Option<String>) {
    let mut start = 0;
    for part in path.split('/') {
        if has_wildcard(part) {
            let fixed = path.get(..start).unwrap_or_default();
            let fixed = fixed.trim_end_matches('/');
            let fixed = if fixed.is_empty() { "/" } else { fixed };
            return (fixed.to_string(), path.get(start..).map(str::to_string));
        }
        start += part.len() + 1;
    }
    (path.to_string(), None)
}

fn has_wildcard(part: &str) -> bool {
    let mut chars = part.chars();
    while let Some(ch) = chars.next() {
        match ch {
            '\\' => drop(chars.next()),
            '*' | '?' | '[' => return true,
            _ => {}
        }
    }
    false
}

/// Copies what [`find_sources`] found for one source to `destination`, an absolute path whose trailing slash counts.
///
/// What was copied before an error stays in `target`, as the step's result is thrown away anyhow.
pub fn copy(
    source: &FileSystem,
    found: &[String],
    target: &mut FileSystem,
    destination: &str,
    options: &CopyOptions,
) -> Result<(), CopyError> {
    copy_noting(source, found, target, destination, options, &mut Went::default())
}

/// The same, and notes where the files went. What comes of an archive is not noted.
pub fn copy_noting(
    source: &FileSystem,
    found: &[String],
    target: &mut FileSystem,
    destination: &str,
    options: &CopyOptions,
    went: &mut Went,
) -> Result<(), CopyError> {
    for path in found {
        if options.unpack && unpack_source(source, path, target, destination, options)? {
            continue;
        }
        let exclude = parse_patterns(options.exclude.iter().map(String::as_str));
        if !exclude.errors().is_empty() {
            return Err(CopyError::BadPattern);
        }
        Copier::new(source, target, options, exclude, went).copy_source(path, destination)?;
    }
    Ok(())
}

/// Unpacks a source that is an archive; says whether it is one.
fn unpack_source(
    source: &FileSystem,
    path: &str,
    target: &mut FileSystem,
    destination: &str,
    options: &CopyOptions,
) -> Result<bool, CopyError> {
    let root = Cred::root();
    let is_file = source.stat(path, true, &root).is_ok_and(|s| s.is_file());
    let content = match source.read(path, &root) {
        Ok(content) if is_file && is_archive(&content) => content,
        _ => return Ok(false),
    };
    let entries = read_tar(&content).map_err(CopyError::Archive)?;
    let directory = follow(target, destination)?;
    make_dirs(target, &directory, DIR_MODE, options.owner)?;
    unpack(&entries, target, &directory, options.owner).map_err(CopyError::Archive)?;
    Ok(true)
}
