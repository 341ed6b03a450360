//! npm install, npm ci, npm prune, npm uninstall.

use filesystem::{Content, Errno};

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, place_as, unpack};
use super::super::json::Json;
use super::super::pace::{is_musl, known_text};
use super::super::words::Words;
use super::known::Table;
use super::manifest::{self, dependencies, is_production, name_and_range, workspaces};
use super::place::{self, LOCK_BYTES};
use super::scripts;
use super::tree::{self, Tree};

/// The files that hold npm's lock, the stronger first.
const LOCKS: [&str; 2] = ["npm-shrinkwrap.json", "package-lock.json"];

/// The lock file: `None` if there is none, and with text only if its bytes are known.
fn lock(machine: &Machine, process: &Process) -> Option<Option<Json>> {
    let name = LOCKS.iter().find(|name| machine.fs.stat(&process.path(name), true, &process.cred).is_ok())?;
    Some(known_text(machine, process, name).and_then(|text| Json::parse(&text)))
}

/// What the manifest's dependencies and those of its workspaces bring.
fn from_manifest(machine: &Machine, process: &Process, table: &Table, manifest: &Json, development: bool) -> Tree {
    let mut wanted = dependencies(manifest, development);
    for folder in workspaces(machine, process, manifest) {
        if let Some(manifest) = manifest::read_at(machine, process, &folder) {
            wanted.extend(dependencies(&manifest, development));
        }
    }
    tree::from_names(
        table,
        wanted.iter().filter(|(_, range)| !tree::is_elsewhere(range)).map(|(name, _)| name.as_str()),
    )
}

/// The tree that belongs into node_modules.
fn ideal(machine: &Machine, process: &Process, table: &Table, manifest: &Json, production: bool) -> Tree {
    match lock(machine, process).flatten() {
        Some(lock) => tree::from_npm_lock(table, &lock, production, is_musl(machine)),
        None => from_manifest(machine, process, table, manifest, !production),
    }
}

/// The first dependency that a lock file does not have.
fn not_in_lock(manifest: &Json, lock: &Json) -> Option<(String, String)> {
    let has = |name: &str| match lock.get("packages") {
        Some(packages) => packages.get(&format!("node_modules/{name}")).is_some(),
        None => lock.get("dependencies").is_some_and(|all| all.get(name).is_some()),
    };
    dependencies(manifest, true).into_iter().find(|(name, _)| !has(name))
}

/// Whether a lock file does not say where archives are: then npm asks the registry, as if there were none.
fn lacks_addresses(lock: &Json) -> bool {
    let packages = lock.get("packages").or_else(|| lock.get("dependencies")).map_or(&[][..], Json::entries);
    packages.iter().any(|(path, entry)| {
        !path.is_empty() && entry.get("resolved").is_none() && !entry.get("link").is_some_and(Json::is_true)
    })
}

/// `npm ci`: what the lock file says, into an empty node_modules.
pub fn ci(machine: &mut Machine, process: &Process, words: &Words) -> i32 {
    let text = "npm error code EUSAGE\nnpm error\n";
    let usage = "npm error\nnpm error Clean install a project\nnpm error\nnpm error Usage:\nnpm error npm ci\nnpm error\nnpm error aliases: clean-install, ic, install-clean, isntall-clean\nnpm error\nnpm error Run \"npm help ci\" for more info\n";
    let Some(lock) = lock(machine, process) else {
        process.err(machine, &format!("{text}npm error The `npm ci` command can only install with an existing package-lock.json or\nnpm error npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or\nnpm error later to generate a package-lock.json file, then try again.\n{usage}"));
        return 1;
    };
    let manifest = match manifest::read(machine, process) {
        Ok(manifest) => manifest,
        Err(fault) => return manifest::complain(machine, process, fault),
    };
    let is_stale = lock.as_ref().and_then(|lock| not_in_lock(&manifest, lock));
    if let Some((name, range)) = is_stale {
        let version = range.trim_start_matches(['^', '~', '=']);
        process.err(machine, &format!("{text}npm error `npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` before continuing.\nnpm error\nnpm error Missing: {name}@{version} from lock file\n{usage}"));
        return 1;
    }
    let status = scripts::lifecycle(machine, process, &manifest, &["preinstall"], words);
    if status != 0 {
        return status;
    }
    let _ = machine.fs.remove_all(&process.path("node_modules"), &process.cred);
    let production = is_production(process, words);
    let tree = ideal(machine, process, &Table::read(), &manifest, production);
    let asks = lock.as_ref().is_none_or(lacks_addresses).then_some(&tree);
    let status = fetch_and_put(machine, process, words, &tree, asks, &process.path("node_modules"));
    if status != 0 {
        return status;
    }
    added(machine, process, tree.len());
    scripts::lifecycle(machine, process, &manifest, scripts::AFTER_INSTALL, words)
}

/// `npm install`, with and without names.
pub fn install(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    if words.has(&["-g", "--global"]) || words.value(&["--location"]) == Some("global") {
        return super::global::install(machine, process, words, names);
    }
    let mut manifest = match manifest::read(machine, process) {
        Ok(manifest) => manifest,
        Err(manifest::Fault::Missing) if !names.is_empty() => Json::Object(Vec::new()),
        Err(fault) => return manifest::complain(machine, process, fault),
    };
    for name in names.iter().filter(|name| !is_path(name)) {
        save(&mut manifest, words, name);
    }
    let runs_scripts = names.is_empty();
    if runs_scripts {
        let status = scripts::lifecycle(machine, process, &manifest, &["preinstall"], words);
        if status != 0 {
            return status;
        }
    }
    let table = Table::read();
    let production = is_production(process, words);
    let locked = lock(machine, process);
    let known_lock = locked.clone().flatten().filter(|lock| not_in_lock(&manifest, lock).is_none());
    let tree = match &known_lock {
        Some(lock) => tree::from_npm_lock(&table, lock, production, is_musl(machine)),
        None => from_manifest(machine, process, &table, &manifest, !production),
    };
    // Without a lock file npm asks the registry of every package there would be, those for development too.
    let asked = match &known_lock {
        Some(lock) => lacks_addresses(lock).then(|| tree.clone()),
        None => Some(from_manifest(machine, process, &table, &manifest, true)),
    };
    let modules = process.path("node_modules");
    if production && machine.fs.stat(&modules, true, &process.cred).is_ok() {
        // what was installed for development does not stay
        let all = match &known_lock {
            Some(lock) => tree::from_npm_lock(&table, lock, false, is_musl(machine)),
            None => asked.clone().unwrap_or_default(),
        };
        remove_others(machine, process, &all, &tree);
    }
    let new = tree.keys().filter(|place| machine.fs.stat(&format!("{modules}/{place}"), true, &process.cred).is_err());
    let new = new.count();
    let status = fetch_and_put(machine, process, words, &tree, asked.as_ref(), &modules);
    if status != 0 {
        return status;
    }
    if known_lock.is_none() && !words.has(&["--no-package-lock"]) && words.value(&["--package-lock"]) != Some("false") {
        write_lock(machine, process, asked.as_ref().unwrap_or(&tree));
    }
    if !names.is_empty() && !words.has(&["--no-save"]) {
        manifest::write(machine, process, &manifest);
    }
    added(machine, process, new);
    if runs_scripts { scripts::lifecycle(machine, process, &manifest, scripts::AFTER_INSTALL, words) } else { 0 }
}

/// A folder, an archive or an address, and no name.
fn is_path(word: &str) -> bool {
    word.starts_with(['.', '/', '~'])
        || word.ends_with(".tgz")
        || tree::is_elsewhere(word)
        || word.matches('/').count() > 1
}

/// Writes a name into the manifest, as `npm install NAME` does.
pub fn save(manifest: &mut Json, words: &Words, word: &str) {
    let group = if words.has(&["-D", "--save-dev", "--dev"]) {
        "devDependencies"
    } else if words.has(&["-O", "--save-optional"]) {
        "optionalDependencies"
    } else {
        "dependencies"
    };
    let (name, range) = name_and_range(word);
    let mut members = manifest.get(group).cloned().unwrap_or(Json::Object(Vec::new()));
    members.set(name, Json::Text(if range == "latest" { "*" } else { range }.to_string()));
    manifest.set(group, members);
}

/// Nobody knows the text of the lock file that the registry's answers would make, only about how long it is.
fn write_lock(machine: &mut Machine, process: &Process, tree: &Tree) {
    let size = 200 + tree.len() as u64 * LOCK_BYTES;
    let names: String = tree.keys().map(String::as_str).collect::<Vec<_>>().join(",");
    let content = Content::opaque(&format!("npm/lock/{names}"), size);
    let _ = process.write_file(machine, "package-lock.json", &content);
}

fn added(machine: &mut Machine, process: &Process, count: usize) {
    let text = match count {
        0 => "\nup to date in".to_string(),
        1 => "\nadded 1 package in".to_string(),
        _ => format!("\nadded {count} packages in"),
    };
    process.out(machine, &format!("{text} {}s\n", machine.meter.ms / 1000));
}

/// Fetches what the cache lacks and puts the tree into `modules`. `asked` are the packages whose metadata is asked for.
pub fn fetch_and_put(
    machine: &mut Machine,
    process: &Process,
    words: &Words,
    tree: &Tree,
    asked: Option<&Tree>,
    modules: &str,
) -> i32 {
    estimated(machine);
    let cache = format!("{}/_cacache/content-v2/sha512", place::npm_cache(process, words.value(&["--cache"])));
    let mut wanted: Vec<(String, String, u64)> = Vec::new();
    for package in tree.values() {
        let name = format!("{}-{}.tgz", place::flat(&package.name), package.version);
        wanted.push((format!("{cache}/{name}"), format!("npm/archive/{name}"), package.size.tarball));
    }
    for package in asked.into_iter().flat_map(Tree::values) {
        let name = format!("{}.json", place::flat(&package.name));
        wanted.push((format!("{cache}/{name}"), format!("npm/metadata/{name}"), package.size.metadata));
    }
    let missing = place::missing(machine, &wanted);
    if missing.count > 0 && !machine.network {
        process.err(machine, "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error errno EAI_AGAIN\nnpm error request failed, reason: getaddrinfo EAI_AGAIN\n");
        return 1;
    }
    place::note_typical(machine, process, tree);
    place::fetch_time(machine, missing, tree.len() as u64);
    place::fill(machine, &wanted, &process.cred);
    match place::put_all(machine, modules, tree, &process.cred) {
        Ok((bytes, files)) => {
            unpack(machine, bytes, files);
            let note = tree.len() as u64 * LOCK_BYTES;
            let names = tree.len();
            let _ = place_as(
                machine,
                &format!("{modules}/.package-lock.json"),
                &format!("npm/installed/{names}/{bytes}"),
                note,
                0o644,
                &process.cred,
            );
            0
        }
        Err(errno) => refused(machine, process, modules, errno),
    }
}

/// What npm says where it may not write, and its exit status.
pub fn refused(machine: &mut Machine, process: &Process, path: &str, errno: Errno) -> i32 {
    let (code, number, status) = match errno {
        Errno::Access => ("EACCES", 13, 243),
        Errno::ReadOnly => ("EROFS", 30, 226),
        _ => ("EIO", 5, 251),
    };
    let said = errno.to_string().to_lowercase();
    process.err(machine, &format!("npm error code {code}\nnpm error syscall mkdir\nnpm error path {path}\nnpm error errno -{number}\nnpm error Error: {code}: {said}, mkdir '{path}'\n"));
    if errno == Errno::Access {
        process.err(machine, "npm error The operation was rejected by your operating system.\nnpm error It is likely you do not have the permissions to access this file as the current user\nnpm error\nnpm error If you believe this might be a permissions issue, please double-check the\nnpm error permissions of the file and its containing directories, or try running\nnpm error the command again as root/Administrator.\n");
    }
    status
}

/// `npm prune`: what does not belong into node_modules goes.
pub fn prune(machine: &mut Machine, process: &Process, words: &Words) -> i32 {
    let manifest = match manifest::read(machine, process) {
        Ok(manifest) => manifest,
        Err(fault) => return manifest::complain(machine, process, fault),
    };
    estimated(machine);
    let table = Table::read();
    let all = ideal(machine, process, &table, &manifest, false);
    let kept = ideal(machine, process, &table, &manifest, is_production(process, words));
    let removed = remove_others(machine, process, &all, &kept);
    process.out(machine, &removed_text(machine, removed));
    scripts::lifecycle(machine, process, &manifest, &["prepare"], words)
}

fn removed_text(machine: &Machine, removed: usize) -> String {
    let seconds = machine.meter.ms / 1000;
    match removed {
        0 => format!("\nup to date in {seconds}s\n"),
        1 => format!("\nremoved 1 package in {seconds}s\n"),
        _ => format!("\nremoved {removed} packages in {seconds}s\n"),
    }
}

/// Removes the packages of one tree that another has not, with their programs.
pub fn remove_others(machine: &mut Machine, process: &Process, all: &Tree, kept: &Tree) -> usize {
    let modules = process.path("node_modules");
    let mut removed = 0;
    for (place, package) in all.iter().rev().filter(|(place, _)| !kept.contains_key(*place)) {
        if machine.fs.remove_all(&format!("{modules}/{place}"), &process.cred).is_ok() {
            removed += 1;
        }
        for program in &package.programs {
            let _ = machine.fs.remove_file(&format!("{modules}/.bin/{program}"), &process.cred);
        }
    }
    removed
}

/// `npm uninstall NAME…`.
pub fn uninstall(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    if words.has(&["-g", "--global"]) {
        return super::global::uninstall(machine, process, words, names);
    }
    let mut manifest = match manifest::read(machine, process) {
        Ok(manifest) => manifest,
        Err(fault) => return manifest::complain(machine, process, fault),
    };
    estimated(machine);
    let table = Table::read();
    let all = from_manifest(machine, process, &table, &manifest, true);
    for group in ["dependencies", "devDependencies", "optionalDependencies"] {
        if let Some(Json::Object(members)) = manifest.get(group).cloned() {
            let left = members.into_iter().filter(|(name, _)| !names.contains(name)).collect();
            manifest.set(group, Json::Object(left));
        }
    }
    let kept = from_manifest(machine, process, &table, &manifest, true);
    let removed = remove_others(machine, process, &all, &kept);
    manifest::write(machine, process, &manifest);
    process.out(machine, &removed_text(machine, removed));
    0
}
