//! bun: packages as npm's, with a cache whose files node_modules links to; it runs scripts and files, and bundles. Its
//! words are those of bun 1.4, without its version.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, place_as, unpack};
use super::super::input::not_modelled;
use super::super::json::Json;
use super::super::pace::{compile, home, known_text};
use super::super::words::Words;
use super::known::Table;
use super::manifest::{self, dependencies, is_production, read_at, script, workspaces};
use super::place::{self, LOCK_BYTES};
use super::scripts::{self, Runner};
use super::tree::{self, Tree};

const VALUED: &[&str] = &[
    "--cwd",
    "--outdir",
    "--outfile",
    "--target",
    "--format",
    "--filter",
    "-F",
    "--cache-dir",
    "--registry",
    "--backend",
    "--omit",
    "--linker",
    "--define",
    "-d",
    "--external",
    "--sourcemap",
    "--config",
    "-c",
    "--preload",
    "-r",
    "--env-file",
    "--root",
    "--entry-naming",
    "--network-concurrency",
    "--concurrent-scripts",
];

/// The lock files, the one that is read first. The binary one of old versions cannot be read.
const LOCKS: [&str; 2] = ["bun.lock", "bun.lockb"];

/// Bytes of the program: what `bun build --compile` makes begins with a copy of it.
const RUNTIME_BYTES: u64 = 95_000_000;

pub fn bun(machine: &mut Machine, process: &mut Process) -> i32 {
    // what follows the name of a script or a file is its own
    let own = process.operands().iter().position(|word| !word.starts_with('-')).unwrap_or(0);
    let words = Words::read(process.operands(), VALUED);
    if let Some(folder) = words.value(&["--cwd"]) {
        process.cwd = process.path(folder);
    }
    let Some((command, names)) = words.operands.split_first() else {
        if words.has(&["--version", "-v"]) {
            process.out(machine, "1.3.3\n");
        }
        return 0;
    };
    let after = |skip: usize| process.operands().get(own + skip..).unwrap_or_default().to_vec();
    match command.as_str() {
        "install" | "i" | "ci" if names.is_empty() => install(machine, process, &words, command == "ci"),
        "install" | "i" | "add" | "a" => add(machine, process, &words, names),
        "remove" | "rm" => super::install::uninstall(machine, process, &words, names),
        "run" => match names.split_first() {
            Some((name, _)) => {
                let at = process.operands().iter().rposition(|word| word == name).unwrap_or(0);
                let rest = process.operands().get(at + 1..).unwrap_or_default().to_vec();
                run(machine, process, &words, name, &rest)
            }
            None => 0,
        },
        "build" => build(machine, process, &words, names),
        "x" => super::npx::exec(machine, process, &Words::read(&[], &[]), &after(1)),
        "test" | "pm" | "outdated" | "audit" | "upgrade" | "link" | "unlink" | "update" | "create" | "init" | "c"
        | "patch" | "publish" | "why" | "info" | "repl" | "exec" => {
            not_modelled(machine, process, command);
            0
        }
        name => run(machine, process, &words, name, &after(1)),
    }
}

/// bunx: a program of node_modules, or of a package that is fetched for it.
pub fn bunx(machine: &mut Machine, process: &mut Process) -> i32 {
    let operands = process.operands();
    let own = operands.iter().position(|word| !word.starts_with('-')).unwrap_or(operands.len());
    let names = operands.get(own..).unwrap_or_default().to_vec();
    super::npx::exec(machine, process, &Words::read(&[], &[]), &names)
}

fn install(machine: &mut Machine, process: &Process, words: &Words, is_ci: bool) -> i32 {
    let Ok(manifest) = manifest::read(machine, process) else {
        process.err(
            machine,
            "error: Bun could not find a package.json file to install from\nnote: Run \"bun init\" to initialize a project\n",
        );
        return 1;
    };
    process.out(machine, "bun install\n");
    let frozen = is_ci || words.has(&["--frozen-lockfile"]);
    let status = settle(machine, process, words, &manifest, frozen);
    if status != 0 || words.has(&["--ignore-scripts"]) {
        return status;
    }
    for name in ["preinstall", "install", "postinstall", "prepublish", "prepare"] {
        let Some(command) = script(&manifest, name) else { continue };
        let status = scripts::run(machine, process, &manifest, name, &command, &[], Runner::Yarn);
        if status != 0 {
            return status;
        }
    }
    0
}

fn add(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    if words.has(&["-g", "--global"]) {
        return super::global::install(machine, process, words, names);
    }
    let mut manifest = manifest::read(machine, process).unwrap_or(Json::Object(Vec::new()));
    for name in names {
        super::install::save(&mut manifest, words, name);
    }
    process.out(machine, "bun add\n");
    let status = settle(machine, process, words, &manifest, false);
    if status == 0 {
        manifest::write(machine, process, &manifest);
        process.out(machine, &names.iter().map(|name| format!("installed {name}\n")).collect::<String>());
    }
    status
}

/// Brings node_modules and the lock file to what the manifest says.
fn settle(machine: &mut Machine, process: &Process, words: &Words, manifest: &Json, frozen: bool) -> i32 {
    let table = Table::read();
    let folders = workspaces(machine, process, manifest);
    let mut manifests = vec![manifest.clone()];
    manifests.extend(folders.iter().filter_map(|folder| read_at(machine, process, folder)));
    let all = |development: bool| manifests.iter().flat_map(move |manifest| dependencies(manifest, development));
    let elsewhere = |(_, range): &(String, String)| tree::is_elsewhere(range);
    let needed: Vec<(String, String)> = all(true).filter(|need| !elsewhere(need)).collect();
    let production = is_production(process, words);
    let wanted: Vec<(String, String)> = all(!production).filter(|need| !elsewhere(need)).collect();
    let locked = LOCKS.iter().any(|name| machine.fs.stat(&process.path(name), true, &process.cred).is_ok());
    let lock = known_text(machine, process, LOCKS[0]).and_then(|text| Json::parse(&without_loose_commas(&text)));
    let complete = lock.as_ref().is_some_and(|lock| tree::from_bun_lock(&table, lock, &needed).is_some());
    if let Some(lock) = lock.as_ref().filter(|_| frozen && !complete) {
        let missing = needed.iter().find(|(name, _)| lock.get("packages").is_none_or(|all| all.get(name).is_none()));
        let name = missing.map_or("", |(name, _)| name);
        process.err(machine, &format!("error: lockfile had changes, but lockfile is frozen\nnote: dependencies in package.json changed since bun.lock was saved: {name} was added\nnote: try re-running without --frozen-lockfile and commit the updated lockfile\n"));
        return 1;
    }
    let from_lock = lock.as_ref().filter(|_| complete).and_then(|lock| tree::from_bun_lock(&table, lock, &wanted));
    let is_known = from_lock.is_some();
    let tree = from_lock.unwrap_or_else(|| tree::from_names(&table, wanted.iter().map(|(name, _)| name.as_str())));
    let status = put(machine, process, words, &tree, !is_known && !locked);
    if status != 0 {
        return status;
    }
    if !is_known && !locked {
        let names: Vec<&str> = tree.keys().map(String::as_str).collect();
        let size = 200 + tree.len() as u64 * LOCK_BYTES / 2;
        let content = Content::opaque(&format!("bun/lock/{}", names.join(",")), size);
        let _ = process.write_file(machine, LOCKS[0], &content);
        process.out(machine, "Saved lockfile\n");
    }
    let (count, ms) = (tree.len(), machine.meter.ms);
    process.out(machine, &format!("\n{count} packages installed [{ms}.00ms]\n"));
    0
}

/// A JSON text that may have a comma before what closes, as bun writes its lock file.
fn without_loose_commas(text: &str) -> String {
    let (mut clean, mut in_text, mut escaped) = (String::with_capacity(text.len()), false, false);
    for c in text.chars() {
        if !in_text && matches!(c, '}' | ']') {
            let end = clean.trim_end().len();
            if clean.get(..end).is_some_and(|before| before.ends_with(',')) {
                clean.truncate(end - 1);
            }
        }
        in_text ^= c == '"' && !escaped;
        escaped = in_text && c == '\\' && !escaped;
        clean.push(c);
    }
    clean
}

fn cache(process: &Process, words: &Words) -> String {
    let given = words.value(&["--cache-dir"]).map(|path| process.path(path));
    let set = given.or_else(|| process.env.get("BUN_INSTALL_CACHE_DIR").cloned());
    set.unwrap_or_else(|| match process.env.get("BUN_INSTALL") {
        Some(folder) => format!("{folder}/install/cache"),
        None => format!("{}/.bun/install/cache", home(process)),
    })
}

/// Fetches what the cache lacks, unpacked, and links node_modules to it; where the cache is another file system, as a
/// cache mount is, the files are copied.
fn put(machine: &mut Machine, process: &Process, words: &Words, tree: &Tree, asks: bool) -> i32 {
    estimated(machine);
    let (folder, who) = (cache(process, words), process.cred.clone());
    let modules = process.path("node_modules");
    let mut missing = place::Missing::default();
    for package in tree.values() {
        let kept = format!("{folder}/{}@{}@@@1/index.js", package.name, package.version);
        if machine.fs.stat(&kept, true, &who).is_err() {
            missing.count += 1;
            missing.bytes += package.size.tarball + if asks { package.size.metadata / 10 } else { 0 };
        }
    }
    if missing.count > 0 && !machine.network {
        process.err(machine, "error: ConnectionRefused downloading package manifest\n");
        return 1;
    }
    place::note_typical(machine, process, tree);
    place::fetch_time(machine, missing, tree.len() as u64 / 8);
    let mut written = (0, 0);
    for (path, package) in tree {
        let kept = format!("{folder}/{}@{}@@@1", package.name, package.version);
        if machine.fs.stat(&format!("{kept}/index.js"), true, &who).is_err() {
            if let Err(errno) = place::put(machine, &kept, package, &who) {
                return super::install::refused(machine, process, &kept, errno);
            }
            written = (written.0 + package.size.bytes, written.1 + package.size.files);
            if asks {
                let answer = format!("{folder}/{}.npm", place::flat(&package.name));
                let id = format!("bun/answer/{}", package.name);
                let _ = place_as(machine, &answer, &id, package.size.metadata / 10, 0o644, &who);
            }
        }
        let target = match path.strip_prefix("../") {
            Some(path) => process.path(path),
            None => format!("{modules}/{path}"),
        };
        if let Err(errno) = machine.fs.mkdir_all(&target, 0o755, &who) {
            return super::install::refused(machine, process, &target, errno);
        }
        for file in ["package.json", "index.js"] {
            let (from, to) = (format!("{kept}/{file}"), format!("{target}/{file}"));
            let _ = machine.fs.remove_file(&to, &who);
            if machine.fs.link(&from, &to, &who).is_err() {
                let _ = place::put(machine, &target, package, &who);
                written = (written.0 + package.size.bytes, written.1 + package.size.files);
                break;
            }
        }
        if !path.contains("/node_modules/") {
            place::link_programs(machine, &modules, path, package, &who);
        }
    }
    unpack(machine, written.0, written.1);
    0
}

/// `bun run NAME`: a script of the manifest, a program of node_modules, or a file.
fn run(machine: &mut Machine, process: &Process, words: &Words, name: &str, arguments: &[String]) -> i32 {
    let manifest = manifest::read(machine, process).unwrap_or(Json::Object(Vec::new()));
    if script(&manifest, name).is_some() {
        let events = [(format!("pre{name}"), &[][..]), (name.to_string(), arguments), (format!("post{name}"), &[])];
        for (event, arguments) in events {
            let Some(command) = script(&manifest, &event) else { continue };
            let status = scripts::run(machine, process, &manifest, &event, &command, arguments, Runner::Yarn);
            if status != 0 {
                process.err(machine, &format!("error: script \"{event}\" exited with code {status}\n"));
                return status;
            }
        }
        return 0;
    }
    if machine.fs.stat(&process.path(name), true, &process.cred).is_ok_and(|stat| stat.is_file()) {
        not_modelled(machine, process, name);
        return 0;
    }
    let is_program = machine.fs.stat(&process.path(&format!("node_modules/.bin/{name}")), false, &process.cred).is_ok();
    if is_program {
        let names: Vec<String> = std::iter::once(name.to_string()).chain(arguments.iter().cloned()).collect();
        return super::npx::exec(machine, process, &Words::read(&[], &[]), &names);
    }
    if words.has(&["--if-present"]) {
        return 0;
    }
    process.err(machine, &format!("error: Script not found \"{name}\"\n"));
    1
}

/// `bun build`: what the entry points and what they import weigh, in one file; with the program itself if it is compiled.
fn build(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    let Some(first) = names.first() else {
        process.err(machine, "error: Missing entrypoints. What would you like to bundle?\n");
        return 1;
    };
    for name in names {
        if machine.fs.stat(&process.path(name), true, &process.cred).is_err() {
            process.err(machine, &format!("error: ModuleNotFound resolving \"{name}\" (entry point)\n"));
            return 1;
        }
    }
    estimated(machine);
    compile(machine, 1_500);
    let stem = |name: &str| {
        let file = name.rsplit('/').next().unwrap_or(name).to_string();
        file.rsplit_once('.').map_or(file.clone(), |(stem, _)| stem.to_string())
    };
    let (path, size, mode) = if words.has(&["--compile"]) {
        compile(machine, 2_000);
        (words.value(&["--outfile"]).map_or_else(|| stem(first), str::to_string), RUNTIME_BYTES, 0o755)
    } else if let Some(file) = words.value(&["--outfile"]) {
        (file.to_string(), 0, 0o644)
    } else if let Some(folder) = words.value(&["--outdir"]) {
        (format!("{folder}/{}.js", stem(first)), 0, 0o644)
    } else {
        return 0;
    };
    // a server of a few files with a library or two
    let size = size + 400_000;
    let id = format!("bun/build/{}", names.join(","));
    let path = process.path(&path);
    match place_as(machine, &path, &id, size, mode, &process.cred) {
        Ok(()) => 0,
        Err(errno) => super::install::refused(machine, process, &path, errno),
    }
}
