//! Sending the build context: what of it the builder sees.

use std::rc::Rc;

use crate::ignore::Matched;
use crate::table::Node;
use crate::{Attr, Content, Context, ContextKind, Errno, FileSystem, Ignore};

/// A directory that the current path lies in.
struct Above<'a> {
    path: &'a str,
    attr: Attr,
    /// Which patterns matched it.
    matched: Matched,
    /// None: it is excluded, and nothing in it is sent so far.
    inode: Option<u32>,
}

/// The tree that COPY reads from: the context without what `.dockerignore` excludes, all of it root's.
///
/// A directory that is excluded is there all the same if something in it is not (fsutil `filter.go`). What does not
/// fit the limits of a tree is left out.
pub fn transfer(context: &Context, ignore: &Ignore) -> FileSystem {
    let mut tree = FileSystem::default();
    let has_exceptions = ignore.has_exceptions();
    let mut above: Vec<Above<'_>> = Vec::new();
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
        let inode = if excluded { None } else { send(&mut tree, &mut above, path, node, attr).ok() };
        if entry.kind == ContextKind::Dir {
            above.push(Above { path, attr, matched, inode });
        }
    }
    tree
}

fn is_below(path: &str, dir: &str) -> bool {
    path.strip_prefix(dir).is_some_and(|rest| rest.starts_with('/'))
}

/// Adds an entry and the directories above it that are not there yet.
fn send(tree: &mut FileSystem, above: &mut [Above<'_>], path: &str, node: Node, attr: Attr) -> Result<u32, Errno> {
    let mut parent = tree.root;
    for dir in above {
        parent = match dir.inode {
            Some(inode) => inode,
            None => tree.add_child(parent, name_of(dir.path), Node::Dir(Rc::default()), dir.attr)?,
        };
        dir.inode = Some(parent);
    }
    tree.add_child(parent, name_of(path), node, attr)
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
