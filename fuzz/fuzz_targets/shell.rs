//! Any text is a shell script, or has an error.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = shell::parse(text);
});
