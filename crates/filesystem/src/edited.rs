//! A copy that was made of a tree, once files of that tree are others.

use crate::table::{Inode, Node};
use crate::{Attr, CopyOptions, FileSystem, Kind, Stat};

/// Where the files of a source were copied to.
#[derive(Clone, Debug, Default)]
pub struct Went {
    files: Vec<Copied>,
    /// The paths in the target, one behind the other.
    paths: String,
}

/// A file of a source, and its copy.
#[derive(Clone, Copy, Debug)]
struct Copied {
    from: u32,
    to: u32,
    /// Where its path ends.
    end: usize,
}

impl Went {
    pub(crate) fn note(&mut self, from: u32, to: u32, path: &str) {
        self.paths.push_str(path);
        self.files.push(Copied { from, to, end: self.paths.len() });
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn path(&self, at: usize) -> &str {
        let begin = at.checked_sub(1).and_then(|before| self.files.get(before)).map_or(0, |before| before.end);
        let end = self.files.get(at).map_or(begin, |file| file.end);
        self.paths.get(begin..end).unwrap_or_default()
    }
}

impl CopyOptions {
    /// `copyFileInfo`: owner, mode and time of a copy, after the flags.
    pub(crate) fn attr(&self, stat: &Stat<'_>) -> Attr {
        let mut attr = stat.attr;
        if let Some((uid, gid)) = self.owner {
            (attr.uid, attr.gid) = (uid, gid);
        }
        if let (Some(mode), false) = (&self.mode, stat.is_symlink()) {
            attr.mode = mode.apply(attr.mode, stat.is_dir(), 0);
        }
        attr
    }
}

impl FileSystem {
    /// The files that hold something else in another tree, or have another mode, owner or time, where that is all that
    /// differs: no name, no directory, no link.
    pub fn edited_files(&self, other: &FileSystem) -> Option<Vec<u32>> {
        let shape = |tree: &FileSystem| (tree.root, tree.inodes.next, tree.inodes.live, tree.mounts.is_empty());
        if shape(self) != shape(other) || !self.mounts.is_empty() {
            return None;
        }
        let is_edit = |(number, old, new): (u32, Option<&Inode>, Option<&Inode>)| {
            let (old, new) = (old?, new?);
            let is_file = |inode: &Inode| matches!(inode.node, Node::File(_)) && inode.links == 1;
            (is_file(old) && is_file(new)).then_some(number)
        };
        self.inodes.differing(&other.inodes).map(is_edit).collect()
    }

    /// Gives the copies of edited files, inodes of `source`, what those have now. Gives the copies' paths; `None` where there
    /// is no room, and then this tree is of no use.
    pub fn copy_edits<'a>(
        &mut self,
        source: &FileSystem,
        edited: &[u32],
        went: &'a Went,
        options: &CopyOptions,
    ) -> Option<Vec<&'a str>> {
        let mut changed = Vec::new();
        for (at, file) in went.files.iter().enumerate().filter(|(_, file)| edited.contains(&file.from)) {
            let stat = source.stat_of(file.from).ok()?;
            // What is gone was replaced by another copy.
            if let (Kind::File(content), true) = (stat.kind, self.inodes.get(file.to).is_some()) {
                self.inodes.set_content(file.to, content.clone()).ok()?;
                self.inodes.get_mut(file.to)?.attr = options.attr(&stat);
                changed.push(went.path(at));
            }
        }
        Some(changed)
    }

    /// The edited files with their paths, as they are here and in the other tree. `None` also where the trees do not know where
    /// their files lie: only those that were sent as a context do.
    pub fn edits<'a>(&'a self, other: &'a FileSystem) -> Option<Vec<(String, Stat<'a>, Stat<'a>)>> {
        let edit = |inode: u32| Some((self.path_of(inode)?, self.stat_of(inode).ok()?, other.stat_of(inode).ok()?));
        self.edited_files(other)?.into_iter().map(edit).collect()
    }

    fn path_of(&self, inode: u32) -> Option<String> {
        let parents = &self.inodes.known.as_ref()?.parents;
        let (mut names, mut at) = (Vec::new(), inode);
        while at != self.root {
            let parent = *parents.get(at as usize)?;
            let (name, _) = self.inodes.names(parent)?.iter().find(|(_, child)| **child == at)?;
            names.push(&**name);
            at = parent;
        }
        names.push("");
        names.reverse();
        Some(names.join("/"))
    }
}
