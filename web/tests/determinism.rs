//! The core gives the same reports in WebAssembly as natively: `crates/report/tests/determinism.rs` asserts the same file.
#![cfg(target_arch = "wasm32")]

#[path = "../../crates/report/tests/support/mod.rs"]
mod support;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn reports_are_the_same_as_natively() {
    assert_eq!(support::digests(), include_str!("../../tests/golden/report-digests.txt"));
}
