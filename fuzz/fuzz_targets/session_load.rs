//! Any text is a saved session or is refused.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(saved) = session::load(text) {
        let _ = format!("{saved:?}");
    }
});
