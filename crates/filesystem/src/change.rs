//! Changes to files and directories, with the copy-up that overlayfs does for them.

use std::rc::Rc;

use crate::table::{Inode, Node};
use crate::tree::{Found, NAME_LIMIT, PATH_LIMIT, READ, SEARCH, WRITE};
use crate::{Attr, Content, Cred, Errno, FileSystem, Special};

const SETUID: u32 = 0o4000;
const SETGID: u32 = 0o2000;
const STICKY: u32 = 0o1000;

impl FileSystem {
    /// open(2) with O_CREAT and O_TRUNC, and a write: an existing file keeps mode, owner and hard links. A symlink is
    /// followed, also to a file that does not exist yet. What is written to a device is gone.
    pub fn write(&mut self, path: &str, content: Content, mode_if_new: u32, who: &Cred) -> Result<(), Errno> {
        self.store(path, content, false, mode_if_new, who)
    }

    /// As [`FileSystem::write`], but with O_APPEND in place of O_TRUNC.
    pub fn append(&mut self, path: &str, content: &Content, mode_if_new: u32, who: &Cred) -> Result<(), Errno> {
        self.store(path, content.clone(), true, mode_if_new, who)
    }

    fn store(&mut self, path: &str, content: Content, append: bool, mode: u32, who: &Cred) -> Result<(), Errno> {
        let found = self.find(path, true, who)?;
        let Some(inode) = found.inode else {
            return self.create(&found, Node::File(content), mode, who);
        };
        let old = match &self.inode(inode)?.node {
            Node::Dir(_) => return Err(Errno::IsDir),
            Node::Symlink(_) => return Err(Errno::Loop),
            Node::Device(_) | Node::Special(Special::Fifo) => return self.check(inode, WRITE, who),
            Node::Special(special) => {
                let known = special.device();
                self.check(inode, WRITE, who)?;
                return known.map(|_| ()).ok_or(Errno::Perm);
            }
            Node::File(old) => old.clone(),
        };
        self.check(inode, WRITE, who)?;
        self.check_writable(found.mount)?;
        let mut new = content;
        if append {
            let more = std::mem::replace(&mut new, old);
            new.append(&more);
        }
        let inode = self.copy_up(&found)?;
        self.inodes.set_content(inode, new)?;
        let now = self.now;
        if let Some(inode) = self.inodes.get_mut(inode) {
            inode.attr.mtime = now;
            if who.uid != 0 {
                inode.attr.mode = without_set_id(inode.attr.mode);
            }
        }
        Ok(())
    }

    /// mknod(2): devices are root's to make. `mode` is taken as it is.
    pub fn mknod(&mut self, path: &str, special: Special, mode: u32, who: &Cred) -> Result<(), Errno> {
        if special != Special::Fifo && who.uid != 0 {
            return Err(Errno::Perm);
        }
        let found = self.find(path, false, who)?;
        self.create(&found, Node::Special(special), mode, who)
    }

    /// mkdir(2). `mode` is taken as it is: the umask is the caller's.
    pub fn mkdir(&mut self, path: &str, mode: u32, who: &Cred) -> Result<(), Errno> {
        let found = self.find(without_trailing_slash(path), false, who)?;
        self.create(&found, Node::Dir(Rc::default()), mode, who)
    }

    /// Makes a directory and those above it that are missing, all with the same mode. No error if it exists.
    pub fn mkdir_all(&mut self, path: &str, mode: u32, who: &Cred) -> Result<(), Errno> {
        let mut reached = String::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            reached.push('/');
            reached.push_str(part);
            match self.stat(&reached, true, who) {
                Ok(stat) if stat.is_dir() => {}
                Ok(_) => return Err(Errno::NotDir),
                Err(Errno::NoEnt) => self.mkdir(&reached, mode, who)?,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// symlink(2): makes `path` a link that says `target`.
    pub fn symlink(&mut self, target: &str, path: &str, who: &Cred) -> Result<(), Errno> {
        if target.is_empty() {
            return Err(Errno::NoEnt);
        }
        if target.len() > PATH_LIMIT {
            return Err(Errno::NameTooLong);
        }
        let found = self.find(path, false, who)?;
        self.create(&found, Node::Symlink(target.into()), 0o777, who)
    }

    /// link(2): gives a file another name. A symlink itself gets one, it is not followed.
    pub fn link(&mut self, existing: &str, path: &str, who: &Cred) -> Result<(), Errno> {
        let from = self.find(existing, false, who)?;
        let inode = from.existing()?;
        if matches!(self.inode(inode)?.node, Node::Dir(_)) {
            return Err(Errno::Perm);
        }
        let to = self.find(path, false, who)?;
        let name = self.check_new(&to, who)?;
        to.check_length(0)?;
        if from.mount != to.mount || self.is_mount_root(inode) {
            return Err(Errno::CrossDevice);
        }
        let inode = self.copy_up(&from)?;
        let parent = self.change_dir(&to)?;
        if let Some(inode) = self.inodes.get_mut(inode) {
            inode.links += 1;
        }
        self.put(parent, name, inode);
        Ok(())
    }

    /// unlink(2): not for directories.
    pub fn remove_file(&mut self, path: &str, who: &Cred) -> Result<(), Errno> {
        let found = self.find(path, false, who)?;
        if matches!(self.inode(found.existing()?)?.node, Node::Dir(_)) {
            return Err(Errno::IsDir);
        }
        self.unlink(&found, who)
    }

    /// rmdir(2): an empty directory.
    pub fn remove_dir(&mut self, path: &str, who: &Cred) -> Result<(), Errno> {
        let found = self.find(without_trailing_slash(path), false, who)?;
        if !self.names(found.existing()?)?.is_empty() {
            return Err(Errno::NotEmpty);
        }
        self.unlink(&found, who)
    }

    /// A file, or a directory with all that it holds. It stops at the first thing that may not be removed.
    pub fn remove_all(&mut self, path: &str, who: &Cred) -> Result<(), Errno> {
        let found = self.find(without_trailing_slash(path), false, who)?;
        let inode = found.existing()?;
        let at_once = who.uid == 0 && self.mounts.is_empty();
        if at_once || !matches!(self.inode(inode)?.node, Node::Dir(_)) {
            return self.unlink(&found, who);
        }
        let mut all = Vec::new();
        for (path, stat) in self.walk(&found.path()) {
            if stat.is_dir() {
                self.check(stat.inode, READ, who)?;
            }
            all.push((path, stat.is_dir()));
        }
        for (path, is_dir) in all.into_iter().rev() {
            if is_dir {
                self.remove_dir(&path, who)?;
            } else {
                self.remove_file(&path, who)?;
            }
        }
        Ok(())
    }

    /// chmod(2): for the owner and root. Setting the mode that a file has copies it up, too.
    pub fn chmod(&mut self, path: &str, mode: u32, follow: bool, who: &Cred) -> Result<(), Errno> {
        let found = self.find(path, follow, who)?;
        let inode = self.inode(found.existing()?)?;
        if matches!(inode.node, Node::Symlink(_)) {
            return Err(Errno::Invalid);
        }
        if who.uid != 0 && who.uid != inode.attr.uid {
            return Err(Errno::Perm);
        }
        let mut mode = mode & 0o7777;
        if who.uid != 0 && !who.has_group(inode.attr.gid) {
            mode &= !SETGID;
        }
        self.change_attr(&found, |attr| attr.mode = mode)
    }

    /// chown(2): for root; an owner may give a file to one of their groups. Set-id bits of a file are lost.
    pub fn chown(
        &mut self,
        path: &str,
        uid: Option<u32>,
        gid: Option<u32>,
        follow: bool,
        who: &Cred,
    ) -> Result<(), Errno> {
        let found = self.find(path, follow, who)?;
        let inode = self.inode(found.existing()?)?;
        if who.uid != 0 {
            let owns = who.uid == inode.attr.uid;
            let keeps = uid.is_none_or(|uid| uid == inode.attr.uid);
            let joined = gid.is_none_or(|gid| gid == inode.attr.gid || who.has_group(gid));
            if !(owns && keeps && joined) {
                return Err(Errno::Perm);
            }
        }
        let is_file = matches!(inode.node, Node::File(_));
        self.change_attr(&found, |attr| {
            attr.uid = uid.unwrap_or(attr.uid);
            attr.gid = gid.unwrap_or(attr.gid);
            if is_file {
                attr.mode = without_set_id(attr.mode);
            }
        })
    }

    /// utimes(2): for the owner and root, and anybody who may write, as the time `now` needs no more.
    pub fn set_mtime(&mut self, path: &str, mtime: i64, follow: bool, who: &Cred) -> Result<(), Errno> {
        let found = self.find(path, follow, who)?;
        let inode = found.existing()?;
        if who.uid != 0 && who.uid != self.inode(inode)?.attr.uid {
            self.check(inode, WRITE, who)?;
        }
        self.change_attr(&found, |attr| attr.mtime = mtime)
    }

    pub(crate) fn change_attr(&mut self, found: &Found, change: impl FnOnce(&mut Attr)) -> Result<(), Errno> {
        self.check_writable(found.mount)?;
        let inode = self.copy_up(found)?;
        if let Some(inode) = self.inodes.get_mut(inode) {
            change(&mut inode.attr);
        }
        Ok(())
    }

    /// Whether a new name may be made there; gives the name.
    fn check_new(&self, found: &Found, who: &Cred) -> Result<Rc<str>, Errno> {
        let Some(name) = found.name.clone() else {
            return Err(Errno::Exist);
        };
        if found.inode.is_some() {
            return Err(Errno::Exist);
        }
        if name.len() > NAME_LIMIT {
            return Err(Errno::NameTooLong);
        }
        let parent = found.parent()?;
        self.check_writable(parent.mount)?;
        self.check(parent.inode, WRITE | SEARCH, who)?;
        Ok(name)
    }

    fn create(&mut self, found: &Found, node: Node, mode: u32, who: &Cred) -> Result<(), Errno> {
        let name = self.check_new(found, who)?;
        let dir_attr = self.inode(found.parent()?.inode)?.attr;
        let is_dir = matches!(node, Node::Dir(_));
        let mut attr = Attr { mode: mode & 0o7777, uid: who.uid, gid: who.gid, mtime: self.now };
        if dir_attr.mode & SETGID != 0 {
            attr.gid = dir_attr.gid;
            attr.mode |= if is_dir { SETGID } else { 0 };
        }
        self.create_with(found, name, node, attr)?;
        Ok(())
    }

    /// Makes an inode at a place that is known to be free and writable.
    pub(crate) fn create_with(&mut self, found: &Found, name: Rc<str>, node: Node, attr: Attr) -> Result<u32, Errno> {
        found.check_length(0)?;
        let parent = found.parent()?.inode;
        let opaque = matches!(node, Node::Dir(_)) && self.hides_something(parent, &name);
        let inode = self.inodes.add(Inode { node, attr, links: 1, born: self.layer, stamp: self.layer, opaque })?;
        self.change_dir(found)?;
        self.put(parent, name, inode);
        Ok(inode)
    }

    pub(crate) fn put(&mut self, parent: u32, name: Rc<str>, inode: u32) {
        if let Some(names) = self.inodes.names_mut(parent) {
            names.insert(name, inode);
        }
    }

    /// Whether `who` may take the name away from its directory.
    pub(crate) fn check_removal(&self, found: &Found, who: &Cred) -> Result<(), Errno> {
        let inode = found.existing()?;
        if found.name.is_none() || self.is_mount_root(inode) {
            return Err(Errno::Busy);
        }
        let parent = found.parent()?;
        self.check_writable(parent.mount)?;
        self.check(parent.inode, WRITE | SEARCH, who)?;
        let dir = self.inode(parent.inode)?.attr;
        let owner = self.inode(inode)?.attr.uid;
        let may = who.uid == 0 || who.uid == owner || who.uid == dir.uid;
        if dir.mode & STICKY != 0 && !may {
            return Err(Errno::Perm);
        }
        Ok(())
    }

    pub(crate) fn unlink(&mut self, found: &Found, who: &Cred) -> Result<(), Errno> {
        self.check_removal(found, who)?;
        let inode = found.existing()?;
        let parent = self.change_dir(found)?;
        if let (Some(names), Some(name)) = (self.inodes.names_mut(parent), &found.name) {
            names.remove(name);
        }
        self.free(inode);
        Ok(())
    }

    /// Takes one name from an inode, and all names below it if that was the last one.
    pub(crate) fn free(&mut self, inode: u32) {
        let mut pending = vec![inode];
        while let Some(number) = pending.pop() {
            let Some(inode) = self.inodes.get(number) else {
                continue;
            };
            if inode.links > 1 {
                if let Some(inode) = self.inodes.get_mut(number) {
                    inode.links -= 1;
                }
                continue;
            }
            if let Node::Dir(names) = &inode.node {
                pending.extend(names.values());
            }
            self.inodes.remove(number);
        }
    }
}

/// chown(2) and writing take the set-uid bit, and the set-gid bit of what a group may execute.
fn without_set_id(mode: u32) -> u32 {
    let group = if mode & 0o010 != 0 { SETGID } else { 0 };
    mode & !(SETUID | group)
}

pub(crate) fn without_trailing_slash(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() && !path.is_empty() { "/" } else { trimmed }
}
