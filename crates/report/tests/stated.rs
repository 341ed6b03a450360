//! What an author states about a RUN: `# layerlab: adds=45MB time=12s at=/opt/tool`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic")]

mod support;

use report::{Basis, CacheStore, Note, Options, Outcome, Report, Severity, StepState, StepView};
use support::{build, context, first};

/// A base with a program that has no model.
const HEAD: &str = "\
FROM conformance/busybox:1 AS build
RUN printf '\\177ELF' > /bin/make-tool && chmod 755 /bin/make-tool
";

fn run(report: &Report) -> &StepView {
    report.steps.iter().filter(|step| step.text.starts_with("RUN ")).nth(1).unwrap()
}

fn of(lines: &str) -> Report {
    let report = first(&format!("{HEAD}{lines}"));
    assert_eq!(report.outcome, Outcome::Built, "{:?}", report.log);
    report
}

fn file(step: &StepView, path: &str) -> Option<u64> {
    step.files.iter().find(|file| file.path == path && file.kind == "file").map(|file| file.bytes)
}

#[test]
fn the_layer_comes_to_what_is_stated() {
    let report = of("# layerlab: adds=45MB time=12s at=/opt/tool\nRUN make-tool && echo 1234567 > /version\n");
    let step = run(&report);
    assert_eq!(
        (step.bytes, step.bytes_basis, step.ms, step.timing.basis),
        (45_000_000, Basis::Stated, 12_000, Basis::Stated)
    );
    assert_eq!((file(step, "/version"), file(step, "/opt/tool")), (Some(8), Some(44_999_992)));
    assert_eq!((step.notes.as_slice(), step.evidence.as_slice()), (&[][..], &[][..]));
    assert_eq!(report.totals.basis, Basis::Stated);
    assert_eq!(report.image.unwrap().history[0].bytes, 45_000_000);
}

#[test]
fn either_figure_is_enough() {
    let unknown = || Note::UnknownCommand { name: "make-tool".to_owned() };
    let size = of("# layerlab: adds=2kB\nRUN make-tool\n");
    assert_eq!((run(&size).bytes, run(&size).timing.basis), (2000, Basis::NotModelled));
    let time = of("# layerlab: time=2m\nRUN make-tool\n");
    let step = run(&time);
    assert_eq!(
        (step.bytes, step.bytes_basis, step.ms, step.timing.basis),
        (0, Basis::NotModelled, 120_000, Basis::Stated)
    );
    assert_eq!(step.notes, [unknown()]);
    let neither = of("RUN make-tool\n");
    assert_eq!((run(&neither).bytes_basis, run(&neither).timing.basis), (Basis::NotModelled, Basis::NotModelled));
}

#[test]
fn files_of_an_estimate_lose_their_bytes_and_those_that_were_computed_keep_theirs() {
    let lines = "RUN wget -O /tmp/a http://example.com/a; cp /tmp/a /b; head -c 1000 /dev/zero > /c\n";
    let plain = of(lines);
    assert!(file(run(&plain), "/b").unwrap() > 0);
    let stated = of(&format!("# layerlab: adds=1MB at=/b\n{lines}"));
    let step = run(&stated);
    assert_eq!((file(step, "/tmp/a"), file(step, "/c"), file(step, "/b")), (Some(0), Some(1000), Some(999_000)));
    assert_eq!(step.bytes, 1_000_000);
}

#[test]
fn what_is_computed_counts_where_it_is_more_than_is_stated() {
    let report = of("# layerlab: adds=1kB\nRUN head -c 5000 /dev/zero > /z\n");
    let step = run(&report);
    assert_eq!((step.bytes, step.notes.as_slice()), (5000, &[Note::MoreThanStated { bytes: 1000 }][..]));
}

#[test]
fn a_path_that_is_a_folder_holds_the_file_and_an_impossible_one_does_not_matter() {
    let report = of("# layerlab: adds=7kB at=/etc\nRUN make-tool\n");
    let files: Vec<String> = run(&report).files.iter().map(|file| file.path).collect();
    assert!(files.len() == 1 && files[0].starts_with("/etc/"), "{files:?}");
    for at in ["", "at=/bin/sh/x"] {
        let report = of(&format!("# layerlab: adds=7kB {at}\nRUN make-tool\n"));
        let step = run(&report);
        assert_eq!(step.bytes, 7000);
        assert!(step.files.iter().any(|file| file.path.starts_with("/var/lib/layerlab/")), "{:?}", step.files);
    }
}

#[test]
fn later_steps_and_stages_see_the_bytes_and_miss_nothing() {
    let report = of("# layerlab: adds=9MB at=/app/server\nRUN make-tool\n\
         FROM scratch\nCOPY --from=build /app/server /\nCOPY --from=build /app/settings /\n");
    let copy = &report.steps[3];
    assert_eq!((copy.bytes, copy.bytes_basis), (9_000_000, Basis::Stated));
    assert_eq!(report.steps[4].notes, [Note::NotModelled { what: "/app/settings".to_owned() }], "it may well be there");
}

#[test]
fn the_comment_is_no_part_of_the_cache_key_and_counts_for_what_was_built_before() {
    let lines = "RUN make-tool\nRUN ls /opt > /list\nCOPY a.txt /\n";
    let (_, cache) = build(&context(&format!("{HEAD}{lines}")), &Options::default(), &CacheStore::default());
    let stated = |size: &str| context(&format!("{HEAD}# layerlab: adds={size} time=9s at=/opt/tool\n{lines}"));
    let (first, cache) = build(&stated("45MB"), &Options::default(), &cache);
    let states = |report: &Report| report.steps.iter().skip(2).map(|step| step.state).collect::<Vec<_>>();
    assert_eq!(states(&first), [StepState::Cached; 3]);
    assert_eq!((run(&first).bytes, run(&first).timing.built_ms, run(&first).ms), (45_000_000, 9_000, 0));
    assert!(first.time.saved_step_ms > 9_000);
    assert_eq!(first.steps[3].bytes, 5, "what comes behind it is worked out again");
    let (second, cache) = build(&stated("46MB"), &Options::default(), &cache);
    assert_eq!((states(&second), run(&second).bytes), (vec![StepState::Cached; 3], 46_000_000));
    let (gone, _) = build(&context(&format!("{HEAD}{lines}")), &Options::default(), &cache);
    assert_eq!(
        (states(&gone), run(&gone).bytes, run(&gone).bytes_basis),
        (vec![StepState::Cached; 3], 0, Basis::NotModelled)
    );
}

#[test]
fn a_failed_step_is_not_stated() {
    let report = first(&format!("{HEAD}# layerlab: adds=45MB time=9s\nRUN echo x; exit 3\n"));
    assert!(matches!(report.outcome, Outcome::Failed { .. }));
    assert!(run(&report).ms < 9_000);
    assert_eq!(run(&report).bytes, 0);
}

#[test]
fn a_bad_comment_is_a_note_at_its_place_and_the_build_goes_on() {
    let report = of("# layerlab: adds=45\nRUN make-tool\n");
    let problem = &report.problems[0];
    assert_eq!((problem.diagnostic.code, problem.diagnostic.severity), ("statement-size-invalid", Severity::Note));
    assert_eq!((problem.line, run(&report).bytes_basis), (3, Basis::NotModelled));
}
