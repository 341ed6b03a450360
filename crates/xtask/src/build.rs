//! The site in `dist/`: plain files with relative addresses, for any static host and any sub-path of it.

use crate::program::{self, announce};
use crate::setup::{self, Toolbox};
use crate::{size, workspace};
use std::process::Command;

/// The command `build`.
///
/// # Errors
/// When the set-up, Trunk, or the measurement of the result fails.
pub fn run() -> Result<(), String> {
    let toolbox = setup::page()?;
    release(&toolbox)?;
    size::print()
}

/// The command `build --dev`: the same site, large and slow, in seconds after a small change.
///
/// # Errors
/// When the set-up or Trunk fails.
pub fn run_dev() -> Result<(), String> {
    let toolbox = setup::page()?;
    program::run(&mut trunk(&toolbox, "build"))?;
    finish()
}

/// Adds what is made of the whole site: the service worker, which lists its files, and the site in one file. A served page
/// that is built again at every change has neither.
fn finish() -> Result<(), String> {
    program::run(
        Command::new("node")
            .arg(workspace::web().join("js").join("finish.mjs"))
            .arg(workspace::dist())
            .current_dir(workspace::root()),
    )
}

/// Trunk, with the right tools on its `PATH`, quiet about newer versions of itself.
pub fn trunk(toolbox: &Toolbox, command: &str) -> Command {
    let mut trunk = Command::new("trunk");
    trunk
        .args([command, "--skip-version-check"])
        .current_dir(workspace::root())
        .env("PATH", &toolbox.path)
        // Trunk reads any value but true and false as an error; the common habit is NO_COLOR=1.
        .env_remove("NO_COLOR");
    trunk
}

/// Builds `dist/`.
///
/// # Errors
/// When Trunk or what follows fails.
pub fn release(toolbox: &Toolbox) -> Result<(), String> {
    announce("Building the release site into dist/ (about two minutes the first time)");
    program::run(trunk(toolbox, "build").arg("--release"))?;
    finish()
}
