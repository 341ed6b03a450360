//! What may be in a container beside the files that are known.
//!
//! Of most base images only the notable files are known, and of what package managers and compilers bring only some. A
//! command that misses a file may find it in a real build. Where that can be, it is taken as there, and the step says so:
//! a build does not fail for what nobody knows. Where the folder is known in full (WORKDIR, COPY and exact steps made
//! it) what is missing is missing, and the command fails as it would.

use filesystem::{Content, Cred, FileSystem, Kind};

use super::{Known, Machine, Process};
use crate::{Basis, Note, unlisted};

/// Folders that base images leave empty: what is missing there is missing.
const EMPTY_IN_IMAGES: [&str; 8] = ["/", "/home", "/media", "/mnt", "/srv", "/tmp", "/var/tmp", "/app"];
/// How many entries of a folder are looked at for files of unknown bytes.
const LOOKED_AT: usize = 64;
/// What commands say when a file or a user is not there.
const SAID_MISSING: [&str; 9] = [
    "No such file",
    "Directory nonexistent",
    "nonexistent directory",
    "invalid user",
    "invalid group",
    "unknown user",
    "unknown group",
    "does not exist",
    "Not found in archive",
];

/// What a RUN starts from, as far as it says what is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings<'a> {
    /// The base image's files, where they are an outline.
    pub(crate) outline: Option<&'a FileSystem>,
    /// How sure the files are that the RUN starts from.
    pub(crate) basis: Basis,
}

/// Whether a message says that something is not there.
pub(super) fn says_missing(text: &str) -> bool {
    SAID_MISSING.iter().any(|words| text.contains(words))
}

/// Whether something at an absolute path, where nothing is, may be there in a real build.
pub(super) fn may_hold(machine: &Machine<'_>, path: &str) -> bool {
    is_likely(machine, path) || may_be_among_others(machine, path)
}

/// Whether it may be there because a step has no model, or because an estimate put other files into the folder.
fn may_be_among_others(machine: &Machine<'_>, path: &str) -> bool {
    if machine.known == Known::InFull && machine.meter.basis == Basis::Exact || path.is_empty() {
        return false;
    }
    // whatever was not modelled may have written anywhere
    if machine.around.basis == Basis::NotModelled || machine.meter.basis == Basis::NotModelled {
        return true;
    }
    let folder = folder_above(machine, path);
    !EMPTY_IN_IMAGES.contains(&folder.as_str()) && has_unknown_files(machine, &folder)
}

/// The folder nearest above an absolute path that is there.
fn folder_above(machine: &Machine<'_>, path: &str) -> String {
    let root = Cred::root();
    let mut folder = path;
    loop {
        folder = match folder.rsplit_once('/') {
            Some(("", _)) | None => "/",
            Some((above, _)) => above,
        };
        if folder == "/" || machine.fs.stat(folder, true, &root).is_ok() {
            break;
        }
    }
    machine.fs.resolve(folder, true, &root).unwrap_or_else(|_| folder.to_owned())
}

/// Whether it may well be there: among files that were put there without names, in the base image, or of a package.
pub(super) fn is_likely(machine: &Machine<'_>, path: &str) -> bool {
    let root = Cred::root();
    if path.is_empty() {
        return false;
    }
    if unlisted::bytes(machine.fs, path).is_some() {
        return true;
    }
    if machine.known == Known::InFull && machine.meter.basis == Basis::Exact {
        return false;
    }
    let folder = folder_above(machine, path);
    if EMPTY_IN_IMAGES.contains(&folder.as_str()) {
        return false;
    }
    // where packages write
    let of_packages =
        ["/etc", "/usr", "/var", "/run"].iter().any(|top| format!("{folder}/").starts_with(&format!("{top}/")));
    if of_packages && (machine.around.basis != Basis::Exact || machine.meter.basis != Basis::Exact) {
        return true;
    }
    let in_base = |files: &FileSystem| files.stat(&folder, true, &root).is_ok();
    machine.around.outline.is_some_and(in_base)
}

/// Whether a folder has files whose bytes nobody knows: an estimate put them there, and there may be more of them.
fn has_unknown_files(machine: &Machine<'_>, folder: &str) -> bool {
    let root = Cred::root();
    let unknown = |name: &String| {
        let stat = machine.fs.stat(&format!("{folder}/{name}"), false, &root);
        matches!(stat.map(|stat| stat.kind), Ok(Kind::File(content)) if !content.is_known())
    };
    machine.fs.read_dir(folder, &root).unwrap_or_default().iter().take(LOOKED_AT).any(unknown)
}

/// Whether a program that failed is excused, because it missed what may be there. Its status is then 0, and what it would
/// have done is noted as not modelled.
pub(super) fn excuses(machine: &mut Machine<'_>, process: &Process) -> bool {
    if std::mem::take(&mut machine.said_missing).is_empty() {
        return false;
    }
    let operands = process.operands().iter().filter(|operand| !operand.starts_with('-') && !operand.is_empty());
    let paths = operands.map(|operand| process.path(operand));
    let missing: Option<String> =
        paths.filter(|path| machine.fs.stat(path, true, &Cred::root()).is_err()).find(|path| may_hold(machine, path));
    let missing = missing.or_else(|| missing_user(machine, process));
    match missing {
        Some(path) => {
            machine.meter.note(Basis::NotModelled, Note::MayBeThere { what: format!("{} {path}", process.name()) });
            true
        }
        None => false,
    }
}

/// The user or group that a command names and the image does not list, where packages or the base image may have made it.
pub(super) fn missing_user(machine: &Machine<'_>, process: &Process) -> Option<String> {
    let listed = matches!(machine.known, Known::InFull | Known::Programs);
    if listed && machine.around.basis == Basis::Exact && machine.meter.basis == Basis::Exact {
        return None;
    }
    let takes_owner = matches!(process.name(), "chown" | "chgrp" | "install" | "su" | "gosu" | "su-exec" | "addgroup");
    let takes_owner = takes_owner || matches!(process.name(), "adduser" | "usermod" | "mkdir");
    let owner = process.operands().iter().find(|word| !word.starts_with(['-', '/', '.']))?;
    takes_owner.then(|| owner.clone())
}

/// Makes a folder that a redirection or `cd` needs, where it may be there in a real build. `false` where it is missing.
/// The folder is the user's: whether a step may write there is not known either.
pub(super) fn make_folder(machine: &mut Machine<'_>, path: &str, who: &Cred) -> bool {
    if machine.fs.stat(path, true, &Cred::root()).is_ok() || !may_hold(machine, path) {
        return false;
    }
    machine.meter.note(Basis::Estimated, Note::MayBeThere { what: path.to_owned() });
    let root = Cred::root();
    machine.fs.mkdir_all(path, 0o755, &root).is_ok()
        && machine.fs.chown(path, Some(who.uid), Some(who.gid), true, &root).is_ok()
}

/// A file that a command reads, where it may be there in a real build: of no known bytes.
pub(super) fn unknown_file(machine: &mut Machine<'_>, path: &str) -> Option<Content> {
    if machine.fs.stat(path, true, &Cred::root()).is_ok() || !may_hold(machine, path) {
        return None;
    }
    machine.meter.note(Basis::NotModelled, Note::MayBeThere { what: path.to_owned() });
    Some(Content::default())
}
