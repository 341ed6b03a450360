//! Every recorded case is a test: `layerlab conformance` must agree with the engine on all of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

/// The folders of recorded cases; base images lie beside each.
const FOLDERS: [&str; 2] = ["tests/conformance/cases", "tests/e2e/recorded/cases"];

fn main() {
    let arguments = Arguments::from_args();
    let trials = FOLDERS.iter().flat_map(|folder| trials(&root().join(folder))).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A test for each case of a folder, from one run of the command.
fn trials(folder: &Path) -> Vec<Trial> {
    let output = Command::new(env!("CARGO_BIN_EXE_layerlab"))
        .args(["conformance", "--format", "json"])
        .arg(folder)
        .output()
        .expect("layerlab runs");
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the cases are there")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.strip_suffix(".toml").map(str::to_string))
        .collect();
    names.sort();
    names.into_iter().map(|name| trial(&report, name)).collect()
}

fn trial(report: &Value, name: String) -> Trial {
    let disagreements: Vec<String> = report["disagreements"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|disagreement| disagreement["case"] == name.as_str())
        .map(|disagreement| format!("{disagreement:#}"))
        .collect();
    Trial::test(name, move || match disagreements.is_empty() {
        true => Ok(()),
        false => Err(Failed::from(disagreements.join("\n"))),
    })
}
