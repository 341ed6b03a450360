//! Two Dockerfiles on what happened: pinned, swapped, built side by side, saved.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::rc::Rc;

use catalog::parse_image;
use session::{Action, Catalog, Comparison, Content, Context, ContextEntry, ContextKind, Edit, Event, Habit, Round};
use session::{State, compared, link, load, read_example, read_link, save, start, update};

const BUSYBOX: &str = include_str!("../../../tests/conformance/bases/conformance-busybox-1.json");
const GOLDEN: &str = include_str!("../../../tests/golden/session-v3.json");

const NAIVE: &str = "FROM conformance/busybox:1\nWORKDIR /app\nCOPY . .\nRUN wget -q http://example.com/tool || true\nRUN cat src/a.js > out\n";
const ORDERED: &str = "FROM conformance/busybox:1\nWORKDIR /app\nRUN wget -q http://example.com/tool || true\nCOPY . .\nRUN cat src/a.js > out\n";

fn opened() -> State {
    let mut context = Context::default();
    for (path, text) in [("Dockerfile", ORDERED), ("src/a.js", "a()\n")] {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 1 }).unwrap();
    }
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(BUSYBOX).unwrap());
    start(context, catalog, None).0
}

fn run(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    let steps = actions.into_iter().enumerate();
    steps.fold(state.clone(), |state, (at, action)| update(&state, action, 1000 + at as i64).0)
}

fn dockerfile(text: &str) -> Action {
    let kind = ContextKind::File(Content::text(text));
    Action::Edit(Edit::Write { path: "Dockerfile".to_owned(), kind, mode: None })
}

fn pin(text: &str) -> Action {
    Action::Pin(Some(text.to_owned()))
}

fn rounds(state: &State) -> Vec<Round> {
    compared(state, NAIVE, Comparison::default()).collect()
}

fn steps(rounds: &[Round]) -> Vec<(usize, usize, bool)> {
    let of = |round: &Round| (round.a.run.ran.steps.len(), round.b.run.ran.steps.len(), round.preview);
    rounds.iter().map(of).collect()
}

#[test]
fn the_same_events_are_compared_on_two_dockerfiles() {
    let state = run(
        &opened(),
        [
            Action::Everyday(Habit::Source),
            Action::Build,
            Action::FreshMachine,
            Action::Build,
            Action::Everyday(Habit::Source),
        ],
    );
    let rounds = rounds(&state);
    assert_eq!(steps(&rounds), [(5, 5, false), (3, 2, false), (5, 5, false), (3, 2, true)]);
    assert!(rounds[1].a.run.ran.ms > rounds[1].b.run.ran.ms);
    assert_eq!(rounds[1].a.report.totals.ms, rounds[1].a.run.ran.ms);
    let events: Vec<_> = rounds.iter().map(|round| round.events.clone()).collect();
    assert_eq!(events, [0..0, 0..2, 2..4, 4..5]);
    assert!(compared(&state, "FROM\n", Comparison::default()).all(|round| !round.a.run.built && round.b.run.built));
}

#[test]
fn the_state_s_own_dockerfile_is_what_it_is_now_throughout() {
    let state = run(
        &opened(),
        [dockerfile(NAIVE), Action::Build, Action::Everyday(Habit::Source), Action::Build, dockerfile(ORDERED)],
    );
    assert_eq!(
        steps(&rounds(&state)),
        [(5, 5, false), (3, 2, false)],
        "a build of nothing but edits of it is no round"
    );
    let other = run(&state, [Action::OpenProject(state.project.context.clone())]);
    assert_eq!(steps(&rounds(&other)), [(5, 5, false)], "another project has other events");
}

#[test]
fn the_state_s_own_build_is_the_one_that_is_compared() {
    let state = run(&opened(), [Action::Everyday(Habit::Source), Action::Build, Action::PassTime(3)]);
    let rounds = rounds(&state);
    assert_eq!(steps(&rounds), [(5, 5, false), (3, 2, false), (0, 0, true)]);
    assert_eq!(rounds[1].b.report.totals, state.built.as_ref().unwrap().report.totals);
    assert_eq!(rounds[2].b.run.day, 3);
}

#[test]
fn what_was_built_before_is_not_built_again() {
    let state = run(&opened(), [Action::Everyday(Habit::Source), Action::Build]);
    let mut first = compared(&state, NAIVE, Comparison::default());
    let before: Vec<Round> = first.by_ref().collect();
    let edited = run(&state, [dockerfile(&format!("{ORDERED}RUN true\n")), Action::Everyday(Habit::Source)]);
    let after: Vec<Round> = compared(&edited, NAIVE, first).collect();
    assert_eq!(steps(&after), [(5, 6, false), (3, 3, false), (3, 3, true)]);
    assert!(Rc::ptr_eq(&before[0].a.report, &after[0].a.report) && Rc::ptr_eq(&before[1].a.report, &after[1].a.report));
    let anew: Vec<Round> = compared(&edited, NAIVE, Comparison::default()).collect();
    assert_eq!(after, anew, "and it comes to the same");
}

#[test]
fn a_pin_is_undone_and_changes_no_build() {
    let state = run(&opened(), [pin(NAIVE)]);
    assert_eq!(state.project.pinned.as_deref(), Some(NAIVE));
    assert!(state.up_to_date && state.can_undo());
    let undone = run(&state, [Action::Undo]);
    assert_eq!((undone.project.pinned.as_deref(), undone.up_to_date), (None, true));
    assert_eq!(run(&undone, [Action::Redo]).project, state.project);
    assert_eq!(run(&state, [pin(NAIVE)]).events.len(), 1, "it is pinned already");
    assert_eq!(run(&state, [Action::Pin(None), Action::Undo]).project, state.project);
}

#[test]
fn a_swap_loses_nothing_and_is_undone_in_one_step() {
    let state = run(&opened(), [pin(NAIVE), Action::Swap]);
    assert_eq!((state.project.dockerfile_text().as_str(), state.project.pinned.as_deref()), (NAIVE, Some(ORDERED)));
    assert!(!state.up_to_date);
    let undone = run(&state, [Action::Undo]);
    assert_eq!((undone.project.dockerfile_text().as_str(), undone.project.pinned.as_deref()), (ORDERED, Some(NAIVE)));
    assert_eq!(run(&opened(), [Action::Swap]).project, opened().project, "there is nothing to swap with");
}

#[test]
fn what_is_pinned_is_saved_and_in_links() {
    let state = run(&opened(), [pin("old\n"), Action::Build, pin(NAIVE), Action::Swap]);
    let again = start(Context::default(), Catalog::clone(&state.catalog), Some(&save(&state))).0;
    assert_eq!((&again.project, &again.events), (&state.project, &state.events));
    let linked = read_link(&link(&state, "compare").unwrap()).unwrap();
    assert_eq!(linked.saved.events, *state.events);
    assert!(save(&state).contains("\"version\":3,"));
    // a link that is too long holds what there is, and no events
    let long: String =
        (0..40_000_u32).map(|number| char::from(b'a' + (number.wrapping_mul(number) >> 7) as u8 % 26)).collect();
    let file = Action::NewFile { path: "long".to_owned(), content: Content::text(&long) };
    let long = run(&state, [file, Action::Build]);
    let linked = read_link(&link(&long, "compare").unwrap()).unwrap().saved;
    assert_eq!((linked.start.pinned.as_deref(), linked.events.len()), (Some(ORDERED), 0));
}

#[test]
fn the_golden_file_of_version_3_opens_and_says_the_same_when_it_is_written_again() {
    let saved = load(GOLDEN).unwrap();
    assert_eq!(saved.start.pinned.as_deref(), Some("FROM scratch\nCOPY . /\n"));
    let (state, _) = start(Context::default(), Catalog::default(), Some(GOLDEN));
    assert_eq!(load(&save(&state)).unwrap(), saved);
    assert_eq!(state.project.pinned.as_deref(), Some("FROM scratch\nCOPY a /b\n"));
    assert_eq!(state.project.dockerfile_text(), "FROM scratch\nCOPY . /\n");
}

#[test]
fn an_example_is_opened_and_played() {
    let folder = format!(
        r#"{{"files": {{"naive.Dockerfile": {NAIVE:?}, "ordered.Dockerfile": {ORDERED:?}, "context/src/a.js": "a()\n",
            "events/1-source/src/a.js": "b()\n", "events/2-source/src/a.js": "c()\n", "README.md": "left out"}}}}"#
    );
    let example = read_example(&folder).unwrap();
    assert_eq!(example.scene("naive", "tiny"), None);
    let scene = example.scene("naive", "ordered").unwrap();
    let before = run(&opened(), [Action::Everyday(Habit::Source)]);
    let state = run(&before, [Action::OpenExample(Box::new(scene))]);
    assert_eq!(state.project.pinned.as_deref(), Some(NAIVE));
    assert!(state.up_to_date);
    assert!(matches!(state.events[1], Event::Project(_)));
    assert_eq!(steps(&rounds(&state)), [(5, 5, false), (3, 2, false), (3, 2, false)]);
    let undone = run(&state, [Action::Undo, Action::Undo, Action::Undo]);
    assert_eq!(undone.project, before.project);
    assert!(read_example("{").is_err());
    assert!(read_example(r#"{"files": {"context/../a": ""}}"#).is_err());
}
