//! What an author states of a RUN takes the place of what is estimated of it.
//!
//! `adds=` is the layer as `docker history` shows it: what the shell and coreutils wrote is kept as computed, files that
//! only an estimate stands for lose their bytes, and one file has the rest. Where more was computed than is stated, that
//! counts. The comment is no part of the cache key.

use std::collections::BTreeSet;

use dockerfile::Statement;
use filesystem::{Content, Cred, EntryKind, FileSystem, Kind, Piece};
use plan::Run;

use crate::key::Hash;
use crate::{Basis, Meter, Note};

/// The folder of the files that stand for stated bytes where no path is stated.
const FOLDER: &str = "/var/lib/layerlab";

/// Makes the layer of `files` come to what is stated. `before`: what the command could copy from.
pub(crate) fn state_bytes<'a>(
    files: &mut FileSystem,
    before: impl IntoIterator<Item = &'a FileSystem>,
    run: &Run,
    statement: &Statement,
    meter: &mut Meter,
    basis: Basis,
) {
    let Some(adds) = statement.adds else { return };
    let root = Cred::root();
    let known: BTreeSet<String> = before.into_iter().flat_map(names_in).collect();
    let guessed = |content: &Content| {
        content.pieces().iter().any(|piece| matches!(piece, Piece::Opaque { id, .. } if !known.contains(&**id)))
    };
    for entry in &files.layer().entries {
        if let EntryKind::File(content) = &entry.kind
            && guessed(content)
        {
            let _ = files.write(&entry.path, Content::default(), entry.attr.mode, &root);
        }
    }
    let path = place(files, run, statement.at.as_deref());
    let computed = files.layer().size();
    if adds < computed {
        meter.notes.push(Note::MoreThanStated { bytes: adds });
    } else if adds > computed {
        let _ = files.write(&path, Content::opaque(&format!("stated{path}"), adds - computed), 0o644, &root);
    }
    meter.basis = basis;
    meter.evidence.clear();
    meter.notes.retain(|note| matches!(note, Note::Limit { .. } | Note::MoreThanStated { .. }));
}

/// The time of a step, and how sure it is.
pub(crate) fn time(meter: &Meter, statement: Option<&Statement>) -> (u64, Basis) {
    let unknown = meter.notes.iter().any(|note| matches!(note, Note::UnknownCommand { .. }));
    match statement.and_then(|statement| statement.time_ms) {
        Some(ms) => (ms, Basis::Stated),
        None => (meter.ms, if unknown { Basis::NotModelled } else { Basis::Estimated }),
    }
}

/// Makes an empty file for the bytes: at the stated path, in it where that is a folder; else, and where no file can be
/// there, in a folder of its own, under a name that follows from the command.
fn place(files: &mut FileSystem, run: &Run, at: Option<&str>) -> String {
    let digest = run.arguments.iter().fold(Hash::new("stated"), |hash, argument| hash.text(argument)).finish();
    let name: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let root = Cred::root();
    let stated = at.map(|at| match files.stat(at, true, &root).map(|stat| matches!(stat.kind, Kind::Dir)) {
        Ok(true) => format!("{at}/{name}"),
        _ => at.to_owned(),
    });
    let own = format!("{FOLDER}/{name}");
    for path in stated.into_iter().chain([own.clone()]) {
        let parent = path.rsplit_once('/').map_or("/", |(parent, _)| parent);
        let made = if parent.is_empty() { Ok(()) } else { files.mkdir_all(parent, 0o755, &root) };
        if made.and_then(|()| files.write(&path, Content::default(), 0o644, &root)).is_ok() {
            return path;
        }
    }
    own
}

/// The names of contents that are known by their names alone.
fn names_in(files: &FileSystem) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, stat) in files.walk("/") {
        if let Kind::File(content) = stat.kind {
            names.extend(content.pieces().iter().filter_map(|piece| match piece {
                Piece::Opaque { id, .. } => Some(id.to_string()),
                _ => None,
            }));
        }
    }
    names
}
