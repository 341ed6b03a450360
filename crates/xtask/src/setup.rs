//! Installs what is missing. All that is quick is tried before anything is reported, so that one run names all that is
//! left to do by hand, and nobody waits for a compiler to be told that Node.js is missing.

use crate::browser::{self, Browser};
use crate::program::{path_with, say};
use crate::{npm, rust};
use std::ffi::OsString;
use std::path::PathBuf;

/// What a build needs: a `PATH` that leads to the right tools.
pub struct Toolbox {
    /// The value for `PATH`.
    pub path: OsString,
}

/// Sets up for building and serving the page.
///
/// # Errors
/// All that could not be installed, each with the command to run.
pub fn page() -> Result<Toolbox, String> {
    let mut problems = Vec::new();
    let packages = page_parts(&mut problems);
    finish(problems)?;
    toolbox(packages)
}

/// Sets up for the tests, which is for the page and the browser too.
///
/// # Errors
/// As [`page`].
pub fn tests() -> Result<(Toolbox, Browser), String> {
    let mut problems = Vec::new();
    keep(&mut problems, rust::components());
    let packages = page_parts(&mut problems);
    let browser = keep(&mut problems, browser::provide());
    finish(problems)?;
    let browser = browser.ok_or_else(|| "the browser is missing".to_owned())?;
    Ok((toolbox(packages)?, browser))
}

/// The command `setup`.
///
/// # Errors
/// As [`tests`].
pub fn run() -> Result<(), String> {
    tests()?;
    say("Everything is installed.");
    Ok(())
}

/// What is quickly there, or quickly known to be missing. Returns the folders of npm's programs.
fn page_parts(problems: &mut Vec<String>) -> Vec<PathBuf> {
    keep(problems, rust::wasm_target());
    keep(problems, npm::packages()).unwrap_or_default()
}

/// What may take minutes to compile, once all else is in place.
fn toolbox(packages: Vec<PathBuf>) -> Result<Toolbox, String> {
    let mut folders = packages;
    match rust::tools() {
        Ok(programs) => folders.extend(programs),
        Err(problems) => finish(problems)?,
    }
    Ok(Toolbox { path: path_with(&folders)? })
}

/// The result's value; or none, and its error among the problems.
fn keep<T>(problems: &mut Vec<String>, result: Result<T, String>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

fn finish(problems: Vec<String>) -> Result<(), String> {
    if problems.is_empty() {
        return Ok(());
    }
    Err(format!(
        "not everything could be set up:\n- {}\nThen start again: what is already installed stays.",
        problems.join("\n- ")
    ))
}
