//! Owners, modes, errors and what `stat` answers.

use std::fmt;

use crate::Content;

/// The metadata of an inode that an image keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Attr {
    /// Permission bits with setuid, setgid and sticky: `0o7777` at most.
    pub mode: u32,
    /// The owner.
    pub uid: u32,
    /// The group.
    pub gid: u32,
    /// Time of the last change of the content, in seconds of the virtual clock.
    pub mtime: i64,
}

impl Attr {
    /// Root's, with that mode and time.
    pub fn root(mode: u32, mtime: i64) -> Attr {
        Attr { mode, uid: 0, gid: 0, mtime }
    }
}

/// Who asks: the user and groups that permissions are checked for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cred {
    /// The user; 0 may do everything.
    pub uid: u32,
    /// The primary group, which new files get.
    pub gid: u32,
    /// Further groups.
    pub groups: Vec<u32>,
}

impl Cred {
    /// The user that permissions do not hold back.
    pub fn root() -> Cred {
        Cred::default()
    }

    pub(crate) fn has_group(&self, gid: u32) -> bool {
        self.gid == gid || self.groups.contains(&gid)
    }
}

/// Why a file operation failed; displays as strerror(3) words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Errno {
    /// ENOENT
    NoEnt,
    /// ENOTDIR
    NotDir,
    /// EISDIR
    IsDir,
    /// EEXIST
    Exist,
    /// ENOTEMPTY
    NotEmpty,
    /// EACCES
    Access,
    /// EPERM
    Perm,
    /// ELOOP
    Loop,
    /// EROFS
    ReadOnly,
    /// EBUSY
    Busy,
    /// EINVAL
    Invalid,
    /// ENAMETOOLONG
    NameTooLong,
    /// EXDEV
    CrossDevice,
    /// ENOSPC: a limit of this model is reached.
    NoSpace,
    /// ENOEXEC
    NoExec,
    /// ETXTBSY: a program that runs is not written to.
    TextBusy,
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Errno::NoEnt => "No such file or directory",
            Errno::NotDir => "Not a directory",
            Errno::IsDir => "Is a directory",
            Errno::Exist => "File exists",
            Errno::NotEmpty => "Directory not empty",
            Errno::Access => "Permission denied",
            Errno::Perm => "Operation not permitted",
            Errno::Loop => "Too many levels of symbolic links",
            Errno::ReadOnly => "Read-only file system",
            Errno::Busy => "Device or resource busy",
            Errno::Invalid => "Invalid argument",
            Errno::NameTooLong => "File name too long",
            Errno::CrossDevice => "Invalid cross-device link",
            Errno::NoSpace => "No space left on device",
            Errno::NoExec => "Exec format error",
            Errno::TextBusy => "Text file busy",
        })
    }
}

impl std::error::Error for Errno {}

/// The devices that a build container's `/dev` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Device {
    /// `/dev/null`: reads as empty.
    Null,
    /// `/dev/zero`: zeros without end.
    Zero,
    /// `/dev/random`, `/dev/urandom`: unknown bytes without end.
    Random,
    /// `/dev/tty`, `/dev/console`.
    Tty,
}

/// A file that holds no bytes, as mkfifo(3) and mknod(2) make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Special {
    /// A named pipe.
    Fifo,
    /// A character device, by its major and minor numbers.
    Char(u32, u32),
    /// A block device.
    Block(u32, u32),
}

impl Special {
    /// The numbers of a device; zeros of a pipe.
    pub fn numbers(self) -> (u32, u32) {
        match self {
            Special::Fifo => (0, 0),
            Special::Char(major, minor) | Special::Block(major, minor) => (major, minor),
        }
    }

    /// What a device does that a container may use: the engine's list of allowed devices (`oci.DefaultSpec`) has these.
    pub fn device(self) -> Option<Device> {
        match self {
            Special::Char(1, 3) => Some(Device::Null),
            Special::Char(1, 5 | 7) => Some(Device::Zero),
            Special::Char(1, 8 | 9) => Some(Device::Random),
            Special::Char(5, 0 | 1) => Some(Device::Tty),
            _ => None,
        }
    }
}

/// What an inode is, with what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A directory.
    Dir,
    /// A regular file.
    File(&'a Content),
    /// A symbolic link and its target as written.
    Symlink(&'a str),
    /// A character device of the container's `/dev`.
    Device(Device),
    /// A named pipe or a device file of the image.
    Special(Special),
}

/// What stat(2) tells of an inode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// Mode, owner and time.
    pub attr: Attr,
    /// The number of names; 1 for a directory, as overlayfs says of merged ones.
    pub links: u32,
    /// The inode's number: equal for two names of one file.
    pub inode: u32,
    /// Bytes of a file, length of a symlink's target, else 0.
    pub size: u64,
}

impl Stat<'_> {
    /// Whether it is a directory.
    pub fn is_dir(&self) -> bool {
        matches!(self.kind, Kind::Dir)
    }

    /// Whether it is a regular file.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, Kind::File(_))
    }

    /// Whether it is a symbolic link.
    pub fn is_symlink(&self) -> bool {
        matches!(self.kind, Kind::Symlink(_))
    }
}
