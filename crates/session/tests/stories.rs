//! What a person does with the page, on a service with two stages, step by step.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use catalog::parse_image;
use report::{FileDifference, Outcome, Reason, Report, StepState};
use session::{Action, Catalog, Content, Context, ContextEntry, ContextKind, Edit, Effect, Notice};
use session::{State, save, start, update};

const BUSYBOX: &str = include_str!("../../../tests/conformance/bases/conformance-busybox-1.json");

const DOCKERFILE: &str = "\
FROM conformance/busybox:1 AS build
WORKDIR /app
COPY package.json ./
RUN echo installed > modules
COPY src ./src
RUN cat src/a.js src/b.js > bundle.js

FROM conformance/busybox:1
COPY --from=build /app/bundle.js /bundle.js
CMD [\"cat\", \"/bundle.js\"]
";

fn sample() -> Context {
    let mut context = Context::default();
    for (path, text) in [
        ("Dockerfile", DOCKERFILE),
        (".dockerignore", "*.md\n"),
        ("README.md", "read me\n"),
        ("package.json", "{}\n"),
        ("src/a.js", "a()\n"),
        ("src/b.js", "b()\n"),
    ] {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 1 }).unwrap();
    }
    context
}

fn catalog() -> Catalog {
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(BUSYBOX).unwrap());
    catalog
}

fn opened() -> State {
    start(sample(), catalog(), None).0
}

fn at(state: &State, action: Action) -> State {
    update(state, action, 1_760_000_000).0
}

fn typed(path: &str, text: &str) -> Action {
    let kind = ContextKind::File(Content::text(text));
    Action::Edit(Edit::Write { path: path.to_owned(), kind, mode: None })
}

/// The steps that ran, without FROM, as the progress display names them.
fn ran(report: &Report) -> Vec<&str> {
    let ran = report.steps.iter().filter(|step| step.state == StepState::Ran);
    ran.map(|step| step.name.as_str()).filter(|name| !name.contains("FROM ")).collect()
}

fn reason<'a>(report: &'a Report, name: &str) -> Option<&'a Reason> {
    report.steps.iter().find(|step| step.name.contains(name)).and_then(|step| step.reason.as_ref())
}

const SOURCE_STEPS: [&str; 3] = [
    "[build 5/6] COPY src ./src",
    "[build 6/6] RUN cat src/a.js src/b.js > bundle.js",
    "[stage-1 2/2] COPY --from=build /app/bundle.js /bundle.js",
];

#[test]
fn the_page_opens_on_a_project_that_was_built() {
    let state = opened();
    assert_eq!(state.shown.outcome, Outcome::Built);
    assert_eq!(ran(&state.shown).len(), 6);
    assert!(state.up_to_date);
    assert_eq!((state.built.as_ref().unwrap().number, &state.changes), (1, &None));
    let image = state.shown.image.as_ref().unwrap();
    assert_eq!(image.bytes, 2_065_340 + 8);
}

#[test]
fn building_again_runs_nothing() {
    let state = at(&opened(), Action::Build);
    assert_eq!(ran(&state.shown), [] as [&str; 0]);
    let changes = state.changes.as_ref().unwrap();
    assert_eq!((changes.bytes, changes.ran.len(), changes.files.len(), changes.dockerfile), (0, 0, 0, false));
}

#[test]
fn an_edited_source_file_says_which_steps_would_run_and_the_build_runs_them() {
    let preview = at(&opened(), typed("src/a.js", "a(1)\n"));
    assert_eq!(ran(&preview.shown), SOURCE_STEPS);
    let why = Reason::FileChanged { path: "src/a.js".to_owned(), how: FileDifference::Content, others: 0, stage: None };
    assert_eq!(reason(&preview.shown, "COPY src"), Some(&why));
    assert!(matches!(reason(&preview.shown, "RUN cat"), Some(Reason::ParentRan { .. })));
    assert!(!preview.up_to_date);
    assert_eq!(preview.built.as_ref().unwrap().number, 1);
    let changes = preview.changes.as_ref().unwrap();
    assert_eq!(
        (changes.files.as_slice(), changes.dockerfile, changes.bytes),
        (["src/a.js".to_owned()].as_slice(), false, 1)
    );

    let built = at(&preview, Action::Build);
    assert_eq!(ran(&built.shown), SOURCE_STEPS);
    assert_eq!(built.changes, preview.changes);
    assert_eq!((built.up_to_date, built.built.as_ref().unwrap().number), (true, 2));
    // both are counted against the first build, which itself has none before it
    let before = |state: &State| state.before().map(|before| before.number);
    assert_eq!((before(&opened()), before(&preview), before(&built)), (None, Some(1), Some(1)));
    assert_eq!(ran(&at(&built, Action::Build).shown), [] as [&str; 0]);
}

#[test]
fn an_edited_manifest_runs_the_installation_too() {
    let state = at(&opened(), typed("package.json", "{ }\n"));
    assert_eq!(
        ran(&state.shown)[..2],
        ["[build 3/6] COPY package.json ./", "[build 4/6] RUN echo installed > modules"]
    );
}

#[test]
fn an_ignored_file_and_a_newer_age_run_nothing() {
    for action in [typed("README.md", "other\n"), Action::Edit(Edit::Touch { path: "src/a.js".to_owned() })] {
        assert_eq!(ran(&at(&opened(), action).shown), [] as [&str; 0]);
    }
}

#[test]
fn a_broken_dockerfile_says_so_and_the_last_good_result_stays() {
    let good = at(&opened(), typed("src/a.js", "a(1)\n"));
    let broken = at(&good, typed("Dockerfile", &DOCKERFILE.replace("WORKDIR", "WORKDIRR")));
    let message = "dockerfile parse error on line 2: unknown instruction: WORKDIRR (did you mean WORKDIR?)";
    assert_eq!(broken.shown.outcome, Outcome::Invalid { message: message.to_owned() });
    assert_eq!(broken.shown.problems.first().map(|problem| problem.line), Some(2));
    assert_eq!(broken.good.as_ref(), Some(&good.shown));
    assert_eq!(broken.drawn(), &good.shown);
    assert_eq!(broken.changes, None);
    let built = at(&broken, Action::Build);
    assert!(matches!(built.shown.outcome, Outcome::Invalid { .. }));
    assert_eq!(built.good, broken.good);
    let mended = at(&built, typed("Dockerfile", DOCKERFILE));
    assert_eq!(ran(&mended.shown), SOURCE_STEPS, "the failed build left the cache as it was");
    assert!(mended.changes.is_some());
}

#[test]
fn undoing_brings_back_what_is_cached() {
    let mut state = opened();
    for action in [typed("src/a.js", "a(1)\n"), Action::Build, Action::Undo] {
        state = at(&state, action);
    }
    assert_eq!(ran(&state.shown), [] as [&str; 0], "both states have been built");
}

#[test]
fn an_empty_cache_runs_everything() {
    let state = at(&opened(), Action::PruneCache);
    assert_eq!(ran(&state.shown).len(), 6);
}

#[test]
fn without_the_cache_everything_runs_but_workdir() {
    // BuildKit leaves `--no-cache` out for WORKDIR.
    let state = at(&opened(), Action::SetNoCache(true));
    assert_eq!(ran(&state.shown).len(), 5);
}

#[test]
fn a_target_leaves_out_what_it_does_not_need() {
    let state = at(&opened(), Action::SetTarget(Some("build".to_owned())));
    let left_out = state.shown.steps.iter().filter(|step| step.state == StepState::NotNeeded);
    assert!(left_out.count() >= 1);
    assert_eq!(ran(&state.shown), [] as [&str; 0]);
}

#[test]
fn after_a_reload_the_cache_is_as_it_was() {
    let mut state = opened();
    for action in [
        typed("src/a.js", "a(1)\n"),
        Action::Build,
        typed("src/a.js", "a()\n"),
        typed("package.json", "{ }\n"),
        Action::Build,
        typed("src/b.js", "b(2)\n"),
    ] {
        state = at(&state, action);
    }
    let (again, _) = start(Context::default(), catalog(), Some(&save(&state)));
    assert_eq!(again.shown, state.shown);
    assert_eq!(again.changes, state.changes);
    let verdicts = |state: &State| at(state, Action::Build).shown;
    assert_eq!(verdicts(&again), verdicts(&state));
}

#[test]
fn an_image_that_is_not_known_is_asked_for_once_and_then_everything_is_worked_out() {
    let (state, effects) = start(sample(), Catalog::default(), None);
    let fetches = |effects: &[Effect]| effects.iter().filter(|effect| matches!(effect, Effect::FetchImage(_))).count();
    assert!(effects.contains(&Effect::FetchImage("conformance/busybox:1".to_owned())), "{effects:?}");
    assert_eq!(fetches(&effects), 1);
    let (state, effects) = update(&state, typed("src/a.js", "a(1)\n"), 5);
    assert_eq!(fetches(&effects), 0);
    let image = Box::new(parse_image(BUSYBOX).unwrap());
    let (state, effects) = update(&state, Action::ImageLoaded(image), 6);
    assert_eq!(fetches(&effects), 0);
    assert_eq!(state.shown.outcome, Outcome::Built);
    assert_eq!(ran(&state.shown), SOURCE_STEPS, "the build on opening was done again with the image");
    assert_eq!(state.built.as_ref().map(|built| built.number), Some(1));
}

#[test]
fn the_page_waits_until_each_question_for_facts_is_answered() {
    let (state, _) = start(sample(), Catalog::default(), None);
    assert!(state.is_waiting());
    let image = Box::new(parse_image(BUSYBOX).unwrap());
    assert!(!at(&state, Action::ImageLoaded(image)).is_waiting());
    let state = at(&state, Action::ImageUnavailable("conformance/busybox:1".to_owned()));
    assert!(!state.is_waiting());
    assert!(!at(&state, typed("src/a.js", "a(1)\n")).is_waiting(), "what cannot be had is not waited for");
}

#[test]
fn a_table_of_packages_that_cannot_be_had_is_said() {
    let (state, _) = update(&opened(), Action::TableUnavailable("npm"), 5);
    assert_eq!(state.notice, Some(Notice::TableUnavailable { name: "npm" }));
}

#[test]
fn an_image_that_cannot_be_had_is_said() {
    let (state, _) = start(sample(), Catalog::default(), None);
    let reference = "conformance/busybox:1".to_owned();
    let (state, effects) = update(&state, Action::ImageUnavailable(reference.clone()), 5);
    assert_eq!(state.notice, Some(Notice::ImageUnavailable { reference }));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::FetchImage(_))));
}
