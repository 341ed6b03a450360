//! When the steps of a build run, what determines how long it takes, and what the cache saves.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic")]

mod support;

use report::{
    BaseView, Basis, CacheStore, Catalog, Context, Figure, Image, InputKind, Inputs, Note, Options, Outcome, Preset,
    Profile, Report, StepState, StepView, analyze,
};
use support::{catalog, context_of};

/// Two stages that need nothing of each other, and one that takes from both.
const STAGES: &str = "\
FROM conformance/busybox:1 AS one
# layerlab: time=30s
RUN echo one > /one
FROM conformance/busybox:1 AS two
# layerlab: time=20s
RUN echo two > /two
# layerlab: time=15s
RUN echo more >> /two
FROM scratch
COPY --from=one /one /
COPY --from=two /two /
";

/// The catalog, with a base image that is a download of a million bytes.
fn known() -> Catalog {
    let mut catalog = catalog();
    let mut image = Image::clone(catalog.get("conformance/busybox:1").unwrap());
    image.compressed_bytes = 1_000_000;
    catalog.insert(image);
    catalog
}

fn build(context: &Context, profile: &Profile, cache: &CacheStore, no_cache: bool) -> (Report, CacheStore) {
    let options = Options { no_cache, ..Options::default() };
    let (report, cache) = analyze(&Inputs { context, options: &options, catalog: &known(), profile, cache });
    assert_eq!(report.outcome, Outcome::Built, "{:?}", report.log);
    (report, cache)
}

fn first(dockerfile: &str, profile: &Profile) -> Report {
    build(&context_of(&[("Dockerfile", dockerfile)]), profile, &CacheStore::default(), false).0
}

fn with(figures: &[(&str, u64)]) -> Profile {
    figures.iter().fold(Profile::default(), |profile, (name, value)| Figure::named(name).unwrap().set(&profile, *value))
}

/// A machine on which nothing takes time but what is stated and what is set.
fn still(figures: &[(&str, u64)]) -> Profile {
    let none = [("network", 100_000), ("latency", 0), ("disk", 100_000), ("file", 0), ("container", 0), ("command", 0)];
    with(&[&none, figures].concat())
}

fn step<'a>(report: &'a Report, text: &str) -> &'a StepView {
    report.steps.iter().find(|step| step.text.contains(text)).unwrap()
}

fn path(report: &Report) -> Vec<(&str, u64)> {
    report.time.critical_path.iter().map(|part| (part.id.as_str(), part.ms)).collect()
}

#[test]
fn independent_stages_share_the_cores() {
    let report = first(STAGES, &still(&[("cores", 2)]));
    let start = |text: &str| step(&report, text).start_ms;
    assert_eq!((start("echo one"), start("echo two"), start("echo more")), (0, 0, 20_000));
    assert_eq!(report.totals.ms, 35_010);
    assert!(step(&report, "echo more").timing.critical && !step(&report, "echo one").timing.critical);
    let names: Vec<&str> = path(&report).into_iter().map(|(id, _)| id.split(" /").next().unwrap()).collect();
    assert_eq!(names, ["two RUN echo two >", "two RUN echo more >>", "2 COPY --from=two"]);
    let alone = first(STAGES, &still(&[("cores", 1)]));
    assert_eq!(alone.totals.ms, 65_020);
    assert_eq!(alone.time.critical_path.len(), 5, "every step waits for the core");
}

#[test]
fn a_cached_step_takes_no_time_and_saves_what_it_took() {
    let profile = still(&[("cores", 8)]);
    let context = context_of(&[("Dockerfile", STAGES)]);
    let (_, cache) = build(&context, &profile, &CacheStore::default(), false);
    let (again, _) = build(&context, &profile, &cache, false);
    assert_eq!((again.totals.ms, again.time.saved_ms, again.time.saved_step_ms), (0, 35_010, 65_020));
    assert_eq!((again.time.critical_path.len(), again.time.basis), (0, Basis::Exact));
    assert_eq!(step(&again, "echo one").timing.built_ms, 30_000);
    // one stage runs again: the other one's time is saved, but nobody would have waited for all of it
    let edited = context_of(&[("Dockerfile", &STAGES.replace("echo one", "echo uno"))]);
    let (some, _) = build(&edited, &profile, &cache, false);
    assert_eq!((some.totals.ms, some.time.saved_ms, some.time.saved_step_ms), (30_020, 4_990, 35_000));
    let (cached, ran) = (step(&some, "echo more"), step(&some, "echo uno"));
    assert_eq!((cached.start_ms, cached.timing.uncached_start_ms, cached.timing.built_ms), (0, 20_000, 15_000));
    assert_eq!((ran.start_ms, ran.timing.uncached_start_ms, ran.timing.built_ms), (0, 0, 30_000));
    let (none, _) = build(&context, &profile, &cache, true);
    assert_eq!((none.totals.ms, none.time.saved_ms, none.time.saved_step_ms), (35_010, 0, 0));
}

#[test]
fn images_are_pulled_once_one_after_another_before_what_needs_them_runs() {
    let dockerfile = "FROM conformance/busybox:1 AS one\nRUN true\nFROM conformance/busybox:1 AS two\nRUN true && true\n\
        FROM scratch\nCOPY --from=one /etc /\nCOPY --from=two /etc /x\n";
    let report = first(dockerfile, &still(&[("network", 8), ("cores", 8)]));
    let from = step(&report, "FROM ");
    assert_eq!((from.state, from.start_ms), (StepState::Ran, 0));
    assert_eq!(from.ms, 1000, "a megabyte a second");
    assert_eq!(step(&report, "RUN true").start_ms, from.ms);
    let slower = first(dockerfile, &still(&[("network", 4), ("cores", 8)]));
    assert_eq!(step(&slower, "FROM ").ms / 2, from.ms);
    let context = context_of(&[("Dockerfile", dockerfile)]);
    let (_, cache) = build(&context, &Profile::default(), &CacheStore::default(), false);
    let (again, _) = build(&context, &still(&[]), &cache, true);
    assert_eq!(step(&again, "FROM ").ms, 0, "the image is there");
    // an image that files are taken from has no step of its own, and is pulled all the same
    let copy = first("FROM scratch\nCOPY --from=conformance/busybox:1 /etc /\n", &still(&[("network", 8)]));
    assert_eq!(copy.steps[0].start_ms, from.ms);
    assert_eq!(path(&copy)[0], ("FROM conformance/busybox:1", from.ms));
    let pulls: Vec<_> = copy.time.pulls.iter().map(|pull| (pull.image.as_str(), pull.start_ms, pull.ms)).collect();
    assert_eq!(pulls, [("conformance/busybox:1", 0, from.ms)]);
    assert_eq!(report.time.pulls, [], "a FROM stands for it");
}

#[test]
fn a_step_names_the_images_that_it_takes_files_from() {
    let report = first(
        "FROM scratch\nCOPY --from=conformance/busybox:1 /bin/busybox /\n\
         FROM conformance/busybox:1 AS two\nCOPY --from=0 /busybox /other\n\
         RUN --mount=from=conformance/busybox:1,target=/m ls /m\nCOPY --from=0 /busybox /x\n",
        &still(&[]),
    );
    let taken = |text: &str| {
        let images = step(&report, text).images.iter();
        let names = images.map(|(image, how)| match image {
            BaseView::Image { short, known, bytes, .. } => (short.as_str(), *known && *bytes > 0, *how),
            BaseView::Scratch | BaseView::Stage(_) => ("", false, *how),
        });
        names.collect::<Vec<_>>()
    };
    assert_eq!(taken("COPY --from=conformance"), [("conformance/busybox:1", true, InputKind::Copy)]);
    assert_eq!(taken("ls /m"), [("conformance/busybox:1", true, InputKind::Mount)]);
    assert_eq!((taken("/other"), taken("FROM docker.io")), (Vec::new(), Vec::new()), "a stage is none");
}

#[test]
fn what_needs_the_context_waits_until_it_is_sent() {
    let big = "x".repeat(3_000_000);
    let dockerfile = "FROM conformance/busybox:1\nRUN true\nCOPY src /src\n";
    let files = [("Dockerfile", dockerfile), ("src/a", &big), ("src/b", "b"), ("other", &big)];
    let profile = still(&[("disk", 1), ("network", 100_000)]);
    let (report, cache) = build(&context_of(&files), &profile, &CacheStore::default(), false);
    let transfer = report.time.transfer.unwrap();
    assert_eq!((transfer.files, transfer.file_bytes), (2, 3_000_001));
    assert!(transfer.bytes > transfer.file_bytes && transfer.bytes < 3_002_000);
    assert_eq!(transfer.ms, transfer.bytes / 1000);
    assert_eq!(step(&report, "COPY").start_ms, transfer.ms);
    assert!(step(&report, "RUN").start_ms < 100);
    assert_eq!(path(&report)[0], ("[internal] load build context", transfer.ms));
    assert!(report.log.contains(&"#4 transferring context: 3.00MB 3.0s done".to_owned()), "{:?}", report.log);
    // what did not change is not sent again
    let edited = [("Dockerfile", dockerfile), ("src/a", &big), ("src/b", "c"), ("other", &big)];
    let (again, cache) = build(&context_of(&edited), &profile, &cache, false);
    let transfer = again.time.transfer.unwrap();
    assert_eq!((transfer.files, transfer.file_bytes), (1, 1));
    let (same, _) = build(&context_of(&edited), &profile, &cache, false);
    assert_eq!(same.time.transfer.unwrap().files, 0);
    assert!(same.log.iter().any(|line| line.contains("transferring context: 7")), "{:?}", same.log);
    let none = first("FROM scratch\nCOPY <<E /e\nx\nE\n", &Profile::default());
    assert_eq!(none.time.transfer, None);
}

#[test]
fn a_slower_machine_takes_longer_for_the_same_result() {
    let dockerfile = "FROM conformance/busybox:1\nRUN head -c 3000000 /dev/zero > /z && gzip /z\n";
    let sizes = |report: &Report| report.image.as_ref().map(|image| image.bytes);
    let laptop = first(dockerfile, &Preset::Laptop.profile());
    let ci = first(dockerfile, &Preset::Ci.profile());
    let wifi = first(dockerfile, &Preset::Wifi.profile());
    assert_eq!((sizes(&laptop), sizes(&laptop)), (sizes(&ci), sizes(&wifi)));
    assert!(step(&ci, "RUN").ms > step(&laptop, "RUN").ms, "its cores are slower");
    assert!(step(&ci, "FROM").ms < step(&laptop, "FROM").ms, "its line is faster");
    assert_eq!(step(&wifi, "RUN").ms, step(&laptop, "RUN").ms);
    assert!(wifi.totals.ms > laptop.totals.ms);
    assert_eq!(laptop.time.basis, Basis::Estimated);
}

#[test]
fn a_download_that_is_not_known_takes_its_time_and_says_so() {
    let mut catalog = known();
    let mut image = Image::clone(catalog.get("conformance/busybox:1").unwrap());
    (image.compressed_bytes, image.source) = (0, "somewhere".to_string());
    let bytes = image.download_bytes();
    catalog.insert(image);
    let context = context_of(&[("Dockerfile", "FROM conformance/busybox:1\nRUN true\n")]);
    let (options, profile, cache) = (Options::default(), with(&[("network", 1)]), CacheStore::default());
    let inputs = Inputs { context: &context, options: &options, catalog: &catalog, profile: &profile, cache: &cache };
    let report = analyze(&inputs).0;
    let from = step(&report, "FROM");
    assert_eq!(from.notes, [Note::DerivedDownload { image: "conformance/busybox:1".to_string(), bytes }]);
    assert!(from.ms >= profile.download_ms(bytes) && bytes > 0, "{from:?}");
    assert_eq!((from.timing.basis, step(&report, "RUN").notes.len()), (Basis::Estimated, 0));
}
