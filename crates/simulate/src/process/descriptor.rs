use std::cell::RefCell;
use std::rc::Rc;

use filesystem::{Content, Cred, Errno, Kind, Special};

use super::{MAX_CONTENT_BYTES, MAX_READ_BYTES, Machine, Stream};

/// An open file: what a number in a process's table stands for. Clones share the position, as `dup` and `fork` do.
#[derive(Clone, Debug)]
pub struct Descriptor(Rc<RefCell<OpenFile>>);

#[derive(Debug)]
enum OpenFile {
    /// The output of the RUN.
    Log(Stream),
    /// Empty to read, swallows what is written.
    Null,
    /// Zeros without end.
    Zero,
    /// Bytes that nobody knows, without end.
    Random { offset: u64 },
    /// Zeros to read, no space to write.
    Full,
    /// The write end of a pipe, or what a command substitution collects.
    Buffer(Content),
    /// The read end of a pipe, a here-document.
    Text { content: Content, position: u64 },
    /// A file of the file system.
    File { path: String, inode: u32, position: u64, append: bool, readable: bool, writable: bool },
    /// A named pipe: what is written waits in the machine for whoever reads.
    Fifo { inode: u32, last: Content, kept: Content },
    /// A directory, open for reading: every read fails.
    Directory,
}

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// `<`
    Read,
    /// `>`
    Truncate,
    /// `>>`
    Append,
    /// `<>`
    ReadWrite,
}

impl Descriptor {
    fn new(file: OpenFile) -> Descriptor {
        Descriptor(Rc::new(RefCell::new(file)))
    }

    /// The build log's side of a stream.
    #[must_use]
    pub fn log(stream: Stream) -> Descriptor {
        Descriptor::new(OpenFile::Log(stream))
    }

    /// `/dev/null`
    #[must_use]
    pub fn null() -> Descriptor {
        Descriptor::new(OpenFile::Null)
    }

    /// A place that collects what is written: see [`Descriptor::collected`].
    #[must_use]
    pub fn buffer() -> Descriptor {
        Descriptor::new(OpenFile::Buffer(Content::default()))
    }

    /// Something to read, from its beginning.
    #[must_use]
    pub fn reader(content: Content) -> Descriptor {
        Descriptor::new(OpenFile::Text { content, position: 0 })
    }

    /// What was written to a [`Descriptor::buffer`]; empty for any other.
    #[must_use]
    pub fn collected(&self) -> Content {
        match &*self.0.borrow() {
            OpenFile::Buffer(content) => content.clone(),
            _ => Content::default(),
        }
    }

    /// Opens a file as `who`. `path` is absolute. A file that is made gets `mode`.
    ///
    /// # Errors
    /// What `open(2)` answers.
    pub fn open(
        machine: &mut Machine<'_>,
        path: &str,
        how: OpenMode,
        mode: u32,
        who: &Cred,
    ) -> Result<Descriptor, Errno> {
        let (readable, writable) = match how {
            OpenMode::Read => (true, false),
            OpenMode::Truncate | OpenMode::Append => (false, true),
            OpenMode::ReadWrite => (true, true),
        };
        if let Ok(stat) = machine.fs.stat(path, true, who) {
            match stat.kind {
                Kind::Special(Special::Fifo) => {
                    let inode = stat.inode;
                    return if machine.fs.access(path, readable, writable, false, who) {
                        let (last, kept) = (Content::default(), Content::default());
                        Ok(Descriptor::new(OpenFile::Fifo { inode, last, kept }))
                    } else {
                        Err(Errno::Access)
                    };
                }
                Kind::Special(special) if special.device().is_none() => return Err(Errno::Perm),
                Kind::Device(device) => {
                    return if machine.fs.access(path, readable, writable, false, who) {
                        Ok(Descriptor::new(OpenFile::device(device, path)))
                    } else {
                        Err(Errno::Access)
                    };
                }
                // what opens files is a shell: its own program runs
                Kind::File(_)
                    if writable && machine.fs.stat("/bin/sh", true, who).is_ok_and(|sh| sh.inode == stat.inode) =>
                {
                    return Err(Errno::TextBusy);
                }
                Kind::Dir if !writable => {
                    machine.fs.read_dir(path, who)?;
                    return Ok(Descriptor::new(OpenFile::Directory));
                }
                _ => {}
            }
        }
        match how {
            OpenMode::Read => {
                machine.fs.read(path, who)?;
            }
            OpenMode::Truncate => machine.fs.write(path, Content::default(), mode, who)?,
            OpenMode::Append | OpenMode::ReadWrite => {
                machine.fs.append(path, &Content::default(), mode, who)?;
            }
        }
        let path = machine.fs.resolve(path, true, who)?;
        let inode = machine.fs.stat(&path, true, &Cred::root())?.inode;
        let append = how == OpenMode::Append;
        Ok(Descriptor::new(OpenFile::File { path, inode, position: 0, append, readable, writable }))
    }

    /// Writes all of `content` at the position.
    ///
    /// # Errors
    /// `NoSpace` of `/dev/full` and of the simulator's limits, `Invalid` for what is not open for writing.
    pub fn write(&self, machine: &mut Machine<'_>, content: &Content) -> Result<(), Errno> {
        match &mut *self.0.borrow_mut() {
            OpenFile::Log(stream) => {
                machine.log_content(*stream, content);
                Ok(())
            }
            OpenFile::Null | OpenFile::Zero | OpenFile::Random { .. } => Ok(()),
            OpenFile::Full => Err(Errno::NoSpace),
            OpenFile::Buffer(buffer) => {
                if buffer.size().saturating_add(content.size()) > MAX_CONTENT_BYTES {
                    machine.limit("content-bytes");
                    return Err(Errno::NoSpace);
                }
                buffer.append(content);
                Ok(())
            }
            OpenFile::Fifo { inode, .. } => {
                let waiting = machine.pipes.entry(*inode).or_default();
                if waiting.size().saturating_add(content.size()) > MAX_CONTENT_BYTES {
                    machine.limit("content-bytes");
                    return Err(Errno::NoSpace);
                }
                waiting.append(content);
                Ok(())
            }
            OpenFile::Text { .. } | OpenFile::Directory => Err(Errno::Invalid),
            OpenFile::File { writable: false, .. } => Err(Errno::Invalid),
            OpenFile::File { path, inode, position, append, .. } => {
                let root = Cred::root();
                let size = match machine.fs.stat(path, false, &root) {
                    Ok(stat) if stat.inode == *inode => stat.size,
                    // The file was removed or moved while it was open: nothing of it can be seen any more.
                    _ => return Ok(()),
                };
                if content.size() == 0 {
                    return Ok(());
                }
                if *append {
                    *position = size;
                }
                let end = position.saturating_add(content.size());
                if end > MAX_CONTENT_BYTES {
                    machine.limit("content-bytes");
                    return Err(Errno::NoSpace);
                }
                machine.charge_write(content.size());
                if *position == size {
                    machine.fs.append(path, content, 0o666, &root)?;
                } else {
                    let old = machine.fs.read(path, &root)?;
                    let mut new = old.slice(0, size.min(*position));
                    if *position > size {
                        new.append(&Content::repeat(0, *position - size));
                    }
                    new.append(content);
                    if end < size {
                        new.append(&old.slice(end, size));
                    }
                    machine.fs.write(path, new, 0o666, &root)?;
                }
                *position = end;
                Ok(())
            }
        }
    }

    /// Reads at most `limit` bytes from the position on; empty at the end.
    ///
    /// # Errors
    /// `IsDir` for a directory, `Invalid` for what is not open for reading.
    pub fn read(&self, machine: &mut Machine<'_>, limit: u64) -> Result<Content, Errno> {
        match &mut *self.0.borrow_mut() {
            OpenFile::Log(_) | OpenFile::Null => Ok(Content::default()),
            OpenFile::Zero | OpenFile::Full => Ok(Content::repeat(0, machine.endless(limit))),
            OpenFile::Random { offset } => {
                let amount = machine.endless(limit);
                let whole = Content::opaque("random", offset.saturating_add(amount));
                let part = whole.slice(*offset, offset.saturating_add(amount));
                *offset = offset.saturating_add(amount);
                Ok(part)
            }
            OpenFile::Buffer(_) | OpenFile::File { readable: false, .. } => Err(Errno::Invalid),
            OpenFile::Directory => Err(Errno::IsDir),
            OpenFile::Fifo { inode, last, kept } => {
                if kept.size() > 0 {
                    let (end, size) = (limit.min(kept.size()), kept.size());
                    *last = kept.slice(0, end);
                    *kept = kept.slice(end, size);
                    return Ok(last.clone());
                }
                // A reader that comes before its writer would wait for it: commands here run one after another.
                let Some(waiting) = machine.pipes.get_mut(inode) else {
                    machine.not_modelled("waiting at a named pipe");
                    return Ok(Content::default());
                };
                let (end, size) = (limit.min(waiting.size()), waiting.size());
                *last = waiting.slice(0, end);
                *waiting = waiting.slice(end, size);
                Ok(last.clone())
            }
            OpenFile::Text { content, position } => Ok(take(content, position, limit)),
            OpenFile::File { path, inode, position, .. } => {
                let root = Cred::root();
                match machine.fs.stat(path, false, &root) {
                    Ok(stat) if stat.inode == *inode => {}
                    _ => return Ok(Content::default()),
                }
                let content = machine.fs.read(path, &root)?;
                Ok(take(&content, position, limit))
            }
        }
    }

    /// Puts bytes back that were read but not used: the position moves back by `count`.
    pub fn unread(&self, count: u64) {
        match &mut *self.0.borrow_mut() {
            OpenFile::Text { position, .. } | OpenFile::File { position, .. } => {
                *position = position.saturating_sub(count);
            }
            OpenFile::Fifo { last, kept, .. } => {
                let size = last.size();
                let mut back = last.slice(size.saturating_sub(count), size);
                back.append(kept);
                *kept = back;
            }
            _ => {}
        }
    }

    /// Moves the position to `offset`, where there is one.
    pub fn seek(&self, offset: u64) {
        if let OpenFile::Text { position, .. } | OpenFile::File { position, .. } = &mut *self.0.borrow_mut() {
            *position = offset;
        }
    }

    /// The path of the file that is open, if it is one of the file system.
    #[must_use]
    pub fn file_path(&self) -> Option<String> {
        match &*self.0.borrow() {
            OpenFile::File { path, .. } => Some(path.clone()),
            _ => None,
        }
    }

    /// Whether writing goes to a pipe or a collector, where a writer without end has to stop by itself.
    #[must_use]
    pub fn is_pipe(&self) -> bool {
        matches!(&*self.0.borrow(), OpenFile::Buffer(_))
    }
}

impl OpenFile {
    fn device(device: filesystem::Device, path: &str) -> OpenFile {
        match device {
            filesystem::Device::Zero if path.ends_with("full") => OpenFile::Full,
            filesystem::Device::Zero => OpenFile::Zero,
            filesystem::Device::Random => OpenFile::Random { offset: 0 },
            _ => OpenFile::Null,
        }
    }
}

fn take(content: &Content, position: &mut u64, limit: u64) -> Content {
    let end = position.saturating_add(limit).min(content.size());
    let start = (*position).min(end);
    *position = end.max(*position);
    content.slice(start, end)
}

impl Machine<'_> {
    /// How much of an endless file a read of `limit` bytes gets.
    fn endless(&mut self, limit: u64) -> u64 {
        if limit > MAX_READ_BYTES {
            self.limit("endless-file");
        }
        limit.min(MAX_READ_BYTES)
    }
}
