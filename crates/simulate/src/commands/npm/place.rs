//! Putting packages into node_modules, and archives into caches.

use filesystem::{Cred, Errno};

use crate::process::{Machine, Process};

use super::super::estimate::{download, place_as};
use super::tree::{Package, Tree};

/// Bytes of the manifest that every package has.
const MANIFEST_BYTES: u64 = 900;
/// Bytes of a lock file, and of the note of what is installed, for each package in it (measured: 370 to 430).
pub const LOCK_BYTES: u64 = 400;
/// How many requests package managers have under way at the same time.
const REQUESTS: u64 = 16;
/// The CPU time of one package: resolving, checking, unpacking.
const PACKAGE_MS: u64 = 12;

/// Puts the files of a package into a folder: its manifest, and one that stands for all others.
pub fn put(machine: &mut Machine, folder: &str, package: &Package, who: &Cred) -> Result<(), Errno> {
    let manifest = MANIFEST_BYTES.min(package.size.bytes / 2);
    let mode = if package.programs.is_empty() { 0o644 } else { 0o755 };
    let id = format!("npm/{}@{}", package.name, package.version);
    place_as(machine, &format!("{folder}/package.json"), &format!("{id}/package.json"), manifest, 0o644, who)?;
    place_as(
        machine,
        &format!("{folder}/index.js"),
        &format!("{id}/index.js"),
        package.size.bytes - manifest,
        mode,
        who,
    )
}

/// Puts a tree into a node_modules folder, with the links to its programs. Gives bytes and files.
pub fn put_all(machine: &mut Machine, modules: &str, tree: &Tree, who: &Cred) -> Result<(u64, u64), Errno> {
    machine.fs.mkdir_all(modules, 0o755, who)?;
    let (mut bytes, mut files) = (0, 0);
    for (place, package) in tree {
        let (folder, is_top) = match place.strip_prefix("../") {
            Some(path) => (format!("{}/{path}", modules.trim_end_matches("/node_modules")), false),
            None => (format!("{modules}/{place}"), !place.contains("/node_modules/")),
        };
        put(machine, &folder, package, who)?;
        bytes += package.size.bytes;
        files += package.size.files;
        if is_top {
            link_programs(machine, modules, place, package, who);
        }
    }
    Ok((bytes, files))
}

/// Makes the links of `.bin`; one that is there already stays.
pub fn link_programs(machine: &mut Machine, modules: &str, place: &str, package: &Package, who: &Cred) {
    for program in &package.programs {
        let _ = machine.fs.mkdir_all(&format!("{modules}/.bin"), 0o755, who);
        let _ = machine.fs.symlink(&format!("../{place}/index.js"), &format!("{modules}/.bin/{program}"), who);
    }
}

/// The cache of npm: archives, and what the registry says of packages.
pub fn npm_cache(process: &Process, given: Option<&str>) -> String {
    let setting = ["npm_config_cache", "NPM_CONFIG_CACHE"].iter().find_map(|name| process.env.get(*name));
    let folder = given.map(|path| process.path(path)).or_else(|| setting.cloned());
    folder.unwrap_or_else(|| format!("{}/.npm", super::super::pace::home(process)))
}

/// A name as one file name.
pub fn flat(name: &str) -> String {
    name.replace('/', "+")
}

/// What an install still has to fetch.
#[derive(Clone, Copy, Debug, Default)]
pub struct Missing {
    /// Archives and answers of the registry.
    pub count: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Which of the files are not in a cache yet, by path, name of the content and size.
pub fn missing(machine: &Machine, wanted: &[(String, String, u64)]) -> Missing {
    let mut missing = Missing::default();
    for (path, _, size) in wanted {
        if machine.fs.stat(path, true, &Cred::root()).is_err() {
            missing.count += 1;
            missing.bytes += size;
        }
    }
    missing
}

/// Puts the files that are not there yet into a cache.
pub fn fill(machine: &mut Machine, wanted: &[(String, String, u64)], who: &Cred) {
    for (path, id, size) in wanted {
        if machine.fs.stat(path, true, &Cred::root()).is_err() {
            let _ = place_as(machine, path, id, *size, 0o644, who);
        }
    }
}

/// Lets the time pass that fetching takes, and that the packages take to be worked through.
pub fn fetch_time(machine: &mut Machine, missing: Missing, packages: u64) {
    if missing.count > 0 {
        download(machine, missing.bytes);
        machine.spend(machine.profile.network_latency_ms.saturating_mul(missing.count / REQUESTS));
    }
    super::super::pace::resolve(machine, 400 + packages * PACKAGE_MS);
}

/// Says of each package that the data lack what it counts with.
pub fn note_typical(machine: &mut Machine, process: &Process, tree: &Tree) {
    for package in tree.values().filter(|package| package.is_typical) {
        let what = format!("{} install {}", process.name(), package.name);
        super::super::pace::assumed(machine, &what, package.size.bytes);
    }
}
