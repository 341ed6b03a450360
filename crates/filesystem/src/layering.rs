//! Layers of a tree, as overlayfs with `index=off` and without redirects makes them (its upper directory is the layer
//! of Docker's overlay2 store): what is changed is copied up with the directories above it, what is gone leaves a
//! whiteout, and a directory made where the layer below has something is opaque.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::table::{Inode, Node, Table};
use crate::tree::Found;
use crate::{Attr, Cred, EntryKind, Errno, FileSystem, Layer, LayerEntry};

/// The mode of a whiteout in a layer's tar archive.
const WHITEOUT_MODE: u32 = 0o600;

/// The tree as it was when the layer began.
#[derive(Debug)]
pub(crate) struct Below {
    inodes: Table,
}

impl FileSystem {
    /// From here on changes are noted for the next [`FileSystem::layer`].
    pub fn begin_layer(&mut self) {
        self.layer += 1;
        self.below = Some(Rc::new(Below { inodes: self.inodes.clone() }));
    }

    /// Whether a directory was there when the layer began, so that it shows what lies below, too.
    pub(crate) fn is_merged(&self, dir: u32) -> bool {
        self.below.is_some() && self.inodes.get(dir).is_some_and(|inode| inode.born < self.layer)
    }

    /// Whether the layer below has something of that name in the directory.
    pub(crate) fn hides_something(&self, dir: u32, name: &str) -> bool {
        let below = self.below.as_ref().filter(|_| self.is_merged(dir));
        let names = below.and_then(|below| below.inodes.names(dir));
        names.is_some_and(|names| names.contains_key(name))
    }

    /// Notes that the thing is changed; gives the inode to change. A file of a lower layer that has several names there
    /// is parted from the others, as overlayfs does.
    pub(crate) fn copy_up(&mut self, found: &Found) -> Result<u32, Errno> {
        let number = found.existing()?;
        self.copy_up_dirs(found);
        let inode = self.inode(number)?;
        if inode.stamp >= self.layer {
            return Ok(number);
        }
        let is_shared = inode.links > 1;
        match (&found.name, found.dirs.last()) {
            (Some(name), Some(parent)) if is_shared => {
                let mut copy = inode.clone();
                copy.links = 1;
                copy.stamp = self.layer;
                let (name, parent) = (name.clone(), parent.inode);
                let copy = self.inodes.add(copy)?;
                self.free(number);
                self.put(parent, name, copy);
                Ok(copy)
            }
            _ => {
                self.stamp(number);
                Ok(number)
            }
        }
    }

    fn copy_up_dirs(&mut self, found: &Found) {
        for step in found.dirs.iter().rev() {
            if step.mount != found.mount {
                break;
            }
            self.stamp(step.inode);
        }
    }

    fn stamp(&mut self, number: u32) {
        let layer = self.layer;
        if self.inodes.get(number).is_some_and(|i| i.stamp < layer)
            && let Some(inode) = self.inodes.get_mut(number)
        {
            inode.stamp = layer;
        }
    }

    /// Notes that the names in a directory change; gives that directory.
    pub(crate) fn change_dir(&mut self, found: &Found) -> Result<u32, Errno> {
        let (parent, mount) = (found.parent()?.inode, found.parent()?.mount);
        for step in found.dirs.iter().rev() {
            if step.mount != mount {
                break;
            }
            self.stamp(step.inode);
        }
        let now = self.now;
        if self.inode(parent)?.attr.mtime != now
            && let Some(inode) = self.inodes.get_mut(parent)
        {
            inode.attr.mtime = now;
        }
        Ok(parent)
    }

    /// What was noted since [`FileSystem::begin_layer`]; of a tree that never began one, everything.
    pub fn layer(&self) -> Layer {
        let mut entries = Vec::new();
        let mut first_paths: BTreeMap<u32, String> = BTreeMap::new();
        let mut pending = vec![(String::new(), self.root)];
        while let Some((path, number)) = pending.pop() {
            let Some(inode) = self.inodes.get(number) else {
                continue;
            };
            let (attr, is_root) = (inode.attr, path.is_empty());
            let kind = match &inode.node {
                Node::Dir(names) => {
                    self.add_hidden(number, inode, &path, &mut entries);
                    for (name, child) in names.iter().rev() {
                        let stamp = self.inodes.get(*child).map(|child| child.stamp);
                        if stamp == Some(self.layer) {
                            pending.push((format!("{path}/{name}"), *child));
                        }
                    }
                    EntryKind::Dir
                }
                Node::Device(_) => continue,
                _ if first_paths.contains_key(&number) => {
                    EntryKind::HardLink(first_paths.get(&number).cloned().unwrap_or_default())
                }
                Node::File(content) => EntryKind::File(content.clone()),
                Node::Symlink(target) => EntryKind::Symlink(target.to_string()),
                Node::Special(special) => EntryKind::Special(*special),
            };
            if inode.links > 1 {
                first_paths.entry(number).or_insert_with(|| path.clone());
            }
            if !is_root {
                entries.push(LayerEntry { path: path.into(), kind, attr });
            }
        }
        entries.sort_by(|a, b| a.tar_path().cmp(&b.tar_path()));
        Layer { entries }
    }

    /// The whiteouts in a directory, or its opaque marker.
    fn add_hidden(&self, number: u32, inode: &Inode, path: &str, entries: &mut Vec<LayerEntry>) {
        if inode.born == self.layer && inode.opaque {
            entries.push(LayerEntry {
                path: path.into(),
                kind: EntryKind::Opaque,
                attr: Attr { mode: inode.attr.mode & 0o777, ..inode.attr },
            });
        }
        let below = self.below.as_ref().filter(|_| self.is_merged(number));
        let (Some(names), Some(hidden)) =
            (self.inodes.names(number), below.and_then(|below| below.inodes.names(number)))
        else {
            return;
        };
        for name in hidden.keys().filter(|name| !names.contains_key(*name)) {
            entries.push(LayerEntry {
                path: format!("{path}/{name}").into(),
                kind: EntryKind::Whiteout,
                attr: Attr::root(WHITEOUT_MODE, inode.attr.mtime),
            });
        }
    }

    /// The tree that layers make, the lowest first. Each is a layer of its own in it.
    pub fn from_layers<'a>(layers: impl Iterator<Item = &'a Layer>) -> FileSystem {
        let mut tree = FileSystem::default();
        for layer in layers {
            tree.begin_layer();
            tree.apply(layer);
        }
        tree
    }

    /// Makes the changes that a layer holds. What cannot be applied (a hard link to nothing, a path through a file) is
    /// left out.
    pub fn apply(&mut self, layer: &Layer) {
        let root = Cred::root();
        let now = self.now;
        for entry in &layer.entries {
            match entry.kind {
                EntryKind::Whiteout => {
                    let _ = self.remove_all(&entry.path, &root);
                }
                EntryKind::Opaque => self.empty_dir(&entry.path),
                _ => {}
            }
        }
        for entry in &layer.entries {
            self.now = entry.attr.mtime;
            let _ = self.apply_entry(entry);
        }
        for entry in &layer.entries {
            self.now = entry.attr.mtime;
            if let EntryKind::HardLink(target) = &entry.kind {
                let _ = self.place_link(target, &entry.path);
            }
        }
        self.now = now;
        // Times of directories last: what was put into them has changed those.
        for entry in layer.entries.iter().rev() {
            if entry.kind == EntryKind::Dir
                && let Ok(found) = self.find(&entry.path, false, &root)
            {
                let _ = self.change_attr(&found, |attr| *attr = entry.attr);
            }
        }
    }

    fn empty_dir(&mut self, path: &str) {
        let root = Cred::root();
        let is_dir = self.stat(path, false, &root).is_ok_and(|stat| stat.is_dir());
        let names = if is_dir { self.read_dir(path, &root).unwrap_or_default() } else { Vec::new() };
        for name in names {
            let _ = self.remove_all(&format!("{path}/{name}"), &root);
        }
    }

    fn apply_entry(&mut self, entry: &LayerEntry) -> Result<(), Errno> {
        let node = match &entry.kind {
            EntryKind::Dir => Node::Dir(Rc::default()),
            EntryKind::File(content) => Node::File(content.clone()),
            EntryKind::Symlink(target) => Node::Symlink(target.as_str().into()),
            EntryKind::Special(special) => Node::Special(*special),
            EntryKind::HardLink(_) | EntryKind::Whiteout | EntryKind::Opaque => return Ok(()),
        };
        self.place(&entry.path, node, entry.attr)
    }

    /// Puts a new inode at a path in place of what is there, except that a directory stays; makes missing directories
    /// above it.
    pub(crate) fn place(&mut self, path: &str, node: Node, attr: Attr) -> Result<(), Errno> {
        let root = Cred::root();
        let found = self.find_with_parents(path)?;
        let Some(name) = found.name.clone() else {
            return self.change_attr(&found, |old| *old = attr);
        };
        if let Some(inode) = found.inode {
            if matches!((&self.inode(inode)?.node, &node), (Node::Dir(_), Node::Dir(_))) {
                return self.change_attr(&found, |old| *old = attr);
            }
            self.unlink(&found, &root)?;
        }
        self.create_with(&found, name, node, attr)?;
        Ok(())
    }

    fn find_with_parents(&mut self, path: &str) -> Result<Found, Errno> {
        let root = Cred::root();
        match self.find(path, false, &root) {
            Err(Errno::NoEnt) => {
                let parent = path.rsplit_once('/').map_or("/", |(parent, _)| parent);
                self.mkdir_all(parent, 0o755, &root)?;
                self.find(path, false, &root)
            }
            found => found,
        }
    }

    /// Puts a hard link to `target` at a path in place of what is there.
    pub(crate) fn place_link(&mut self, target: &str, path: &str) -> Result<(), Errno> {
        let root = Cred::root();
        let found = self.find_with_parents(path)?;
        if found.inode.is_some() {
            self.unlink(&found, &root)?;
        }
        self.link(target, path, &root)
    }
}
