//! The Dockerfiles of the corpus build, and their RUN instructions have a model.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::path::Path;
use std::process::Command;

/// Of a hundred RUN instructions, as many have a model at least. This keeps what was reached.
const REACHED_PERCENT: usize = 95;

#[test]
fn the_corpus_builds_and_has_models() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_layerlab"))
        .args(["corpus", "tests/dockerfiles", "--missing"])
        .current_dir(&root)
        .output()
        .expect("layerlab runs");
    let text = String::from_utf8_lossy(&output.stdout);
    // `158 Dockerfiles, 9 of their builds fail`, `256 of 523 RUN instructions have a model (…)`
    let numbers = |line: &str| line.split(' ').filter_map(|word| word.parse().ok()).collect::<Vec<usize>>();
    let [dockerfiles, failures] = numbers(text.lines().next().unwrap()).try_into().expect("two numbers");
    let modelled = numbers(text.lines().nth(1).unwrap());
    let share = modelled.first().unwrap() * 100 / modelled.get(1).unwrap();
    assert!(dockerfiles >= 110, "{text}");
    assert_eq!(failures, 0, "{text}");
    assert!(share >= REACHED_PERCENT, "{text}");
}
