//! cargo build, cargo install --path, cargo chef.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::super::compiled::{self, Library};
use super::super::estimate::{compile, estimated, failed, place_as};
use super::super::input::join;
use super::super::options::Options;
use super::manifest::{Package, Workspace, locked};
use super::{error, fetch, workspace};

/// What a crate leaves in target/release and target/debug, what it adds to a program there, and the processor time that
/// it takes: averages over the crates of the measured projects.
const RELEASE_CRATE_BYTES: u64 = 2_300_000;
const DEBUG_CRATE_BYTES: u64 = 6_000_000;
const RELEASE_PROGRAM_CRATE_BYTES: u64 = 22_000;
const DEBUG_PROGRAM_CRATE_BYTES: u64 = 380_000;
pub const CRATE_CPU_MS: u64 = 1_520;
const DEBUG_CRATE_CPU_MS: u64 = 950;
/// A program of nothing but the standard library (measured with cargo 1.95), and what target/ has besides.
const RELEASE_PROGRAM_BYTES: u64 = 445_880;
const DEBUG_PROGRAM_BYTES: u64 = 4_344_544;
/// Static programs have the C library in them too.
const STATIC_BYTES: u64 = 900_000;
/// Processor time of the last package: a fixed time, and one for each crate that is linked.
const LINK_MS: u64 = 400;
const LINK_CRATE_MS: u64 = 60;

/// The folder that cargo builds into.
pub fn target(process: &Process, options: &Options, root: &str) -> String {
    match options.value('d').map(str::to_string).or_else(|| process.env.get("CARGO_TARGET_DIR").cloned()) {
        Some(folder) => process.path(&folder),
        None => join(root, "target"),
    }
}

/// How one call builds.
struct How {
    folder: String,
    release: bool,
    static_c: bool,
    check: bool,
}

fn how(machine: &Machine, process: &Process, options: &Options, root: &str, check: bool) -> How {
    let profile = match options.value('x') {
        Some("dev") => "debug",
        Some(profile) => profile,
        None if options.has('r') => "release",
        None => "debug",
    };
    let triple = options.value('t').map(str::to_string).or_else(|| process.env.get("CARGO_BUILD_TARGET").cloned());
    let folder = match &triple {
        Some(triple) => join(&target(process, options, root), triple),
        None => target(process, options, root),
    };
    let flags = process.env.get("RUSTFLAGS").cloned().unwrap_or_default();
    let musl = match &triple {
        Some(triple) => triple.contains("musl"),
        None => compiled::library_of(machine.fs) == Library::Musl,
    };
    let static_c = musl && !flags.contains("-crt-static") || flags.contains("target-feature=+crt-static");
    How { folder: join(&folder, profile), release: profile != "debug", static_c, check }
}

pub fn build(machine: &mut Machine, process: &Process, options: &Options, command: &str) -> i32 {
    let found = match workspace(machine, process, options) {
        Ok(found) => found,
        Err(status) => return status,
    };
    estimated(machine);
    let check = matches!(command, "check" | "c" | "clippy" | "doc");
    let how = how(machine, process, options, &found.root, check);
    match crates(machine, process, options, &found, &how).and_then(|()| own(machine, process, options, &found, &how)) {
        Ok(_) => 0,
        Err(status) => status,
    }
}

/// Downloads and compiles the crates that target/ does not have.
fn crates(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    found: &Workspace,
    how: &How,
) -> Result<(), i32> {
    fetch(machine, process, &found.crates, options.has('o'))?;
    if !found.crates.is_empty() && !has_linker(machine, process) {
        // the first build script or procedural macro wants to be linked
        process.err(machine, "error: linker `cc` not found\n  |\n  = note: No such file or directory (os error 2)\n\n");
        return Err(101);
    }
    let bytes = if how.release { RELEASE_CRATE_BYTES } else { DEBUG_CRATE_BYTES };
    let cpu = if how.release { CRATE_CPU_MS } else { DEBUG_CRATE_CPU_MS };
    let (bytes, cpu) = if how.check { (bytes / 4, cpu / 3) } else { (bytes, cpu) };
    let kind = if how.check { "rmeta" } else { "rlib" };
    let mut spent = 0u64;
    for (name, version) in &found.crates {
        let path = format!("{}/deps/lib{}-{version}.{kind}", how.folder, name.replace('-', "_"));
        if machine.fs.stat(&path, false, &process.cred).is_ok() {
            continue;
        }
        process.err(machine, &format!("   Compiling {name} v{version}\n"));
        spent = spent.saturating_add(cpu);
        let put = place_as(machine, &path, &format!("cargo/{name}-{version}/{kind}"), bytes, 0o644, &process.cred);
        put.map_err(|errno| failed(machine, process, errno))?;
    }
    compile(machine, spent);
    Ok(())
}

fn has_linker(machine: &Machine, process: &Process) -> bool {
    let path = process.env.get("PATH").cloned().unwrap_or_default();
    machine.is_unsure_of_programs()
        || path.split(':').any(|folder| machine.fs.stat(&join(folder, "cc"), true, &process.cred).is_ok())
}

/// The newest time of a package's files, their bytes and a digest of them.
fn sources(machine: &Machine, package: &Package) -> (i64, u64, String) {
    let (mut newest, mut bytes, mut parts) = (i64::MIN, 0u64, String::new());
    for folder in ["src", "build.rs", "Cargo.toml", "templates", "migrations"] {
        for (path, stat) in machine.fs.walk(&join(&package.folder, folder)) {
            if let filesystem::Kind::File(content) = stat.kind {
                newest = newest.max(stat.attr.mtime);
                bytes = bytes.saturating_add(content.size());
                parts.push_str(&format!("{path} {:?}\n", content.digest()));
            }
        }
    }
    (newest, bytes, super::super::input::hash(&parts))
}

/// Compiles the packages of the workspace that are newer than what was made of them; gives their programs' paths.
fn own(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    found: &Workspace,
    how: &How,
) -> Result<Vec<(String, String)>, i32> {
    let wanted: Vec<&str> = options.values('p').collect();
    if let Some(missing) = wanted.iter().find(|name| !found.packages.iter().any(|package| package.name == **name)) {
        return Err(error(
            machine,
            process,
            &format!("package ID specification `{missing}` did not match any packages"),
        ));
    }
    let mut made = Vec::new();
    let started = machine.meter.ms;
    for package in found.packages.iter().filter(|package| wanted.is_empty() || wanted.contains(&package.name.as_str()))
    {
        let (newest, bytes, digest) = sources(machine, package);
        let info =
            format!("{}/.fingerprint/{}/dep-{}", how.folder, package.name, if how.check { "check" } else { "bin" });
        let built = machine.fs.stat(&info, false, &process.cred).map(|stat| stat.attr.mtime).ok();
        let object = |name: &str| format!("{}/deps/{}", how.folder, name.replace('-', "_"));
        let whole = how.check
            || package.programs.iter().all(|(name, _)| machine.fs.stat(&object(name), false, &process.cred).is_ok());
        let bins: Vec<&str> = options.values('b').collect();
        let programs = package.programs.iter().filter(|(name, _)| bins.is_empty() || bins.contains(&name.as_str()));
        let fresh = whole && built.is_some_and(|built| built >= newest);
        if !fresh {
            process.err(machine, &format!("   Compiling {} v0.1.0 ({})\n", package.name, package.folder));
            let count = found.crates.len() as u64;
            compile(machine, LINK_MS.saturating_add(count * LINK_CRATE_MS).saturating_add(bytes / 20));
        }
        for (name, _) in programs {
            let path = join(&how.folder, name);
            if !fresh && !how.check {
                let content = program(machine, found, how, &digest, bytes);
                let size = content.size();
                machine.charge_write(size);
                let put = machine.fs.mkdir_all(&join(&how.folder, "deps"), 0o755, &process.cred);
                let put = put.and_then(|()| machine.fs.write(&object(name), content, 0o755, &process.cred));
                let _ = machine.fs.remove_file(&path, &process.cred);
                // cargo links the program of deps/ to its place
                let put = put.and_then(|()| machine.fs.link(&object(name), &path, &process.cred));
                put.map_err(|errno| failed(machine, process, errno))?;
            }
            made.push((name.clone(), path));
        }
        if !fresh {
            let put = place_as(machine, &info, &format!("cargo/{digest}"), 900, 0o644, &process.cred);
            put.map_err(|errno| failed(machine, process, errno))?;
            if !found.has_lock {
                let lock = join(&found.root, "Cargo.lock");
                let text = lock_text(found);
                let _ = machine.fs.write(&lock, Content::text(&text), process.mode(0o666), &process.cred);
            }
        }
    }
    let spent = machine.meter.ms.saturating_sub(started);
    let kind = if how.release { "`release` profile [optimized]" } else { "`dev` profile [unoptimized + debuginfo]" };
    let time = format!("{}.{:02}s", spent / 1000, spent % 1000 / 10);
    process.err(machine, &format!("    Finished {kind} target(s) in {time}\n"));
    Ok(made)
}

fn lock_text(found: &Workspace) -> String {
    let mut text = "version = 4\n".to_string();
    for (name, version) in &found.crates {
        let source = "registry+index";
        text.push_str(&format!("\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"\n"));
    }
    text
}

fn program(machine: &Machine, found: &Workspace, how: &How, digest: &str, source: u64) -> Content {
    let count = found.crates.len() as u64;
    let (base, each) = match how.release {
        true => (RELEASE_PROGRAM_BYTES, RELEASE_PROGRAM_CRATE_BYTES),
        false => (DEBUG_PROGRAM_BYTES, DEBUG_PROGRAM_CRATE_BYTES),
    };
    let library = if how.static_c { Library::Static } else { compiled::library_of(machine.fs) };
    let size = base.saturating_add(count * each).saturating_add(source);
    let size = size.saturating_add(if how.static_c { STATIC_BYTES } else { 0 });
    let names: String = found.crates.iter().map(|(name, version)| format!("{name}@{version} ")).collect();
    let id = super::super::input::hash(&format!("{digest}{names}{}", how.folder));
    compiled::program("linux-amd64", library, &format!("cargo/{id}"), size)
}

/// `cargo install --path`: builds for release and copies the programs.
pub fn install(machine: &mut Machine, process: &Process, options: &Options, bin: &str) -> i32 {
    let found = match workspace(machine, process, options) {
        Ok(found) => found,
        Err(status) => return status,
    };
    estimated(machine);
    let mut how = how(machine, process, options, &found.root, false);
    how.release = true;
    how.folder = join(&target(process, options, &found.root), "release");
    let made =
        crates(machine, process, options, &found, &how).and_then(|()| own(machine, process, options, &found, &how));
    let made = match made {
        Ok(made) => made,
        Err(status) => return status,
    };
    let _ = machine.fs.mkdir_all(bin, process.mode(0o777), &process.cred);
    for (name, path) in made {
        let content = machine.fs.read(&path, &process.cred).unwrap_or_default();
        machine.charge_write(content.size());
        if let Err(errno) = machine.fs.write(&join(bin, &name), content, process.mode(0o777), &process.cred) {
            return failed(machine, process, errno);
        }
    }
    0
}

/// `cargo chef prepare` and `cargo chef cook`: a recipe of the dependencies alone, and their build.
pub fn chef(machine: &mut Machine, process: &Process, options: &Options) -> i32 {
    let recipe = options.value('e').unwrap_or("recipe.json").to_string();
    let command = options.operands.first().map_or("", String::as_str);
    match command {
        "prepare" => {
            let found = match workspace(machine, process, options) {
                Ok(found) => found,
                Err(status) => return status,
            };
            // what the recipe holds: manifests and the lock file, nothing of the sources
            let lock = lock_text(&found).replace('\n', "\\n").replace('"', "\\\"");
            let text = format!("{{\"skeleton\":{{\"manifests\":[],\"lock_file\":\"{lock}\"}}}}\n");
            match process.write_file(machine, &recipe, &Content::text(&text)) {
                Ok(()) => 0,
                Err(errno) => failed(machine, process, errno),
            }
        }
        "cook" => {
            let Ok(content) = process.read_file(machine, &recipe) else {
                process.err(machine, &format!("Error: Failed to read recipe from path.\n\nCaused by:\n    No such file or directory (os error 2): {recipe}\n"));
                return 1;
            };
            estimated(machine);
            let text = crate::process::text_of(machine, &content).replace("\\n", "\n").replace("\\\"", "\"");
            let found =
                Workspace { root: process.cwd.clone(), crates: locked(&text), has_lock: true, ..Workspace::default() };
            let how = how(machine, process, options, &found.root, false);
            crates(machine, process, options, &found, &how).err().unwrap_or(0)
        }
        _ => 1,
    }
}
