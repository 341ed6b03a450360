//! npm, npx, yarn, pnpm, node: estimated from measured installs.

use std::collections::BTreeMap;

use crate::process::{Machine, Process};

use super::estimate::{cell, download, estimated, failed, place_as, rows, unpack};
use super::input::not_modelled;
use super::json::Json;
use super::options::{Options, read};

const DATA: &str = include_str!("data/npm.txt");

/// What a package is taken for that the data do not have: the median of the six measured projects, whole trees divided
/// by their packages (141 to 870 kB; without Next.js' binaries about 180 kB), and its share of ~/.npm.
const PACKAGE_BYTES: u64 = 180_000;
const PACKAGE_FILES: u64 = 26;
const CACHE_BYTES: u64 = 170_000;

/// How many packages a dependency without a lock file brings.
const CLOSURE: u64 = 20;

pub fn npm(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("omit=", 'o'),
        ("production", 'p'),
        ("only=", 'o'),
        ("global", 'g'),
        ("no-audit", 'n'),
        ("no-fund", 'n'),
        ("no-optional", 'n'),
        ("ignore-scripts", 'n'),
        ("legacy-peer-deps", 'n'),
        ("silent", 's'),
        ("quiet", 's'),
        ("frozen-lockfile", 'F'),
        ("immutable", 'F'),
        ("prod", 'p'),
        ("save-dev", 'D'),
        ("save", 'n'),
        ("prefer-offline", 'n'),
        ("cache=", 'c'),
        ("prefix=", 'P'),
        ("loglevel=", 'l'),
        ("force", 'f'),
        ("if-present", 'i'),
        ("include=", 'I'),
        ("version", 'v'),
        ("yes", 'y'),
        ("network-timeout=", 'l'),
        ("non-interactive", 'n'),
        ("no-progress", 'n'),
        ("workspace=", 'w'),
        ("no-cache", 'n'),
    ];
    let mut words = process.operands().to_vec();
    let script_arguments = words.iter().position(|word| word == "--").map(|at| words.split_off(at)).unwrap_or_default();
    let options = match read(&words, "gsDfyvP:w:l:c:", &long) {
        Ok(options) => options,
        // Configuration that is not known is passed over, as npm does.
        Err(message) => {
            not_modelled(machine, process, &message);
            match read(&words.iter().filter(|word| !word.starts_with('-')).cloned().collect::<Vec<_>>(), "", &[]) {
                Ok(options) => options,
                Err(_) => return 1,
            }
        }
    };
    if options.has('v') {
        process.out(machine, "11.0.0\n");
        return 0;
    }
    let mut operands = options.operands.clone();
    let command = if operands.is_empty() { "install".to_string() } else { operands.remove(0) };
    match (process.name(), command.as_str()) {
        (_, "ci" | "clean-install") => install(machine, process, &options, &[], true),
        ("pnpm" | "yarn", "install") if options.has('F') => install(machine, process, &options, &[], true),
        (_, "install" | "i" | "add") => install(machine, process, &options, &operands, false),
        (_, "run" | "run-script") => match operands.first().cloned() {
            Some(script) => run_script(machine, process, &script, options.has('i'), &script_arguments),
            None => 0,
        },
        (_, "start" | "test") => run_script(machine, process, &command, false, &script_arguments),
        (_, "cache") => {
            let home = home(process);
            let _ = machine.fs.remove_all(&super::input::join(&home, ".npm/_cacache"), &process.cred);
            0
        }
        (_, "prune") => {
            let (lock, manifest) =
                (read_json(machine, process, "package-lock.json"), read_json(machine, process, "package.json"));
            super::npm_prune::prune(
                machine,
                process,
                lock.as_ref(),
                manifest.as_ref(),
                is_production(process, &options),
            )
        }
        (_, "config" | "set" | "pkg" | "audit" | "fund" | "init" | "exec" | "dlx" | "version") => {
            not_modelled(machine, process, &command);
            0
        }
        ("yarn" | "pnpm", script) => run_script(machine, process, script, false, &script_arguments),
        (_, other) => {
            process.err(
                machine,
                &format!("Unknown command: \"{other}\"\n\nTo see a list of supported npm commands, run:\n  npm help\n"),
            );
            1
        }
    }
}

/// Whether packages for development are left out.
fn is_production(process: &Process, options: &Options) -> bool {
    options.has('p')
        || options.values('o').any(|what| matches!(what, "dev" | "prod" | "production"))
        || process.env.get("NODE_ENV").is_some_and(|mode| mode == "production")
            && !options.values('I').any(|what| what == "dev")
}

fn home(process: &Process) -> String {
    process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string())
}

fn read_json(machine: &mut Machine, process: &Process, name: &str) -> Option<Json> {
    let content = machine.fs.read(&process.path(name), &process.cred).ok()?;
    Json::parse(&crate::process::text_of(machine, &content))
}

/// Name, bytes and files of each package to put into node_modules, and what goes to the cache.
struct Tree {
    packages: BTreeMap<String, (u64, u64)>,
    cache: u64,
}

fn install(machine: &mut Machine, process: &Process, options: &Options, names: &[String], from_lock: bool) -> i32 {
    let production = is_production(process, options);
    let tool = process.name().to_string();
    let lock_name = match tool.as_str() {
        "yarn" => "yarn.lock",
        "pnpm" => "pnpm-lock.yaml",
        _ => "package-lock.json",
    };
    let has_lock = machine.fs.stat(&process.path(lock_name), true, &process.cred).is_ok();
    if from_lock && !has_lock {
        let text = match tool.as_str() {
            "npm" => "npm error code EUSAGE\nnpm error\nnpm error The `npm ci` command can only install with an existing package-lock.json or\nnpm error npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or\nnpm error later to generate a package-lock.json file, then try again.\n".to_string(),
            "pnpm" => " ERR_PNPM_NO_LOCKFILE  Cannot install with \"frozen-lockfile\" because pnpm-lock.yaml is absent\n".to_string(),
            _ => "error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`.\n".to_string(),
        };
        process.err(machine, &text);
        return 1;
    }
    let manifest = read_json(machine, process, "package.json");
    if manifest.is_none() && names.is_empty() {
        let path = process.path("package.json");
        process.err(machine, &format!("npm error code ENOENT\nnpm error syscall open\nnpm error path {path}\nnpm error errno -2\nnpm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '{path}'\n"));
        return 254;
    }
    estimated(machine);
    if !machine.network {
        process.err(machine, "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error errno EAI_AGAIN\nnpm error request failed\n");
        return 1;
    }
    let mut tree = if names.is_empty() {
        let lock = if tool == "npm" { read_json(machine, process, lock_name) } else { None };
        match lock {
            Some(lock) => from_lock_file(&lock, production),
            None => from_manifest(&manifest.unwrap_or(Json::Object(Vec::new())), production),
        }
    } else {
        let mut tree = Tree { packages: BTreeMap::new(), cache: 0 };
        for name in names {
            add_closure(&mut tree, name);
        }
        tree
    };
    let modules =
        if options.has('g') { "/usr/local/lib/node_modules".to_string() } else { process.path("node_modules") };
    if from_lock {
        let _ = machine.fs.remove_all(&modules, &process.cred);
    }
    let cached = super::input::join(&home(process), ".npm/_cacache/content-v2");
    // What the cache holds already (a cache mount, an earlier step) is not downloaded again.
    let mut missing = 0;
    let share = tree.cache / (tree.packages.len() as u64).max(1);
    for name in tree.packages.keys() {
        let path = format!("{cached}/{}", name.replace('/', "+"));
        if machine.fs.stat(&path, false, &process.cred).is_err() {
            missing += share;
            if let Err(errno) = place_as(machine, &path, &format!("npm/cache/{name}"), share, 0o644, &process.cred) {
                return failed(machine, process, errno);
            }
        }
    }
    download(machine, missing / 2);
    let (mut bytes, mut files) = (0, 0);
    let count = tree.packages.len();
    for (name, (size, number)) in std::mem::take(&mut tree.packages) {
        bytes += size;
        files += number;
        let small = 800.min(size);
        for (file, part) in [("package.json", small), ("index.js", size - small)] {
            let path = format!("{modules}/{name}/{file}");
            if let Err(errno) = place_as(machine, &path, &format!("npm/{name}/{file}"), part, 0o644, &process.cred) {
                process.err(
                    machine,
                    &format!(
                        "npm error code {}\nnpm error syscall mkdir\nnpm error path {modules}\n",
                        if errno == filesystem::Errno::Access { "EACCES" } else { "EIO" }
                    ),
                );
                return 243;
            }
        }
    }
    unpack(machine, bytes, files);
    if !names.is_empty() && options.has('g') {
        for name in names {
            let program = name.rsplit('/').next().unwrap_or(name).split('@').next().unwrap_or(name);
            let _ = place_as(
                machine,
                &format!("/usr/local/bin/{program}"),
                &format!("npm/bin/{program}"),
                400,
                0o755,
                &process.cred,
            );
        }
    }
    process.out(machine, &format!("\nadded {count} packages in {}s\n", machine.meter.ms / 1000));
    0
}

fn known(name: &str) -> Option<Vec<&'static str>> {
    rows(DATA).find(|row| row.first() == Some(&name))
}

fn from_lock_file(lock: &Json, production: bool) -> Tree {
    let mut tree = Tree { packages: BTreeMap::new(), cache: 0 };
    let packages = lock.get("packages").or_else(|| lock.get("dependencies"));
    for (path, package) in packages.map_or(&[][..], Json::entries) {
        let name = path.rsplit_once("node_modules/").map_or(path.as_str(), |(_, name)| name);
        let skipped =
            production && ["dev", "devOptional"].iter().any(|key| package.get(key).is_some_and(Json::is_true));
        if name.is_empty() || skipped || package.get("link").is_some_and(Json::is_true) {
            continue;
        }
        // Of a measured package that brings others, its own part is the whole less an average for each of those.
        let (bytes, files) = match known(name) {
            Some(row) => {
                let others = cell(&row, 1).saturating_sub(1);
                (
                    cell(&row, 2).saturating_sub(others * PACKAGE_BYTES).max(20_000),
                    cell(&row, 3).saturating_sub(others * PACKAGE_FILES).max(5),
                )
            }
            None => (PACKAGE_BYTES, PACKAGE_FILES),
        };
        let place = path.strip_prefix("node_modules/").unwrap_or(path);
        tree.packages.insert(place.to_string(), (bytes, files));
        tree.cache += CACHE_BYTES;
    }
    tree
}

fn from_manifest(manifest: &Json, production: bool) -> Tree {
    let mut tree = Tree { packages: BTreeMap::new(), cache: 0 };
    let mut groups = vec!["dependencies", "optionalDependencies"];
    if !production {
        groups.push("devDependencies");
    }
    for group in groups {
        for (name, _) in manifest.get(group).map_or(&[][..], Json::entries) {
            add_closure(&mut tree, name);
        }
    }
    tree
}

/// A dependency with all that it brings, under its own name.
fn add_closure(tree: &mut Tree, name: &str) {
    let name = name.get(1..).and_then(|rest| rest.find('@')).and_then(|at| name.get(..=at)).unwrap_or(name);
    let (bytes, files, cache) = match known(name) {
        Some(row) => (cell(&row, 2), cell(&row, 3), cell(&row, 4)),
        None => (PACKAGE_BYTES * CLOSURE, PACKAGE_FILES * CLOSURE, CACHE_BYTES * CLOSURE),
    };
    if tree.packages.insert(name.to_string(), (bytes, files)).is_none() {
        tree.cache += cache;
    }
}

fn run_script(machine: &mut Machine, process: &Process, script: &str, if_present: bool, arguments: &[String]) -> i32 {
    let manifest = read_json(machine, process, "package.json");
    let command =
        manifest.as_ref().and_then(|manifest| manifest.get("scripts")?.get(script)?.text().map(str::to_string));
    let Some(command) = command else {
        if if_present {
            return 0;
        }
        let text = match process.name() {
            "yarn" => format!("error Command \"{script}\" not found.\n"),
            _ => format!(
                "npm error Missing script: \"{script}\"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\n"
            ),
        };
        process.err(machine, &text);
        return 1;
    };
    let field = |key: &str| {
        manifest.as_ref().and_then(|manifest| manifest.get(key)?.text().map(str::to_string)).unwrap_or_default()
    };
    process.out(machine, &format!("\n> {}@{} {script}\n> {command}\n\n", field("name"), field("version")));
    let mut child = process.clone();
    let path = process.env.get("PATH").cloned().unwrap_or_default();
    child.env.insert("PATH".to_string(), format!("{}:{path}", process.path("node_modules/.bin")));
    child.env.insert("npm_lifecycle_event".to_string(), script.to_string());
    let extra: String = arguments.iter().skip(1).map(|word| format!(" {word}")).collect();
    // Tools of node_modules are functions of what they were called with: the build's model stands for them.
    let steps: Vec<&str> = command.split("&&").map(str::trim).collect();
    if steps.iter().all(|step| step.split_whitespace().next().is_some_and(is_build_tool)) {
        return steps.iter().map(|step| build(machine, &child, step)).find(|status| *status != 0).unwrap_or(0);
    }
    child.args = vec!["/bin/sh".to_string(), "-c".to_string(), format!("{command}{extra}")];
    super::start::start_child(machine, process, child)
}

/// Whether the program is a bundler, a compiler or their like.
pub fn is_build_tool(program: &str) -> bool {
    matches!(
        program,
        "tsc"
            | "vite"
            | "webpack"
            | "esbuild"
            | "rollup"
            | "parcel"
            | "ng"
            | "next"
            | "react-scripts"
            | "vue-cli-service"
            | "nest"
            | "tsup"
            | "vue-tsc"
    )
}

/// A bundler or compiler: its output folder gets as much as the sources have.
pub fn build(machine: &mut Machine, process: &Process, command: &str) -> i32 {
    estimated(machine);
    machine.not_modelled(command);
    let size = |folder: &str| -> u64 {
        let path = process.path(folder);
        machine
            .fs
            .walk(&path)
            .into_iter()
            .filter(|(_, stat)| matches!(stat.kind, filesystem::Kind::File(_)))
            .map(|(_, stat)| stat.size)
            .sum()
    };
    let sources = size("src") + size("app") + size("pages") + size("public");
    let output = match command.split_whitespace().next() {
        Some("next") => ".next",
        Some("react-scripts") => "build",
        _ if command.contains("--noEmit") || command.starts_with("vue-tsc") => return 0,
        _ => "dist",
    };
    machine.spend(2_000 + sources / 100);
    let path = process.path(&format!("{output}/main.js"));
    match place_as(machine, &path, &format!("build/{command}/{sources}"), sources, 0o644, &process.cred) {
        Ok(()) => 0,
        Err(errno) => failed(machine, process, errno),
    }
}
