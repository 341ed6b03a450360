//! Which packages the words behind `install`, `remove` … mean: names, versions, suites, patterns, files.

use filesystem::path_match;

use super::absent;
use super::sources::{Release, Source};
use super::state::State;
use super::table::{Package, table};
use super::third;
use crate::process::Machine;

/// What is counted for a package that the data lack: KiB installed with what it needs, and of its archive. The median of
/// the data's closures without recommends.
const TYPICAL_KIB: (u64, u64) = (12_000, 3_400);

/// A package that the data do not have.
#[derive(Clone, Debug)]
pub struct Foreign {
    pub name: String,
    pub version: String,
    pub kib: u64,
    pub deb_kib: u64,
    /// A package of the data that it is taken to be like.
    pub like: Option<usize>,
    /// What it needs beside what that needs.
    pub needs: Vec<usize>,
    /// Its programs, where they are known.
    pub programs: Option<Vec<&'static str>>,
    /// The file that it comes from, where it is one of the image's.
    pub file: Option<String>,
}

impl Foreign {
    fn named(name: &str, version: &str) -> Foreign {
        Foreign {
            name: name.to_string(),
            version: version.to_string(),
            kib: 0,
            deb_kib: 0,
            like: None,
            needs: Vec::new(),
            programs: None,
            file: None,
        }
    }
}

/// What was asked for.
#[derive(Debug, Default)]
pub struct Request {
    pub packages: Vec<usize>,
    pub foreign: Vec<Foreign>,
    /// `name-`
    pub remove: Vec<String>,
    /// What apt prints on standard output about names.
    pub said: String,
    /// What it complains about.
    pub errors: Vec<String>,
}

/// Where names are looked up.
pub struct Known<'a> {
    pub state: &'a State,
    pub release: &'a Release,
    pub sources: &'a [Source],
    /// Whether `update` has left lists.
    pub has_lists: bool,
}

impl Known<'_> {
    /// Whether packages may come from a place whose packages the data do not have.
    fn has_foreign(&self) -> bool {
        self.sources.iter().any(|source| !source.is_distribution() || source.suite.contains("backports"))
    }

    /// Whether a name that the data lack may be a package all the same.
    fn may_exist(&self, name: &str) -> bool {
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c);
        name.len() > 1 && name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(legal)
    }
}

/// Reads the words of an `install`.
pub fn wanted(machine: &mut Machine, known: &Known, words: &[String]) -> Request {
    let mut request = Request::default();
    for word in words {
        if is_path(word) {
            local_file(machine, word, &mut request);
            continue;
        }
        let (name, version, suite) = parts(word);
        let is_name = table().find(name).is_some();
        if let Some(name) = name.strip_suffix('-').filter(|_| !is_name && version.is_none()) {
            request.remove.push(name.to_string());
            continue;
        }
        let plain = name.strip_suffix('+').filter(|_| !is_name).unwrap_or(name);
        if plain.contains(['*', '?']) {
            pattern(known, plain, &mut request);
        } else {
            one(machine, known, plain, version, suite, &mut request);
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    request.packages.retain(|number| seen.insert(*number));
    request
}

/// Whether a word names a file: apt wants a slash in it.
pub fn is_path(word: &str) -> bool {
    word.starts_with('/') || word.starts_with("./") || word.starts_with("../")
}

/// `name=version`, `name/suite`, `name:arch`.
fn parts(word: &str) -> (&str, Option<&str>, Option<&str>) {
    let (rest, version) = word.split_once('=').map_or((word, None), |(rest, version)| (rest, Some(version)));
    let (rest, suite) = rest.split_once('/').map_or((rest, None), |(rest, suite)| (rest, Some(suite)));
    let rest = rest.strip_suffix(":amd64").or_else(|| rest.strip_suffix(":all")).unwrap_or(rest);
    (rest, version, suite)
}

fn pattern(known: &Known, name: &str, request: &mut Request) {
    let packages = table().packages().iter().enumerate();
    let found: Vec<usize> = packages
        .filter(|(_, package)| {
            (known.has_lists || known.state.version(package.name).is_some())
                && path_match(name, package.name).unwrap_or(false)
        })
        .map(|(number, _)| number)
        .collect();
    if found.is_empty() {
        not_located(name, request);
    }
    for number in found {
        if let Some(package) = table().get(number) {
            request.said.push_str(&format!("Note, selecting '{}' for glob '{name}'\n", package.name));
        }
        request.packages.push(number);
    }
}

fn one(
    machine: &mut Machine,
    known: &Known,
    name: &str,
    version: Option<&str>,
    suite: Option<&str>,
    request: &mut Request,
) {
    let is_installed = known.state.version(name).is_some();
    if !known.has_lists && !is_installed {
        not_located(name, request);
        return;
    }
    if let Some(third) = third::find(known.sources, name).filter(|third| third.kib > 0 && !is_installed) {
        let version = third::version(known.sources, third);
        let needs = third.needs.iter().filter_map(|other| table().number(other)).collect();
        let programs = Some(third.programs.to_vec());
        let (kib, deb_kib) = (third.kib, third.deb_kib);
        request.foreign.push(Foreign { kib, deb_kib, needs, programs, ..Foreign::named(name, &version) });
        return;
    }
    let Some(number) = table().number(name) else {
        unknown(machine, known, name, version, request);
        return;
    };
    let Some(package) = table().get(number) else { return };
    if known.release.is_measured() && !known.has_foreign() {
        if let Some(version) = version.filter(|version| !path_match(version, package.version).unwrap_or(false)) {
            request.said.push_str(&elsewhere(name));
            request.errors.push(format!("Version '{version}' for '{name}' was not found"));
            return;
        }
        if let Some(suite) = suite.filter(|suite| !is_suite(known, suite)) {
            request.said.push_str(&elsewhere(name));
            request.errors.push(format!("Release '{suite}' for '{name}' was not found"));
            return;
        }
    }
    request.packages.push(number);
}

/// Whether a suite is among the sources.
pub fn is_suite(known: &Known, suite: &str) -> bool {
    known.sources.iter().any(|source| source.suite == suite) || matches!(suite, "stable" | "oldstable" | "now")
}

fn unknown(machine: &mut Machine, known: &Known, name: &str, version: Option<&str>, request: &mut Request) {
    if known.state.version(name).is_some() {
        request.foreign.push(Foreign::named(name, ""));
        return;
    }
    let table = table();
    if let [number] = table.providers(name) {
        if let Some(package) = table.get(*number) {
            request.said.push_str(&format!("Note, selecting '{}' instead of '{name}'\n", package.name));
        }
        request.packages.push(*number);
        return;
    }
    if !table.providers(name).is_empty() {
        request.said.push_str(&provided_by(name, table.providers(name).iter().filter_map(|number| table.get(*number))));
        request.errors.push(format!("Package '{name}' has no installation candidate"));
        return;
    }
    if !known.may_exist(name) {
        not_located(name, request);
        return;
    }
    if known.release.is_measured() && !known.has_foreign() {
        match absent::why(name) {
            Some(absent::Why::NotLocated) => return not_located(name, request),
            Some(absent::Why::NoCandidate) => {
                request.said.push_str(&elsewhere(name));
                request.errors.push(format!("Package '{name}' has no installation candidate"));
                return;
            }
            None => {}
        }
    }
    let like = table.other_version(name);
    let (kib, deb_kib) = like.map_or(TYPICAL_KIB, |package| (package.kib, package.deb_kib));
    machine.typical_size(&format!("apt-get install {name}"), kib * 1024);
    let version = version.filter(|version| !version.contains('*')).unwrap_or("0").to_string();
    let like = like.and_then(|package| table.number(package.name));
    let programs = third::programs(name);
    request.foreign.push(Foreign { kib, deb_kib, like, programs, ..Foreign::named(name, &version) });
}

fn elsewhere(name: &str) -> String {
    format!(
        "Package {name} is not available, but is referred to by another package.\nThis may mean that the package is missing, has been obsoleted, or\nis only available from another source\n\n"
    )
}

fn provided_by<'a>(name: &str, packages: impl Iterator<Item = &'a Package>) -> String {
    let list: String = packages.map(|package| format!("  {} {}\n", package.name, package.version)).collect();
    format!("Package {name} is a virtual package provided by:\n{list}\n")
}

fn not_located(name: &str, request: &mut Request) {
    request.errors.push(format!("Unable to locate package {name}"));
    if name.contains(['.', '*', '?', '+', '[', '^', '$', '|']) {
        request.errors.push(format!("Couldn't find any package by glob '{name}'"));
        request.errors.push(format!("Couldn't find any package by regex '{name}'"));
    }
}

/// A .deb file of the image: its name and version as the file's name has them, its size what it weighs.
fn local_file(machine: &mut Machine, path: &str, request: &mut Request) {
    let Ok(stat) = machine.fs.stat(path, true, &filesystem::Cred::root()) else {
        request.errors.push(format!("Unsupported file {path} given on commandline"));
        return;
    };
    if !path.ends_with(".deb") || !stat.is_file() {
        request.errors.push(format!("Unsupported file {path} given on commandline"));
        return;
    }
    let size = stat.size;
    request.foreign.push(deb(machine, path, size));
}

/// What is known of a .deb by its name and size. Archives are compressed to about a quarter.
pub fn deb(machine: &mut Machine, path: &str, size: u64) -> Foreign {
    let file = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".deb");
    let mut words = file.split('_');
    let name = words.next().unwrap_or(file).to_lowercase();
    let version = words.next().unwrap_or("0").replace("%3a", ":");
    let known = table().find(&name);
    let kib = known.map_or(size.div_ceil(1024).saturating_mul(4), |package| package.kib);
    if known.is_none() {
        machine.typical_size(&format!("apt-get install {path}"), kib * 1024);
    }
    let like = table().number(&name);
    let programs = third::programs(&name);
    Foreign { kib, like, programs, file: Some(path.to_string()), ..Foreign::named(&name, &version) }
}
