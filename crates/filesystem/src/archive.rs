//! Tar archives and gzip.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Read, Write};
use std::rc::Rc;

use crate::copier::{follow_below, join};
use crate::pattern::clean;
use crate::table::Node;
use crate::tar::header_at;
use crate::{Attr, Content, CopyError, Errno, FileSystem, Kind, Special};

/// Why an archive cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveError {
    /// Compressed in a way that this model does not read: bzip2, xz, zstd.
    Compression(&'static str),
    /// Not an archive, or a broken one.
    Invalid,
    /// Bytes that are needed are not known.
    Unknown,
    /// A limit is reached.
    TooLarge,
    /// The name of an entry leads out of the directory.
    Outside(String),
    /// Something that is no directory is in the way of an entry: what was tried, and with which name.
    NotDirectory(&'static str, String),
    /// The symlinks of an entry's directory lead nowhere: which, and why.
    Links(String, &'static str),
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArchiveError::Compression(name) => write!(f, "{name} archives cannot be unpacked here"),
            ArchiveError::Invalid => f.write_str("archive/tar: invalid tar header"),
            ArchiveError::Unknown => f.write_str("the archive's bytes are not known"),
            ArchiveError::TooLarge => f.write_str("the archive is too large"),
            ArchiveError::Outside(name) => write!(f, "invalid entry name {name:?}"),
            ArchiveError::NotDirectory(call, name) => write!(f, "{call} {name}: not a directory"),
            ArchiveError::Links(name, why) => write!(f, "statat {name}: {why}"),
        }
    }
}

impl std::error::Error for ArchiveError {}

/// An entry of a tar archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TarEntry {
    /// The name as in the archive: `d/x`, `./x`, `/x`.
    pub name: String,
    /// What it is.
    pub kind: TarKind,
    /// Mode, owner and time.
    pub attr: Attr,
}

/// What an entry of a tar archive is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TarKind {
    /// A directory.
    Dir,
    /// A file.
    File(Content),
    /// A symbolic link and its target.
    Symlink(String),
    /// A named pipe or a device file.
    Special(Special),
    /// A hard link to another name of the archive.
    HardLink(String),
}

/// Entries that an archive may have.
pub const ENTRY_LIMIT: usize = 200_000;

/// Bytes that a compressed archive may have when unpacked, and a file to be compressed.
pub const GZIP_LIMIT: usize = 64 << 20;

/// Whether ADD unpacks it: a tar archive with an entry, plain or compressed, told by its content alone.
///
/// Of a bzip2, xz or zstd file it cannot be told what is in it: it is taken for an archive.
pub fn is_archive(content: &Content) -> bool {
    if foreign_compression(content).is_some() {
        return true;
    }
    match plain(content) {
        Ok(content) => header_at(&content, 0).is_ok_and(|header| header.is_some()),
        Err(_) => false,
    }
}

pub(crate) fn foreign_compression(content: &Content) -> Option<&'static str> {
    let start = content.slice(0, 6).bytes(6)?;
    let magics: [(&[u8], &str); 3] = [(b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"\x28\xb5\x2f\xfd", "zstd")];
    let found = magics.iter().find(|(magic, _)| start.starts_with(magic));
    found.map(|(_, name)| *name)
}

fn is_gzip(content: &Content) -> bool {
    content.slice(0, 3).bytes(3).as_deref() == Some(b"\x1f\x8b\x08")
}

pub(crate) fn plain(content: &Content) -> Result<Content, ArchiveError> {
    if is_gzip(content) { gunzip(content) } else { Ok(content.clone()) }
}

/// The entries for a path and all below it; the path itself is called `name`, and what has several names becomes hard
/// links. The devices of the container are left out.
pub fn tar_entries(tree: &FileSystem, path: &str, name: &str) -> Vec<TarEntry> {
    let mut first_names: BTreeMap<u32, String> = BTreeMap::new();
    let mut entries = Vec::new();
    let mut prefix = None;
    for (full, stat) in tree.walk(path) {
        let start = *prefix.get_or_insert(full.trim_end_matches('/').len());
        let name = format!("{}{}", name.trim_end_matches('/'), full.get(start..).unwrap_or_default());
        let first = first_names.get(&stat.inode).cloned();
        let kind = match (stat.kind, first) {
            (Kind::Dir, _) => TarKind::Dir,
            (Kind::Device(_), _) => continue,
            (_, Some(first)) => TarKind::HardLink(first),
            (Kind::File(content), None) => TarKind::File(content.clone()),
            (Kind::Symlink(target), None) => TarKind::Symlink(target.to_string()),
            (Kind::Special(special), None) => TarKind::Special(special),
        };
        if stat.links > 1 && !stat.is_dir() {
            first_names.entry(stat.inode).or_insert_with(|| name.clone());
        }
        entries.push(TarEntry { name, kind, attr: stat.attr });
    }
    entries
}

/// Unpacks entries into a directory that exists, as ADD does (moby `pkg/archive` `Unpack`): what is there is replaced,
/// directories are merged and get the archive's mode and owner, missing directories are made as root's with 755.
///
/// `owner` replaces the owners in the archive. An entry that leads out of the directory is an error.
pub fn unpack(
    entries: &[TarEntry],
    target: &mut FileSystem,
    directory: &str,
    owner: Option<(u32, u32)>,
) -> Result<(), ArchiveError> {
    let now = target.now();
    for entry in entries {
        let path = inside(target, directory, &entry.name)?.ok_or_else(|| ArchiveError::Outside(entry.name.clone()))?;
        if path == directory {
            continue;
        }
        let mut attr = entry.attr;
        if let Some((uid, gid)) = owner {
            (attr.uid, attr.gid) = (uid, gid);
        }
        let placed = match &entry.kind {
            TarKind::Dir => target.place(&path, Node::Dir(Rc::default()), attr),
            TarKind::File(content) => target.place(&path, Node::File(content.clone()), attr),
            TarKind::Symlink(link) => {
                attr.mode = 0o777;
                target.place(&path, Node::Symlink(link.as_str().into()), attr)
            }
            TarKind::Special(special) => target.place(&path, Node::Special(*special), attr),
            TarKind::HardLink(link) => {
                let link = inside(target, directory, link)?.ok_or(ArchiveError::Invalid)?;
                target.place_link(&link, &path)
            }
        };
        placed.map_err(|error| match error {
            Errno::NoSpace => ArchiveError::TooLarge,
            Errno::NotDir => in_the_way(target, directory, &clean(entry.name.trim_start_matches('/'))),
            _ => ArchiveError::Invalid,
        })?;
    }
    target.set_now(now);
    Ok(())
}

/// Where an entry goes; nowhere where its name leads out of the directory. That is the root of all that is unpacked
/// (`chrootarchive`): an absolute symlink on the way begins there.
fn inside(target: &FileSystem, directory: &str, name: &str) -> Result<Option<String>, ArchiveError> {
    let name = clean(name.trim_start_matches('/'));
    if name == ".." || name.starts_with("../") {
        return Ok(None);
    }
    let Some((parent, last)) = name.rsplit_once('/') else {
        return Ok(Some(clean(&format!("{directory}/{name}"))));
    };
    match follow_below(target, directory, parent) {
        Ok(parent) => Ok(Some(join(&parent, last))),
        Err(CopyError::Escapes) => Err(ArchiveError::Links(parent.to_string(), "path escapes from parent")),
        Err(CopyError::TooManyLinks) => {
            Err(ArchiveError::Links(parent.to_string(), "too many levels of symbolic links"))
        }
        // it is said where the entry is put
        Err(_) => Ok(Some(clean(&format!("{directory}/{name}")))),
    }
}

/// What is said where a part of an entry's name is no directory: its directory is looked at first, and where that exists
/// as something else, the entry itself is opened.
fn in_the_way(target: &FileSystem, directory: &str, name: &str) -> ArchiveError {
    let parent = name.rsplit_once('/').map_or("", |(parent, _)| parent);
    match target.stat(&format!("{directory}/{parent}"), false, &crate::Cred::root()) {
        Ok(_) => ArchiveError::NotDirectory("openat", name.to_string()),
        Err(_) => ArchiveError::NotDirectory("statat", parent.to_string()),
    }
}

/// Compresses as gzip does; None if bytes are not known or more than [`GZIP_LIMIT`].
pub fn gzip(content: &Content) -> Option<Content> {
    let bytes = content.bytes(GZIP_LIMIT)?;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&bytes).ok()?;
    Some(Content::from_bytes(&encoder.finish().ok()?))
}

/// Undoes [`gzip()`].
pub fn gunzip(content: &Content) -> Result<Content, ArchiveError> {
    let bytes = content.bytes(GZIP_LIMIT).ok_or(ArchiveError::Unknown)?;
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes.as_slice()).take(GZIP_LIMIT as u64 + 1);
    let mut plain = Vec::new();
    decoder.read_to_end(&mut plain).map_err(|_| ArchiveError::Invalid)?;
    if plain.len() > GZIP_LIMIT {
        return Err(ArchiveError::TooLarge);
    }
    Ok(Content::from_bytes(&plain))
}
