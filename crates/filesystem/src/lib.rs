//! A Linux file system as an image sees it: inodes, layers, whiteouts, build contexts, `.dockerignore`, COPY.
//!
//! [`FileSystem`] is a tree of inodes that is cheap to clone (a step's result is a clone of its parent's, changed).
//! Between [`FileSystem::begin_layer`] and [`FileSystem::layer`] it notes what overlayfs would copy up, so that a layer
//! holds what a real engine's layer holds: a `chmod` to the mode a file has already counts, reading does not.
//! [`Context`] is the build context with its edits, [`ignore`] reads `.dockerignore`, [`copy()`] does what COPY and ADD
//! do, [`checksum()`] is BuildKit's content hash, [`Work`] is what was done to one tree and can be done to another,
//! [`Transferred`] is a context that was sent and can be sent again by its edits, [`archive`] reads and writes tar and gzip.
//!
//! It does not model: ACLs, extended attributes, quotas, times finer than seconds, sparse
//! blocks, bzip2, xz and zstd.
//!
//! Invariants: no operation panics, whatever the path or pattern; paths are resolved with at most 40 symlinks; no path
//! in a tree is longer than [`PATH_LIMIT`]; applying the layers of a tree to nothing makes that tree again; the bytes
//! of a layer are the sum of its files; a whiteout never shrinks a layer below.

pub mod archive;
mod attr;
mod beside;
mod change;
mod checksum;
mod content;
mod context;
mod copier;
mod copy;
mod edited;
pub mod ignore;
mod layer;
mod layering;
mod mode;
mod mount;
mod pattern;
mod rename;
mod table;
mod tar;
mod transfer;
mod tree;
mod watch;

pub use archive::{
    ArchiveError, ENTRY_LIMIT, GZIP_LIMIT, TarEntry, TarKind, gunzip, gzip, is_archive, tar_entries, unpack,
};
pub use attr::{Attr, Cred, Device, Errno, Kind, Special, Stat};
pub use beside::Visit;
pub use checksum::{ChecksumOptions, checksum};
pub use content::{Content, Piece};
pub use context::{CONTEXT_ENTRY_LIMIT, Context, ContextEntry, ContextError, ContextKind, Edit};
pub use copy::{CopyError, CopyOptions, copy, copy_noting, find_sources};
pub use edited::Went;
pub use ignore::{Ignore, IgnoreError, IgnoreErrorKind, Pattern, parse_ignore, parse_patterns};
pub use layer::{EntryKind, ImageStore, Layer, LayerEntry};
pub use mode::{BadMode, ModeChange, ModeClause, parse_mode};
pub use mount::{MOUNT_LIMIT, MountId, MountSource};
pub use pattern::{BadPattern, path_match};
pub use table::{INODE_LIMIT, INODE_NUMBER_LIMIT};
pub use tar::{read_tar, write_tar};
pub use transfer::{Transferred, transfer};
pub use tree::{FILE_BYTES_LIMIT, FileSystem, NAME_LIMIT, PATH_LIMIT, SYMLINK_LIMIT, TOTAL_BYTES_LIMIT};
pub use watch::Work;
