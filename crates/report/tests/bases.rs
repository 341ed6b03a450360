//! What is not known of a base image is no error and no exact number.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use report::{
    Basis, CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Note, Options, Outcome, Profile,
    Report, StepState, analyze, parse_image,
};

fn build(dockerfile: &str) -> Report {
    let mut catalog = Catalog::default();
    for name in ["node-22-alpine", "gcr.io-distroless-static-debian12-latest"] {
        let path = format!("{}/../catalog/data/images/{name}.json", env!("CARGO_MANIFEST_DIR"));
        catalog.insert(parse_image(&std::fs::read_to_string(path).unwrap()).unwrap());
    }
    let mut context = Context::default();
    let kind = ContextKind::File(Content::text(dockerfile));
    context.insert("Dockerfile", ContextEntry { kind, mode: 0o644, mtime: 0 }).unwrap();
    let (options, profile, cache) = (Options::default(), Profile::default(), CacheStore::default());
    analyze(&Inputs { context: &context, options: &options, catalog: &catalog, profile: &profile, cache: &cache }).0
}

#[test]
fn a_program_without_a_model_may_be_in_an_image_known_in_outline() {
    let report = build("FROM node:22-alpine\nRUN frobnicate --now\n");
    assert_eq!(report.outcome, Outcome::Built);
    assert_eq!(report.steps.get(1).map(|step| step.bytes_basis), Some(Basis::NotModelled));
}

#[test]
fn a_program_with_a_model_that_such_an_image_lacks_fails() {
    let report = build("FROM node:22-alpine\nRUN apt-get update\n");
    assert_eq!(report.steps.get(1).map(|step| step.state), Some(StepState::Failed));
    let report = build("FROM gcr.io/distroless/static-debian12\nRUN echo there is no shell\n");
    assert_eq!(report.steps.get(1).map(|step| step.state), Some(StepState::Failed));
}

#[test]
fn nothing_fails_for_what_an_unknown_image_may_hold() {
    let report = build("FROM acme/base:1 AS a\nRUN make\nFROM scratch\nCOPY --from=a /opt/tool /tool\n");
    assert_eq!(report.outcome, Outcome::Built);
    assert_eq!(report.image.map(|image| image.basis), Some(Basis::NotModelled));
}

#[test]
fn a_file_that_an_image_known_in_outline_may_hold_is_taken_as_there() {
    let report = build(
        "FROM node:22-alpine\nRUN sed -i s/a/b/ /etc/login.defs\nRUN echo x > /etc/app.d/conf\nRUN cd /usr/lib/thing && ls\n",
    );
    assert_eq!(report.outcome, Outcome::Built);
    let notes: Vec<_> = report.steps.iter().flat_map(|step| &step.notes).collect();
    assert!(notes.iter().any(|note| matches!(note, Note::MayBeThere { what } if what == "sed /etc/login.defs")));
    assert!(notes.iter().any(|note| matches!(note, Note::MayBeThere { what } if what == "/etc/app.d")));
}

#[test]
fn a_file_that_is_missing_where_all_is_known_is_missing() {
    for run in ["cat package.json", "cat /app/src/main.js", "cp /tmp/none .", "cd /srv/none"] {
        let report = build(&format!("FROM node:22-alpine\nWORKDIR /app\nRUN {run}\n"));
        assert_ne!(report.outcome, Outcome::Built, "{run}");
    }
}
