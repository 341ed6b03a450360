//! The picture in the README.

use crate::program::{announce, run as run_program};
use crate::{build, setup, workspace};
use std::process::Command;

/// The command `screenshot`: writes `docs/screenshot.png`.
///
/// # Errors
/// When the set-up, the build or the browser fails.
pub fn run() -> Result<(), String> {
    let (toolbox, browser) = setup::tests()?;
    build::release(&toolbox)?;
    let file = workspace::root().join("docs").join("screenshot.png");
    announce(&format!("Taking {}", file.display()));
    run_program(
        Command::new("node")
            .arg(workspace::end_to_end().join("screenshot.mjs"))
            .arg(&file)
            .env("LAYERLAB_BROWSER", &browser.program),
    )
}
