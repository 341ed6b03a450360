//! What holds for every text.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use dockerfile::{Dockerfile, parse, parse_trigger};
use proptest::prelude::*;
use source::TextRange;

const REAL: [&str; 5] = [
    include_str!("dockerfiles/heredocs.Dockerfile"),
    include_str!("dockerfiles/python.Dockerfile"),
    include_str!("dockerfiles/go.Dockerfile"),
    include_str!("dockerfiles/php.Dockerfile"),
    include_str!("dockerfiles/platforms.Dockerfile"),
];

/// Tokens cover the text, and every place lies in it and between characters.
fn check(text: &str) {
    let dockerfile = parse(text);
    let mut end = 0;
    for token in &dockerfile.tokens {
        assert_eq!(token.range.start, end);
        assert!(!token.range.is_empty());
        end = token.range.end;
    }
    assert_eq!(end, text.len());
    let fits = |range: TextRange| assert!(text.get(range.start..range.end).is_some(), "{range:?}");
    dockerfile.tokens.iter().for_each(|token| fits(token.range));
    dockerfile.errors.iter().for_each(|error| fits(error.range));
    let mut last = 0;
    for instruction in &dockerfile.instructions {
        fits(instruction.range);
        fits(instruction.keyword.range);
        assert!(instruction.range.start >= last);
        last = instruction.range.end;
        instruction.heredocs.iter().for_each(|heredoc| fits(heredoc.range));
        assert!(instruction.lines.0 <= instruction.lines.1);
    }
    words_point_at_their_text(text, &dockerfile);
    let _ = parse_trigger(text, '\\');
}

/// Keywords and shell commands are, byte for byte, what stands at the places that they name.
fn words_point_at_their_text(text: &str, dockerfile: &Dockerfile) {
    use dockerfile::{Body, CommandLine};
    for instruction in &dockerfile.instructions {
        let mut words = vec![&instruction.keyword];
        match &instruction.body {
            Body::Cmd(CommandLine::Shell(word)) | Body::User(word) | Body::Workdir(word) => words.push(word),
            Body::Run(run) if run.documents == dockerfile::Documents::None => {
                words.extend(match &run.command {
                    CommandLine::Shell(word) => Some(word),
                    CommandLine::Exec(_) => None,
                });
            }
            Body::Env(pairs) => words.extend(pairs.iter().flat_map(|pair| [&pair.key, &pair.value])),
            _ => {}
        }
        for word in words {
            for (at, byte) in word.text.bytes().enumerate() {
                assert_eq!(text.as_bytes().get(word.source_offset(at)), Some(&byte), "{word:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_covered(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn pieces_of_dockerfiles_in_any_order_are_covered(pieces in proptest::collection::vec(prop_oneof![
        Just("FROM "), Just("RUN "), Just("COPY "), Just("ENV "), Just("ONBUILD "), Just("HEALTHCHECK "), Just("CMD "),
        Just("\n"), Just("\r\n"), Just("\\\n"), Just("`\n"), Just("# escape=`\n"), Just("#"), Just("<<EOF"), Just("EOF\n"),
        Just("<<-'A b'"), Just("--from=x "), Just("--mount=type=cache,target=/x "), Just("--"), Just("=") , Just("\""),
        Just("'"), Just("["), Just("]"), Just(","), Just("\"a\""), Just("$x"), Just("${y:-"), Just("}"), Just(" "),
        Just("\t"), Just("\\"), Just("é"), Just("\u{a0}"), Just("\u{85}"), Just("\u{feff}"), Just("a"), Just("=1 b"),
    ], 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn damaged_dockerfiles_are_covered(
        which in 0..REAL.len(), from in 0..1000usize, length in 0..40usize, put in "[\\\\\"'$<=\\[ \n#-]{0,3}"
    ) {
        let mut text = REAL[which].to_owned();
        let start = text.floor_char_boundary(from.min(text.len()));
        let end = text.floor_char_boundary((start + length).min(text.len()));
        text.replace_range(start..end, &put);
        check(&text);
    }
}

#[test]
fn every_beginning_of_a_dockerfile_is_covered() {
    for text in REAL {
        for (end, _) in text.char_indices() {
            check(&text[..end]);
        }
    }
}

#[test]
fn large_and_deep_texts_end() {
    for text in [
        "ONBUILD ".repeat(50_000),
        format!("FROM a\nCMD {}", "[".repeat(60_000)),
        format!("FROM a\nRUN <<A {}", "${a:-".repeat(10_000)),
        format!("FROM a\nRUN {}", "echo \"$x\" && \\\n".repeat(20_000)),
        "a\n".repeat(50_000),
        format!("FROM a\nENV {}", "a=1 \\\n".repeat(20_000)),
    ] {
        check(&text);
    }
}
