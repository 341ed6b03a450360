//! Other programs: finding them, running them, reading their versions and output; and talking to the terminal.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// Prints a line. A closed pipe (`cargo xtask test | head`) is not a reason to fail.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Announces what comes next.
pub fn announce(line: &str) {
    say(&format!("==> {line}"));
}

/// Prints an error message.
pub fn complain(problem: &str) {
    let _ = writeln!(std::io::stderr(), "error: {problem}");
}

/// The first file of that name in the folders of `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// `PATH` with these folders before all others.
///
/// # Errors
/// When a folder's name holds the separator of `PATH`.
pub fn path_with(first: &[PathBuf]) -> Result<OsString, String> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = first.iter().cloned().chain(std::env::split_paths(&rest));
    std::env::join_paths(all).map_err(|error| format!("PATH cannot be extended: {error}"))
}

/// What `PROGRAM --version` names as its version: the first word that starts with a digit, a leading `v` aside.
/// `None` when the program cannot be run.
pub fn version(program: impl AsRef<OsStr>) -> Option<String> {
    let output = output(Command::new(program).arg("--version")).ok()?;
    output
        .split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

/// Runs a command to its end and returns its standard output.
///
/// # Errors
/// When it cannot be started or fails.
pub fn output(command: &mut Command) -> Result<String, String> {
    let shown = shown(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(|error| format!("`{shown}` could not be started: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("`{shown}` failed ({})", output.status))
    }
}

/// Runs a command to its end, its output going to the terminal.
///
/// # Errors
/// When it cannot be started or fails.
pub fn run(command: &mut Command) -> Result<(), String> {
    let shown = shown(command);
    let status =
        command.stdin(Stdio::null()).status().map_err(|error| format!("`{shown}` could not be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed ({status})")) }
}

/// Runs a command to its end, printing its standard output line by line and handing each line to `reader`.
///
/// # Errors
/// When it cannot be started or waited for.
pub fn run_reading(command: &mut Command, mut reader: impl FnMut(&str)) -> Result<ExitStatus, String> {
    let shown = shown(command);
    let failed = |error: std::io::Error| format!("`{shown}` could not be run: {error}");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(failed)?;
    if let Some(stdout) = child.stdout.take() {
        let mut stdout = BufReader::new(stdout);
        let mut bytes = Vec::new();
        while stdout.read_until(b'\n', &mut bytes).map_err(failed)? > 0 {
            let line = String::from_utf8_lossy(&bytes);
            let line = line.trim_end_matches(['\n', '\r']);
            say(line);
            reader(line);
            bytes.clear();
        }
    }
    child.wait().map_err(failed)
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
