//! Files that an estimate put somewhere without saying their names.
//!
//! Of a cloned repository, a downloaded archive and the build of sources that nobody knows, only some files have names; one
//! file stands for the rest. Whoever asks for another name there gets a file of typical size: it may be one of the rest.

use filesystem::{Content, Cred, FileSystem, Kind};

/// The name of the file that stands for those without one.
const REST: &str = "other-files";
/// Where a build of unknown sources keeps what it made.
const OBJECTS: &str = "objects/all";
/// A program whose name a build of unknown sources guessed.
const GUESSED: &str = "/make/";
/// What the content of an archive's unnamed files ends with, where its layout is not known.
pub(crate) const UNKNOWN_LAYOUT: &str = "#?";
/// The bytes of a file of sources or settings.
pub(crate) const TYPICAL: u64 = 15_000;
/// How many entries of a folder are looked at.
const LOOKED_AT: usize = 256;

fn content(fs: &FileSystem, path: &str) -> Option<(u64, String)> {
    let stat = fs.stat(path, true, &Cred::root()).ok()?;
    let Kind::File(content) = stat.kind else { return None };
    match content.pieces().first()? {
        filesystem::Piece::Opaque { id, .. } if !content.is_known() => Some((stat.size, id.to_string())),
        _ => None,
    }
}

/// The folder nearest above a path that is there, but for the root.
fn folder_above(fs: &FileSystem, path: &str) -> Option<String> {
    let mut folder = path.trim_end_matches('/');
    loop {
        folder = folder.rsplit_once('/')?.0;
        if folder.is_empty() {
            return None;
        }
        if fs.stat(folder, true, &Cred::root()).is_ok() {
            return fs.resolve(folder, true, &Cred::root()).ok();
        }
    }
}

/// What a file is counted with that may lie at an absolute path where none is known; `None` where none may.
pub(crate) fn bytes(fs: &FileSystem, path: &str) -> Option<u64> {
    let folder = folder_above(fs, path)?;
    if let Some((bytes, _)) = content(fs, &format!("{folder}/{OBJECTS}")) {
        return Some(bytes / 4);
    }
    if let Some((bytes, _)) = content(fs, &format!("{folder}/{REST}")) {
        return Some(bytes.min(TYPICAL));
    }
    if let Some(guess) = guessed_folder(fs, &folder) {
        return Some(fs.walk(&guess).iter().filter(|(_, stat)| stat.is_file()).map(|(_, stat)| stat.size).sum());
    }
    let names = fs.read_dir(&folder, &Cred::root()).unwrap_or_default();
    let mut contents = names.iter().take(LOOKED_AT).filter_map(|name| content(fs, &format!("{folder}/{name}")));
    contents.find(|(_, id)| id.contains(GUESSED)).map(|(bytes, _)| bytes)
}

/// The folder, in one that an archive of unknown layout was unpacked to, whose name is a guess.
fn guessed_folder(fs: &FileSystem, folder: &str) -> Option<String> {
    let names = fs.read_dir(folder, &Cred::root()).unwrap_or_default();
    let mut paths = names.iter().take(LOOKED_AT).map(|name| format!("{folder}/{name}"));
    paths.find(|path| content(fs, &format!("{path}/{REST}")).is_some_and(|(_, id)| id.ends_with(UNKNOWN_LAYOUT)))
}

/// The mode of a file that nobody knows: one that may be a program can be run.
pub(crate) fn mode_of(path: &str) -> u32 {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_program = match name.rsplit_once('.') {
        Some((_, ending)) => matches!(ending, "sh" | "phar" | "run" | "bin" | "py"),
        None => true,
    };
    if is_program || folder.ends_with("/bin") { 0o755 } else { 0o644 }
}

/// Puts there what may lie at a path. Where the only thing in doubt is the name of what was unpacked, that is renamed: in a
/// folder of programs it is one program.
pub(crate) fn supply(fs: &mut FileSystem, path: &str, as_folder: bool, who: &Cred) -> Option<u64> {
    let size = bytes(fs, path)?;
    let root = Cred::root();
    let (folder, name) = path.rsplit_once('/')?;
    let guess = guessed_folder(fs, folder).filter(|_| !name.is_empty());
    if let Some(guess) = guess {
        if folder.ends_with("/bin") {
            let id = content(fs, &format!("{guess}/{REST}")).map(|(_, id)| id).unwrap_or_default();
            fs.remove_all(&guess, &root).ok()?;
            fs.write(path, Content::opaque(&id, size), 0o755, who).ok()?;
        } else {
            fs.rename(&guess, path, &root).ok()?;
        }
        return Some(size);
    }
    fs.mkdir_all(folder, 0o755, who).ok()?;
    if as_folder {
        fs.mkdir_all(path, 0o755, who).ok()?;
        fs.write(&format!("{path}/{REST}"), Content::opaque(&format!("unlisted{path}"), size), 0o644, who).ok()?;
    } else {
        fs.write(path, Content::opaque(&format!("unlisted{path}"), size), mode_of(path), who).ok()?;
    }
    Some(size)
}
