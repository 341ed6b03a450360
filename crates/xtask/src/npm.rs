//! What comes from npm, in exactly the versions of the lock files: wasm-opt, esbuild and what the editor is made of for
//! the build, Playwright for the tests.

use crate::program::{announce, find, run, version};
use crate::workspace;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The tests use Node's own runner as it is since this version.
const OLDEST_NODE: u32 = 20;

/// Where a copy of the lock file tells that the folder beside it holds what the lock file says.
const INSTALLED: &str = "node_modules/.installed-lock.json";

/// Installs the packages of the page's build and of the end-to-end tests, and returns the folders of their programs.
///
/// # Errors
/// When Node.js or npm is missing or too old, or npm fails: the message says what to do.
pub fn packages() -> Result<Vec<PathBuf>, String> {
    node()?;
    let mut programs = Vec::new();
    for folder in [workspace::web(), workspace::end_to_end()] {
        install(&folder)?;
        programs.push(folder.join("node_modules").join(".bin"));
    }
    Ok(programs)
}

fn node() -> Result<(), String> {
    let how = "Install Node.js 20 or newer with npm: https://nodejs.org, your system's package manager, or: nvm install --lts";
    let Some(found) = version("node") else {
        return Err(format!("Node.js is missing. {how}"));
    };
    let major: u32 = found.split('.').next().and_then(|major| major.parse().ok()).unwrap_or(0);
    if major < OLDEST_NODE {
        return Err(format!("Node.js {found} is too old. {how}"));
    }
    if find("npm").is_none() {
        return Err(format!("npm is missing. {how}"));
    }
    Ok(())
}

fn install(folder: &Path) -> Result<(), String> {
    let lock = folder.join("package-lock.json");
    let wanted = std::fs::read(&lock).map_err(|error| format!("{} cannot be read: {error}", lock.display()))?;
    let stamp = folder.join(INSTALLED);
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let shown = folder.strip_prefix(workspace::root()).unwrap_or(folder).display().to_string();
    announce(&format!("Installing the npm packages of {shown} (a few seconds)"));
    run(Command::new("npm")
        .args(["ci", "--include=dev", "--no-audit", "--no-fund", "--prefer-offline"])
        .current_dir(folder))
    .map_err(|error| format!("{error}. When online, run: (cd {shown} && npm ci)"))?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{} cannot be written: {error}", stamp.display()))
}
