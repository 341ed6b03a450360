//! What an editor offers at a place (`¦`), and what it says of one.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may panic")]

mod support;

use report::{
    CacheStore, Catalog, Completions, Context, Fact, Options, Subject, Surroundings, complete, hover, parse_index,
};
use support::{build, catalog, context_of};

const STAGES: &str =
    "ARG VERSION=1\nFROM conformance/busybox:1 AS base\nENV HOME_DIR=/srv MODE=prod\nFROM base AS Test\n";

fn files(dockerfile: &str) -> Context {
    let files = [
        ("Dockerfile", dockerfile),
        (".dockerignore", "**/*.md\nsecret\n"),
        ("README.md", "read\n"),
        ("secret/key", "k\n"),
        ("src/app.js", "12345\n"),
        ("src/lib/a.js", "1\n"),
        ("src/notes.md", "n\n"),
    ];
    context_of(&files)
}

fn known() -> Catalog {
    let mut catalog = catalog();
    let index = r#"{"images": [{"reference": "node:22", "names": ["node:9", "node:latest", "node:22-alpine"]},
        {"reference": "nginx:1.27"}]}"#;
    catalog.insert_index(&parse_index(index).unwrap());
    catalog
}

/// The text without its mark, and where that was.
fn marked(text: &str) -> (String, usize) {
    let at = text.find('¦').unwrap();
    (text.replace('¦', ""), at)
}

fn completions(text: &str) -> (String, Completions) {
    let (text, at) = marked(text);
    let context = files(&text);
    let (report, _) = build(&context, &Options::default(), &CacheStore::default());
    let catalog = known();
    let options = Options::default();
    let known = Surroundings { context: &report.context, options: &options, catalog: &catalog };
    let found = complete(&text, at, &known);
    (found.range.of(&text).to_owned(), found)
}

/// What of the offers begins with what is written, as an editor shows it.
fn labels(text: &str) -> String {
    let (written, found) = completions(text);
    let fits = |label: &str| label.to_lowercase().starts_with(&written.to_lowercase());
    let labels = found.items.into_iter().map(|item| item.label).filter(|label| fits(label));
    labels.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_could_stand_there_is_offered() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        // instructions: before the first stage, within one, in the file's case, and not where there is no place for them
        ("¦", "FROM ARG"),
        ("FROM scratch\nW¦", "WORKDIR"),
        ("from scratch\nent¦", "entrypoint"),
        ("FROM scratch\n  EX¦", "EXPOSE"),
        ("FROM scratch\n# C¦", ""),
        ("FROM scratch\nCOPY <<EOF /a\nRU¦\nEOF\n", ""),
        ("FROM scratch\nONBUILD C¦", "COPY CMD"),
        // flags, those that are not given yet, of the instruction and of a trigger's
        ("FROM scratch\nCOPY --¦", "--chmod --chown --exclude --from --link"),
        ("FROM scratch\nCOPY --link --exclude=a --¦", "--chmod --chown --exclude --from"),
        ("FROM scratch\nRUN --n¦ x", "--network"),
        ("FROM scratch\nONBUILD ADD --ch¦", "--checksum --chmod --chown"),
        ("FROM scratch\nHEALTHCHECK --in¦", "--interval"),
        ("FROM scratch\nHEALTHCHECK ¦", "CMD NONE"),
        ("FROM scratch\nWORKDIR --¦", ""),
        ("FROM scratch\nRUN npm --p¦", ""),
        // their values
        ("FROM scratch\nCOPY --link=¦", "true false"),
        ("FROM scratch\nRUN --network=n¦", "none"),
        ("FROM --platform=linux¦", "linux/amd64 linux/arm64"),
        // mounts
        ("FROM scratch\nRUN --mount=t¦", "type target"),
        ("FROM scratch\nRUN --mount=type=c¦", "cache"),
        ("FROM scratch\nRUN --mount=type=cache,s¦", "sharing source"),
        ("FROM scratch\nRUN --mount=type=cache,target=/x,sharing=l¦", "locked"),
        ("FROM scratch\nRUN --mount=type=secret,¦", "id target env required mode uid gid"),
        ("FROM scratch AS a\nFROM scratch\nRUN --mount=from=¦,target=/x", "a scratch conformance/busybox nginx node"),
        ("FROM scratch\nRUN --mount=source=src/¦", "lib/ app.js"),
        // stages and images
        ("FROM n¦", "nginx node"),
        ("FROM node:¦", "node:latest node:22-alpine node:22 node:9"),
        ("FROM node:22 A¦", "AS"),
        (
            "FROM scratch AS a\nFROM scratch AS Build\nFROM scratch\nCOPY --from=¦ x y",
            "Build a scratch conformance/busybox nginx node",
        ),
        ("FROM scratch\nFROM scratch\nCOPY --from=0¦ x y", "0"),
        ("FROM scratch AS a\nFROM a¦", "a"),
        // the context, as far as it is sent
        ("FROM scratch\nCOPY ¦", "src/ .dockerignore Dockerfile"),
        ("FROM scratch\nCOPY --chown=1 ./src/¦ /", "lib/ app.js"),
        ("FROM scratch\nCOPY a \\\n  # no\n  src/a¦ /", "app.js"),
        ("FROM scratch\nCOPY s¦", "src/"),
        ("FROM scratch AS a\nFROM scratch\nCOPY --from=a s¦ /", ""),
        // variables
        ("ARG A=1\nARG AB=2\nFROM $A¦", "$AB $A"),
        ("FROM --platform=$BUILDP¦", "$BUILDPLATFORM"),
        ("FROM scratch\nENV AB=1 AC=2\nARG AD=3\nLABEL a=${A¦", "${AD} ${AC} ${AB}"),
        ("FROM scratch\nENV AB=1\nLABEL a=${A¦}", "${AB"),
        ("FROM scratch\nENV AB=$A¦ AC=1\n", ""),
        ("ARG VERSION=2\nFROM scratch\nARG V¦", "VERSION"),
        ("FROM scratch\nARG TARGETA¦", "TARGETARCH"),
        ("FROM scratch\nSTOPSIGNAL SIGT¦", "SIGTERM"),
    ] {
        wrong.extend((labels(text) != expected).then(|| format!("{text}: {}", labels(text))));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn offers_say_what_is_known_and_write_what_follows() {
    let item = |text: &str, label: &str| {
        let (_, found) = completions(text);
        found.items.into_iter().find(|item| item.label == label).unwrap()
    };
    assert_eq!(item("FROM scratch\nCOPY s¦", "src/").fact, Some(Fact::Bytes(8)));
    assert_eq!(item(&format!("{STAGES}LABEL a=$¦"), "$MODE").fact, Some(Fact::Value("prod".into())));
    assert_eq!(item("FROM ¦", "node").fact, Some(Fact::Images(4)));
    assert_eq!(item("FROM ¦", "node").insert, "node:");
    assert!(matches!(item("FROM conformance/busybox:¦", "conformance/busybox:1").fact, Some(Fact::Bytes(1..))));
    assert_eq!(item("FROM scratch\nCOPY --¦", "--link").insert, "--link ");
    assert_eq!(item("FROM scratch\nCOPY --¦", "--from").insert, "--from=");
}

fn said(text: &str) -> String {
    let (text, at) = marked(text);
    let context = files(&text);
    let (report, _) = build(&context, &Options::default(), &CacheStore::default());
    let catalog = known();
    let options = Options::default();
    let known = Surroundings { context: &report.context, options: &options, catalog: &catalog };
    let Some(hover) = hover(&text, at, &report, &known) else {
        return String::new();
    };
    let said = match hover.subject {
        Subject::Instruction { name, step } => {
            format!("{name} {}", step.map(|step| report.steps[step].name.as_str()).unwrap_or("-"))
        }
        Subject::Word { name, topic } => format!("{name} {topic:?}"),
        Subject::Variable { name, value, argument } => format!("{name}={value:?} {argument}"),
        Subject::Stage(index) => format!("stage {index}"),
        Subject::Image(base) => format!("{base:?}").split(',').next().unwrap_or_default().to_owned(),
        Subject::Path { path, bytes, files, ignored_by } => format!("{path} {bytes} B {files} {ignored_by:?}"),
    };
    format!("{}: {said}", hover.range.of(&text))
}

#[test]
fn what_there_is_to_say_of_a_place_is_said() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("FROM scratch\nWORK¦DIR /a", "WORKDIR: WORKDIR [1/1] WORKDIR /a"),
        ("FROM scratch\nU¦SER a", "USER: USER -"),
        ("FROM scratch\n# WORK¦DIR\n", ""),
        ("FROM scratch\nCOPY --ch¦own=1 src /", "--chown: --chown Flag(\"chown\")"),
        ("FROM scratch\nRUN --mount=ty¦pe=cache,target=/x a", "type: type MountKey(\"type\")"),
        ("FROM scratch\nRUN --mount=type=ca¦che,target=/x a", "cache: cache MountType(\"cache\")"),
        ("FROM scratch\nRUN --mount=type=cache,ds¦t=/x a", "dst: dst MountKey(\"target\")"),
        ("FROM scratch AS b\nFROM scratch\nCOPY --from=¦b /a /", "b: stage 0"),
        ("FROM scratch AS b\nFROM ¦b\n", "b: stage 0"),
        ("FROM scratch AS ¦b\n", "b: stage 0"),
        ("FROM conformance/¦busybox:1\n", "conformance/busybox:1: Image { name: \"docker.io/conformance/busybox:1\""),
        ("FROM scratch\nCOPY --from=n¦ginx:1.27 /a /", "nginx:1.27: Image { name: \"docker.io/library/nginx:1.27\""),
        ("ARG V=1\nFROM scratch\nARG V\nENV W=$¦V", "$V: V=Some(\"1\") true"),
        ("FROM scratch\nENV A=1\nENV A=2\nLABEL a=\"x${¦A}\"", "${A}: A=Some(\"2\") false"),
        ("FROM scratch\nENV ¦A=1 B=$A", "A: A=Some(\"1\") false"),
        ("FROM scratch\nLABEL a=$¦NONE", "$NONE: NONE=None false"),
        ("ARG V=1\nFROM scratch\nLABEL a=$¦V", "$V: V=None false"),
        ("FROM scratch\nCOPY ¦src/ /", "src/: src 8 B 2 None"),
        ("FROM scratch\nCOPY READ¦ME.md /", "README.md: README.md 0 B 0 Some(\"**/*.md\")"),
        ("FROM scratch\nCOPY nothing¦ /", ""),
        ("FROM scratch\nRUN echo h¦i", ""),
    ] {
        wrong.extend((said(text) != expected).then(|| format!("{text}: {}", said(text))));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn any_place_of_any_text_has_an_answer() {
    let texts = support::REAL.into_iter().chain([
        "",
        "\\",
        "FROM",
        "RUN --mount=,=,",
        "ONBUILD ONBUILD $",
        "COPY <<a ${\n",
        "あ\\\n#",
    ]);
    for text in texts {
        let context = files(text);
        let (report, _) = build(&context, &Options::default(), &CacheStore::default());
        let (catalog, options) = (catalog(), Options::default());
        let known = Surroundings { context: &report.context, options: &options, catalog: &catalog };
        // within characters too
        for at in (0..=text.len() + 1).step_by(if text.len() > 400 { 23 } else { 1 }) {
            let found = complete(text, at, &known);
            assert!(found.items.is_empty() || found.range.end == at);
            let _ = hover(text, at, &report, &known);
        }
    }
}
