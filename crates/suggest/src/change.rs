//! What another build changes in the image.

use std::collections::BTreeMap;

use filesystem::{Content, EntryKind};
use report::{ImageView, Tree, TreeNode, tree};

/// Paths that are listed.
const MOST_PATHS: usize = 60;

/// What is different in an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageChange {
    /// The paths, in order. A directory stands for all that lies in it.
    pub paths: Vec<PathChange>,
    /// More paths that are different.
    pub more: usize,
    /// The fields of the configuration that are different: `User`, `Env`.
    pub config: Vec<String>,
}

/// A path that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathChange {
    /// The absolute path.
    pub path: String,
    /// What is different.
    pub kind: PathChangeKind,
    /// The files that this is true of.
    pub files: usize,
    /// Their bytes, where they are more or gone.
    pub bytes: u64,
}

/// What is different of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// What is in it, where a link leads, or what it is.
    Content,
    /// Owner and group.
    Owner {
        /// They were.
        before: (u32, u32),
        /// They are.
        after: (u32, u32),
    },
    /// The permission bits.
    Mode {
        /// They were.
        before: u32,
        /// They are.
        after: u32,
    },
}

impl ImageChange {
    /// Whether nothing is different.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.paths.is_empty() && self.config.is_empty()
    }
}

/// What is different in `after`.
pub(crate) fn compare(before: &ImageView, after: &ImageView) -> ImageChange {
    let mut change = ImageChange::default();
    let names: std::collections::BTreeSet<&String> = before.config.keys().chain(after.config.keys()).collect();
    let differs = |name: &&&String| before.config.get(**name) != after.config.get(**name);
    change.config = names.iter().filter(differs).map(|name| (*name).clone()).collect();
    let (old, new) = (Side::of(before), Side::of(after));
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.tree.nodes.get(i), new.tree.nodes.get(j)) {
            (Some(a), Some(b)) if a.path == b.path => {
                both(&old, a, &new, b, &mut change);
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none_or(|b| key(&a.path).lt(key(&b.path))) => {
                note(&mut change, &a.path, PathChangeKind::Removed, a.files, a.bytes);
                i = a.end.max(i + 1);
            }
            (_, Some(b)) => {
                note(&mut change, &b.path, PathChangeKind::Added, b.files, b.bytes);
                j = b.end.max(j + 1);
            }
            _ => return change,
        }
    }
}

/// A path in the order of a tree's nodes: what lies in a directory follows it.
fn key(path: &str) -> impl Iterator<Item = u8> + '_ {
    path.bytes().map(|byte| if byte == b'/' { 0 } else { byte })
}

struct Side<'a> {
    image: &'a ImageView,
    tree: Tree,
    /// The contents of the files of each layer that a step made.
    files: Vec<BTreeMap<&'a str, &'a Content>>,
}

impl<'a> Side<'a> {
    fn of(image: &'a ImageView) -> Side<'a> {
        let files = image.layers.iter().map(|layer| {
            let built = layer.contents.is_built();
            let entries = layer.contents.entries().iter().filter(|_| built);
            let files = entries.filter_map(|entry| match &entry.kind {
                EntryKind::File(content) => Some((&*entry.path, content)),
                _ => None,
            });
            files.collect()
        });
        let tree = tree(&image.layers, image.layers.len().saturating_sub(1));
        let mut side = Side { image, tree, files: files.collect() };
        remove_gone(&mut side.tree);
        side
    }

    fn content(&self, node: &TreeNode) -> Option<&'a Content> {
        self.files.get(node.layer)?.get(node.path.as_str()).copied()
    }

    /// The layer of a base image that a node is from.
    fn base(&self, node: &TreeNode) -> Option<&'a String> {
        self.image.layers.get(node.layer)?.base.as_ref()
    }
}

/// A tree still lists what its last layer took away.
fn remove_gone(tree: &mut Tree) {
    let gone = |node: &TreeNode| node.change == Some(report::FileChange::Removed);
    if !tree.nodes.iter().any(gone) {
        return;
    }
    let mut left = Vec::new();
    let mut index = Vec::with_capacity(tree.nodes.len() + 1);
    for node in &tree.nodes {
        index.push(left.len());
        if !gone(node) {
            left.push(node.clone());
        }
    }
    index.push(left.len());
    for node in &mut left {
        node.end = index.get(node.end).copied().unwrap_or(node.end);
    }
    tree.nodes = left;
}

fn both(old: &Side<'_>, a: &TreeNode, new: &Side<'_>, b: &TreeNode, change: &mut ImageChange) {
    let directory = a.kind == "dir" && b.kind == "dir";
    let same_base = || old.base(a).is_some() && old.base(a) == new.base(b);
    let content = || match (old.content(a), new.content(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => same_base() || a.bytes == b.bytes,
        _ => a.bytes == b.bytes,
    };
    if a.kind != b.kind || a.link != b.link || (!directory && (a.bytes != b.bytes || !content())) {
        note(change, &a.path, PathChangeKind::Content, b.files, b.bytes);
    }
    if (a.uid, a.gid) != (b.uid, b.gid) {
        let kind = PathChangeKind::Owner { before: (a.uid, a.gid), after: (b.uid, b.gid) };
        note(change, &a.path, kind, usize::from(!directory), 0);
    }
    if a.mode != b.mode && a.kind != "symlink" {
        let kind = PathChangeKind::Mode { before: a.mode, after: b.mode };
        note(change, &a.path, kind, usize::from(!directory), 0);
    }
}

/// Adds a change, or counts it to that of a directory around it.
fn note(change: &mut ImageChange, path: &str, kind: PathChangeKind, files: usize, bytes: u64) {
    let mut recent = change.paths.iter_mut().rev().take(MOST_PATHS);
    let around = |other: &&mut PathChange| {
        let inside = path.strip_prefix(other.path.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let counted = matches!(kind, PathChangeKind::Owner { .. } | PathChangeKind::Mode { .. });
        other.kind == kind && counted && inside
    };
    if let Some(other) = recent.find(around) {
        other.files += files;
    } else if change.paths.len() < MOST_PATHS {
        change.paths.push(PathChange { path: path.to_owned(), kind, files, bytes });
    } else {
        change.more += 1;
    }
}
