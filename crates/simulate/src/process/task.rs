use std::collections::BTreeMap;

use filesystem::{Content, Cred, Errno};

use super::{Descriptor, MAX_READ_BYTES, Machine, OpenMode};

/// What a command sees of itself.
#[derive(Clone, Debug)]
pub struct Process {
    /// The environment: exported variables.
    pub env: BTreeMap<String, String>,
    /// The working directory: absolute, as the shell writes it (symlinks not resolved).
    pub cwd: String,
    /// User and groups.
    pub cred: Cred,
    /// Mode bits that new files do not get.
    pub umask: u32,
    /// argv: `args[0]` is the name it was called by.
    pub args: Vec<String>,
    /// Open files, by number.
    pub fds: BTreeMap<u32, Descriptor>,
    /// Its number; 1 is the RUN's own process.
    pub pid: u32,
    /// The number of the process that started it.
    pub parent: u32,
}

/// How long a writer without end (`yes`) goes on into a pipe before it finds the reader gone, in bytes.
pub const ENDLESS_OUTPUT_BYTES: u64 = 1 << 20;

impl Process {
    /// The command's name, without the folder it was called in: `args[0]`'s last part.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = self.args.first().map_or("", String::as_str);
        name.rsplit('/').next().unwrap_or(name)
    }

    /// The arguments behind the name.
    #[must_use]
    pub fn operands(&self) -> &[String] {
        self.args.get(1..).unwrap_or_default()
    }

    /// `path` as an absolute one, seen from the working directory; not resolved otherwise.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        if path.starts_with('/') || path.is_empty() {
            path.to_owned()
        } else {
            let slash = if self.cwd.ends_with('/') { "" } else { "/" };
            [&self.cwd, slash, path].concat()
        }
    }

    /// The mode of a new file (`base` is 0o666, 0o777 for directories) under the umask.
    #[must_use]
    pub fn mode(&self, base: u32) -> u32 {
        base & !self.umask
    }

    /// Writes text to standard output. `false` where nobody takes it any more: a writer without end must stop then.
    pub fn out(&self, machine: &mut Machine<'_>, text: &str) -> bool {
        self.write(machine, 1, &Content::text(text)).is_ok()
    }

    /// Writes bytes to standard output.
    pub fn out_bytes(&self, machine: &mut Machine<'_>, bytes: &[u8]) -> bool {
        self.write(machine, 1, &Content::from_bytes(bytes)).is_ok()
    }

    /// Writes content to standard output.
    pub fn out_content(&self, machine: &mut Machine<'_>, content: &Content) -> bool {
        self.write(machine, 1, content).is_ok()
    }

    /// Writes text to standard error, as it is: `process.err(machine, "cat: x: No such file or directory\n")`.
    pub fn err(&self, machine: &mut Machine<'_>, text: &str) {
        if super::unsure::says_missing(text) {
            text.clone_into(&mut machine.said_missing);
        }
        let _ = self.write(machine, 2, &Content::text(text));
    }

    /// Writes `NAME: message` and a line end to standard error.
    pub fn complain(&self, machine: &mut Machine<'_>, message: &str) {
        self.err(machine, &format!("{}: {message}\n", self.name()));
    }

    /// Writes to a descriptor.
    ///
    /// # Errors
    /// `Invalid` (bad file descriptor) where it is not open, else what [`Descriptor::write`] answers.
    pub fn write(&self, machine: &mut Machine<'_>, fd: u32, content: &Content) -> Result<(), Errno> {
        let descriptor = self.fds.get(&fd).ok_or(Errno::Invalid)?.clone();
        descriptor.write(machine, content)
    }

    /// Reads at most `limit` bytes of a descriptor.
    ///
    /// # Errors
    /// As [`Process::write`].
    pub fn read(&self, machine: &mut Machine<'_>, fd: u32, limit: u64) -> Result<Content, Errno> {
        let descriptor = self.fds.get(&fd).ok_or(Errno::Invalid)?.clone();
        descriptor.read(machine, limit)
    }

    /// All that is left of standard input.
    pub fn stdin(&self, machine: &mut Machine<'_>) -> Content {
        self.read(machine, 0, u64::MAX).unwrap_or_default()
    }

    /// All that is left of standard input as text; bytes that are not known or not UTF-8 are replaced.
    pub fn stdin_text(&self, machine: &mut Machine<'_>) -> String {
        let content = self.stdin(machine);
        text_of(machine, &content)
    }

    /// The next line of standard input with its `\n` (the last may lack it); `None` at the end.
    pub fn stdin_line(&self, machine: &mut Machine<'_>, fd: u32) -> Option<Vec<u8>> {
        let descriptor = self.fds.get(&fd)?.clone();
        let mut line = Vec::new();
        loop {
            let part = descriptor.read(machine, 4096).ok()?;
            let bytes = part.bytes(4096)?;
            if bytes.is_empty() {
                return if line.is_empty() { None } else { Some(line) };
            }
            match bytes.iter().position(|&b| b == b'\n') {
                Some(at) => {
                    line.extend(bytes.get(..=at).unwrap_or_default());
                    descriptor.unread(bytes.len().saturating_sub(at + 1) as u64);
                    return Some(line);
                }
                None => line.extend(bytes),
            }
            if line.len() as u64 > MAX_READ_BYTES {
                machine.limit("line-bytes");
                return Some(line);
            }
        }
    }

    /// Opens a file as this process: relative paths, `/dev/stdin`, `/dev/stdout`, `/dev/stderr`, `/dev/fd/N` and the
    /// umask are taken care of.
    ///
    /// # Errors
    /// What `open(2)` answers.
    pub fn open(&self, machine: &mut Machine<'_>, path: &str, how: OpenMode) -> Result<Descriptor, Errno> {
        let number = match path {
            "/dev/stdin" => Some(0),
            "/dev/stdout" => Some(1),
            "/dev/stderr" => Some(2),
            _ => path
                .strip_prefix("/dev/fd/")
                .or_else(|| path.strip_prefix("/proc/self/fd/"))
                .and_then(|number| number.parse().ok()),
        };
        if let Some(number) = number {
            return self.fds.get(&number).cloned().ok_or(Errno::NoEnt);
        }
        Descriptor::open(machine, &self.path(path), how, self.mode(0o666), &self.cred)
    }

    /// All of a file: as [`Process::open`] and a read to the end.
    ///
    /// # Errors
    /// What `open(2)` and `read(2)` answer.
    pub fn read_file(&self, machine: &mut Machine<'_>, path: &str) -> Result<Content, Errno> {
        self.open(machine, path, OpenMode::Read)?.read(machine, u64::MAX)
    }

    /// Makes or empties a file and writes `content` to it: as [`Process::open`] and a write.
    ///
    /// # Errors
    /// What `open(2)` and `write(2)` answer.
    pub fn write_file(&self, machine: &mut Machine<'_>, path: &str, content: &Content) -> Result<(), Errno> {
        self.open(machine, path, OpenMode::Truncate)?.write(machine, content)
    }
}

/// The text of `content`. Unknown bytes are noted and left out, at most [`super::TEXT_BYTES`] are looked at.
pub fn text_of(machine: &mut Machine<'_>, content: &Content) -> String {
    if content.size() > super::TEXT_BYTES as u64 {
        machine.limit("text-bytes");
    }
    let part = content.slice(0, content.size().min(super::TEXT_BYTES as u64));
    match part.bytes(super::TEXT_BYTES) {
        Some(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        None => {
            machine.not_modelled("bytes of a file of unknown content");
            String::new()
        }
    }
}
