//! The project that the page opens on.

use report::{Content, Context, ContextEntry, ContextKind};

/// Path, whether it is executable, and content of each of its files; listed by `build.rs`.
const FILES: &[(&str, bool, &[u8])] = include!(concat!(env!("OUT_DIR"), "/sample.rs"));
/// The time of all its files, in seconds since 1970: 1 November 2026.
const TIME: i64 = 1_793_491_200;

/// The sample project: a small Node service.
pub fn sample() -> Context {
    let mut context = Context::default();
    for (path, executable, bytes) in FILES {
        let kind = ContextKind::File(Content::from_bytes(bytes));
        let mode = if *executable { 0o755 } else { 0o644 };
        // The paths are those of files on a disk, so none is refused.
        let _ = context.insert(path, ContextEntry { kind, mode, mtime: TIME });
    }
    context
}
