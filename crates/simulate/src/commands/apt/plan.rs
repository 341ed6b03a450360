//! The packages of an installation, from archive to configured.

use std::collections::BTreeSet;

use filesystem::{Cred, Errno};

use super::super::estimate::place;
use super::super::node::exists;
use super::resolve::Changes;
use super::select::Foreign;
use super::state::State;
use super::table::table;
use super::unpack::Unpacked;
use super::{ARCHIVES, config, scripts, unpack};
use crate::process::{Machine, Process};

/// How long apt and dpkg take beyond what the profile says of disk and network, by the measured builds of
/// `tests/estimates`: to start and to read the lists; a package, to prepare and to configure; a MB, to decompress; a
/// file; a MB of compiled Python.
const START_MS: u64 = 1_450;
const PACKAGE_MS: u64 = 85;
const MB_MS: u64 = 9;
const FILE_US: u64 = 55;
const COMPILED_MB_MS: u64 = 100;

/// What is to be fetched and unpacked, in order.
pub struct Plan {
    /// Packages of the data by number, others by their place in `foreign`.
    order: Vec<Item>,
    /// Installed-Size of all of it.
    pub kib: u64,
    slim: bool,
}

pub struct Item {
    number: Option<usize>,
    /// The package of the data that it is or is like.
    like: String,
    version: String,
    deb_bytes: u64,
    file: Option<String>,
    unpacked: Unpacked,
}

impl Plan {
    pub fn new(machine: &Machine, changes: &Changes, foreign: &[&Foreign]) -> Plan {
        let slim = config::is_slim(machine.fs);
        let mut plan = Plan { order: Vec::new(), kib: 0, slim };
        for number in &changes.order {
            let Some(package) = table().get(*number) else { continue };
            plan.kib += package.kib;
            plan.order.push(Item {
                number: Some(*number),
                like: package.name.to_string(),
                version: package.version.to_string(),
                deb_bytes: package.deb_kib * 1024,
                file: None,
                unpacked: Unpacked::of(package, slim),
            });
        }
        for foreign in foreign {
            plan.kib += foreign.kib;
            plan.order.push(Item {
                number: None,
                like: foreign.like.and_then(|n| table().get(n)).map_or(foreign.name.clone(), |p| p.name.to_string()),
                version: foreign.version.clone(),
                deb_bytes: foreign.deb_kib * 1024,
                file: foreign.file.clone(),
                unpacked: foreign.unpacked(plan.slim),
            });
        }
        plan
    }

    pub fn count(&self) -> usize {
        self.order.len()
    }

    pub fn packages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.order.iter().map(|item| (item.unpacked.name.as_str(), item.version.as_str()))
    }

    /// The bytes of the archives that are not there yet.
    pub fn bytes_to_fetch(&self, machine: &Machine) -> u64 {
        let missing = self.order.iter().filter(|item| item.file.is_none());
        missing.filter(|item| !exists(machine.fs, &item.archive(), &Cred::root())).map(|item| item.deb_bytes).sum()
    }

    /// Puts the archives into apt's cache.
    pub fn store(&self, machine: &mut Machine) -> Result<(), Errno> {
        machine.fs.mkdir_all(&format!("{ARCHIVES}/partial"), 0o755, &Cred::root())?;
        for item in self.order.iter().filter(|item| item.file.is_none()) {
            let path = item.archive();
            if !exists(machine.fs, &path, &Cred::root()) {
                let id = format!("apt/archive/{}/{}", item.unpacked.name, item.version);
                place(machine, &path, &id, item.deb_bytes, 0o644)?;
            }
        }
        Ok(())
    }

    pub fn discard(&self, machine: &mut Machine) {
        for item in &self.order {
            let _ = machine.fs.remove_file(&item.archive(), &Cred::root());
        }
    }

    pub fn unpack(
        &self,
        machine: &mut Machine,
        process: &Process,
        state: &mut State,
        manual: &BTreeSet<usize>,
    ) -> Result<(), Errno> {
        let names: Vec<String> = self.order.iter().map(|item| item.unpacked.name.clone()).collect();
        let has_python = ["python3-minimal", "python3"]
            .iter()
            .any(|name| state.version(name).is_some() || names.iter().any(|new| new == name));
        let mut has_questions = false;
        let (mut bytes, mut files, mut compiled) = (0, 0, 0);
        let mut text = String::new();
        for item in &self.order {
            let name = &item.unpacked.name;
            let old = state.version(name).map(str::to_string);
            text.push_str(&match &old {
                Some(old) => format!("Unpacking {name} ({}) over ({old}) ...\n", item.version),
                None => format!(
                    "Selecting previously unselected package {name}.\nUnpacking {name} ({}) ...\n",
                    item.version
                ),
            });
            let mut package = item.unpacked.clone();
            if !has_python {
                package.compiled = 0;
            }
            has_questions |= item.number.and_then(|number| table().get(number)).is_some_and(|p| p.templates > 0);
            unpack::unpack(machine, &package)?;
            bytes += package.total();
            compiled += package.compiled;
            files += package.files;
            let by_itself = item.number.is_none_or(|number| manual.contains(&number));
            let automatic = match (&old, state.row(name)) {
                (Some(_), Some(row)) => row.automatic && !by_itself,
                _ => !by_itself,
            };
            state.add(name, &item.version, automatic);
        }
        for item in &self.order {
            text.push_str(&format!("Setting up {} ({}) ...\n", item.unpacked.name, item.version));
        }
        text.push_str(&scripts::triggers(&names));
        process.out(machine, &text);
        let likes: Vec<(String, String)> =
            self.order.iter().map(|item| (item.unpacked.name.clone(), item.like.clone())).collect();
        scripts::configure(machine, &likes)?;
        scripts::run_notes(machine, &names, has_questions)?;
        state.write(machine)?;
        machine.charge_write(bytes);
        let count = self.order.len() as u64;
        let ms = START_MS + count * PACKAGE_MS + bytes / 1_000_000 * MB_MS + compiled / 1_000_000 * COMPILED_MB_MS;
        machine.work(crate::Work::Packages, ms);
        machine.spend(files * (FILE_US + machine.profile.file_us) / 1000);
        Ok(())
    }
}

impl Item {
    /// Its archive in apt's cache, as apt names it.
    fn archive(&self) -> String {
        format!("{ARCHIVES}/{}_{}_amd64.deb", self.unpacked.name, self.version.replace(':', "%3a"))
    }
}

/// The version number in a package's name: `15` of `postgresql-client-15`, `8.2` of `php8.2-fpm`.
pub fn number_of(name: &str) -> &str {
    let begin = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
    let rest = name.get(begin..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

impl Foreign {
    /// What is taken for its files: those of the package that it is like, or a program and its library.
    pub fn unpacked(&self, slim: bool) -> Unpacked {
        if let Some(package) = self.like.and_then(|number| table().get(number)) {
            let like = Unpacked::of(package, slim);
            let (old, new) = (number_of(package.name), number_of(&self.name));
            let renamed = |path: String| if new.is_empty() { path } else { path.replace(old, new) };
            let programs = like.programs.into_iter().map(renamed).collect();
            return Unpacked { name: self.name.clone(), programs, ..like };
        }
        let bytes = self.kib * 1024;
        let documentation = bytes * 8 / 100;
        let has_program = super::table::has_program(&self.name);
        Unpacked {
            name: self.name.clone(),
            bytes: bytes - documentation,
            documentation: if slim { 0 } else { documentation },
            notes: 4_000,
            compiled: 0,
            files: 4 + self.kib / 40,
            programs: match &self.programs {
                Some(programs) => programs.iter().map(|program| format!("/usr/bin/{program}")).collect(),
                None if has_program => vec![format!("/usr/bin/{}", self.name)],
                None => Vec::new(),
            },
        }
    }
}
