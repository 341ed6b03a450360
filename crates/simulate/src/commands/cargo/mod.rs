//! cargo: sizes and times from measured builds (tests/estimates/compilers/cargo.json), messages as cargo prints them.
//!
//! Crates are compiled once into target/ and found there again, a package of the workspace again when one of its files is
//! newer than what was made of it: cargo goes by times, as COPY keeps them. Not modelled: features, what build scripts do.

mod build;
mod manifest;

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::estimate::{compile, download, estimated, failed, place_as, unpack};
use super::input::{join, not_modelled};
use super::options::{Options, read};
use manifest::Workspace;

/// What a crate is taken for: packed, unpacked, and its files. The middle of the measured projects' crates.
const CRATE_BYTES: u64 = 128_000;
const SOURCE_BYTES: u64 = 860_000;
const SOURCE_FILES: u64 = 45;
/// The registry's index entry of a crate.
const INDEX_BYTES: u64 = 110_000;
/// A tool that `cargo install` builds: how many crates it needs and its size.
const TOOL_CRATES: u64 = 150;
const TOOL_BYTES: u64 = 12_000_000;

const LONG: [(&str, char); 34] = [
    ("release", 'r'),
    ("locked", 'k'),
    ("frozen", 'k'),
    ("offline", 'o'),
    ("target=", 't'),
    ("target-dir=", 'd'),
    ("package=", 'p'),
    ("bin=", 'b'),
    ("bins", 'B'),
    ("features=", 'F'),
    ("all-features", 'A'),
    ("no-default-features", 'N'),
    ("workspace", 'w'),
    ("all", 'w'),
    ("manifest-path=", 'm'),
    ("path=", 'P'),
    ("root=", 'R'),
    ("git=", 'g'),
    ("branch=", 'z'),
    ("tag=", 'z'),
    ("rev=", 'z'),
    ("version=", 'V'),
    ("profile=", 'x'),
    ("jobs=", 'j'),
    ("quiet", 'q'),
    ("verbose", 'v'),
    ("force", 'f'),
    ("recipe-path=", 'e'),
    ("debug", 'D'),
    ("lib", 'L'),
    ("color=", 'z'),
    ("message-format=", 'z'),
    ("no-track", 'q'),
    ("no-build", 'n'),
];

/// Where cargo keeps what it installs and downloads.
pub fn home(process: &Process) -> String {
    process
        .env
        .get("CARGO_HOME")
        .cloned()
        .unwrap_or_else(|| join(process.env.get("HOME").map_or("/root", String::as_str), ".cargo"))
}

fn error(machine: &mut Machine, process: &Process, message: &str) -> i32 {
    process.err(machine, &format!("error: {message}\n"));
    101
}

pub fn cargo(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut words = process.operands().to_vec();
    words.retain(|word| !word.starts_with('+'));
    if words.first().is_some_and(|first| matches!(first.as_str(), "--version" | "-V")) {
        process.out(machine, "cargo 1.95.0\n");
        return 0;
    }
    if words.is_empty() {
        process.out(machine, "Rust's package manager\n\nUsage: cargo [+toolchain] [OPTIONS] [COMMAND]\n");
        return 0;
    }
    let command = words.remove(0);
    let extra = words.iter().position(|word| word == "--").map(|at| words.split_off(at));
    if matches!(command.as_str(), "new" | "init") {
        // a name goes with it in a build only
        words.retain(|word| word != "--bin");
    }
    let options = match read(&words, "rp:F:j:qvf", &LONG) {
        Ok(options) => options,
        Err(message) => {
            let flag = message.split('\'').nth(1).unwrap_or_default().to_string();
            process.err(
                machine,
                &format!("error: unexpected argument '{flag}' found\n\nUsage: cargo {command} [OPTIONS]\n\nFor more information, try '--help'.\n"),
            );
            return 1;
        }
    };
    match command.as_str() {
        "build" | "b" | "check" | "c" | "clippy" | "doc" | "rustc" => {
            build::build(machine, process, &options, &command)
        }
        "test" | "t" | "run" | "r" | "bench" => {
            let status = build::build(machine, process, &options, "build");
            if status == 0 {
                let _ = extra;
                not_modelled(machine, process, &format!("{command}: what the program does"));
            }
            status
        }
        "fetch" | "generate-lockfile" | "update" | "vendor" => match workspace(machine, process, &options) {
            Ok(found) => {
                estimated(machine);
                let crates = found.crates;
                match fetch(machine, process, &crates, options.has('o')) {
                    Ok(()) => 0,
                    Err(status) => status,
                }
            }
            Err(status) => status,
        },
        "install" => install(machine, process, &options),
        "init" | "new" => start_package(machine, process, &options, &command),
        "clean" => {
            let folder = build::target(process, &options, &process.cwd.clone());
            let _ = machine.fs.remove_all(&folder, &process.cred);
            0
        }
        "fmt" | "version" | "tree" | "metadata" | "add" | "remove" | "search" | "login" | "publish" => {
            not_modelled(machine, process, &command);
            0
        }
        "chef" if tool(machine, process, "cargo-chef") => build::chef(machine, process, &options),
        other if tool(machine, process, &format!("cargo-{other}")) => {
            not_modelled(machine, process, other);
            0
        }
        other => {
            let text = format!("no such command: `{other}`\n\nhelp: view all installed commands with `cargo --list`");
            error(machine, process, &text)
        }
    }
}

/// Whether a program that cargo can call is in PATH.
fn tool(machine: &Machine, process: &Process, name: &str) -> bool {
    let path = process.env.get("PATH").cloned().unwrap_or_default();
    path.split(':')
        .chain([join(&home(process), "bin").as_str()])
        .any(|folder| machine.fs.stat(&join(folder, name), true, &process.cred).is_ok())
}

/// The workspace, and what `--locked` asks of its lock file.
fn workspace(machine: &mut Machine, process: &Process, options: &Options) -> Result<Workspace, i32> {
    let found =
        manifest::find(machine, process, options.value('m')).map_err(|message| error(machine, process, &message))?;
    if options.has('k') && !found.has_lock {
        let text = format!(
            "cannot create the lock file {}/Cargo.lock because --locked was passed to prevent this\nhelp: to generate the lock file without accessing the network, remove the --locked flag and use --offline instead.",
            found.root.trim_end_matches('/')
        );
        return Err(error(machine, process, &text));
    }
    Ok(found)
}

/// Downloads the crates that the registry's cache does not have.
fn fetch(machine: &mut Machine, process: &Process, crates: &[(String, String)], offline: bool) -> Result<(), i32> {
    let registry = join(&home(process), "registry");
    let mut said = false;
    for (name, version) in crates {
        let file = format!("{registry}/cache/index/{name}-{version}.crate");
        let source = format!("{registry}/src/index/{name}-{version}/source.rs");
        if machine.fs.stat(&source, true, &process.cred).is_ok() {
            continue;
        }
        if machine.fs.stat(&file, true, &process.cred).is_err() {
            if offline || !machine.network {
                let text = format!(
                    "failed to get `{name}` as a dependency\n\nCaused by:\n  download of config.json failed\n\nCaused by:\n  [6] Couldn't resolve host name (Could not resolve host: index)"
                );
                return Err(error(machine, process, &text));
            }
            if !said {
                process.err(machine, "    Updating crates index\n Downloading crates ...\n");
                said = true;
            }
            process.err(machine, &format!("  Downloaded {name} v{version}\n"));
            download(machine, CRATE_BYTES);
            put(machine, process, &file, CRATE_BYTES)?;
            put(machine, process, &format!("{registry}/index/{name}"), INDEX_BYTES)?;
        }
        put(machine, process, &source, SOURCE_BYTES)?;
        unpack(machine, SOURCE_BYTES, SOURCE_FILES);
    }
    Ok(())
}

fn put(machine: &mut Machine, process: &Process, path: &str, bytes: u64) -> Result<(), i32> {
    place_as(machine, path, &format!("cargo{path}"), bytes, 0o644, &process.cred)
        .map_err(|errno| failed(machine, process, errno))
}

/// `cargo install`: a tool by its name, or the package of a folder.
fn install(machine: &mut Machine, process: &Process, options: &Options) -> i32 {
    let root = options.value('R').map_or_else(|| home(process), |root| process.path(root));
    if let Some(folder) = options.value('P') {
        let mut inside = process.clone();
        inside.cwd = process.path(folder.trim_end_matches('/').trim_end_matches("/."));
        if folder == "." {
            inside.cwd = process.cwd.clone();
        }
        return build::install(machine, &inside, options, &join(&root, "bin"));
    }
    let mut names = options.operands.clone();
    if let Some(url) = options.value('g').filter(|_| names.is_empty()) {
        names.push(super::input::last_part(url).trim_end_matches(".git").to_string());
    }
    if names.is_empty() {
        let text = "`cargo install` without arguments is not supported; use `cargo install --path .` to install the package in the current directory";
        return error(machine, process, text);
    }
    estimated(machine);
    for name in names {
        let name = name.split('@').next().unwrap_or(&name).to_string();
        if !machine.network {
            let text = format!(
                "failed to download `{name}`\n\nCaused by:\n  [6] Couldn't resolve host name (Could not resolve host: index)"
            );
            return error(machine, process, &text);
        }
        process.err(machine, &format!("    Updating crates index\n  Installing {name}\n"));
        let crates: Vec<(String, String)> =
            (0..TOOL_CRATES).map(|at| (format!("{name}-needs-{at}"), "1.0.0".to_string())).collect();
        let mut quiet = process.clone();
        quiet.fds.insert(2, crate::process::Descriptor::null());
        if let Err(status) = fetch(machine, &quiet, &crates, false) {
            return status;
        }
        compile(machine, TOOL_CRATES * build::CRATE_CPU_MS);
        let program = match name.as_str() {
            "wasm-bindgen-cli" => "wasm-bindgen",
            "sqlx-cli" => "sqlx",
            "diesel_cli" => "diesel",
            "ripgrep" => "rg",
            "fd-find" => "fd",
            "mdbook" | "trunk" | "just" => name.as_str(),
            other => other,
        };
        let path = join(&root, &format!("bin/{program}"));
        let library = super::compiled::library_of(machine.fs);
        // cargo's own subcommands have models by their names
        let content = match program.starts_with("cargo-") {
            true => filesystem::Content::opaque(&format!("cargo/tool/{program}"), TOOL_BYTES),
            false => super::compiled::program("linux-amd64", library, &format!("cargo/{name}"), TOOL_BYTES),
        };
        let _ = machine.fs.mkdir_all(&join(&root, "bin"), process.mode(0o777), &process.cred);
        if let Err(errno) = machine.fs.write(&path, content, process.mode(0o777), &process.cred) {
            return failed(machine, process, errno);
        }
        let bytes = TOOL_BYTES + TOOL_CRATES * (SOURCE_BYTES + CRATE_BYTES);
        machine.meter.note(Basis::Estimated, Note::TypicalSize { what: format!("cargo install {name}"), bytes });
        process.err(machine, &format!("   Installed package `{name}` (executable `{program}`)\n"));
    }
    0
}

/// `cargo init` and `cargo new`.
fn start_package(machine: &mut Machine, process: &Process, options: &Options, command: &str) -> i32 {
    let folder = options.operands.first().map_or(process.cwd.clone(), |folder| process.path(folder));
    if command == "init" && machine.fs.stat(&join(&folder, "Cargo.toml"), true, &process.cred).is_ok() {
        return error(machine, process, "`cargo init` cannot be run on existing Cargo packages");
    }
    let name = super::input::last_part(&folder).to_string();
    let manifest = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n");
    let (file, text) = match options.has('L') {
        true => ("src/lib.rs", "pub fn add(left: u64, right: u64) -> u64 {\n    left + right\n}\n"),
        false => ("src/main.rs", "fn main() {\n    println!(\"Hello, world!\");\n}\n"),
    };
    let _ = machine.fs.mkdir_all(&join(&folder, "src"), process.mode(0o777), &process.cred);
    for (file, text) in [("Cargo.toml", manifest.as_str()), (file, text)] {
        let content = filesystem::Content::text(text);
        if let Err(errno) = machine.fs.write(&join(&folder, file), content, process.mode(0o666), &process.cred) {
            return failed(machine, process, errno);
        }
    }
    let kind = if options.has('L') { "library" } else { "binary (application)" };
    process.err(machine, &format!("    Creating {kind} package\n"));
    0
}
