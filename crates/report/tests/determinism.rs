//! The digests that reports have on every machine, and in WebAssembly: `web/tests/determinism.rs` asserts the same file.

mod support;

/// Invariant 3. Whoever changes what a report says runs this with `UPDATE_EXPECT=1`.
#[test]
fn reports_are_the_same_everywhere() {
    let golden = expect_test::expect_file!["../../../tests/golden/report-digests.txt"];
    golden.assert_eq(&support::digests());
}
