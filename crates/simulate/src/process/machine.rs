use super::start;
use std::collections::{BTreeMap, BTreeSet};

use filesystem::{Content, FileSystem};

use catalog::Catalog;

use super::{LOG_BYTES, LOG_LINES};
use crate::{Basis, Evidence, Meter, Note, Profile, Work};

/// The container of one RUN: its file system, its facts and what it has used up.
pub struct Machine<'a> {
    /// The file system that the RUN changes.
    pub fs: &'a mut FileSystem,
    /// The speeds that durations come from.
    pub profile: &'a Profile,
    /// Facts about images and packages.
    pub catalog: &'a Catalog,
    /// Whether there is a network.
    pub network: bool,
    /// The name of the program that runs at this moment.
    pub program: String,
    /// How much is known of the programs in the image.
    pub(super) known: super::Known,
    /// What the RUN starts from.
    pub(super) around: super::Surroundings<'a>,
    /// What the program that runs has said of something that is not there.
    pub(super) said_missing: String,
    /// What appears in the build log, in order.
    pub log: Vec<LogLine>,
    /// Time and what is known of its basis.
    pub meter: Meter,
    /// Interpreter steps that are left; at 0 everything stops.
    pub steps_left: u64,
    /// How deep commands are inside each other at this moment.
    pub(super) depth: u32,
    /// The number of the next process.
    next_pid: u32,
    /// The processes that exist at this moment.
    pub(super) alive: BTreeSet<u32>,
    /// Signals that were sent and not acted on yet, by process.
    pub(super) signals: BTreeMap<u32, Vec<i32>>,
    /// What was written to named pipes and not read, by inode.
    pub(super) pipes: BTreeMap<u32, Content>,
    /// The signal that has just killed a program.
    pub(super) killed: Option<i32>,
    pub(super) started_at: i64,
    pub(super) log_bytes: usize,
    pub(super) partial: [Vec<u8>; 2],
}

/// Which of the two streams of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Descriptor 1.
    Out,
    /// Descriptor 2.
    Err,
}

/// A line of the build log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Where it was written to.
    pub stream: Stream,
    /// The line without its end.
    pub text: String,
    /// When it was complete: milliseconds since the RUN began.
    pub ms: u64,
}

/// What a machine of GNU tools says differs from what busybox says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// busybox applets and ash.
    Busybox,
    /// GNU coreutils with dash or bash.
    Gnu,
}

/// Whose messages the commands of this image print: busybox's where `/bin/busybox` exists, or where the shell is one.
#[must_use]
pub fn flavour(machine: &Machine<'_>) -> Flavour {
    let root = filesystem::Cred::root();
    let is_busybox = machine.fs.stat("/bin/busybox", true, &root).is_ok()
        || machine
            .fs
            .read("/bin/sh", &root)
            .is_ok_and(|content| start::known_as(&content).as_deref() == Some("busybox"));
    if is_busybox { Flavour::Busybox } else { Flavour::Gnu }
}

impl<'a> Machine<'a> {
    /// Whether a program that is not found may be there in a real build: the image is not known in full, or what this RUN
    /// did so far is not.
    pub(crate) fn is_unsure(&self) -> bool {
        !matches!(self.known, super::Known::InFull | super::Known::Programs) || self.meter.basis != crate::Basis::Exact
    }

    /// Whether a file that is not there may be there in a real build.
    pub(super) fn is_unsure_of_files(&self) -> bool {
        self.known != super::Known::InFull || self.around.basis != Basis::Exact || self.meter.basis != Basis::Exact
    }

    /// Whether a program that is not found may be there all the same.
    #[must_use]
    pub fn is_unsure_of_programs(&self) -> bool {
        self.known != super::Known::InFull
    }

    /// Whether nothing is known of what is in the image.
    #[must_use]
    pub fn knows_nothing(&self) -> bool {
        self.known == super::Known::Nothing
    }

    /// A machine that has not done anything yet.
    #[must_use]
    pub fn new(fs: &'a mut FileSystem, profile: &'a Profile, catalog: &'a Catalog, network: bool) -> Machine<'a> {
        let started_at = fs.now();
        Machine {
            fs,
            profile,
            catalog,
            network,
            program: String::new(),
            known: super::Known::InFull,
            around: super::Surroundings::default(),
            said_missing: String::new(),
            log: Vec::new(),
            meter: Meter::default(),
            steps_left: super::MAX_STEPS,
            depth: 0,
            next_pid: 2,
            alive: BTreeSet::new(),
            signals: BTreeMap::new(),
            pipes: BTreeMap::new(),
            killed: None,
            started_at,
            log_bytes: 0,
            partial: [Vec::new(), Vec::new()],
        }
    }

    /// Lets `ms` milliseconds pass: for the meter and for the clock that files get their times from.
    pub fn spend(&mut self, ms: u64) {
        self.meter.ms = self.meter.ms.saturating_add(ms);
        let seconds = i64::try_from(self.meter.ms / 1000).unwrap_or(i64::MAX);
        self.fs.set_now(self.started_at.saturating_add(seconds));
    }

    /// Lets the time pass that writing `bytes` takes.
    pub fn charge_write(&mut self, bytes: u64) {
        self.spend(self.profile.write_ms(bytes, 0));
    }

    /// Lets the time pass that a work takes here which takes `ms` on the machine that it was measured on.
    pub fn work(&mut self, work: Work, ms: u64) {
        self.spend(self.profile.scaled(work, ms));
    }

    /// Takes one step of the budget. `false`, with a note, when nothing is left and the command has to stop.
    pub fn step(&mut self) -> bool {
        if self.steps_left == 0 {
            self.limit("steps");
            return false;
        }
        self.steps_left -= 1;
        true
    }

    /// Goes one level deeper; the caller takes one off `depth` when it is back. `false`, with a note and nothing left of
    /// the budget, where it is too deep already.
    pub(super) fn deeper(&mut self) -> bool {
        if self.depth >= super::MAX_DEPTH {
            self.limit("command-depth");
            self.steps_left = 0;
            return false;
        }
        self.depth += 1;
        true
    }

    /// Notes that a limit of the simulator was reached: the outcome is not a real engine's any more.
    pub fn limit(&mut self, what: &'static str) {
        self.meter.note(Basis::NotModelled, Note::Limit { what });
    }

    /// Notes that a part of a command has no model.
    pub fn not_modelled(&mut self, what: &str) {
        self.meter.note(Basis::NotModelled, Note::NotModelled { what: what.to_owned() });
    }

    /// Notes that a typical size stands for one that nobody measured: an estimate that is visibly no measurement.
    pub fn typical_size(&mut self, what: &str, bytes: u64) {
        self.meter.estimate(Evidence::TypicalSize);
        self.meter.note(Basis::Estimated, Note::TypicalSize { what: what.to_owned(), bytes });
    }

    /// Notes that a program without a model is taken to write nothing.
    pub fn writes_nothing(&mut self, what: &str) {
        self.meter.note(Basis::Estimated, Note::WritesNothing { what: what.to_owned() });
    }

    /// The number of a new process.
    pub(super) fn new_pid(&mut self) -> u32 {
        let pid = self.next_pid;
        self.next_pid = self.next_pid.saturating_add(1);
        pid
    }

    /// Writes to the build log.
    pub(super) fn log_content(&mut self, stream: Stream, content: &Content) {
        let left = LOG_BYTES.saturating_sub(self.log_bytes);
        let wanted = content.size().min(left as u64);
        if content.size() > wanted {
            self.limit("log-bytes");
        }
        self.log_bytes = self.log_bytes.saturating_add(usize::try_from(wanted).unwrap_or(usize::MAX));
        // Bytes that nobody knows cannot be shown.
        let Some(bytes) = content.slice(0, wanted).bytes(left) else { return };
        for byte in bytes {
            if byte == b'\n' {
                self.end_line(stream);
            } else if let Some(partial) = self.partial.get_mut(stream as usize) {
                partial.push(byte);
            }
        }
    }

    fn end_line(&mut self, stream: Stream) {
        let Some(partial) = self.partial.get_mut(stream as usize) else { return };
        let bytes = std::mem::take(partial);
        if self.log.len() >= LOG_LINES {
            self.limit("log-lines");
            return;
        }
        let text = String::from_utf8_lossy(&bytes).trim_end_matches('\r').to_owned();
        self.log.push(LogLine { stream, text, ms: self.meter.ms });
    }

    /// Ends lines that lack their line end.
    pub(super) fn finish_log(&mut self) {
        for stream in [Stream::Out, Stream::Err] {
            if self.partial.get(stream as usize).is_some_and(|partial| !partial.is_empty()) {
                self.end_line(stream);
            }
        }
    }
}
