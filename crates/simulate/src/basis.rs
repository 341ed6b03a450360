//! How sure a number is, and what it is that is not known.

use std::collections::BTreeSet;

use crate::Evidence;

/// How sure a number is. The worst of several stands for all: `max`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Computed as a real engine would.
    #[default]
    Exact,
    /// Measured with a real engine by the reader: see [`crate::Measured`].
    Measured,
    /// Said by the Dockerfile's author, in a comment above the step. Surer than an estimate: the author has measured it,
    /// or should have. A sum in which something is estimated is an estimate.
    Stated,
    /// From measured data of the catalog or a stated profile: [`Evidence`] says from which.
    Estimated,
    /// Nobody knows: counted as nothing, and said so.
    NotModelled,
}

/// What a step cost, and what is to be said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meter {
    /// Simulated time in milliseconds.
    pub ms: u64,
    /// How sure the bytes and files are that came out.
    pub basis: Basis,
    /// What the estimates rest on.
    pub evidence: BTreeSet<Evidence>,
    /// What the numbers leave out.
    pub notes: Vec<Note>,
    /// The programs that were started.
    pub programs: Programs,
    /// How often something had no model, the same thing again counted again.
    pub(crate) gaps: u64,
}

/// How many programs a RUN started, those that shells and other programs start among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Programs {
    /// All of them.
    pub started: u64,
    /// Those that have no model, or did something that has none.
    pub without_model: u64,
}

impl Meter {
    /// Lowers the basis to an estimate that rests on `evidence`.
    pub fn estimate(&mut self, evidence: Evidence) {
        self.basis = self.basis.max(Basis::Estimated);
        self.evidence.insert(evidence);
    }

    /// Adds a note once and lowers the basis to `basis`.
    pub fn note(&mut self, basis: Basis, note: Note) {
        self.basis = self.basis.max(basis);
        self.gaps = self.gaps.saturating_add(u64::from(basis == Basis::NotModelled));
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// Something that the simulation leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A program without a model: counted as 0 bytes and one second.
    UnknownCommand {
        /// Its name.
        name: String,
    },
    /// A part of a known command without a model: an option, a subcommand, a format.
    NotModelled {
        /// The command and the part, as written.
        what: String,
    },
    /// The facts that a command reads have not been loaded: it did nothing, until they are.
    FactsMissing {
        /// The table's name, for [`catalog::Catalog::insert_table`].
        table: &'static str,
    },
    /// Something whose size nobody measured is counted with a typical one.
    TypicalSize {
        /// The command and what it brings: `pip install leftpad`, an address.
        what: String,
        /// What it is counted with.
        bytes: u64,
    },
    /// Packages of a distribution's release without data of its own are counted as another release has them.
    OtherRelease {
        /// The image's release: `trixie`.
        release: String,
        /// The release whose data were taken.
        counted_as: &'static str,
    },
    /// A version of a tool that nobody measured is counted as another one.
    OtherVersion {
        /// The tool: `Go`.
        tool: &'static str,
        /// The image's version: `1.26`.
        version: String,
        /// The version whose figures were taken.
        counted_as: String,
    },
    /// What a pull downloads is not known of an image: derived from its unpacked bytes.
    DerivedDownload {
        /// The image, in short form.
        image: String,
        /// What is counted as downloaded.
        bytes: u64,
    },
    /// A program without a model was run in a way that writes nothing of note as a rule, `--version` say: counted as that.
    WritesNothing {
        /// The program and how it was called.
        what: String,
    },
    /// A file, folder or user that is not among what is known, and that may be there in a real build: taken as there.
    MayBeThere {
        /// It, behind the name of the command that misses it.
        what: String,
    },
    /// A checksum or signature of bytes that nobody knows: taken as right.
    Unchecked {
        /// The file.
        what: String,
    },
    /// A program that has nothing to do in a container.
    OutOfPlace {
        /// Why: `service-manager`, `reboot`, `sudo`.
        why: &'static str,
    },
    /// A limit of the simulator was reached and the command stopped there.
    Limit {
        /// The limit's name.
        what: &'static str,
    },
    /// What is computed of the step is more than its author states: it counts.
    MoreThanStated {
        /// What is stated, in bytes.
        bytes: u64,
    },
    /// Something was compressed: by another implementation than the image's, so that its size may differ by some bytes.
    Compressed,
}
