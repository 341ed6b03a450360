//! The tree: path lookup as Linux does it, permissions, reading.

use std::rc::Rc;

use smallvec::{SmallVec, smallvec};

use crate::layering::Below;
use crate::mount::Mount;
use crate::table::{Inode, Names, Node, Table};
use crate::{Attr, Content, Cred, Device, Errno, Kind, Special, Stat};

/// Symlinks that one path may lead through (MAXSYMLINKS).
pub const SYMLINK_LIMIT: u32 = 40;

/// Bytes that a path may have (PATH_MAX).
pub const PATH_LIMIT: usize = 4096;

/// Bytes that one name may have (NAME_MAX).
pub const NAME_LIMIT: usize = 255;

/// Bytes held one by one that one file may have; runs of one byte and unknown parts do not count.
pub const FILE_BYTES_LIMIT: u64 = 64 << 20;

/// Bytes held one by one that all files of one file system may have.
pub const TOTAL_BYTES_LIMIT: u64 = 256 << 20;

/// How much reading an endless device gives.
const DEVICE_BYTES: u64 = 1 << 40;

/// The directories that a path usually leads through, with the root.
const DEPTH: usize = 8;

pub(crate) const READ: u32 = 4;
pub(crate) const WRITE: u32 = 2;
pub(crate) const SEARCH: u32 = 1;

/// A tree of files with what changed in it since the last [`FileSystem::begin_layer`]. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct FileSystem {
    pub(crate) inodes: Table,
    pub(crate) root: u32,
    pub(crate) now: i64,
    pub(crate) layer: u32,
    pub(crate) below: Option<Rc<Below>>,
    pub(crate) mounts: Vec<Mount>,
    pub(crate) mounted: u32,
}

/// A directory on the way to a path.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub inode: u32,
    /// None: the root.
    pub name: Option<Rc<str>>,
    /// The id of the mount that it lies in.
    pub mount: Option<u32>,
}

/// Where a path leads.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The directories from the root to the one that holds the name.
    pub dirs: SmallVec<[Step; DEPTH]>,
    /// None: the path is the last of `dirs` itself, as `/` and `a/..` are.
    pub name: Option<Rc<str>>,
    /// What is there.
    pub inode: Option<u32>,
    /// The mount that it lies in, or that it is the root of.
    pub mount: Option<u32>,
}

impl Found {
    pub fn parent(&self) -> Result<&Step, Errno> {
        self.dirs.last().ok_or(Errno::Invalid)
    }

    pub fn existing(&self) -> Result<u32, Errno> {
        self.inode.ok_or(Errno::NoEnt)
    }

    /// Whether the path, with `below` more bytes, can be named in one go. All that is made can, so that lists of paths
    /// stay bounded whatever symlinks and moves lead to.
    pub fn check_length(&self, below: usize) -> Result<(), Errno> {
        let names = self.dirs.iter().filter_map(|step| step.name.as_ref());
        let length: usize = names.chain(&self.name).map(|name| name.len() + 1).sum();
        if length.saturating_add(below) > PATH_LIMIT {
            return Err(Errno::NameTooLong);
        }
        Ok(())
    }

    pub fn path(&self) -> String {
        let mut path = String::new();
        let names = self.dirs.iter().filter_map(|step| step.name.as_ref());
        for name in names.chain(&self.name) {
            path.push('/');
            path.push_str(name);
        }
        if path.is_empty() {
            path.push('/');
        }
        path
    }
}

impl Default for FileSystem {
    fn default() -> FileSystem {
        FileSystem::with_root(Attr::root(0o755, 0), Node::Dir(Rc::default()))
    }
}

impl FileSystem {
    pub(crate) fn with_root(attr: Attr, node: Node) -> FileSystem {
        let mut inodes = Table::default();
        let root = Inode { node, attr, links: 1, born: 0, stamp: 0, opaque: false };
        // An empty table has room; number 0 stands for a root that cannot be read if its content is too large.
        let root = inodes.add(root).unwrap_or(0);
        FileSystem { inodes, root, now: attr.mtime, layer: 0, below: None, mounts: Vec::new(), mounted: 0 }
    }

    /// The virtual clock that new and changed files get their time from, in seconds.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Sets the virtual clock.
    pub fn set_now(&mut self, seconds: i64) {
        self.now = seconds;
    }

    pub(crate) fn inode(&self, number: u32) -> Result<&Inode, Errno> {
        self.inodes.get(number).ok_or(Errno::NoEnt)
    }

    pub(crate) fn names(&self, number: u32) -> Result<&Rc<Names>, Errno> {
        self.inodes.names(number).ok_or(Errno::NotDir)
    }

    /// Walks a path. With `follow` a symlink at its end is followed, and the end may then be missing too.
    pub(crate) fn find(&self, path: &str, follow: bool, who: &Cred) -> Result<Found, Errno> {
        if path.is_empty() {
            return Err(Errno::NoEnt);
        }
        if path.len() > PATH_LIMIT {
            return Err(Errno::NameTooLong);
        }
        let (root, mount) = self.covered(self.root, None);
        // Paths are looked up all the time: nothing is allocated for those that lead through few directories.
        let mut dirs: SmallVec<[Step; DEPTH]> = smallvec![Step { inode: root, name: None, mount }];
        let mut pending = Pending { rest: whole(path), behind: Vec::new() };
        let mut links = 0;
        loop {
            let dir = dirs.last().ok_or(Errno::Invalid)?;
            let Some(part) = pending.next() else {
                let (inode, mount) = (dir.inode, dir.mount);
                return Ok(Found { dirs, name: None, inode: Some(inode), mount });
            };
            match part {
                "." => {
                    self.names(dir.inode)?;
                    continue;
                }
                ".." => {
                    if dirs.len() > 1 {
                        dirs.pop();
                    }
                    continue;
                }
                _ => {}
            }
            if part.len() > NAME_LIMIT {
                return Err(Errno::NameTooLong);
            }
            let names = self.names(dir.inode)?;
            self.check(dir.inode, SEARCH, who)?;
            let Some((name, &inode)) = names.get_key_value(part) else {
                if !pending.is_empty() {
                    return Err(Errno::NoEnt);
                }
                let mount = dir.mount;
                return Ok(Found { dirs, name: Some(part.into()), inode: None, mount });
            };
            let (inode, mount) = self.covered(inode, dir.mount);
            match &self.inode(inode)?.node {
                Node::Symlink(target) if follow || !pending.is_empty() => {
                    links += 1;
                    if links > SYMLINK_LIMIT {
                        return Err(Errno::Loop);
                    }
                    if target.is_empty() {
                        return Err(Errno::NoEnt);
                    }
                    if target.starts_with('/') {
                        dirs.truncate(1);
                    }
                    pending.push(target);
                }
                Node::Dir(_) if !pending.is_empty() => dirs.push(Step { inode, name: Some(name.clone()), mount }),
                _ if pending.is_empty() => {
                    return Ok(Found { dirs, name: Some(name.clone()), inode: Some(inode), mount });
                }
                _ => return Err(Errno::NotDir),
            }
        }
    }

    /// Whether `who` may do what `bits` say (of 4 read, 2 write, 1 search or execute).
    pub(crate) fn check(&self, inode: u32, bits: u32, who: &Cred) -> Result<(), Errno> {
        let inode = self.inode(inode)?;
        let mode = inode.attr.mode;
        let allowed = if who.uid == 0 {
            let may_execute = matches!(inode.node, Node::Dir(_)) || mode & 0o111 != 0;
            bits & SEARCH == 0 || may_execute
        } else {
            let shift = if inode.attr.uid == who.uid {
                6
            } else if who.has_group(inode.attr.gid) {
                3
            } else {
                0
            };
            (mode >> shift) & bits == bits
        };
        if allowed { Ok(()) } else { Err(Errno::Access) }
    }

    pub(crate) fn stat_of(&self, number: u32) -> Result<Stat<'_>, Errno> {
        let inode = self.inode(number)?;
        let (kind, size) = match &inode.node {
            Node::Dir(_) => (Kind::Dir, 0),
            Node::File(content) => (Kind::File(content), content.size()),
            Node::Symlink(target) => (Kind::Symlink(target), target.len() as u64),
            Node::Device(device) => (Kind::Device(*device), 0),
            Node::Special(special) => (Kind::Special(*special), 0),
        };
        Ok(Stat { kind, attr: inode.attr, links: inode.links, inode: number, size })
    }

    /// stat(2), or lstat(2) if not `follow`.
    ///
    /// Paths are absolute everywhere in this crate (a relative one starts at the root, too); `.`, `..` and double
    /// slashes are fine; a trailing slash asks for a directory.
    pub fn stat(&self, path: &str, follow: bool, who: &Cred) -> Result<Stat<'_>, Errno> {
        self.stat_of(self.find(path, follow, who)?.existing()?)
    }

    /// The content of a file, through symlinks. An endless device gives a very long content.
    pub fn read(&self, path: &str, who: &Cred) -> Result<Content, Errno> {
        let inode = self.find(path, true, who)?.existing()?;
        self.check(inode, READ, who)?;
        let device = match &self.inode(inode)?.node {
            Node::Dir(_) => return Err(Errno::IsDir),
            Node::File(content) => return Ok(content.clone()),
            Node::Symlink(_) => return Err(Errno::Loop),
            Node::Special(Special::Fifo) => return Ok(Content::default()),
            Node::Device(device) => *device,
            Node::Special(special) => special.device().ok_or(Errno::Perm)?,
        };
        match device {
            Device::Null | Device::Tty => Ok(Content::default()),
            Device::Zero => Ok(Content::repeat(0, DEVICE_BYTES)),
            Device::Random => Ok(Content::opaque("/dev/random", DEVICE_BYTES)),
        }
    }

    /// The names in a directory, sorted by bytes.
    pub fn read_dir(&self, path: &str, who: &Cred) -> Result<Vec<String>, Errno> {
        let inode = self.find(path, true, who)?.existing()?;
        let names = self.names(inode)?;
        self.check(inode, READ, who)?;
        Ok(names.keys().map(|name| name.to_string()).collect())
    }

    /// The same place as an absolute path without symlinks, `.` and `..`; the last part may be missing.
    pub fn resolve(&self, path: &str, follow_last: bool, who: &Cred) -> Result<String, Errno> {
        Ok(self.find(path, follow_last, who)?.path())
    }

    /// access(2): whether the path exists and `who` may do all that is asked.
    pub fn access(&self, path: &str, read: bool, write: bool, execute: bool, who: &Cred) -> bool {
        let Ok(found) = self.find(path, true, who) else {
            return false;
        };
        let Some(inode) = found.inode else {
            return false;
        };
        let bits = [(read, READ), (write, WRITE), (execute, SEARCH)];
        let bits = bits.iter().map(|(asked, bit)| u32::from(*asked) * bit);
        self.check(inode, bits.sum(), who).is_ok() && !(write && self.is_read_only(found.mount))
    }

    /// The bytes of the longest path below a directory.
    pub(crate) fn deepest(&self, dir: u32) -> usize {
        let mut deepest = 0;
        let mut pending = vec![(dir, 0)];
        while let Some((number, length)) = pending.pop() {
            deepest = deepest.max(length);
            if let Ok(names) = self.names(number) {
                pending.extend(names.iter().map(|(name, child)| (*child, length + name.len() + 1)));
            }
        }
        deepest
    }

    /// The path and everything below it, each directory before what it holds, names sorted; symlinks are not followed
    /// and permissions not asked. Empty if the path does not exist.
    pub fn walk(&self, path: &str) -> Vec<(String, Stat<'_>)> {
        let mut all = Vec::new();
        let Ok(found) = self.find(path, false, &Cred::root()) else {
            return all;
        };
        let Some(inode) = found.inode else {
            return all;
        };
        let mut pending = vec![(found.path(), inode, found.mount)];
        while let Some((path, inode, mount)) = pending.pop() {
            let Ok(stat) = self.stat_of(inode) else {
                continue;
            };
            if let Ok(names) = self.names(inode) {
                let parent = path.trim_end_matches('/');
                for (name, child) in names.iter().rev() {
                    let (child, mount) = self.covered(*child, mount);
                    pending.push(([parent, "/", name].concat(), child, mount));
                }
            }
            all.push((path, stat));
        }
        all
    }
}

/// What of a path is to be walked yet.
struct Pending<'a> {
    /// Without a name in it only where it is empty.
    rest: &'a str,
    /// What follows, the next last: behind symlinks.
    behind: Vec<&'a str>,
}

impl<'a> Pending<'a> {
    fn is_empty(&self) -> bool {
        self.rest.is_empty() && self.behind.is_empty()
    }

    /// Puts a symlink's target before the rest.
    fn push(&mut self, target: &'a str) {
        if !self.rest.is_empty() {
            self.behind.push(self.rest);
        }
        self.rest = whole(target);
    }

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            self.rest = self.behind.pop()?;
        }
        let names = self.rest.trim_start_matches('/');
        let (name, rest) = names.split_at(names.find('/').unwrap_or(names.len()));
        self.rest = whole(rest);
        Some(name)
    }
}

/// A path; slashes alone ask for a directory, as `.` does.
fn whole(path: &str) -> &str {
    if !path.is_empty() && path.bytes().all(|byte| byte == b'/') { "." } else { path }
}
