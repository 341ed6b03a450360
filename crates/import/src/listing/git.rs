//! `git ls-files -s` and `git ls-tree -r -l`

use super::Format;
use super::quoted::unquote;
use crate::{Found, FoundKind};

/// `MODE ID STAGE⇥PATH`, or `MODE TYPE ID SIZE⇥PATH`.
pub(super) fn read(line: &str) -> Option<(Format, Found)> {
    let (fields, path) = line.split_once('\t')?;
    let mut fields = fields.split_whitespace();
    let mode = fields.next().filter(|mode| mode.len() == 6)?;
    let mode = u32::from_str_radix(mode, 8).ok()?;
    let (format, id, bytes) = match (fields.next()?, fields.next()?, fields.next()) {
        (id, stage, None) if stage.len() == 1 => (Format::GitFiles, id, None),
        ("blob" | "tree" | "commit", id, Some(size)) => (Format::GitTree, id, super::tar::number(size)),
        _ => return None,
    };
    let is_id = matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_id || fields.next().is_some() {
        return None;
    }
    let kind = match mode & 0o170_000 {
        0o100_000 => FoundKind::File { bytes, id: format!("git:{id}") },
        0o120_000 => FoundKind::Symlink(None),
        // a folder, or a submodule, whose files are not listed
        0o040_000 | 0o160_000 => FoundKind::Dir,
        _ => return None,
    };
    let bits = matches!(kind, FoundKind::File { .. }).then_some(mode & 0o777);
    Some((format, Found { path: unquote(path), kind, mode: bits, mtime: None }))
}
