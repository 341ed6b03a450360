//! Every check and test, stage after stage. A stage that fails does not keep the next from running, unless that one
//! needs its result.

use crate::browser::Browser;
use crate::program::{self, announce, complain, say};
use crate::rust::{WASM, cargo};
use crate::setup::{self, Toolbox};
use crate::tally::Tally;
use crate::{build, rust, size, workspace};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// Which stages to run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    Everything,
    /// Those that need neither the page's build nor a browser.
    WithoutBrowser,
}

/// The exit status of `layerlab conformance` when it ran to its end and cases disagree.
const DISAGREEMENTS: i32 = 1;

/// The command `test`. Its last line is `N passed, M failed`: tests, and for stages that are one check, stages.
///
/// # Errors
/// When the set-up fails. Stages that fail are reported in the summary, and give a failing exit status.
pub fn run(scope: Scope) -> Result<ExitCode, String> {
    let started = Instant::now();
    let mut stages = on_the_host();
    match scope {
        Scope::WithoutBrowser => rust::components()?,
        Scope::Everything => {
            let ready = setup::tests()
                .map_err(|problem| format!("{problem}\nWithout a browser and the page: cargo xtask test --fast"))?;
            stages.extend(in_the_browser(ready));
        }
    }
    let mut total = Tally::default();
    let mut failed = Vec::new();
    let count = stages.len();
    for (number, stage) in (1..).zip(stages) {
        let name = stage.name;
        announce(&format!("[{number}/{count}] {name} ({})", stage.takes));
        let started = Instant::now();
        let tally = (stage.run)().unwrap_or_else(|problem| {
            complain(&problem);
            Tally::FAILED
        });
        let outcome = if tally.failed == 0 {
            "passed"
        } else {
            failed.push(name);
            "FAILED"
        };
        announce(&format!("[{number}/{count}] {name}: {outcome} in {}", shown(started.elapsed())));
        total.add(tally);
    }
    announce(&format!("All stages took {}", shown(started.elapsed())));
    if !failed.is_empty() {
        complain(&format!("failed: {}", failed.join(", ")));
    }
    say(&format!("{} passed, {} failed", total.passed, total.failed));
    if failed.is_empty() { Ok(ExitCode::SUCCESS) } else { Ok(ExitCode::FAILURE) }
}

/// One step of the command.
struct Stage {
    name: &'static str,
    /// How long it may take, on two cores.
    takes: &'static str,
    run: Box<dyn FnOnce() -> Result<Tally, String>>,
}

impl Stage {
    fn new(name: &'static str, takes: &'static str, run: impl FnOnce() -> Result<Tally, String> + 'static) -> Self {
        Self { name, takes, run: Box::new(run) }
    }
}

fn on_the_host() -> Vec<Stage> {
    vec![
        Stage::new("format", "seconds", || check(cargo().args(["fmt", "--all", "--check"]))),
        Stage::new("clippy, native", "two minutes the first time", || clippy(&["--workspace"])),
        Stage::new("core tests", "three minutes the first time", || {
            some_tests(cargo().args(["test", "--workspace", "--exclude", "web", "--no-fail-fast"]))
        }),
        Stage::new("conformance", "a minute", conformance),
        Stage::new("Dockerfiles that people write", "seconds", corpus),
    ]
}

fn in_the_browser((toolbox, browser): (Toolbox, Browser)) -> Vec<Stage> {
    let Browser { program, driver } = browser;
    let path = toolbox.path.clone();
    vec![
        Stage::new("clippy, wasm32", "a minute the first time", || clippy(&["--package", "web", "--target", WASM])),
        Stage::new("component tests, native", "two minutes the first time", || {
            // The page may have none that need no browser.
            tests(cargo().args(["test", "--package", "web", "--no-fail-fast"]))
        }),
        Stage::new("component tests, browser", "two minutes the first time", move || {
            some_tests(
                cargo()
                    .args(["test", "--package", "web", "--target", WASM, "--no-fail-fast"])
                    .env("PATH", &path)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
                    .env("CHROMEDRIVER", &driver),
            )
        }),
        Stage::new("release build", "two minutes the first time", move || {
            // An older site must not stand in for one that failed to build.
            let _ = std::fs::remove_dir_all(workspace::dist());
            build::release(&toolbox).map(|()| Tally::PASSED)
        }),
        Stage::new("size", "seconds", || {
            site()?;
            size::run().map(|()| Tally::PASSED)
        }),
        Stage::new("end to end", "a minute", move || {
            site()?;
            end_to_end(program)
        }),
    ]
}

/// A command that passes or fails as a whole.
fn check(command: &mut Command) -> Result<Tally, String> {
    program::run(command).map(|()| Tally::PASSED)
}

fn clippy(what: &[&str]) -> Result<Tally, String> {
    check(cargo().arg("clippy").args(what).args(["--all-targets", "--", "--deny", "warnings"]))
}

/// A command that prints how many tests passed and failed.
fn tests(command: &mut Command) -> Result<Tally, String> {
    let mut tally = Tally::default();
    let status = program::run_reading(command, |line| tally.read(line))?;
    if !status.success() && tally.failed == 0 {
        // Nothing failed that was counted: it did not compile, or died.
        tally.add(Tally::FAILED);
    }
    Ok(tally)
}

/// As [`tests`]; a run of no test at all is a failure.
fn some_tests(command: &mut Command) -> Result<Tally, String> {
    let tally = tests(command)?;
    if tally == Tally::default() {
        return Err(format!("`{}` ran no test", program::shown(command)));
    }
    Ok(tally)
}

/// Prints how far the simulator agrees with the recorded builds. Disagreement is a figure here, not a failure.
fn conformance() -> Result<Tally, String> {
    layerlab(&["conformance", "tests/conformance/cases"])
}

/// A command of `layerlab` that prints a figure.
fn layerlab(arguments: &[&str]) -> Result<Tally, String> {
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "cli", "--bin", "layerlab", "--"]).args(arguments);
    let status = program::run_reading(&mut command, |_| ())?;
    match status.code() {
        Some(0 | DISAGREEMENTS) => Ok(Tally::PASSED),
        _ => Err(format!("`{}` failed ({status})", program::shown(&command))),
    }
}

/// Prints how many RUN instructions of many Dockerfiles have a model: a figure here, `crates/cli/tests/corpus.rs` holds it.
fn corpus() -> Result<Tally, String> {
    layerlab(&["corpus", "tests/dockerfiles"])
}

fn site() -> Result<(), String> {
    if workspace::dist().join("index.html").is_file() {
        Ok(())
    } else {
        Err("not run: there is no release site in dist/".to_owned())
    }
}

fn end_to_end(browser: PathBuf) -> Result<Tally, String> {
    let folder = workspace::end_to_end();
    let entries =
        std::fs::read_dir(&folder).map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    some_tests(
        Command::new("node").args(["--test", "--test-reporter=spec"]).args(files).env("LAYERLAB_BROWSER", browser),
    )
}

fn shown(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
