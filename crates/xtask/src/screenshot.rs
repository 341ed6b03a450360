//! The pictures in the README.

use crate::program::{announce, run as run_program};
use crate::{build, setup, workspace};
use std::process::Command;

/// The command `screenshot`: writes `docs/screenshot.png` and one picture for each of three panes.
///
/// # Errors
/// When the set-up, the build or the browser fails.
pub fn run() -> Result<(), String> {
    let (toolbox, browser) = setup::tests()?;
    build::release(&toolbox)?;
    let folder = workspace::root().join("docs");
    announce(&format!("Taking the pictures in {}", folder.display()));
    run_program(
        Command::new("node")
            .arg(workspace::end_to_end().join("screenshot.mjs"))
            .arg(&folder)
            .env("LAYERLAB_BROWSER", &browser.program),
    )
}
