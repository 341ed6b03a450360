//! A file as a listing or a browser tells of it.

/// One entry of somebody's project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The path, as it was told or below the project's folder.
    pub path: String,
    /// What it is.
    pub kind: FoundKind,
    /// The permission bits, where they were told.
    pub mode: Option<u32>,
    /// The time of the last change in seconds since 1970, where it was told.
    pub mtime: Option<i64>,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundKind {
    /// A file whose text was read.
    Text(String),
    /// A file whose bytes are not known.
    File {
        /// How many they are; `None` where that was not told.
        bytes: Option<u64>,
        /// A name that is the same for the same bytes; empty where nothing tells them apart.
        id: String,
    },
    /// Another name of a file that was listed before.
    HardLink(String),
    /// A symbolic link; `None` where its target was not told.
    Symlink(Option<String>),
    /// A directory.
    Dir,
}
