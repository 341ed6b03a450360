//! Any text is a Dockerfile, and its tokens cover it.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let tokens = dockerfile::parse(text).tokens;
    let end = tokens.iter().fold(0, |end, token| {
        assert_eq!(token.range.start, end);
        token.range.end
    });
    assert_eq!(end, text.len());
});
