//! Mounts: trees, files and devices that a RUN sees at a path and that its layer does not hold.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::table::{Inode, Node, Table};
use crate::tree::Found;
use crate::{Attr, Content, Cred, Device, Errno, FileSystem};

/// Mounts at a time.
pub const MOUNT_LIMIT: usize = 256;

/// What to show at a path.
#[derive(Clone, Debug)]
pub enum MountSource {
    /// A tree: its root directory, or the file that it consists of.
    Tree(FileSystem),
    /// A file.
    File(Content, Attr),
    /// A device.
    Device(Device),
}

/// Names a mount until it is detached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MountId(u32);

#[derive(Clone, Debug)]
pub(crate) struct Mount {
    id: u32,
    /// The inode that it covers.
    at: u32,
    root: u32,
    read_only: bool,
    /// The directories and names that were made for it, outermost first.
    made: Vec<(u32, Rc<str>, u32)>,
}

impl FileSystem {
    /// What is seen in place of an inode: the root of what is mounted there, and in which mount that is.
    pub(crate) fn covered(&self, inode: u32, mount: Option<u32>) -> (u32, Option<u32>) {
        let mut seen = (inode, mount);
        for mount in &self.mounts {
            if mount.at == seen.0 {
                seen = (mount.root, Some(mount.id));
            }
        }
        seen
    }

    pub(crate) fn is_mount_root(&self, inode: u32) -> bool {
        self.mounts.iter().any(|mount| mount.root == inode)
    }

    pub(crate) fn is_read_only(&self, mount: Option<u32>) -> bool {
        mount.is_some_and(|id| self.mounts.iter().any(|mount| mount.id == id && mount.read_only))
    }

    pub(crate) fn check_writable(&self, mount: Option<u32>) -> Result<(), Errno> {
        if self.is_read_only(mount) { Err(Errno::ReadOnly) } else { Ok(()) }
    }

    /// Shows `what` at a path until [`FileSystem::detach`]. A missing mount point is made, with the directories above
    /// it (755, root's), and taken away again; neither is a change that a layer would hold. In another mount it stays.
    ///
    /// A directory cannot cover a file nor the other way round (`NotDir`, `IsDir`).
    pub fn attach(&mut self, at: &str, what: MountSource, read_only: bool) -> Result<MountId, Errno> {
        if self.mounts.len() >= MOUNT_LIMIT {
            return Err(Errno::NoSpace);
        }
        let root = match what {
            MountSource::Tree(tree) => self.import(&tree.inodes, tree.root)?,
            MountSource::File(content, attr) => self.add_new(Node::File(content), attr)?,
            MountSource::Device(device) => self.add_new(Node::Device(device), Attr::root(0o666, self.now))?,
        };
        let is_dir = matches!(self.inode(root)?.node, Node::Dir(_));
        match self.make_mount_point(at, is_dir) {
            Ok((covers, made)) => {
                self.mounted += 1;
                self.mounts.push(Mount { id: self.mounted, at: covers, root, read_only, made });
                Ok(MountId(self.mounted))
            }
            Err(error) => {
                self.free(root);
                Err(error)
            }
        }
    }

    #[expect(clippy::type_complexity, reason = "used once, by attach")]
    fn make_mount_point(&mut self, at: &str, is_dir: bool) -> Result<(u32, Vec<(u32, Rc<str>, u32)>), Errno> {
        let mut made = Vec::new();
        let parts: Vec<&str> = at.split('/').filter(|part| !part.is_empty()).collect();
        let mut path = String::from("/");
        let mut covers = self.covered(self.root, None).0;
        for (index, part) in parts.iter().enumerate() {
            path.push('/');
            path.push_str(part);
            let found = self.find(&path, true, &Cred::root())?;
            covers = match found.inode {
                Some(inode) => inode,
                None => self.make_one(&found, is_dir || index + 1 < parts.len(), &mut made)?,
            };
        }
        match (&self.inode(covers)?.node, is_dir) {
            (Node::Dir(_), false) => Err(Errno::IsDir),
            (Node::Dir(_), true) | (_, false) => Ok((covers, made)),
            (_, true) => Err(Errno::NotDir),
        }
    }

    /// Makes a part of a mount point without a trace: no directory is copied up, no time changes.
    fn make_one(&mut self, found: &Found, is_dir: bool, made: &mut Vec<(u32, Rc<str>, u32)>) -> Result<u32, Errno> {
        self.check_writable(found.mount)?;
        let parent = found.parent()?.inode;
        let name = found.name.clone().ok_or(Errno::Invalid)?;
        let (node, mode) =
            if is_dir { (Node::Dir(Rc::default()), 0o755) } else { (Node::File(Content::default()), 0o644) };
        let inode = self.add_new(node, Attr::root(mode, self.now))?;
        if is_dir
            && self.hides_something(parent, &name)
            && let Some(inode) = self.inodes.get_mut(inode)
        {
            inode.opaque = true;
        }
        self.put(parent, name.clone(), inode);
        // what is made inside of another mount is that one's: nobody takes it away
        if found.mount.is_none() {
            made.push((parent, name, inode));
        }
        Ok(inode)
    }

    /// Ends a mount and gives the tree that was shown, as it is now. None if there is no such mount (any more).
    ///
    /// Call it in reverse order. A mount point that was made is removed unless something else was put into it.
    pub fn detach(&mut self, id: MountId) -> Option<FileSystem> {
        let index = self.mounts.iter().position(|mount| mount.id == id.0)?;
        let mount = self.mounts.remove(index);
        let tree = self.extract(mount.root).ok();
        self.free(mount.root);
        for (parent, name, inode) in mount.made.iter().rev() {
            let unused = match self.inodes.get(*inode).map(|inode| &inode.node) {
                Some(Node::Dir(names)) => names.is_empty(),
                Some(Node::File(content)) => content.size() == 0,
                _ => false,
            };
            let there = self.inodes.names(*parent).and_then(|names| names.get(name));
            if unused && there == Some(inode) {
                if let Some(names) = self.inodes.names_mut(*parent) {
                    names.remove(name);
                }
                self.free(*inode);
            }
        }
        tree
    }

    /// A file system of its own whose root is that directory, or that file; mounts in it are left out.
    pub fn subtree(&self, path: &str) -> Result<FileSystem, Errno> {
        let inode = self.find(path, true, &Cred::root())?.existing()?;
        self.extract(inode)
    }

    fn extract(&self, inode: u32) -> Result<FileSystem, Errno> {
        if inode == self.root && self.mounts.is_empty() {
            return Ok(self.clone());
        }
        let mut tree = FileSystem::default();
        let empty = tree.root;
        tree.root = tree.import(&self.inodes, inode)?;
        tree.now = self.now;
        tree.inodes.remove(empty);
        Ok(tree)
    }

    /// Adds an inode to a directory without asking anything: for trees that are just being made.
    pub(crate) fn add_child(&mut self, parent: u32, name: &str, node: Node, attr: Attr) -> Result<u32, Errno> {
        let inode = self.add_new(node, attr)?;
        self.put(parent, name.into(), inode);
        Ok(inode)
    }

    fn add_new(&mut self, node: Node, attr: Attr) -> Result<u32, Errno> {
        self.inodes.add(Inode { node, attr, links: 1, born: self.layer, stamp: self.layer, opaque: false })
    }

    /// Copies a tree of inodes out of another table, hard links among them kept.
    pub(crate) fn import(&mut self, from: &Table, root: u32) -> Result<u32, Errno> {
        self.copy_inodes(root, |_, number| from.get(number).cloned())
    }

    /// Makes every inode of a tree again, as mv(1) does across devices.
    pub(crate) fn copy_tree(&mut self, root: u32) -> Result<u32, Errno> {
        self.copy_inodes(root, |table, number| table.get(number).cloned())
    }

    fn copy_inodes(&mut self, root: u32, get: impl Fn(&Table, u32) -> Option<Inode>) -> Result<u32, Errno> {
        let mut copies: BTreeMap<u32, u32> = BTreeMap::new();
        let mut order = vec![root];
        while let Some(number) = order.pop() {
            if let Some(copy) = copies.get(&number) {
                let copy = *copy;
                if let Some(inode) = self.inodes.get_mut(copy) {
                    inode.links += 1;
                }
                continue;
            }
            let mut inode = get(&self.inodes, number).ok_or(Errno::NoEnt)?;
            if let Node::Dir(names) = &inode.node {
                order.extend(names.values());
            }
            inode.links = 1;
            inode.born = self.layer;
            inode.stamp = self.layer;
            inode.opaque = false;
            copies.insert(number, self.inodes.add(inode)?);
        }
        for copy in copies.values() {
            let Some(names) = self.inodes.names(*copy).cloned() else {
                continue;
            };
            let renumbered = names.iter().filter_map(|(name, old)| Some((name.clone(), *copies.get(old)?))).collect();
            if let Some(inode) = self.inodes.get_mut(*copy) {
                inode.node = Node::Dir(Rc::new(renumbered));
            }
        }
        copies.get(&root).copied().ok_or(Errno::NoEnt)
    }
}
