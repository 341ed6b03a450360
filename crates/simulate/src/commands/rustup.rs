//! rustup, and what its install script leaves.

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::estimate::{download, estimated, failed, place_as, unpack};
use super::input::{join, not_modelled};

/// A toolchain of the profile minimal: rustc, cargo and the standard library; what default adds: documentation, clippy,
/// rustfmt. The compiled standard library of another target. As rustup's toolchains of 2025 and 2026 have them.
const MINIMAL_BYTES: u64 = 590_000_000;
const MINIMAL_DOWNLOAD: u64 = 175_000_000;
const DEFAULT_MORE_BYTES: u64 = 690_000_000;
const DEFAULT_MORE_DOWNLOAD: u64 = 35_000_000;
const TARGET_BYTES: u64 = 140_000_000;
const TARGET_DOWNLOAD: u64 = 28_000_000;
const COMPONENT_BYTES: u64 = 12_000_000;
const RUSTUP_BYTES: u64 = 20_800_000;
/// The programs that rustup stands in for.
const PROXIES: &[&str] =
    &["cargo", "rustc", "rustdoc", "rustfmt", "cargo-clippy", "cargo-fmt", "clippy-driver", "rust-gdb"];

fn homes(process: &Process) -> (String, String) {
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    (super::cargo::home(process), process.env.get("RUSTUP_HOME").cloned().unwrap_or_else(|| join(&home, ".rustup")))
}

fn put(machine: &mut Machine, process: &Process, what: &str, path: &str, bytes: u64, packed: u64) -> i32 {
    if machine.fs.stat(path, true, &process.cred).is_ok() {
        return 0;
    }
    estimated(machine);
    if !machine.network {
        process.err(machine, "error: could not download file: Could not resolve host\n");
        return 1;
    }
    machine.meter.note(Basis::Estimated, Note::TypicalSize { what: format!("rustup {what}"), bytes });
    download(machine, packed);
    unpack(machine, bytes, bytes / 30_000);
    match place_as(machine, path, &format!("rustup/{what}"), bytes, 0o644, &process.cred) {
        Ok(()) => 0,
        Err(errno) => failed(machine, process, errno),
    }
}

fn toolchain(machine: &mut Machine, process: &Process, name: &str, minimal: bool) -> i32 {
    let (_, home) = homes(process);
    let name = if name.contains("linux") { name.to_string() } else { format!("{name}-x86_64-unknown-linux-gnu") };
    let folder = format!("{home}/toolchains/{name}");
    let status = put(machine, process, &name, &join(&folder, "lib/other-files"), MINIMAL_BYTES, MINIMAL_DOWNLOAD);
    if status != 0 || minimal {
        return status;
    }
    put(
        machine,
        process,
        &format!("{name} docs"),
        &join(&folder, "share/other-files"),
        DEFAULT_MORE_BYTES,
        DEFAULT_MORE_DOWNLOAD,
    )
}

/// What `sh.rustup.rs` does with its arguments.
pub fn install(machine: &mut Machine, process: &Process, arguments: &[String]) -> i32 {
    let value = |flag: &str| {
        let apart = arguments.iter().position(|word| word == flag).and_then(|at| arguments.get(at + 1).cloned());
        apart.or_else(|| {
            arguments.iter().find_map(|word| word.strip_prefix(flag)?.strip_prefix('=').map(str::to_string))
        })
    };
    if !arguments.iter().any(|word| word.contains('y') && word.starts_with('-') && !word.starts_with("--")) {
        // without -y it asks, and nobody is there
        let text =
            "error: Unable to run interactively. Run with -y to accept defaults, --help for additional options\n";
        process.err(machine, text);
        return 1;
    }
    let (cargo, _) = homes(process);
    let rustup = join(&cargo, "bin/rustup");
    download(machine, RUSTUP_BYTES / 2);
    if let Err(errno) = place_as(machine, &rustup, "installed/rustup", RUSTUP_BYTES, 0o755, &process.cred) {
        return failed(machine, process, errno);
    }
    for name in PROXIES {
        let _ = machine.fs.link(&rustup, &format!("{cargo}/bin/{name}"), &process.cred);
    }
    let text = format!("export PATH=\"{cargo}/bin:$PATH\"\n");
    let env = join(&cargo, "env");
    let _ = machine.fs.write(&env, filesystem::Content::text(&text), 0o644, &process.cred);
    let name = value("--default-toolchain").unwrap_or_else(|| "stable".to_string());
    let status = match name.as_str() {
        "none" => 0,
        name => toolchain(machine, process, name, value("--profile").is_some_and(|profile| profile == "minimal")),
    };
    if status == 0 {
        process.out(machine, "\nRust is installed now. Great!\n");
    }
    status
}

pub fn rustup(machine: &mut Machine, process: &mut Process) -> i32 {
    let words: Vec<String> = process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect();
    let minimal = process.operands().iter().any(|word| word == "minimal" || word == "--profile=minimal");
    let parts: Vec<&str> = words.iter().map(String::as_str).collect();
    let (_, home) = homes(process);
    match parts.as_slice() {
        ["target", "add", targets @ ..] => {
            for target in targets {
                let path = format!("{home}/toolchains/targets/{target}/other-files");
                let status = put(machine, process, &format!("target {target}"), &path, TARGET_BYTES, TARGET_DOWNLOAD);
                if status != 0 {
                    return status;
                }
            }
            0
        }
        ["component", "add", names @ ..] => {
            for name in names {
                let path = format!("{home}/toolchains/components/{name}");
                let status = put(machine, process, name, &path, COMPONENT_BYTES, COMPONENT_BYTES / 4);
                if status != 0 {
                    return status;
                }
            }
            0
        }
        ["toolchain", "install", name, ..] | ["install", name, ..] | ["default", name, ..] => {
            toolchain(machine, process, name, minimal)
        }
        ["set" | "override" | "show" | "self" | "update" | "check" | "which", ..] | [] => 0,
        other => {
            not_modelled(machine, process, &other.join(" "));
            0
        }
    }
}

pub fn rustc(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    if words.iter().any(|word| matches!(word.as_str(), "--version" | "-V" | "-vV" | "-Vv")) {
        process.out(machine, "rustc 1.95.0\n");
        return 0;
    }
    let Some(source) = words.iter().find(|word| word.ends_with(".rs")) else {
        process.err(machine, "error: no input filename given\n");
        return 1;
    };
    let Ok(content) = machine.fs.read(&process.path(source), &process.cred) else {
        process.err(machine, &format!("error: couldn't read `{source}`: No such file or directory (os error 2)\n"));
        return 1;
    };
    estimated(machine);
    super::estimate::compile(machine, 900);
    let name = words.iter().position(|word| word == "-o").and_then(|at| words.get(at + 1).cloned());
    let name = name.unwrap_or_else(|| super::input::last_part(source).trim_end_matches(".rs").to_string());
    // as a program of cargo's without -C opt-level, debugging information left out
    let library = super::compiled::library_of(machine.fs);
    let id = super::input::hash(&format!("{:?}{words:?}", content.digest()));
    let program = super::compiled::program("linux-amd64", library, &format!("cargo/{id}"), 3_900_000 + content.size());
    let put = machine.fs.write(&process.path(&name), program, process.mode(0o777), &process.cred);
    put.map_or_else(|errno| failed(machine, process, errno), |()| 0)
}
