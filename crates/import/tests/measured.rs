//! What a real engine printed of one build, read and matched with its steps. The files are its real outputs.
//!
//! `UPDATE_EXPECT=1 cargo test -p import` writes what comes out: read the difference.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use expect_test::{expect, expect_file};
use import::{MeasuredFormat, read_measured};
use report::{CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Options, Profile, Report};
use report::{analyze, parse_image};

const BUSYBOX: &str = include_str!("../../../tests/conformance/bases/conformance-busybox-1.json");
const DOCKERFILE: &str = include_str!("measured/Dockerfile");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/measured")
}

fn build(dockerfile: &str, text: &str, cache: &CacheStore) -> (Report, CacheStore, Options) {
    let mut context = Context::default();
    let file = |text: &str| ContextEntry { kind: ContextKind::File(Content::text(text)), mode: 0o644, mtime: 1 };
    context.insert("Dockerfile", file(dockerfile)).unwrap();
    context.insert("package.json", file("{\"name\":\"app\"}\n")).unwrap();
    context.insert("src/a.js", file("console.log(1)\n")).unwrap();
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(BUSYBOX).unwrap());
    let options = Options { measured: Rc::from(read_measured(text).measurements), ..Options::default() };
    let inputs =
        Inputs { context: &context, options: &options, catalog: &catalog, profile: &Profile::default(), cache };
    let (report, cache) = analyze(&inputs);
    (report, cache, options)
}

fn shown(dockerfile: &str, text: &str) -> String {
    let read = read_measured(text);
    let mut out = format!("{}, image {:?}\n", read.format.map_or("nothing", MeasuredFormat::command), read.image_bytes);
    let (report, _, options) = build(dockerfile, text, &CacheStore::default());
    for step in &report.steps {
        let (size, time) = (step.bytes_basis, step.timing.basis);
        writeln!(out, "{} B {size:?}, {} ms {time:?}: {}", step.bytes, step.ms, step.name).unwrap();
    }
    writeln!(out, "matched {}, of the base {:?}", report.measured.matched, report.measured.base).unwrap();
    for at in report.measured.unmatched {
        writeln!(out, "not matched: {:?}", options.measured.get(at).unwrap()).unwrap();
    }
    out
}

#[test]
fn real_outputs_are_read_and_matched() {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    names.sort();
    assert!(names.len() >= 10);
    for path in names {
        let text = std::fs::read_to_string(&path).unwrap();
        expect_file![path.with_extension("steps")].assert_eq(&shown(DOCKERFILE, &text));
    }
}

#[test]
fn what_is_estimated_gets_the_measured_figures_and_what_is_computed_keeps_its_own() {
    let dockerfile = "FROM conformance/busybox:1\nRUN wget -O /tool https://example.com/tool.bin\nRUN echo 123 > /a\n";
    let history = "IMAGE          CREATED         CREATED BY                                SIZE      COMMENT\n\
        0d2144721c0a   6 seconds ago   RUN /bin/sh -c echo 123 > /a # buildkit   77B       buildkit.dockerfile.v0\n\
        <missing>      6 seconds ago   RUN /bin/sh -c wget -O /tool https://exam…   45.2MB    buildkit.dockerfile.v0\n\
        <missing>      1 hour ago      something of the base                     2.07MB    \n";
    expect![[r#"
        docker history, image None
        0 B Exact, 0 ms Exact: [1/3] FROM docker.io/conformance/busybox:1
        45200000 B Measured, 8532 ms Estimated: [2/3] RUN wget -O /tool https://example.com/tool.bin
        4 B Exact, 252 ms Estimated: [3/3] RUN echo 123 > /a
        matched 2, of the base Some((1, 2070000))
    "#]]
    .assert_eq(&shown(dockerfile, history));
}

#[test]
fn figures_count_for_steps_that_come_from_the_cache() {
    let dockerfile = "FROM conformance/busybox:1\nRUN wget -O /tool https://example.com/tool.bin\n";
    let (_, cache, _) = build(dockerfile, "", &CacheStore::default());
    let (report, cache, _) =
        build(dockerfile, "#1 [2/2] RUN wget -O /tool https://example.com/tool.bin\n#1 DONE 12.5s\n", &cache);
    assert_eq!((report.totals.cached, report.time.saved_ms), (1, 12_500));
    let (report, _, _) = build(dockerfile, "", &cache);
    assert_ne!(report.time.saved_ms, 12_500, "taken out again");
}

#[test]
fn any_text_is_read() {
    for text in [
        "",
        "[",
        "{",
        "[]",
        "{}",
        "#",
        "#1",
        "#1 DONE",
        "<missing>",
        "<missing>  a  5B",
        "=> [x 0.1s",
        "[{\"Size\":1}]",
    ] {
        let _ = read_measured(text);
    }
    let pieces =
        ["<missing>", "  ", "5MB", "…", "\n", "#1 ", "[a 1/2] RUN x", "DONE 1.s", "日", "{\"vertexes\":[{}]}", "=> "];
    let mut seed = 1_u64;
    for _ in 0..2000 {
        let mut text = String::new();
        for _ in 0..8 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let _ = read_measured(&text);
    }
}
