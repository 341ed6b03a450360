//! `find . -type f -printf '%s %p\n'`

use crate::{Found, FoundKind};

/// A size, one blank, the path as it is.
pub(super) fn read(line: &str) -> Option<Found> {
    let (size, path) = line.split_once(' ')?;
    let bytes = super::tar::number(size)?;
    let kind = FoundKind::File { bytes: Some(bytes), id: String::new() };
    (!path.trim().is_empty()).then(|| Found { path: path.to_owned(), kind, mode: None, mtime: None })
}
