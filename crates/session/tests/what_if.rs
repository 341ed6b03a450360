//! What happened to a project: everyday edits, another machine, another base image, time; any point of it again, and all
//! of it on another Dockerfile.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use catalog::parse_image;
use report::{Outcome, StepState};
use session::suggest::Ages;
use session::{Action, Catalog, Content, Context, ContextEntry, ContextKind, Edit, Event, Habit, Notice, State};
use session::{aged, given, load, save, start, timeline, update, visited};

const BUSYBOX: &str = include_str!("../../../tests/conformance/bases/conformance-busybox-1.json");
const GOLDEN_2: &str = include_str!("../../../tests/golden/session-v2.json");

const NAIVE: &str = "FROM conformance/busybox:1\nWORKDIR /app\nCOPY . .\nRUN wget -q http://example.com/tool || true\nRUN cat src/a.js > out\n";

fn sample() -> Context {
    let mut context = Context::default();
    for (path, text) in [("Dockerfile", NAIVE), ("src/a.js", "a()\n")] {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 1 }).unwrap();
    }
    context
}

fn opened() -> State {
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(BUSYBOX).unwrap());
    start(sample(), catalog, None).0
}

fn run(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    let steps = actions.into_iter().enumerate();
    steps.fold(state.clone(), |state, (at, action)| update(&state, action, 1000 + at as i64).0)
}

fn states(state: &State) -> Vec<StepState> {
    state.shown.steps.iter().map(|step| step.state).collect()
}

fn reopened(state: &State) -> State {
    start(Context::default(), Catalog::clone(&state.catalog), Some(&save(state))).0
}

#[test]
fn a_fresh_machine_builds_everything() {
    let state = run(&opened(), [Action::FreshMachine]);
    assert!(states(&state).iter().all(|state| *state == StepState::Ran));
    assert_eq!(state.events.last(), Some(&Event::FreshMachine));
}

#[test]
fn a_base_image_that_is_published_again_makes_all_steps_on_it_run() {
    let state = run(&opened(), [Action::Republish("conformance/busybox:1".to_owned())]);
    assert!(states(&state).iter().all(|state| *state == StepState::Ran), "{:?}", states(&state));
    let built = run(&state, [Action::Build, Action::Edit(Edit::Touch { path: "src/a.js".to_owned() })]);
    assert!(states(&built).iter().all(|state| *state == StepState::Cached));
    let again = visited(&built, 0);
    assert_eq!((again.catalog.clone(), again.cache.is_empty()), (opened().catalog, false));
    let nobody = run(&opened(), [Action::Republish("nobody:1".to_owned())]);
    assert!(states(&nobody).iter().all(|state| *state == StepState::Cached));
}

#[test]
fn time_changes_nothing_but_the_age_of_what_the_cache_has() {
    let state = run(&opened(), [Action::PassTime(40), Action::PassTime(2)]);
    assert!(states(&state).iter().all(|state| *state == StepState::Cached));
    let found: Vec<(Ages, u32)> = aged(&state).iter().map(|aged| (aged.ages, aged.days)).collect();
    assert_eq!(found, [(Ages::Image, 42), (Ages::Download, 42)]);
    let built = run(&state, [Action::Everyday(Habit::Source), Action::Build, Action::PassTime(1)]);
    let found: Vec<(Ages, u32)> = aged(&built).iter().map(|aged| (aged.ages, aged.days)).collect();
    assert_eq!(found, [(Ages::Image, 43), (Ages::Download, 1)], "what ran again is new");
    assert_eq!(aged(&opened()), []);
}

#[test]
fn everyday_edits_are_found_in_the_project_and_undone_at_once() {
    let first = opened();
    let source = run(&first, [Action::Everyday(Habit::Source)]);
    assert_eq!(source.project.context.text("src/a.js").unwrap(), "a()\n// edited\n");
    let log = run(&first, [Action::Everyday(Habit::Log), Action::Everyday(Habit::Log)]);
    assert!(log.project.context.get("debug.log").is_some() && log.project.context.get("debug-1.log").is_some());
    assert_eq!(log.shown.steps.iter().filter(|step| step.state == StepState::Ran).count(), 3);
    let comment = run(&first, [Action::Everyday(Habit::Comment)]);
    let text = comment.project.context.text("Dockerfile").unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with('#')).count(), 1);
    let none = run(&first, [Action::Everyday(Habit::Dependency)]);
    assert_eq!((none.notice, none.events.len()), (Some(Notice::NothingToEdit), 0));
    for state in [source, comment] {
        let undone = run(&state, [Action::Undo]);
        assert_eq!(undone.project, first.project);
        assert_eq!(run(&undone, [Action::Redo]).project, state.project);
    }
}

#[test]
fn a_suggestion_is_applied_and_taken_back_in_one_step() {
    let text = "FROM conformance/busybox:1\nRUN dd if=/dev/zero of=/big bs=1000 count=9000\nRUN rm /big\n";
    let kind = ContextKind::File(Content::text(text));
    let write = Edit::Write { path: "Dockerfile".to_owned(), kind, mode: None };
    let first = run(&opened(), [Action::Edit(write)]);
    let found = session::suggest::all(given(&first));
    let suggestion = found.first().unwrap();
    let change = Action::Change { edits: suggestion.context_edits(), options: suggestion.options.clone() };
    let applied = run(&first, [change]);
    assert_eq!(applied.project.context.text("Dockerfile").as_ref(), suggestion.files.first().map(|file| &file.text));
    assert_eq!(run(&applied, [Action::Undo]).project, first.project);
}

#[test]
fn every_point_can_be_visited_and_gone_back_to() {
    let first = opened();
    let state = run(
        &first,
        [
            Action::Everyday(Habit::Source),
            Action::Build,
            Action::Everyday(Habit::Log),
            Action::PruneCache,
            Action::Build,
        ],
    );
    let moments = timeline(&state);
    let runs: Vec<Option<usize>> =
        moments.iter().map(|moment| moment.run.as_ref().map(|run| run.ran.steps.len())).collect();
    assert_eq!(runs, [Some(5), None, Some(3), None, None, Some(5)]);
    assert!(moments.iter().enumerate().all(|(index, moment)| moment.count == index));
    let point = visited(&state, 2);
    assert_eq!((point.events.len(), point.up_to_date), (2, true));
    assert!(point.project.context.get("debug.log").is_none());
    let back = run(&state, [Action::ReturnTo(0)]);
    assert_eq!(back.project.context.text("src/a.js").unwrap(), "a()\n");
    assert!(back.project.context.get("debug.log").is_none());
    assert_eq!(run(&back, [Action::Undo]).project, state.project);
    assert_eq!(run(&back, [Action::ReturnTo(0)]).events.len(), back.events.len(), "it is there already");
    assert_eq!(visited(&state, 99).project, state.project);
}

#[test]
fn all_of_it_is_saved_and_there_again() {
    let state = run(
        &opened(),
        [
            Action::Everyday(Habit::Source),
            Action::Build,
            Action::PassTime(3),
            Action::Republish("conformance/busybox:1".to_owned()),
            Action::FreshMachine,
            Action::Build,
            Action::PassTime(1),
        ],
    );
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(BUSYBOX).unwrap());
    let again = start(Context::default(), catalog, Some(&save(&state))).0;
    assert_eq!((&again.project, &again.events), (&state.project, &state.events));
    assert_eq!(
        (again.shown.clone(), aged(&again), timeline(&again)),
        (state.shown.clone(), aged(&state), timeline(&state))
    );
}

#[test]
fn a_text_is_of_the_first_version_that_has_its_events() {
    let old = run(&opened(), [Action::Build, Action::PruneCache]);
    assert!(save(&old).contains("\"version\":1,"));
    let new = run(&old, [Action::PassTime(1)]);
    assert!(save(&new).contains("\"version\":2,"));
    assert_eq!(reopened(&new).events, new.events);
}

#[test]
fn the_golden_file_of_version_2_opens_and_says_the_same_when_it_is_written_again() {
    let saved = load(GOLDEN_2).unwrap();
    assert_eq!(saved.events.len(), 6);
    let (state, _) = start(Context::default(), Catalog::default(), Some(GOLDEN_2));
    assert_eq!(state.notice, None);
    assert_eq!(load(&save(&state)), load(GOLDEN_2));
    assert_eq!(state.project.options.build_args, [("V".to_owned(), Some("2".to_owned()))]);
    assert_eq!(state.project.context.text("a").unwrap(), "2\n");
    assert!(!matches!(state.shown.outcome, Outcome::Failed { .. }));
    let nested =
        r#"{"format":"layerlab","version":2,"start":{"files":{}},"events":[{"do":"change","edits":[{"do":"build"}]}]}"#;
    assert!(load(nested).is_err());
}

#[test]
fn measurements_are_undone_saved_and_linked() {
    use session::{MeasuredBy, Measurement};
    let (state, _) = start(Context::default(), Catalog::default(), None);
    let figure = |source, text: &str| Measurement { source, text: text.into(), cut: true, bytes: Some(5), ms: None };
    let figures = [figure(MeasuredBy::History, "RUN a"), figure(MeasuredBy::Progress, "[2/2] RUN a")];
    let (state, _) = update(&state, Action::Measure(figures.as_slice().into()), 0);
    assert_eq!(*state.project.options.measured, figures);
    let (saved, _) = start(Context::default(), Catalog::default(), Some(&save(&state)));
    assert_eq!((&saved.project, &saved.events), (&state.project, &state.events));
    let linked = session::read_link(&session::link(&state, "").unwrap()).unwrap();
    assert_eq!(linked.saved.events, *state.events);
    let (undone, _) = update(&state, Action::Undo, 0);
    assert!(undone.project.options.measured.is_empty());
}
