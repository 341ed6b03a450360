//! The files of an image as they are after one of its layers.

use std::collections::BTreeMap;

use filesystem::{Attr, EntryKind, LayerEntry};

use crate::contents::{keys_inside, path_key, stands_for_others};
use crate::view::{FileChange, LayerView};

/// Everything that is at its place after a layer, and what that layer took away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Each directory before what it holds, by name. `/` itself is not listed.
    pub nodes: Vec<TreeNode>,
    /// The bytes of all files that are there.
    pub bytes: u64,
    /// Whether parts of a base image are known by their bytes only.
    pub outline: bool,
}

/// A path of a [`Tree`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    /// The absolute path.
    pub path: String,
    /// How many directories it lies in below `/`.
    pub depth: usize,
    /// The index in [`Tree::nodes`] behind the last node that lies in it: its own index and one more for all but
    /// directories that hold something.
    pub end: usize,
    /// `dir`, `file`, `symlink` or `hardlink`.
    pub kind: &'static str,
    /// The permission bits.
    pub mode: u32,
    /// The owner.
    pub uid: u32,
    /// The group.
    pub gid: u32,
    /// A file's bytes; of a directory those of all files that lie in it. What was removed does not count.
    pub bytes: u64,
    /// The files that lie in a directory; 1 for all else.
    pub files: usize,
    /// A link's target.
    pub link: Option<String>,
    /// Whether it stands for files of a base image that are not known by name.
    pub others: bool,
    /// The layer that it is from, as an index into [`ImageView::layers`](crate::ImageView::layers).
    pub layer: usize,
    /// What the layer that was asked for did to it; of a directory that it left alone what it did inside.
    pub change: Option<FileChange>,
}

/// The tree after layer `at` of the layers of an image, the oldest first.
#[must_use]
pub fn tree(layers: &[LayerView], at: usize) -> Tree {
    let mut nodes: BTreeMap<String, TreeNode> = BTreeMap::new();
    let mut outline = false;
    for (number, layer) in layers.iter().enumerate().take(at.saturating_add(1)) {
        outline |= layer.contents.is_outline();
        let entries = layer.contents.entries();
        for entry in entries {
            match entry.kind {
                EntryKind::Whiteout => hide(&mut nodes, &entry.path, true, number == at),
                EntryKind::Opaque => hide(&mut nodes, &entry.path, false, number == at),
                _ => {}
            }
        }
        for entry in entries {
            put(&mut nodes, entry, number, number == at, stands_for_others(&layer.contents, &entry.path));
        }
    }
    let mut tree = Tree { nodes: nodes.into_values().collect(), bytes: 0, outline };
    sum_up(&mut tree);
    tree
}

/// Takes away what lies in `path`, and `path` itself where asked; or marks it as removed.
fn hide(nodes: &mut BTreeMap<String, TreeNode>, path: &str, itself: bool, mark: bool) {
    let start = path_key(path);
    let mut hidden: Vec<String> = nodes.range(keys_inside(path)).map(|(key, _)| key.clone()).collect();
    if itself && nodes.contains_key(&start) {
        hidden.push(start);
    }
    for key in hidden {
        if !mark {
            nodes.remove(&key);
        } else if let Some(node) = nodes.get_mut(&key) {
            node.change = Some(FileChange::Removed);
        }
    }
}

fn put(nodes: &mut BTreeMap<String, TreeNode>, entry: &LayerEntry, layer: usize, mark: bool, others: bool) {
    let (kind, bytes, link) = match &entry.kind {
        EntryKind::Dir => ("dir", 0, None),
        EntryKind::File(content) => ("file", content.size(), None),
        EntryKind::Symlink(target) => ("symlink", 0, Some(target.clone())),
        EntryKind::Special(_) => ("other", 0, None),
        EntryKind::HardLink(other) => ("hardlink", 0, Some(other.clone())),
        EntryKind::Whiteout | EntryKind::Opaque => return,
    };
    let path = entry.path.trim_end_matches('/');
    if path.is_empty() {
        return;
    }
    // Each layer has its own.
    let numbered = others && nodes.contains_key(&path_key(path));
    let path = if numbered { &format!("{path}-{}", layer + 1) } else { path };
    parents(nodes, path, layer, mark);
    let before = nodes.get(&path_key(path)).filter(|node| node.change != Some(FileChange::Removed));
    if let Some(before) = before.filter(|before| before.kind == "dir" && kind == "dir") {
        let same = (before.mode, before.uid, before.gid) == (entry.attr.mode, entry.attr.uid, entry.attr.gid);
        // Every layer lists the directories above its changes: one that is as it was is not this layer's.
        if same {
            return;
        }
    }
    let change = mark.then_some(if before.is_some() { FileChange::Changed } else { FileChange::Added });
    if before.is_some_and(|before| before.kind == "dir") && kind != "dir" {
        hide(nodes, path, false, mark);
    }
    let node = node(path, kind, entry.attr, (bytes, link), (layer, change));
    nodes.insert(path_key(path), TreeNode { others, ..node });
}

/// The directories above `path` that no layer lists.
fn parents(nodes: &mut BTreeMap<String, TreeNode>, path: &str, layer: usize, mark: bool) {
    let mut above = path;
    while let Some((parent, _)) = above.rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) {
        if nodes.get(&path_key(parent)).is_some_and(|node| node.change != Some(FileChange::Removed)) {
            return;
        }
        let change = mark.then_some(FileChange::Added);
        let attr = Attr::root(0o755, 0);
        nodes.insert(path_key(parent), node(parent, "dir", attr, (0, None), (layer, change)));
        above = parent;
    }
}

fn node(
    path: &str,
    kind: &'static str,
    attr: Attr,
    (bytes, link): (u64, Option<String>),
    (layer, change): (usize, Option<FileChange>),
) -> TreeNode {
    TreeNode {
        path: path.to_string(),
        depth: path.matches('/').count().saturating_sub(1),
        end: 0,
        kind,
        mode: attr.mode,
        uid: attr.uid,
        gid: attr.gid,
        bytes,
        files: usize::from(kind != "dir"),
        link,
        others: false,
        layer,
        change,
    }
}

/// What was found in a directory so far.
#[derive(Clone, Copy, Default)]
struct Inside {
    there: (u64, usize),
    removed: (u64, usize),
    changed: bool,
}

/// Gives directories their sums, and marks those in which the layer changed something.
fn sum_up(tree: &mut Tree) {
    // By depth: what the nodes after this one hold, up to the next directory above them; and where they begin.
    let mut found: Vec<Inside> = vec![Inside::default()];
    let mut next: Vec<usize> = Vec::new();
    for (index, node) in tree.nodes.iter_mut().enumerate().rev() {
        let depth = node.depth;
        found.resize(found.len().max(depth + 2), Inside::default());
        next.resize(next.len().max(depth + 1), index + 1);
        let inside = found.get(depth + 1).copied().unwrap_or_default();
        let removed = node.change == Some(FileChange::Removed);
        if node.kind == "dir" {
            (node.bytes, node.files) = if removed { inside.removed } else { inside.there };
            if node.change.is_none() && inside.changed {
                node.change = Some(FileChange::Changed);
            }
        }
        node.end = next.get(depth).copied().unwrap_or(index + 1);
        next.iter_mut().skip(depth).for_each(|start| *start = index);
        found.iter_mut().skip(depth + 1).for_each(|inside| *inside = Inside::default());
        if let Some(here) = found.get_mut(depth) {
            // What was removed from a directory that is still there counts for the one above as well.
            let gone = if removed { (node.bytes, node.files) } else { inside.removed };
            let there = if removed { (0, 0) } else { (node.bytes, node.files) };
            here.there = (here.there.0.saturating_add(there.0), here.there.1 + there.1);
            here.removed = (here.removed.0.saturating_add(gone.0), here.removed.1 + gone.1);
            here.changed |= node.change.is_some();
        }
    }
    tree.bytes = found.first().map_or(0, |inside| inside.there.0);
}
