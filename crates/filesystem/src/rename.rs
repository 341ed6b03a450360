//! rename(2) on overlayfs.

use crate::change::without_trailing_slash;
use crate::table::Node;
use crate::tree::{SEARCH, WRITE};
use crate::{Cred, Errno, FileSystem};

impl FileSystem {
    /// rename(2), and where overlayfs says EXDEV, the copy that mv(1) makes then: a directory of a lower layer is made
    /// again with all it holds.
    pub fn rename(&mut self, from: &str, to: &str, who: &Cred) -> Result<(), Errno> {
        let source = self.find(without_trailing_slash(from), false, who)?;
        let inode = source.existing()?;
        let is_dir = matches!(self.inode(inode)?.node, Node::Dir(_));
        let to = if is_dir { without_trailing_slash(to) } else { to };
        let target = self.find(to, false, who)?;
        let (Some(_), Some(name)) = (&source.name, target.name.clone()) else {
            return Err(Errno::Busy);
        };
        if source.mount != target.mount || self.is_mount_root(inode) {
            return Err(Errno::CrossDevice);
        }
        if is_dir && target.dirs.iter().any(|step| step.inode == inode) {
            return Err(Errno::Invalid);
        }
        self.check_removal(&source, who)?;
        self.check_writable(target.mount)?;
        self.check(target.parent()?.inode, WRITE | SEARCH, who)?;
        target.check_length(self.deepest(inode))?;
        if let Some(other) = target.inode {
            if other == inode {
                return Ok(());
            }
            match (&self.inode(other)?.node, is_dir) {
                (Node::Dir(names), true) if !names.is_empty() => return Err(Errno::NotEmpty),
                (Node::Dir(_), false) => return Err(Errno::IsDir),
                (Node::Dir(_), true) => {}
                (_, true) => return Err(Errno::NotDir),
                (_, false) => {}
            }
            self.unlink(&target, who)?;
        }
        let merged = self.is_merged(inode);
        let moved = if is_dir && merged { self.copy_tree(inode)? } else { self.copy_up(&source)? };
        let (old_parent, new_parent) = (self.change_dir(&source)?, self.change_dir(&target)?);
        if let Some(old_name) = &source.name
            && let Some(names) = self.inodes.names_mut(old_parent)
        {
            names.remove(old_name);
        }
        if moved != inode && is_dir {
            self.free(inode);
        }
        if is_dir {
            let hides = self.hides_something(new_parent, &name);
            let opaque = hides || (!merged && self.is_merged(new_parent));
            if let Some(dir) = self.inodes.get_mut(moved) {
                dir.opaque |= opaque;
            }
        }
        self.put(new_parent, name, moved);
        Ok(())
    }
}
