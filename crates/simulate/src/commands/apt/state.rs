//! What dpkg and apt have noted of the system: /var/lib/dpkg/status and /var/lib/apt/extended_states.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use filesystem::{Content, Cred, Errno, FileSystem};

use super::super::estimate::place;
use super::super::node::exists;
use super::table::{Base, Package, table};
use crate::process::Machine;

const STATUS: &str = "/var/lib/dpkg/status";
const MARKS: &str = "/var/lib/apt/extended_states";
/// How much of a status file is looked at.
const STATUS_LIMIT: usize = 16 << 20;
/// What the status file of the smallest system weighs, and what a package adds to it: measured installs.
const STATUS_BYTES: u64 = 77_400;
const STANZA_BYTES: u64 = 950;

/// What is noted of one package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub version: String,
    /// Whether it came as something that others need.
    pub automatic: bool,
    /// Removed, with its configuration left.
    pub only_config: bool,
    pub held: bool,
    /// Its fields beyond those above, as they were read.
    fields: String,
}

/// The packages of the system.
#[derive(Clone, Debug, Default)]
pub struct State {
    rows: BTreeMap<String, Row>,
    /// Whether it could be read; otherwise it is what the image's programs let one guess.
    pub is_known: bool,
}

impl State {
    /// Reads the notes; of an image whose notes nobody knows, takes the smallest system and the packages whose programs
    /// are there.
    pub fn read(fs: &FileSystem) -> State {
        match fs.read(STATUS, &Cred::root()).ok().and_then(|content| content.bytes(STATUS_LIMIT)) {
            Some(bytes) => {
                let mut state = State::parse(&String::from_utf8_lossy(&bytes));
                state.is_known = true;
                for name in automatic(fs) {
                    if let Some(row) = state.rows.get_mut(&name) {
                        row.automatic = true;
                    }
                }
                state
            }
            None => State::guess(fs),
        }
    }

    fn parse(text: &str) -> State {
        let mut state = State::default();
        for stanza in text.split("\n\n") {
            let (mut name, mut row) = (String::new(), Row::default());
            let mut status = "";
            for line in stanza.lines() {
                match line.split_once(": ") {
                    Some(("Package", value)) => name = value.to_string(),
                    Some(("Version", value)) => row.version = value.to_string(),
                    Some(("Status", value)) => status = value,
                    _ => {
                        row.fields.push_str(line);
                        row.fields.push('\n');
                    }
                }
            }
            row.held = status.starts_with("hold");
            row.only_config = status.ends_with("config-files");
            if !name.is_empty() && !status.ends_with("not-installed") {
                state.rows.insert(name, row);
            }
        }
        state
    }

    fn guess(fs: &FileSystem) -> State {
        let (table, root) = (table(), Cred::root());
        let mut state = State::default();
        // By measured layers trixie's smallest system has no time zones, and OpenSSL in the place of GnuTLS. Its program is
        // there then; its libraries count where they are asked for, as those of GnuTLS would that trixie has to bring.
        let is_trixie = super::sources::release(fs).codename == "trixie";
        let is_base = |package: &Package| package.base != Base::No && !(is_trixie && package.name == "tzdata");
        let mut waiting: Vec<&Package> = table.packages().iter().filter(|package| is_base(package)).collect();
        let there = table.landmarks().iter().filter(|(path, _)| exists(fs, path, &root));
        waiting.extend(there.filter_map(|(_, number)| table.get(*number)));
        // what a package depends on is there with it
        while let Some(package) = waiting.pop() {
            if state.rows.contains_key(package.name) {
                continue;
            }
            state.add(package.name, package.version, false);
            let first = |group: &Vec<super::table::Choice>| group.first().and_then(|choice| table.get(choice.package));
            waiting.extend(package.depends.iter().filter_map(first));
        }
        if let Some(package) = table.find("openssl").filter(|_| is_trixie) {
            state.add(package.name, package.version, false);
        }
        state
    }

    /// What is installed, by name.
    pub fn installed(&self) -> impl Iterator<Item = (&str, &Row)> {
        self.rows.iter().filter(|(_, row)| !row.only_config).map(|(name, row)| (name.as_str(), row))
    }

    /// What is noted of a package, removed ones with configuration too.
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.get(name)
    }

    /// The installed version of a package.
    pub fn version(&self, name: &str) -> Option<&str> {
        self.rows.get(name).filter(|row| !row.only_config).map(|row| row.version.as_str())
    }

    /// Notes an installed package.
    pub fn add(&mut self, name: &str, version: &str, automatic: bool) {
        let row = self.rows.entry(name.to_string()).or_default();
        *row = Row { version: version.to_string(), automatic, held: row.held, ..Row::default() };
    }

    /// Notes that a package is gone, or that only its configuration is left.
    pub fn remove(&mut self, name: &str, purge: bool) {
        if purge {
            self.rows.remove(name);
        } else if let Some(row) = self.rows.get_mut(name) {
            row.only_config = true;
        }
    }

    /// Marks a package as wanted for itself or not; `false` where it is so already.
    pub fn mark(&mut self, name: &str, automatic: bool) -> bool {
        let row = self.rows.get_mut(name).filter(|row| row.automatic != automatic);
        row.map(|row| row.automatic = automatic).is_some()
    }

    /// Holds a package at its version or lets it go; `false` where it is so already.
    pub fn hold(&mut self, name: &str, held: bool) -> bool {
        let row = self.rows.get_mut(name).filter(|row| row.held != held);
        row.map(|row| row.held = held).is_some()
    }

    /// Writes both files, as dpkg does after every run: the status file, and the one before it as status-old.
    pub fn write(&self, machine: &mut Machine) -> Result<(), Errno> {
        let text = self.text();
        let beyond = self.rows.keys().filter(|name| table().find(name).is_none_or(|package| package.base == Base::No));
        // the descriptions and conffiles that the text lacks are counted with the old file
        let bytes = 2 * (STATUS_BYTES + STANZA_BYTES * beyond.count() as u64);
        let content = Content::text(&text);
        let id: String = content.digest().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let old = bytes.saturating_sub(content.size());
        machine.fs.mkdir_all("/var/lib/dpkg/info", 0o755, &Cred::root())?;
        machine.fs.write(STATUS, content, 0o644, &Cred::root())?;
        place(machine, "/var/lib/dpkg/status-old", &format!("dpkg/status-old/{id}"), old, 0o644)?;
        self.write_marks(machine)
    }

    /// Writes which packages came for others' sake.
    pub fn write_marks(&self, machine: &mut Machine) -> Result<(), Errno> {
        let marked: BTreeSet<&str> = self.installed().filter(|(_, row)| row.automatic).map(|(name, _)| name).collect();
        if marked == automatic(machine.fs).iter().map(String::as_str).collect() {
            return Ok(());
        }
        let text: String =
            marked.iter().map(|name| format!("Package: {name}\nArchitecture: amd64\nAuto-Installed: 1\n\n")).collect();
        machine.fs.mkdir_all("/var/lib/apt", 0o755, &Cred::root())?;
        machine.fs.write(MARKS, Content::text(&text), 0o644, &Cred::root())
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, row) in &self.rows {
            let want = if row.only_config {
                "deinstall"
            } else if row.held {
                "hold"
            } else {
                "install"
            };
            let have = if row.only_config { "config-files" } else { "installed" };
            let fields = if row.fields.is_empty() { usual_fields(name) } else { row.fields.clone() };
            let _ = write!(text, "Package: {name}\nStatus: {want} ok {have}\n");
            let _ = write!(text, "Version: {}\n{fields}\n", row.version);
        }
        text
    }
}

/// The fields of a stanza beside name, status and version.
fn usual_fields(name: &str) -> String {
    let Some(package) = table().find(name) else { return "Architecture: amd64\n".to_string() };
    let essential = if package.base == Base::Essential { "Essential: yes\n" } else { "" };
    let names = |groups: &[Vec<super::table::Choice>]| -> String {
        let group = |group: &Vec<super::table::Choice>| {
            let names: Vec<&str> =
                group.iter().filter_map(|choice| table().get(choice.package)).map(|other| other.name).collect();
            names.join(" | ")
        };
        groups.iter().map(group).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("{essential}Installed-Size: {}\nArchitecture: amd64\n", package.kib);
    for (field, groups) in [("Depends", &package.depends), ("Recommends", &package.recommends)] {
        if !groups.is_empty() {
            let _ = writeln!(text, "{field}: {}", names(groups));
        }
    }
    text
}

/// The packages that apt has noted as automatic.
fn automatic(fs: &FileSystem) -> BTreeSet<String> {
    let bytes = fs.read(MARKS, &Cred::root()).ok().and_then(|content| content.bytes(STATUS_LIMIT)).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let marked = text.split("\n\n").filter(|stanza| stanza.contains("Auto-Installed: 1"));
    marked
        .filter_map(|stanza| stanza.lines().find_map(|line| line.strip_prefix("Package: ")))
        .map(str::to_string)
        .collect()
}
