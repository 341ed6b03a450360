//! Layers as plain data, as they are in an image.

use crate::{Attr, Content};

/// The block that the containerd store's sizes are rounded up to.
const BLOCK: u64 = 4096;

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
    pub path: String,
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
    pub fn tar_path(&self) -> String {
        match &self.kind {
            EntryKind::Whiteout => {
                let (parent, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
                format!("{parent}/.wh.{name}")
            }
            EntryKind::Opaque => format!("{}/.wh..wh..opq", self.path.trim_end_matches('/')),
            _ => self.path.clone(),
        }
    }
}

impl Layer {
    /// Bytes as the overlay2 store counts them: the lengths of the regular files, hard links once.
    pub fn size(&self) -> u64 {
        self.file_sizes().fold(0, u64::saturating_add)
    }

    /// Bytes as the containerd store counts them: blocks of 4 KiB for files and directories, the root directory too.
    pub fn block_size(&self) -> u64 {
        let is_dir = |entry: &&LayerEntry| entry.kind == EntryKind::Dir && entry.path != "/";
        let dirs = self.entries.iter().filter(is_dir).count() as u64 + 1;
        self.file_sizes().map(|size| size.div_ceil(BLOCK).saturating_mul(BLOCK)).fold(dirs * BLOCK, u64::saturating_add)
    }

    fn file_sizes(&self) -> impl Iterator<Item = u64> {
        self.entries.iter().filter_map(|entry| match &entry.kind {
            EntryKind::File(content) => Some(content.size()),
            _ => None,
        })
    }
}
