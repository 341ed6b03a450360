//! What comes from Rust's side: the wasm32 target, rustfmt and clippy, Trunk and wasm-bindgen.

use crate::program::{announce, find, output, run, version};
use crate::workspace;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target that the page is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Cargo, as it started this program.
pub fn cargo() -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    command
}

/// Adds the wasm32 target to the toolchain in use, when it is not there.
///
/// # Errors
/// When there is no rustup, or rustup fails: the message has the command to run.
pub fn wasm_target() -> Result<(), String> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let libraries = Path::new(sysroot.trim()).join("lib").join("rustlib").join(WASM).join("lib");
    if libraries.is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", WASM], &format!("the Rust target {WASM} (about 20 MB to download)"))
}

/// Adds rustfmt and clippy, when they are not there.
///
/// # Errors
/// As [`wasm_target`].
pub fn components() -> Result<(), String> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(cargo().args([subcommand, "--version"])).is_err() {
            rustup(&["component", "add", component], component)?;
        }
    }
    Ok(())
}

fn rustup(arguments: &[&str], what: &str) -> Result<(), String> {
    let by_hand = format!("rustup {}", arguments.join(" "));
    if find("rustup").is_none() {
        return Err(format!(
            "{what} is missing, and so is rustup to add it. Install rustup (https://rustup.rs) and run: {by_hand}\n\
             With Rust from elsewhere, install it from there."
        ));
    }
    announce(&format!("Adding {what}"));
    run(Command::new("rustup").args(arguments))
        .map_err(|error| format!("{what} could not be added: {error}. When online, run: {by_hand}"))
}

/// A program that Cargo can install, with the measured time that takes.
struct Tool {
    package: &'static str,
    version: String,
    programs: &'static [&'static str],
    /// More arguments for `cargo install`.
    arguments: &'static [&'static str],
    minutes: &'static str,
}

/// The folders to put first on `PATH` so that Trunk and wasm-bindgen are found in the right versions; installs what is
/// missing.
///
/// # Errors
/// One message for each tool that could not be installed.
pub fn tools() -> Result<Vec<PathBuf>, Vec<String>> {
    let mut wanted = Vec::new();
    let mut problems = Vec::new();
    match workspace::trunk_version() {
        Ok(version) => wanted.push(Tool {
            package: "trunk",
            version,
            programs: &["trunk"],
            // Without its check for updates, which doubles the time to compile it.
            arguments: &["--locked", "--no-default-features", "--features", "rustls"],
            minutes: "5",
        }),
        Err(problem) => problems.push(problem),
    }
    match workspace::locked_version("wasm-bindgen") {
        Ok(version) => wanted.push(Tool {
            package: "wasm-bindgen-cli",
            version,
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            // Not --locked: its lock file may name versions that were withdrawn.
            arguments: &[],
            minutes: "3",
        }),
        Err(problem) => problems.push(problem),
    }
    let mut folders = Vec::new();
    for tool in &wanted {
        match provide(tool) {
            Ok(folder) => folders.extend(folder),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(folders) } else { Err(problems) }
}

/// The folder of the tool's programs, or `None` where `PATH` already leads to them.
fn provide(tool: &Tool) -> Result<Option<PathBuf>, String> {
    if has(tool, None) {
        return Ok(None);
    }
    let name = format!("{}-{}", tool.package, tool.version);
    let root = cargo_home()?.join("layerlab").join(&name);
    let programs = root.join("bin");
    if has(tool, Some(&programs)) {
        return Ok(Some(programs));
    }
    if find("cargo-binstall").is_some() {
        announce(&format!("Installing {name} into {} with cargo-binstall", root.display()));
        let installed = run(cargo()
            .args(["binstall", "--no-confirm", "--disable-strategies", "compile"])
            .arg("--root")
            .arg(&root)
            .arg(format!("{}@{}", tool.package, tool.version)));
        if installed.is_ok() && has(tool, Some(&programs)) {
            return Ok(Some(programs));
        }
    }
    announce(&format!(
        "Installing {name} into {}: compiled once, about {} minutes on two cores. \
         Seconds instead: stop this, put cargo-binstall (https://github.com/cargo-bins/cargo-binstall) or {name} itself \
         on PATH, and start again",
        root.display(),
        tool.minutes
    ));
    run(cargo()
        .args(["install", tool.package, "--version", &tool.version])
        .args(["--debug", "--force"])
        .args(tool.arguments)
        .arg("--root")
        .arg(&root))
    .map_err(|error| {
        format!(
            "{name} could not be installed: {error}. Install it by hand so that it is on PATH: \
             cargo install {} --version {} {}",
            tool.package,
            tool.version,
            tool.arguments.join(" ")
        )
    })?;
    if has(tool, Some(&programs)) {
        Ok(Some(programs))
    } else {
        Err(format!("{name} was installed into {} but does not run", programs.display()))
    }
}

fn has(tool: &Tool, folder: Option<&Path>) -> bool {
    tool.programs.iter().all(|program| {
        let file = match folder {
            Some(folder) => Some(folder.join(program)),
            None => find(program),
        };
        file.and_then(version).as_deref() == Some(&tool.version)
    })
}

fn cargo_home() -> Result<PathBuf, String> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .ok_or_else(|| "neither CARGO_HOME nor HOME is set: no place for tools".to_owned())
}
