//! How many bytes a visitor downloads, and the budget for them.

use crate::program;
use crate::workspace;
use std::process::Command;

/// The command `size`: fails when `dist/` is over the budget of `web/size-budget.json`.
///
/// # Errors
/// When there is no site to measure, or it is over its budget.
pub fn run() -> Result<(), String> {
    measure(&["--check"])
}

/// Prints the sizes.
///
/// # Errors
/// When there is no site to measure.
pub fn print() -> Result<(), String> {
    measure(&[])
}

fn measure(arguments: &[&str]) -> Result<(), String> {
    program::run(
        // Node has the compressors that static hosts use.
        Command::new("node")
            .arg(workspace::web().join("size.mjs"))
            .arg(workspace::dist())
            .args(arguments)
            .current_dir(workspace::root()),
    )
}
