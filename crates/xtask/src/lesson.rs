//! Lessons: the checks of the command `layerlab`, over this repository's own.

use std::process::Command;

use crate::program::run;
use crate::workspace;

/// The command `lesson check`: the given lessons, or all of `lessons/` as the course that they are.
///
/// # Errors
/// When a lesson is wrong.
pub fn check(folders: &[&str]) -> Result<(), String> {
    let mut command = Command::new("cargo");
    command.current_dir(workspace::root()).args(["run", "--quiet", "--package", "cli", "--", "lesson", "check"]);
    if folders.is_empty() {
        command.args(["--all", "lessons", "--evidence", "tests/conformance/cases"]);
    } else {
        command.args(folders);
    }
    run(&mut command)
}
