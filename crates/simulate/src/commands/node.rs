//! What a path is, detached from the file system so that the file system can be changed meanwhile.

use filesystem::{Attr, Content, Cred, Device, Errno, FileSystem, Kind, Special};

/// What a directory of a common file system shows as its size.
const DIRECTORY_SIZE: u64 = 4096;

/// A file, directory, symbolic link or device as it was when it was looked at.
#[derive(Clone, Debug)]
pub struct Node {
    pub kind: NodeKind,
    pub attr: Attr,
    pub links: u32,
    pub inode: u32,
    pub size: u64,
}

#[derive(Clone, Debug)]
pub enum NodeKind {
    Dir,
    File(Content),
    Symlink(String),
    /// A device or a named pipe.
    Special(Special),
}

impl Node {
    /// Looks at an absolute path.
    pub fn at(fs: &FileSystem, path: &str, follow: bool, who: &Cred) -> Result<Node, Errno> {
        let stat = fs.stat(path, follow, who)?;
        let kind = match stat.kind {
            Kind::Dir => NodeKind::Dir,
            Kind::File(content) => NodeKind::File(content.clone()),
            Kind::Symlink(target) => NodeKind::Symlink(target.to_string()),
            Kind::Device(device) => NodeKind::Special(numbered(device)),
            Kind::Special(special) => NodeKind::Special(special),
        };
        let size = if matches!(kind, NodeKind::Dir) { DIRECTORY_SIZE } else { stat.size };
        Ok(Node { kind, attr: stat.attr, links: stat.links, inode: stat.inode, size })
    }

    /// How many names it has: of a directory, its own, its `.` and the `..` of those in it.
    pub fn names(&self, fs: &FileSystem, path: &str) -> usize {
        if !self.is_dir() {
            return self.links as usize;
        }
        let root = Cred::root();
        let inside = fs.read_dir(path, &root).unwrap_or_default();
        let is_dir = |name: &&String| is_plain_dir(fs, &super::input::join(path, name), &root);
        2 + inside.iter().filter(is_dir).count()
    }

    pub fn is_dir(&self) -> bool {
        matches!(self.kind, NodeKind::Dir)
    }

    pub fn is_file(&self) -> bool {
        matches!(self.kind, NodeKind::File(_))
    }

    pub fn is_symlink(&self) -> bool {
        matches!(self.kind, NodeKind::Symlink(_))
    }

    /// The first letter of `ls -l`.
    pub fn letter(&self) -> char {
        match self.kind {
            NodeKind::Dir => 'd',
            NodeKind::File(_) => '-',
            NodeKind::Symlink(_) => 'l',
            NodeKind::Special(Special::Fifo) => 'p',
            NodeKind::Special(Special::Char(..)) => 'c',
            NodeKind::Special(Special::Block(..)) => 'b',
        }
    }

    /// The bits of `st_mode` that say the kind.
    pub fn type_bits(&self) -> u32 {
        match self.kind {
            NodeKind::Dir => 0o040_000,
            NodeKind::File(_) => 0o100_000,
            NodeKind::Symlink(_) => 0o120_000,
            NodeKind::Special(Special::Fifo) => 0o010_000,
            NodeKind::Special(Special::Char(..)) => 0o020_000,
            NodeKind::Special(Special::Block(..)) => 0o060_000,
        }
    }

    /// The mode as `ls -l` writes it.
    pub fn mode_text(&self) -> String {
        format!("{}{}", self.letter(), permissions(self.attr.mode))
    }

    /// What `stat -c %b` counts: blocks of 512 bytes, in whole 4 KiB.
    pub fn blocks(&self) -> u64 {
        match self.kind {
            NodeKind::Dir => 8,
            NodeKind::File(_) => self.size.div_ceil(4096) * 8,
            NodeKind::Symlink(_) | NodeKind::Special(_) => 0,
        }
    }
}

/// The numbers that the devices of a container's `/dev` have (`Documentation/admin-guide/devices.txt` of Linux).
fn numbered(device: Device) -> Special {
    match device {
        Device::Null => Special::Char(1, 3),
        Device::Zero => Special::Char(1, 5),
        Device::Random => Special::Char(1, 8),
        Device::Tty => Special::Char(5, 0),
    }
}

/// Whether the path is a directory, symbolic links followed.
pub fn is_dir(fs: &FileSystem, path: &str, who: &Cred) -> bool {
    matches!(fs.stat(path, true, who), Ok(stat) if matches!(stat.kind, Kind::Dir))
}

/// Whether something has that name, a broken symbolic link too.
pub fn exists(fs: &FileSystem, path: &str, who: &Cred) -> bool {
    fs.stat(path, false, who).is_ok()
}

/// Why a path is not the directory that it should be.
pub fn no_directory(machine: &crate::process::Machine, process: &crate::process::Process, path: &str) -> Errno {
    if exists(machine.fs, &process.path(path), &process.cred) { Errno::NotDir } else { Errno::NoEnt }
}

/// The nine letters of a mode as `ls -l` writes them.
pub fn permissions(mode: u32) -> String {
    let mut text = String::new();
    for (shift, special, set, unset) in [(6, 0o4000, 's', 'S'), (3, 0o2000, 's', 'S'), (0, 0o1000, 't', 'T')] {
        let bits = mode >> shift;
        text.push(if bits & 4 != 0 { 'r' } else { '-' });
        text.push(if bits & 2 != 0 { 'w' } else { '-' });
        text.push(match (mode & special != 0, bits & 1 != 0) {
            (true, true) => set,
            (true, false) => unset,
            (false, true) => 'x',
            (false, false) => '-',
        });
    }
    text
}

/// Whether a path is a directory and no link to one.
fn is_plain_dir(fs: &FileSystem, path: &str, who: &Cred) -> bool {
    fs.stat(path, false, who).is_ok_and(|stat| matches!(stat.kind, Kind::Dir))
}
