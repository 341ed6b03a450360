//! Layers as plain data, as they are in an image.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::{Attr, Content, Special};

/// The block that the containerd store's sizes are rounded up to.
const BLOCK: u64 = 4096;

/// The blocks of a directory whose names take so many bytes: one as long as they fit, then an index and leaves. How full
/// the leaves are depends on the names' hashes; here they are three quarters full.
fn dir_blocks(names: u64) -> u64 {
    // `.` and `..`, and a checksum
    let room = BLOCK - 24 - 12;
    if names <= room { 1 } else { 1 + names.div_ceil(room / 4 * 3).max(2) }
}

/// Where an engine keeps images, and so how it counts a layer's bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImageStore {
    /// The storage driver overlay2 (`daemon/images/image_history.go`).
    #[default]
    Overlay2,
    /// containerd, the default of new installs (`daemon/containerd/image_history.go`).
    Containerd,
}

/// What one step changed, as its tar archive in the image holds it.
///
/// Sorted by [`LayerEntry::tar_path`]. The directories above every change are listed, but not `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// What was added, changed and hidden.
    pub entries: Vec<LayerEntry>,
}

/// One path of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerEntry {
    /// The absolute path; of a whiteout the hidden thing's, of an opaque marker the directory's.
    pub path: Rc<str>,
    /// What is there.
    pub kind: EntryKind,
    /// Its mode, owner and time. A whiteout is root's with mode 600, an opaque marker has those of its directory.
    pub attr: Attr,
}

/// What a layer says of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A directory, merged with what lies below.
    Dir,
    /// A file.
    File(Content),
    /// A symbolic link and its target.
    Symlink(String),
    /// A named pipe or a device file.
    Special(Special),
    /// Another name of a file in the same layer: that file's absolute path.
    HardLink(String),
    /// What lies below at this path is hidden.
    Whiteout,
    /// All that lies below in this directory is hidden.
    Opaque,
}

impl LayerEntry {
    /// The path in the tar archive, with a leading slash: `/a/.wh.b` for a whiteout of `/a/b`, `/a/.wh..wh..opq` for
    /// an opaque marker of `/a` (OCI image layer specification, "Whiteouts").
    pub fn tar_path(&self) -> Cow<'_, str> {
        match &self.kind {
            EntryKind::Whiteout => {
                let (parent, name) = self.path.rsplit_once('/').unwrap_or(("", &*self.path));
                Cow::Owned(format!("{parent}/.wh.{name}"))
            }
            EntryKind::Opaque => Cow::Owned(format!("{}/.wh..wh..opq", self.path.trim_end_matches('/'))),
            _ => Cow::Borrowed(&self.path),
        }
    }
}

impl Layer {
    /// Bytes as a store counts them.
    pub fn size_in(&self, store: ImageStore) -> u64 {
        match store {
            ImageStore::Overlay2 => self.size(),
            ImageStore::Containerd => self.block_size(),
        }
    }

    /// Bytes as the overlay2 store counts them: the lengths of the regular files, hard links once.
    pub fn size(&self) -> u64 {
        self.file_sizes().fold(0, u64::saturating_add)
    }

    /// Bytes as the containerd store counts them: blocks of 4 KiB for files and directories, the root directory too, on
    /// ext4.
    pub fn block_size(&self) -> u64 {
        let mut names: BTreeMap<&str, u64> = BTreeMap::from([("", 0)]);
        for entry in self.entries.iter().filter(|entry| &*entry.path != "/") {
            if entry.kind == EntryKind::Dir {
                names.entry(&entry.path).or_default();
            }
            let (parent, name) = entry.path.rsplit_once('/').unwrap_or(("", &*entry.path));
            if entry.kind != EntryKind::Opaque {
                *names.entry(parent).or_default() += (8 + name.len() as u64).next_multiple_of(4);
            }
        }
        let dirs = names.into_values().map(dir_blocks).sum::<u64>().saturating_mul(BLOCK);
        self.file_sizes().map(|size| size.div_ceil(BLOCK).saturating_mul(BLOCK)).fold(dirs, u64::saturating_add)
    }

    fn file_sizes(&self) -> impl Iterator<Item = u64> {
        self.entries.iter().filter_map(|entry| match &entry.kind {
            EntryKind::File(content) => Some(content.size()),
            _ => None,
        })
    }
}
