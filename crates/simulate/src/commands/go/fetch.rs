//! Modules from elsewhere: downloads into the module cache.

use crate::Basis;
use crate::basis::Note;
use crate::process::{Machine, Process};

use super::super::estimate::{download, estimated, failed, place_as, unpack};
use super::super::input::join;
use super::cost;
use super::module::Module;
use super::setup::Setup;

/// What the modules of a program are taken for that is installed by its name, and the program: nobody reads its go.mod.
const TOOL_MODULES_BYTES: u64 = 30_000_000;
const TOOL_BYTES: u64 = 12_000_000;
/// How many files that may be.
const TOOL_FILES: u64 = 2_500;

/// A path in the module cache, where upper-case letters are written as `!` and the lower-case one.
fn escaped(path: &str) -> String {
    let mut text = String::new();
    for letter in path.chars() {
        if letter.is_ascii_uppercase() {
            text.push('!');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// Downloads what the module cache does not have.
pub fn modules(machine: &mut Machine, process: &Process, setup: &Setup, modules: &[Module]) -> Result<(), i32> {
    for module in modules {
        if module.local.is_some() {
            continue;
        }
        let facts = cost::facts(&module.path);
        get(machine, process, setup, module, [facts.source_bytes, facts.files, facts.zip_bytes])?;
    }
    Ok(())
}

fn get(
    machine: &mut Machine,
    process: &Process,
    setup: &Setup,
    module: &Module,
    [bytes, files, zip]: [u64; 3],
) -> Result<(), i32> {
    let (path, version) = (escaped(&module.path), &module.version);
    let folder = join(&setup.modcache, &format!("{path}@{version}"));
    if machine.fs.stat(&folder, true, &process.cred).is_ok() {
        return Ok(());
    }
    estimated(machine);
    let name = format!("{}@{version}", module.path);
    let cache = join(&setup.modcache, &format!("cache/download/{path}/@v/{version}"));
    // An archive that an earlier build left in a cache mount is only unpacked.
    if machine.fs.stat(&format!("{cache}.zip"), true, &process.cred).is_err() {
        if super::setup::variable(machine, process, "GOPROXY").is_some_and(|proxy| proxy == "off") {
            process.err(machine, &format!("go: {name}: module lookup disabled by GOPROXY=off\n"));
            return Err(1);
        }
        if !machine.network {
            let text = format!("go: {name}: dial tcp: lookup failed: Temporary failure in name resolution\n");
            process.err(machine, &text);
            return Err(1);
        }
        process.err(machine, &format!("go: downloading {} {version}\n", module.path));
        download(machine, zip);
        for (end, size) in [("zip", zip), ("ziphash", 47), ("mod", 400), ("info", 60)] {
            let put =
                place_as(machine, &format!("{cache}.{end}"), &format!("go/{name}.{end}"), size, 0o644, &process.cred);
            put.map_err(|errno| failed(machine, process, errno))?;
        }
    }
    for (file, size) in [("go.mod", 400), ("source.go", bytes)] {
        let put = place_as(machine, &join(&folder, file), &format!("go/{name}/{file}"), size, 0o444, &process.cred);
        put.map_err(|errno| failed(machine, process, errno))?;
    }
    // Go's module cache is read-only, its folders too.
    let _ = machine.fs.chmod(&folder, 0o555, true, &process.cred);
    unpack(machine, bytes, files);
    Ok(())
}

/// `go install path@version`: a program and modules of unknown size.
pub fn install(machine: &mut Machine, process: &Process, setup: &Setup, packages: &[String]) -> i32 {
    for package in packages {
        let Some((path, version)) = package.split_once('@') else {
            process.err(machine, &format!("go: 'go install' requires a version when current directory is not in a module\n\tTry 'go install {package}@latest' to install the latest version\n"));
            return 1;
        };
        if !machine.network {
            let text = format!("go: {package}: dial tcp: lookup failed: Temporary failure in name resolution\n");
            process.err(machine, &text);
            return 1;
        }
        let parts: Vec<&str> = path.split('/').collect();
        let root = parts.get(..parts.len().min(3)).unwrap_or_default().join("/");
        let version = if matches!(version, "latest" | "upgrade") { "v1.0.0" } else { version };
        let module = Module { path: root, version: version.to_string(), local: None };
        let sizes = [TOOL_MODULES_BYTES, TOOL_FILES, TOOL_MODULES_BYTES / 4];
        if let Err(status) = get(machine, process, setup, &module, sizes) {
            return status;
        }
        let name = super::build::program_name(path);
        let library = super::super::compiled::Library::Static;
        let content =
            super::super::compiled::program(&setup.target(), library, &format!("go/{package}/{name}"), TOOL_BYTES);
        super::super::estimate::compile(machine, cost::TOOL_CPU_MS);
        let _ = machine.fs.mkdir_all(&setup.bin, process.mode(0o777), &process.cred);
        let target = join(&setup.bin, &name);
        if let Err(errno) = machine.fs.write(&target, content, process.mode(0o777), &process.cred) {
            return failed(machine, process, errno);
        }
        let bytes = TOOL_BYTES + TOOL_MODULES_BYTES;
        machine.meter.note(Basis::Estimated, Note::TypicalSize { what: package.clone(), bytes });
    }
    0
}
