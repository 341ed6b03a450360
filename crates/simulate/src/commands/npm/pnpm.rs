//! pnpm: a store with every file once, and node_modules of hard links into it.

use filesystem::{Cred, Errno};

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, place_as, unpack};
use super::super::indented;
use super::super::json::Json;
use super::super::pace::{home, known_text};
use super::super::words::Words;
use super::known::Table;
use super::manifest::{self, dependencies, is_production, script, text, workspaces};
use super::place::{self, LOCK_BYTES};
use super::scripts::{self, Runner};
use super::tree::{self, Package, Tree};

const VALUED: &[&str] = &[
    "--filter",
    "-F",
    "--dir",
    "-C",
    "--store-dir",
    "--reporter",
    "--registry",
    "--loglevel",
    "--network-concurrency",
    "--fetch-timeout",
    "--global-dir",
    "--virtual-store-dir",
    "--modules-dir",
    "--node-linker",
];

pub fn pnpm(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), VALUED);
    if let Some(folder) = words.value(&["--dir", "-C"]) {
        process.cwd = process.path(folder);
    }
    let manifest = manifest::read(machine, process).ok();
    let pinned = manifest.as_ref().map(|manifest| text(manifest, "packageManager").to_string()).unwrap_or_default();
    if super::corepack::is_shim(machine, process, "pnpm") {
        let word = if pinned.starts_with("pnpm@") { pinned.clone() } else { "pnpm@latest".to_string() };
        let status = super::corepack::fetch(machine, process, &word);
        if status != 0 {
            return status;
        }
    }
    if words.has(&["--version", "-v"]) {
        let version = pinned.strip_prefix("pnpm@").map_or("9.15.9", |text| text.split('+').next().unwrap_or(text));
        process.out(machine, &format!("{version}\n"));
        return 0;
    }
    let Some((command, names)) = words.operands.split_first() else { return 0 };
    match command.as_str() {
        "install" | "i" | "ci" => {
            let frozen = words.has(&["--frozen-lockfile"]) && !words.has(&["--no-frozen-lockfile"]) || command == "ci";
            let in_ci = process.env.contains_key("CI") && !words.has(&["--no-frozen-lockfile"]);
            install(machine, process, &words, manifest, frozen || in_ci)
        }
        "fetch" => fetch(machine, process, &words),
        "add" if words.has(&["-g", "--global"]) => add_global(machine, process, &words, names),
        "add" => {
            let mut manifest = manifest.unwrap_or(Json::Object(Vec::new()));
            for name in names {
                super::install::save(&mut manifest, &words, name);
            }
            manifest::write(machine, process, &manifest);
            install(machine, process, &words, Some(manifest), false)
        }
        "prune" => prune(machine, process, &words, manifest),
        "deploy" => deploy(machine, process, &words, names),
        "dlx" => super::npx::exec(machine, process, &words, names),
        "exec" => super::npx::exec(machine, process, &words, names),
        "store" => {
            if names.first().is_some_and(|name| name == "path") {
                let store = store(process, &words);
                process.out(machine, &format!("{store}\n"));
            }
            0
        }
        "config" | "setup" | "list" | "ls" | "why" | "outdated" | "audit" | "approve-builds" | "env" | "rebuild"
        | "import" | "update" | "up" | "init" | "pack" | "publish" | "link" | "licenses" | "server" => {
            super::super::input::not_modelled(machine, process, command);
            0
        }
        "run" | "run-script" => match names.split_first() {
            Some((name, rest)) => run(machine, process, &words, name, rest, true),
            None => 0,
        },
        "remove" | "rm" | "uninstall" | "un" => super::install::uninstall(machine, process, &words, names),
        "test" | "t" => run(machine, process, &words, "test", names, true),
        name => run(machine, process, &words, name, names, false),
    }
}

/// The store, with the version of its layout.
fn store(process: &Process, words: &Words) -> String {
    let setting = ["npm_config_store_dir", "NPM_CONFIG_STORE_DIR", "PNPM_STORE_PATH"]
        .iter()
        .find_map(|name| process.env.get(*name));
    let base = words.value(&["--store-dir"]).map(|path| process.path(path)).or_else(|| setting.cloned());
    let base = base.or_else(|| process.env.get("PNPM_HOME").map(|home| format!("{home}/store")));
    format!("{}/v3", base.unwrap_or_else(|| format!("{}/.local/share/pnpm/store", home(process))))
}

fn lock_of(machine: &Machine, process: &Process) -> Option<Option<Json>> {
    machine.fs.stat(&process.path("pnpm-lock.yaml"), true, &process.cred).ok()?;
    Some(known_text(machine, process, "pnpm-lock.yaml").map(|text| indented::parse(&text)))
}

fn install(machine: &mut Machine, process: &Process, words: &Words, manifest: Option<Json>, frozen: bool) -> i32 {
    let Some(manifest) = manifest else {
        let folder = process.cwd.clone();
        process.err(machine, &format!(" ERR_PNPM_NO_PKG_MANIFEST  No package.json found in {folder}\n"));
        return 1;
    };
    let production = is_production(process, words);
    let lock = lock_of(machine, process);
    let hint = "\nNote that in CI environments this setting is true by default. If you still need to run install in such cases, use \"pnpm install --no-frozen-lockfile\"\n";
    let all = dependencies(&manifest, true);
    if frozen && lock.is_none() && !all.is_empty() {
        process.err(machine, &format!(" ERR_PNPM_NO_LOCKFILE  Cannot install with \"frozen-lockfile\" because pnpm-lock.yaml is absent\n{hint}"));
        return 1;
    }
    let table = Table::read();
    let known = lock.clone().flatten();
    let locked = known.as_ref().and_then(|lock| tree::from_pnpm_lock(&table, lock, &all, production));
    if frozen && known.is_some() && locked.is_none() {
        process.err(machine, &format!(" ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with \"frozen-lockfile\" because pnpm-lock.yaml is not up to date with <ROOT>/package.json\n{hint}"));
        return 1;
    }
    let asks = locked.is_none();
    let tree = locked.unwrap_or_else(|| from_manifests(machine, process, &table, &manifest, production));
    let status = put(machine, process, words, &manifest, &tree, asks);
    if status != 0 {
        return status;
    }
    if asks && lock.is_none() {
        let size = 200 + tree.len() as u64 * LOCK_BYTES * 3 / 4;
        let names: Vec<&str> = tree.keys().map(String::as_str).collect();
        let content = filesystem::Content::opaque(&format!("pnpm/lock/{}", names.join(",")), size);
        let _ = process.write_file(machine, "pnpm-lock.yaml", &content);
    }
    if words.has(&["--ignore-scripts"]) {
        return 0;
    }
    for name in ["preinstall", "install", "postinstall", "prepare"] {
        let Some(command) = script(&manifest, name) else { continue };
        let status = run_script(machine, process, &manifest, name, &command, &[]);
        if status != 0 {
            return status;
        }
    }
    let seconds = machine.meter.ms / 1000;
    process.out(machine, &format!("\nDone in {seconds}s\n"));
    0
}

/// The tree without a lock file: places with versions as far as the ranges say them.
fn from_manifests(machine: &Machine, process: &Process, table: &Table, manifest: &Json, production: bool) -> Tree {
    let mut wanted = dependencies(manifest, !production);
    for folder in workspaces(machine, process, manifest) {
        if let Some(manifest) = manifest::read_at(machine, process, &folder) {
            wanted.extend(dependencies(&manifest, !production));
        }
    }
    wanted.retain(|(_, range)| !tree::is_elsewhere(range));
    let ranges: std::collections::BTreeMap<&str, &str> = wanted
        .iter()
        .map(|(name, range)| (name.as_str(), range.trim_start_matches(['^', '~', '>', '=', '<', ' '])))
        .collect();
    let names = tree::from_names(table, wanted.iter().map(|(name, _)| name.as_str()));
    names
        .into_values()
        .map(|mut package| {
            let version = ranges.get(package.name.as_str()).copied().unwrap_or_default();
            let version = if version.starts_with(|c: char| c.is_ascii_digit()) { version } else { "0.0.0" };
            package.version = version.to_string();
            (format!("{}@{version}", package.name), package)
        })
        .collect()
}

/// Fills the store and links node_modules into it.
fn put(machine: &mut Machine, process: &Process, words: &Words, manifest: &Json, tree: &Tree, asks: bool) -> i32 {
    estimated(machine);
    let status = fill_store(machine, process, words, tree, asks);
    if status != 0 {
        return status;
    }
    let modules = process.path("node_modules");
    let store = store(process, words);
    process.out(machine, &format!("Packages: +{}\n", tree.len()));
    let (mut bytes, mut files) = (0, 0);
    for (place, package) in tree {
        let folder = format!("{modules}/.pnpm/{}/node_modules/{}", place::flat(place), package.name);
        match link(machine, &store, place, package, &folder, &process.cred) {
            Ok(copied) => bytes += copied,
            Err(errno) => {
                process.err(machine, &format!(" EACCES  {}: mkdir '{modules}'\n", errno.to_string().to_lowercase()));
                return 243;
            }
        }
        files += package.size.files;
    }
    unpack(machine, bytes, files);
    link_direct(machine, process, manifest, tree, &modules);
    for folder in workspaces(machine, process, manifest) {
        if let Some(manifest) = manifest::read_at(machine, process, &folder) {
            let modules = process.path(&format!("{folder}/node_modules"));
            link_direct(machine, process, &manifest, tree, &modules);
        }
    }
    let state = 300 + tree.len() as u64 * 60;
    let _ = place_as(
        machine,
        &format!("{modules}/.modules.yaml"),
        &format!("pnpm/state/{}", tree.len()),
        state,
        0o644,
        &process.cred,
    );
    0
}

/// What the store lacks is fetched into it. `asks`: no lock file says the versions.
fn fill_store(machine: &mut Machine, process: &Process, words: &Words, tree: &Tree, asks: bool) -> i32 {
    let store = store(process, words);
    let mut missing = place::Missing::default();
    let mut wanted = Vec::new();
    for (place, package) in tree {
        let path = format!("{store}/files/{}", place::flat(place));
        if machine.fs.stat(&path, true, &Cred::root()).is_err() {
            missing.count += 1;
            missing.bytes += package.size.tarball + if asks { package.size.metadata } else { 0 };
        }
        wanted.push((path, format!("npm/{}@{}/files", package.name, package.version), package.size.bytes));
    }
    if missing.count > 0 && !machine.network {
        process.err(machine, " EAI_AGAIN  request failed, reason: getaddrinfo EAI_AGAIN\n");
        return 1;
    }
    place::note_typical(machine, process, tree);
    place::fetch_time(machine, missing, tree.len() as u64);
    place::fill(machine, &wanted, &process.cred);
    0
}

/// Links a package's files out of the store; where that is another file system, as with a cache mount, they are copied.
/// Gives the bytes that were copied.
fn link(
    machine: &mut Machine,
    store: &str,
    place: &str,
    package: &Package,
    folder: &str,
    who: &Cred,
) -> Result<u64, Errno> {
    machine.fs.mkdir_all(folder, 0o755, who)?;
    let from = format!("{store}/files/{}", place::flat(place));
    let to = format!("{folder}/index.js");
    let _ = machine.fs.remove_file(&to, who);
    let mut copied = 0;
    if machine.fs.link(&from, &to, who).is_err() {
        let id = format!("npm/{}@{}/files", package.name, package.version);
        place_as(machine, &to, &id, package.size.bytes, 0o644, who)?;
        copied = package.size.bytes;
    }
    if !package.programs.is_empty() {
        let _ = machine.fs.chmod(&to, 0o755, true, who);
    }
    Ok(copied)
}

/// The links of node_modules: to what the manifest names, and to its programs.
fn link_direct(machine: &mut Machine, process: &Process, manifest: &Json, tree: &Tree, modules: &str) {
    let _ = machine.fs.mkdir_all(modules, 0o755, &process.cred);
    let root = process.path("node_modules");
    for (name, _) in dependencies(manifest, true) {
        let Some((place, package)) = tree.iter().find(|(_, package)| package.name == name) else { continue };
        let target = format!("{root}/.pnpm/{}/node_modules/{name}", place::flat(place));
        if let Some((scope, _)) = name.split_once('/') {
            let _ = machine.fs.mkdir_all(&format!("{modules}/{scope}"), 0o755, &process.cred);
        }
        let _ = machine.fs.symlink(&target, &format!("{modules}/{name}"), &process.cred);
        place::link_programs(machine, modules, &name, package, &process.cred);
    }
}

/// `pnpm fetch`: the store and .pnpm from the lock file alone.
fn fetch(machine: &mut Machine, process: &Process, words: &Words) -> i32 {
    let Some(lock) = lock_of(machine, process) else {
        process.err(
            machine,
            " ERR_PNPM_NO_LOCKFILE  Cannot install with \"frozen-lockfile\" because pnpm-lock.yaml is absent\n",
        );
        return 1;
    };
    let lock = lock.unwrap_or(Json::Object(Vec::new()));
    let tree = tree::from_pnpm_lock(&Table::read(), &lock, &[], is_production(process, words)).unwrap_or_default();
    put(machine, process, words, &Json::Object(Vec::new()), &tree, false)
}

fn prune(machine: &mut Machine, process: &Process, words: &Words, manifest: Option<Json>) -> i32 {
    let Some(manifest) = manifest else { return 1 };
    estimated(machine);
    let table = Table::read();
    let lock = lock_of(machine, process).flatten();
    let of = |machine: &Machine, production: bool| {
        let locked = lock.as_ref().and_then(|lock| tree::from_pnpm_lock(&table, lock, &[], production));
        locked.unwrap_or_else(|| from_manifests(machine, process, &table, &manifest, production))
    };
    let (all, kept) = (of(machine, false), of(machine, is_production(process, words)));
    let modules = process.path("node_modules");
    let development = dependencies(&manifest, true);
    for (place, package) in all.iter().filter(|(place, _)| !kept.contains_key(*place)) {
        let _ = machine.fs.remove_all(&format!("{modules}/.pnpm/{}", place::flat(place)), &process.cred);
        if development.iter().any(|(name, _)| *name == package.name) {
            let _ = machine.fs.remove_file(&format!("{modules}/{}", package.name), &process.cred);
        }
        for program in &package.programs {
            let _ = machine.fs.remove_file(&format!("{modules}/.bin/{program}"), &process.cred);
        }
    }
    0
}

/// `pnpm deploy FOLDER`: a workspace with its own node_modules, apart.
fn deploy(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    let Some(target) = names.first() else { return 1 };
    let filter = words.value(&["--filter", "-F"]).unwrap_or_default();
    let root = manifest::read(machine, process).unwrap_or(Json::Object(Vec::new()));
    let folders = workspaces(machine, process, &root);
    let found = folders.into_iter().find_map(|folder| {
        let manifest = manifest::read_at(machine, process, &folder)?;
        (text(&manifest, "name") == filter).then_some((folder, manifest))
    });
    let Some((folder, manifest)) = found else {
        process.err(machine, " ERR_PNPM_NOTHING_TO_DEPLOY  No project was selected for deployment\n");
        return 1;
    };
    let mut child = process.clone();
    child.args = vec!["cp".to_string(), "-a".to_string(), format!("{folder}/."), target.clone()];
    let _ = machine.fs.mkdir_all(&process.path(target), 0o755, &process.cred);
    super::super::start::start_child(machine, process, child);
    let table = Table::read();
    let mut deployed = process.clone();
    deployed.cwd = process.path(target);
    let _ = machine.fs.remove_all(&deployed.path("node_modules"), &process.cred);
    let tree = from_manifests(machine, &deployed, &table, &manifest, is_production(process, words));
    put(machine, &deployed, words, &manifest, &tree, false)
}

fn add_global(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    if !process.env.contains_key("PNPM_HOME") {
        process.err(machine, " ERR_PNPM_NO_GLOBAL_BIN_DIR  Unable to find the global bin directory\n\nRun \"pnpm setup\" to create it automatically, or set the global-bin-dir setting, or the PNPM_HOME env variable. The global bin directory should be in the PATH.\n");
        return 1;
    }
    super::global::install(machine, process, words, names)
}

/// `pnpm run NAME`, `pnpm NAME`, in the projects that a filter names.
fn run(machine: &mut Machine, process: &Process, words: &Words, name: &str, arguments: &[String], is_run: bool) -> i32 {
    let filters: Vec<&str> = words.values(&["--filter", "-F"]).collect();
    let recursive = words.has(&["-r", "--recursive"]);
    let arguments: Vec<String> = arguments.iter().chain(&words.rest).cloned().collect();
    if filters.is_empty() && !recursive {
        return run_here(machine, process, words, name, &arguments, is_run);
    }
    let root = manifest::read(machine, process).unwrap_or(Json::Object(Vec::new()));
    for folder in workspaces(machine, process, &root) {
        let Some(manifest) = manifest::read_at(machine, process, &folder) else { continue };
        let own = text(&manifest, "name");
        let named = filters
            .iter()
            .any(|filter| filter.trim_matches(['.', '^']) == own || filter.trim_start_matches("./") == folder);
        if (recursive || named) && script(&manifest, name).is_some() {
            let mut child = process.clone();
            child.cwd = process.path(&folder);
            let status = run_here(machine, &child, words, name, &arguments, is_run);
            if status != 0 {
                return status;
            }
        }
    }
    0
}

fn run_here(
    machine: &mut Machine,
    process: &Process,
    words: &Words,
    name: &str,
    arguments: &[String],
    is_run: bool,
) -> i32 {
    let folder = process.cwd.clone();
    let Ok(manifest) = manifest::read(machine, process) else {
        process.err(machine, &format!(" ERR_PNPM_NO_IMPORTER_MANIFEST_FOUND  No package.json (or package.yaml, or package.json5) was found in \"{folder}\".\n"));
        return 1;
    };
    if let Some(command) = script(&manifest, name) {
        return run_script(machine, process, &manifest, name, &command, arguments);
    }
    if !is_run && machine.fs.stat(&process.path(&format!("node_modules/.bin/{name}")), true, &process.cred).is_ok() {
        let arguments: Vec<String> = std::iter::once(name.to_string()).chain(arguments.iter().cloned()).collect();
        return super::npx::exec(machine, process, &Words::default(), &arguments);
    }
    if words.has(&["--if-present"]) {
        return 0;
    }
    let (text, status) = match is_run {
        true => (format!(" ERR_PNPM_NO_SCRIPT  Missing script: {name}\n\nCommand \"{name}\" not found.\n"), 1),
        false => (format!("undefined\n ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL  Command \"{name}\" not found\n"), 254),
    };
    process.err(machine, &text);
    status
}

fn run_script(
    machine: &mut Machine,
    process: &Process,
    manifest: &Json,
    name: &str,
    command: &str,
    arguments: &[String],
) -> i32 {
    let status = scripts::run(machine, process, manifest, name, command, arguments, Runner::Pnpm);
    match status {
        0 => 0,
        // a shell that does not find the program: pnpm takes it for a failure of its own
        127 => {
            process.err(machine, " ELIFECYCLE  Command failed.\n");
            1
        }
        status => {
            process.err(machine, &format!(" ELIFECYCLE  Command failed with exit code {status}.\n"));
            status
        }
    }
}
