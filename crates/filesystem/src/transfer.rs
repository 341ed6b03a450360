//! Sending the build context: what of it the builder sees.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::context::ContextEntry;
use crate::ignore::Matched;
use crate::table::{Known, Node};
use crate::{Attr, Content, Context, ContextKind, Cred, Errno, FileSystem, Ignore};

/// A directory that the current path lies in.
struct Above<'a> {
    path: &'a str,
    attr: Attr,
    /// Which patterns matched it.
    matched: Matched,
    /// None: it is excluded, and nothing in it is sent so far.
    inode: Option<u32>,
}

/// Files whose edits are made in the tree that is there, at most.
const EDITS: usize = 64;

/// A build context that was sent, and the tree that came of it.
#[derive(Clone, Debug)]
pub struct Transferred {
    context: Context,
    ignore: Ignore,
    tree: FileSystem,
}

impl Transferred {
    /// Sends a context: what [`transfer`] does. Where it is another only in what a few files hold, their modes and times, the
    /// tree of `last` is taken with these edits: it comes to the same, and shares with that tree what is the same.
    pub fn again(last: Option<&Transferred>, context: &Context, ignore: &Ignore) -> Transferred {
        let edited = last.filter(|last| last.ignore == *ignore).and_then(|last| last.edited(context));
        let tree = edited.unwrap_or_else(|| transfer(context, ignore));
        Transferred { context: context.clone(), ignore: ignore.clone(), tree }
    }

    /// The tree that COPY reads from.
    pub fn tree(&self) -> &FileSystem {
        &self.tree
    }

    /// The tree of another context that has the same paths.
    fn edited(&self, context: &Context) -> Option<FileSystem> {
        if self.context.is_same(context) {
            return Some(self.tree.clone());
        }
        // What the two readings of the rules make of a file is not to be told from the tree.
        if self.context.len() != context.len() || self.ignore.has_exceptions() {
            return None;
        }
        let mut tree = self.tree.clone();
        let mut outdated = BTreeSet::new();
        for ((path, old), (other, new)) in self.context.shared().zip(context.shared()) {
            let is_path = Rc::ptr_eq(path, other) || path == other;
            if !is_path || std::mem::discriminant(&old.kind) != std::mem::discriminant(&new.kind) {
                return None;
            }
            if old == new || self.ignore.is_excluded(path) {
                continue;
            }
            outdated.extend(edit(&mut tree, path, new)?);
            if outdated.len() > EDITS {
                return None;
            }
        }
        let known = self.tree.inodes.known.as_deref()?;
        let mut digests = known.digests.borrow().clone();
        digests.retain(|(inode, _), _| !outdated.contains(inode));
        let known = Known { parents: Rc::clone(&known.parents), digests: RefCell::new(digests) };
        tree.inodes.known = Some(Rc::new(known));
        Some(tree)
    }
}

/// Gives an entry, if it was sent, what another has; gives the inode and those of the directories above it. `None` where that
/// cannot be.
fn edit(tree: &mut FileSystem, path: &str, entry: &ContextEntry) -> Option<Vec<u32>> {
    let found = tree.find(path, false, &Cred::root()).ok()?;
    let number = found.inode?;
    match &entry.kind {
        ContextKind::File(content) => tree.inodes.set_content(number, content.clone()).ok()?,
        ContextKind::Dir => {}
        ContextKind::Symlink(target) => tree.inodes.get_mut(number)?.node = Node::Symlink(target.as_str().into()),
    }
    tree.inodes.get_mut(number)?.attr = Attr::root(entry.mode, entry.mtime);
    Some(found.dirs.iter().map(|dir| dir.inode).chain([number]).collect())
}

/// The tree that COPY reads from: the context without what `.dockerignore` excludes, all of it root's.
///
/// A directory that is excluded is there all the same if something in it is not (fsutil `filter.go`). What does not
/// fit the limits of a tree is left out.
pub fn transfer(context: &Context, ignore: &Ignore) -> FileSystem {
    let mut tree = FileSystem::default();
    let has_exceptions = ignore.has_exceptions();
    let mut above: Vec<Above<'_>> = Vec::new();
    let mut parents = vec![tree.root];
    // name by name, as folders are walked: `a`, `a/b`, `a.b`, while `a.b` sorts before `a/b`
    let mut entries: Vec<_> = context.entries().collect();
    entries.sort_by(|(a, _), (b, _)| a.split('/').cmp(b.split('/')));
    for (path, entry) in entries {
        while above.last().is_some_and(|dir| !is_below(path, dir.path)) {
            above.pop();
        }
        let parent = above.last().map(|dir| &dir.matched);
        let (excluded, matched) = ignore.walk_step(path, parent);
        let attr = Attr::root(entry.mode, entry.mtime);
        let node = match &entry.kind {
            // The sender lists files by one reading of the rules and opens them by the other: what only the second
            // excludes arrives empty.
            ContextKind::File(_) if has_exceptions && ignore.is_excluded(path) => Node::File(Content::default()),
            ContextKind::File(content) => Node::File(content.clone()),
            ContextKind::Dir => Node::Dir(Rc::default()),
            ContextKind::Symlink(target) => Node::Symlink(target.as_str().into()),
        };
        let inode = if excluded { None } else { send(&mut tree, &mut parents, &mut above, path, node, attr).ok() };
        if entry.kind == ContextKind::Dir {
            above.push(Above { path, attr, matched, inode });
        }
    }
    tree.inodes.known = Some(Rc::new(Known { parents: Rc::new(parents), ..Known::default() }));
    tree
}

fn is_below(path: &str, dir: &str) -> bool {
    path.strip_prefix(dir).is_some_and(|rest| rest.starts_with('/'))
}

/// Adds an entry and the directories above it that are not there yet.
fn send(
    tree: &mut FileSystem,
    parents: &mut Vec<u32>,
    above: &mut [Above<'_>],
    path: &str,
    node: Node,
    attr: Attr,
) -> Result<u32, Errno> {
    let root = tree.root;
    let mut add = |parent: u32, path: &str, node: Node, attr: Attr| {
        let inode = tree.add_child(parent, name_of(path), node, attr)?;
        parents.push(parent);
        Ok(inode)
    };
    let mut parent = root;
    for dir in above {
        parent = match dir.inode {
            Some(inode) => inode,
            None => add(parent, dir.path, Node::Dir(Rc::default()), dir.attr)?,
        };
        dir.inode = Some(parent);
    }
    add(parent, path, node, attr)
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
