//! How long the page takes from a key to its result.

use crate::program::{announce, run as run_program};
use crate::{build, setup, workspace};
use std::process::Command;

/// The command `bench`: builds the release site, types into it in a browser, and prints the times. It judges none of them:
/// `cargo xtask test` has no limit on time, since machines differ.
///
/// # Errors
/// When the set-up, the build or the browser fails.
pub fn run() -> Result<(), String> {
    let (toolbox, browser) = setup::tests()?;
    build::release(&toolbox)?;
    announce("Typing into the page");
    run_program(
        Command::new("node").arg(workspace::end_to_end().join("bench.mjs")).env("LAYERLAB_BROWSER", &browser.program),
    )
}
