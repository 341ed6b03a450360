//! What `--budget` says of builds: each line of the cases is a command, what follows is its status and what it prints of
//! the budget.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::path::Path;
use std::process::{Command, Output};

use expect_test::expect_file;

/// The arguments of each command; `$P` is a project whose image is built.
const CASES: [&[&str]; 22] = [
    &["build", "$P", "--budget", "size<150MB,rebuild<10s"],
    &["build", "$P", "--budget", "size < 1.5GB, added<=1GiB, layers<20, wasted<1MB, efficiency>=90%"],
    &["build", "$P", "--budget=context<1MB,build<10m,rebuild<1h,warnings<=0,problems<100"],
    &["build", "$P", "--budget", "layers>100,build>1h"],
    &["build", "$P", "--budget", "rebuild<1ms", "--after", "touch:README.md"],
    &["build", "$P", "--budget", "rebuild<=0ms,size<1GB", "--after", "write:nothing.log=1"],
    &["build", "$P", "--budget", "size<1GB", "--target", "none"],
    &["build", "$P", "--budget", "size<1GB", "--profile", "wifi", "--format", "json"],
    &["check", "$P/Dockerfile", "--budget", "size<1GB,rebuild<1h"],
    &["check", "$P/Dockerfile", "--budget", "size<1MB", "--format", "json"],
    &["build", "$P", "--budget", ""],
    &["build", "$P", "--budget", "size<150MB,"],
    &["build", "$P", "--budget", "size<150MB, weight<1MB"],
    &["build", "$P", "--budget", "size=150MB"],
    &["build", "$P", "--budget", "size"],
    &["build", "$P", "--budget", "size<150"],
    &["build", "$P", "--budget", "size<10s"],
    &["build", "$P", "--budget", "rebuild<<10s"],
    &["build", "$P", "--budget", "rebuild<10MB"],
    &["build", "$P", "--budget", "layers<5.5"],
    &["build", "$P", "--budget", "efficiency>101%"],
    &["check", "$P/Dockerfile", "--budget", "サイズ<1MB"],
];

const PROJECT: &str = "lessons/00-first-image/start";

fn layerlab(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let arguments = arguments.iter().map(|argument| argument.replace("$P", PROJECT));
    Command::new(env!("CARGO_BIN_EXE_layerlab")).current_dir(root).args(arguments).output().unwrap()
}

/// What is said of the budget.
fn said(output: &Output) -> String {
    let printed = String::from_utf8_lossy(&output.stdout);
    if let Ok(json) = serde_json::from_str::<serde_json::Value>(&printed) {
        return json.get("budget").unwrap().as_array().unwrap().iter().map(|held| format!("{held}\n")).collect();
    }
    let text = printed.split("\nBudget:\n").nth(1).unwrap_or_default();
    format!("{text}{}", String::from_utf8_lossy(&output.stderr))
}

#[test]
fn budgets_are_met_broken_or_refused() {
    let mut all = String::new();
    for case in CASES {
        let output = layerlab(case);
        all += &format!("$ {}\nstatus {}\n{}\n", case.join(" "), output.status.code().unwrap(), said(&output));
    }
    expect_file!["budgets.txt"].assert_eq(&all);
}
