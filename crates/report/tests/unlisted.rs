//! Files that an estimate put somewhere without saying their names: a step that asks for one gets it, with a size and a
//! note; what fails in reality fails here too.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Note, Options, Outcome, Profile, Report,
    analyze, parse_image,
};

/// An image that is known in full.
const BUSYBOX: &str = include_str!("../../../tests/conformance/bases/conformance-busybox-1.json");
const CLONE: &str =
    "RUN apt-get update && apt-get install -y git && git clone https://github.com/a/b /src\nWORKDIR /src\n";
const SOURCES: &str = "RUN apt-get update && apt-get install -y curl make gcc && curl -fsSLO https://a.example/b-1.0.tar.gz && tar xf b-1.0.tar.gz\n";

fn build(dockerfile: &str) -> Report {
    let mut catalog = Catalog::default();
    let folder = format!("{}/../catalog/data/images", env!("CARGO_MANIFEST_DIR"));
    for name in ["debian-bookworm", "debian-bookworm-slim", "alpine-3.20", "gcr.io-distroless-static-debian12-latest"] {
        catalog.insert(parse_image(&std::fs::read_to_string(format!("{folder}/{name}.json")).unwrap()).unwrap());
    }
    catalog.insert(parse_image(BUSYBOX).unwrap());
    let mut context = Context::default();
    for (path, text) in [("Dockerfile", dockerfile), ("there.txt", "one\n")] {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 0 }).unwrap();
    }
    let (options, profile, cache) = (Options::default(), Profile::default(), CacheStore::default());
    analyze(&Inputs { context: &context, options: &options, catalog: &catalog, profile: &profile, cache: &cache }).0
}

#[test]
fn what_a_clone_or_an_archive_may_hold_is_there_and_says_so() {
    for (before, step) in [
        (CLONE, "RUN cp config/app.conf /etc/app.conf && test -s /etc/app.conf"),
        (CLONE, "RUN chmod +x scripts/setup"),
        (SOURCES, "RUN cp b-1.0/README.md /usr/share/doc/"),
        (CLONE, "FROM scratch\nCOPY --from=0 /src/config/app.conf /app.conf"),
    ] {
        let report = build(&format!("FROM debian:bookworm\n{before}{step}\n"));
        assert_eq!(report.outcome, Outcome::Built, "{step}: {:?}", report.log);
        let last = report.steps.last().unwrap();
        let sized = |note: &Note| matches!(note, Note::TypicalSize { bytes, .. } if *bytes > 0);
        assert!(last.notes.iter().any(sized), "{step}: {:?}", last.notes);
    }
}

#[test]
fn what_fails_in_reality_fails() {
    for (dockerfile, says) in [
        ("FROM scratch\nCOPY there.txt /\nRUN ls\n", "/bin/sh"),
        ("FROM gcr.io/distroless/static-debian12:latest\nRUN ls\n", "/bin/sh"),
        ("FROM debian:bookworm-slim\nRUN gcc --version\n", "gcc: not found"),
        ("FROM alpine:3.20\nRUN apt-get update\n", "apt-get: not found"),
        ("FROM conformance/busybox:1\nRUN cat /etc/nothing.conf\n", "No such file"),
        ("FROM debian:bookworm\nWORKDIR /app\nCOPY there.txt .\nRUN cp gone.txt x\n", "No such file"),
        ("FROM debian:bookworm\nCOPY gone.txt /\n", "gone.txt"),
        ("FROM debian:bookworm AS a\nWORKDIR /app\nFROM scratch\nCOPY --from=a /app/gone /\n", "/app/gone"),
    ] {
        let report = build(dockerfile);
        assert_ne!(report.outcome, Outcome::Built, "{dockerfile}: {:?}", report.log);
        let text = format!("{:?} {:?} {:?}", report.log, report.outcome, report.problems);
        assert!(text.contains(says), "{dockerfile}: {text}");
    }
}
