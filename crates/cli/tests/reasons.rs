//! Why each step of the recorded cases' later builds ran: one line for each in `tests/golden/cache-reasons.txt`, held
//! against what was edited when it was written. `UPDATE_EXPECT=1` writes it anew; read the difference.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::process::Command;

use expect_test::expect_file;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[test]
fn every_miss_of_every_case_has_its_reason() {
    let folder = format!("{ROOT}/tests/conformance/cases");
    let output =
        Command::new(env!("CARGO_BIN_EXE_layerlab")).args(["conformance", "--reasons", &folder]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    expect_file![format!("{ROOT}/tests/golden/cache-reasons.txt")]
        .assert_eq(&String::from_utf8(output.stdout).unwrap());
}
