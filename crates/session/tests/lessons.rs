//! Lessons in a session: goals that tick, hints, predictions, what is done, and the sandbox that waits.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use catalog::parse_image;
use report::StepState;
use session::{
    Action, Announcement, Catalog, Content, Context, ContextEntry, ContextKind, Edit, Effect, Event, LessonAction,
    LessonEffect, Mark, Notice, Progress, Source, State, lesson_link, link, load, save, solution, start, target,
    timeline, update,
};

const BUSYBOX: &str = include_str!("../../../tests/conformance/bases/conformance-busybox-1.json");
const GOLDEN: &str = include_str!("../../../tests/golden/session-v4.json");
const PROGRESS: &str = include_str!("../../../tests/golden/progress-v1.json");
const PACK: &str = include_str!("data/lesson.json");

const MOVED: &str = "FROM conformance/busybox:1\nWORKDIR /app\nRUN echo slow > /slow\nCOPY . .\n";

fn opened() -> State {
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(BUSYBOX).unwrap());
    let mut context = Context::default();
    for (path, text) in [("Dockerfile", "FROM conformance/busybox:1\nCOPY . /mine\n"), ("mine.txt", "mine\n")] {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 1 }).unwrap();
    }
    start(context, catalog, None).0
}

/// The state after some actions, one a second, and the effects of all.
fn played(state: &State, actions: impl IntoIterator<Item = Action>) -> (State, Vec<Effect>) {
    let mut all = Vec::new();
    let mut state = state.clone();
    for (second, action) in actions.into_iter().enumerate() {
        let (next, effects) = update(&state, action, 1_000 + second as i64);
        state = next;
        all.extend(effects);
    }
    (state, all)
}

fn lesson(actions: impl IntoIterator<Item = LessonAction>) -> Vec<Action> {
    actions.into_iter().map(Action::Lesson).collect()
}

fn site() -> Source {
    Source::Site("order".to_owned())
}

fn in_lesson(step: Option<&str>) -> State {
    let open = LessonAction::Open(site(), step.map(str::to_owned));
    played(&opened(), lesson([open, LessonAction::Loaded(site(), Ok(PACK.to_owned()))])).0
}

fn typed(text: &str) -> Action {
    let kind = ContextKind::File(Content::text(text));
    Action::Edit(Edit::Write { path: "Dockerfile".to_owned(), kind, mode: None })
}

fn met(state: &State) -> Vec<Option<bool>> {
    state.study.as_ref().unwrap().checks.iter().map(|check| check.as_ref().map(|check| check.met)).collect()
}

fn states(state: &State) -> Vec<StepState> {
    state.shown.steps.iter().map(|step| step.state).collect()
}

fn ticks(state: &State) -> usize {
    met(state).into_iter().filter(|met| *met == Some(true)).count()
}

#[test]
fn a_lesson_is_fetched_and_begins_with_what_it_plays() {
    let (state, effects) = played(&opened(), lesson([LessonAction::Open(site(), None)]));
    assert!(effects.contains(&Effect::Lesson(LessonEffect::Fetch(site()))));
    assert!(state.study.is_none());
    let state = in_lesson(None);
    assert_eq!(*state.events, [Event::Build], "the project was not built before");
    assert_eq!(timeline(&state).first().unwrap().run, None);
    assert!(state.shown.steps.iter().all(|step| step.state == StepState::Ran), "the first build has no cache");
    assert_eq!(state.project.context.text("app.js").as_deref(), Some("1\n"));
}

#[test]
fn a_step_can_be_asked_for_by_its_number() {
    let at = |step: &str| in_lesson(Some(step)).study.unwrap().step;
    let second = in_lesson(None).study.unwrap().lesson.unwrap().steps[1].id.clone();
    assert_eq!((at("1"), at("2"), at(&second)), (0, 1, 1));
    assert_eq!((at("0"), at("99"), at("-1"), at("")), (0, 0, 0, 0), "what there is not is the first");
}

#[test]
fn a_link_can_have_the_lesson_with_it() {
    let state = played(&in_lesson(Some("2")), [typed(MOVED)]).0;
    let (there, effects) = played(&opened(), [Action::OpenLink(lesson_link(&state, "graph").unwrap())]);
    assert!(effects.contains(&Effect::Lesson(LessonEffect::Fetch(site()))), "the lesson is fetched");
    let (there, _) = played(&there, lesson([LessonAction::Loaded(site(), Ok(PACK.to_owned()))]));
    let study = there.study.as_ref().unwrap();
    assert_eq!((study.id.as_str(), study.step), ("order", 1));
    assert_eq!(there.project, state.project);
    let alone = played(&opened(), [Action::OpenLink(link(&state, "").unwrap())]).0;
    assert_eq!((alone.study.is_none(), &alone.project), (true, &state.project));
}

#[test]
fn a_prediction_happens_is_built_and_judged() {
    let state = in_lesson(None);
    let (state, _) =
        played(&state, lesson([LessonAction::Predict(0, true), LessonAction::Predict(1, true), LessonAction::Reveal]));
    let study = state.study.as_ref().unwrap();
    let revealed = study.attempt().revealed.unwrap();
    assert_eq!(revealed.hits, [Some(true), Some(false), None]);
    assert_eq!(state.project.context.text("app.js").as_deref(), Some("1\n2\n"));
    assert!(matches!(state.events.as_slice(), [Event::Build, Event::Change { .. }, Event::Build]));
    assert!(!study.is_done(), "the question is still open");
    let (state, _) = played(&state, lesson([LessonAction::Answer("no".to_owned())]));
    assert!(!state.study.as_ref().unwrap().is_done());
    let (state, effects) = played(&state, lesson([LessonAction::Answer("yes".to_owned())]));
    assert!(state.study.as_ref().unwrap().is_done());
    assert_eq!(state.progress.of("order", "look"), Some(Mark::Solved));
    assert!(effects.contains(&Effect::Announce(Announcement::StepDone)));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Lesson(LessonEffect::KeepProgress(_)))));
}

#[test]
fn goals_tick_once_typing_rests_and_not_before() {
    let state = in_lesson(Some("move"));
    let (state, _) = played(&state, lesson([LessonAction::Check]));
    assert_eq!(met(&state), [Some(false), Some(true)], "the start fails the first goal");
    let (state, effects) = played(&state, [typed(MOVED)]);
    assert!(state.study.as_ref().unwrap().waits);
    assert_eq!(ticks(&state), 1);
    assert!(effects.contains(&Effect::Lesson(LessonEffect::CheckSoon)));
    let (state, effects) = played(&state, lesson([LessonAction::Check]));
    assert_eq!(ticks(&state), 2);
    assert!(effects.contains(&Effect::Announce(Announcement::GoalsMet(vec![0]))));
    assert!(effects.contains(&Effect::Announce(Announcement::LessonDone)));
    assert_eq!(state.progress.of("order", "move"), Some(Mark::Solved));
    let (state, _) = played(&state, [Action::Undo, Action::Lesson(LessonAction::Check)]);
    assert_eq!(ticks(&state), 1, "it unticks");
    assert_eq!(state.progress.of("order", "move"), Some(Mark::Solved), "what is done stays done");
}

#[test]
fn hints_fit_and_come_one_after_another() {
    let state = in_lesson(Some("move"));
    let hints = |state: &State| state.study.as_ref().unwrap().attempt().hints;
    let (one, _) = played(&state, lesson([LessonAction::Hint]));
    assert_eq!(hints(&one), ["where"]);
    let (two, _) = played(&one, lesson([LessonAction::Hint, LessonAction::Hint]));
    assert_eq!(hints(&two), ["where"], "the other one fits only who copies twice");
    let twice = "FROM conformance/busybox:1\nWORKDIR /app\nCOPY . .\nCOPY . .\nRUN echo slow > /slow\n";
    let (two, _) = played(&one, [typed(twice), Action::Lesson(LessonAction::Hint)]);
    assert_eq!(hints(&two), ["where", "twice"]);
}

#[test]
fn who_is_stuck_is_offered_a_hint_and_not_shown_it() {
    let state = in_lesson(Some("move"));
    let (state, effects) = played(&state, vec![Action::Build; 3]);
    let study = state.study.as_ref().unwrap();
    assert!(study.stuck);
    assert_eq!(study.attempt().hints, Vec::<String>::new());
    assert!(effects.contains(&Effect::Announce(Announcement::HintOffered)));
}

#[test]
fn a_solution_that_is_shown_never_counts_as_solved() {
    let state = in_lesson(Some("move"));
    let diff = solution(&state);
    assert_eq!(diff.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["Dockerfile"]);
    assert!(target(&state).is_some());
    let (state, _) = played(&state, lesson([LessonAction::ShowSolution, LessonAction::ApplySolution]));
    assert!(state.study.as_ref().unwrap().is_done());
    assert_eq!(state.progress.of("order", "move"), Some(Mark::Shown));
    let (state, _) = played(&state, lesson([LessonAction::Reset]));
    assert!(!state.study.as_ref().unwrap().attempt().seen);
    let (state, _) = played(&state, [typed(MOVED), Action::Lesson(LessonAction::Check)]);
    assert_eq!(state.progress.of("order", "move"), Some(Mark::Solved), "begun again, it can be solved");
}

#[test]
fn a_step_that_is_begun_again_is_what_it_was() {
    let state = in_lesson(Some("move"));
    let (changed, _) = played(&state, [typed(MOVED), Action::Build, Action::Lesson(LessonAction::Reset)]);
    assert_eq!((&changed.project, &changed.events, states(&changed)), (&state.project, &state.events, states(&state)));
}

#[test]
fn the_next_step_goes_on_with_the_learners_files_and_looking_back_changes_none() {
    let mut actions = vec![typed("FROM conformance/busybox:1\nWORKDIR /app\nCOPY . .\nRUN echo slow > /slow # mine\n")];
    actions.extend(lesson([
        LessonAction::Predict(0, true),
        LessonAction::Reveal,
        LessonAction::Answer("yes".to_owned()),
        LessonAction::Go(1),
    ]));
    let (state, _) = played(&in_lesson(None), actions);
    assert_eq!(state.study.as_ref().unwrap().step, 1);
    assert!(state.project.context.text("Dockerfile").unwrap().contains("# mine"));
    let (back, _) = played(&state, lesson([LessonAction::Go(0)]));
    assert_eq!(back.project, state.project);
    assert!(back.study.as_ref().unwrap().is_done());
}

#[test]
fn the_sandbox_comes_back_untouched_and_so_does_the_lesson() {
    let (sandbox, _) = played(&opened(), [typed("FROM conformance/busybox:1\nCOPY . /other\n"), Action::Build]);
    let open = lesson([
        LessonAction::Open(site(), Some("move".to_owned())),
        LessonAction::Loaded(site(), Ok(PACK.to_owned())),
    ]);
    let (in_lesson, _) = played(&sandbox, open.into_iter().chain([typed(MOVED)]));
    let (closed, _) = played(&in_lesson, lesson([LessonAction::Close]));
    assert!(closed.study.is_none());
    assert_eq!(
        (&closed.project, &closed.events, states(&closed), closed.can_undo()),
        (&sandbox.project, &sandbox.events, states(&sandbox), true)
    );
    assert_eq!(closed.left_lesson(), Some("order"));
    let (again, effects) = played(&closed, lesson([LessonAction::Open(site(), None)]));
    assert!(effects.contains(&Effect::Lesson(LessonEffect::Fetch(site()))));
    assert_eq!(again.project, in_lesson.project);
    let (again, _) = played(&again, lesson([LessonAction::Loaded(site(), Ok(PACK.to_owned())), LessonAction::Check]));
    assert_eq!(again.study.as_ref().unwrap().step, 1);
    assert_eq!(ticks(&again), 2);
}

#[test]
fn a_lesson_is_there_again_after_a_reload() {
    let (state, _) = played(&in_lesson(None), lesson([LessonAction::Predict(0, false), LessonAction::Reveal]));
    let text = save(&state);
    let (reopened, effects) = start(Context::default(), Catalog::clone(&state.catalog), Some(&text));
    assert!(effects.contains(&Effect::Lesson(LessonEffect::Fetch(site()))));
    let (reopened, _) = played(&reopened, lesson([LessonAction::Loaded(site(), Ok(PACK.to_owned()))]));
    assert_eq!(reopened.project, state.project);
    let (now, then) = (reopened.study.as_ref().unwrap().attempt(), state.study.as_ref().unwrap().attempt());
    assert_eq!(now.predicted, then.predicted);
    assert_eq!(now.revealed.unwrap().report.unwrap().totals, then.revealed.unwrap().report.unwrap().totals);
    assert_eq!(save(&reopened), text, "it is written as it was");
    let (closed, _) = played(&reopened, lesson([LessonAction::Close]));
    assert_eq!(closed.project, opened().project);
}

#[test]
fn a_lesson_from_elsewhere_is_kept_whole_and_never_counts_as_the_pages_own() {
    let (state, _) =
        played(&opened(), lesson([LessonAction::Loaded(Source::File, Ok(PACK.to_owned())), LessonAction::Go(1)]));
    let (state, _) = played(&state, [typed(MOVED), Action::Lesson(LessonAction::Check)]);
    assert_eq!(state.progress.of("order", "move"), None);
    assert_eq!(state.progress.of("own:order", "move"), Some(Mark::Solved));
    let (reopened, effects) = start(Context::default(), Catalog::clone(&state.catalog), Some(&save(&state)));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Lesson(LessonEffect::Fetch(_)))));
    assert!(reopened.study.unwrap().current().is_some());
}

#[test]
fn a_lesson_that_is_refused_leaves_all_as_it_is() {
    let bad = PACK.replace("\"step-cached\"", "\"step-cashed\"");
    for text in ["", "{}", &bad] {
        let (state, _) = played(&opened(), lesson([LessonAction::Loaded(Source::File, Ok(text.to_owned()))]));
        assert!(matches!(state.notice, Some(Notice::NoLesson { .. })), "{text}");
        assert_eq!((state.study, state.project), (None, opened().project));
    }
}

#[test]
fn what_an_author_saves_takes_the_place_of_what_was_open() {
    let source = Source::Address("http://localhost:1/lesson.json".to_owned());
    let (state, _) = played(
        &opened(),
        lesson([
            LessonAction::Open(source.clone(), None),
            LessonAction::Loaded(source.clone(), Ok(PACK.to_owned())),
            LessonAction::Go(1),
            LessonAction::Loaded(source, Ok(PACK.replace("Move one line", "Move it"))),
        ]),
    );
    let study = state.study.unwrap();
    assert_eq!(study.step, 1);
    assert_eq!(study.lesson.unwrap().prose["en"].steps["move"].title, "Move it");
}

#[test]
fn the_golden_file_of_version_4_opens_and_says_the_same_when_it_is_written_again() {
    let (state, _) = start(Context::default(), Catalog::clone(&opened().catalog), Some(GOLDEN));
    assert_eq!(state.notice, None);
    assert_eq!(state.study.as_ref().unwrap().attempts[&1].builds, 2);
    assert_eq!(save(&state), GOLDEN.trim_end());
}

#[test]
fn a_damaged_lesson_in_a_saved_text_is_refused_with_its_place() {
    for (good, bad) in [("\"site\":\"order\"", "\"site\":1"), ("\"waits\":{", "\"waits\":{\"version\":99,")] {
        assert!(load(&GOLDEN.replacen(good, bad, 1)).is_err(), "{bad}");
    }
}

#[test]
fn progress_is_added_never_taken_away() {
    let (state, _) = played(&opened(), lesson([LessonAction::Progress(PROGRESS.to_owned())]));
    assert_eq!(state.progress.of("order", "look"), Some(Mark::Solved));
    assert_eq!(state.progress.of("order", "move"), Some(Mark::Shown));
    assert_eq!(state.progress.write(), PROGRESS.trim_end());
    let (state, effects) = played(&state, lesson([LessonAction::Progress(Progress::default().write())]));
    assert_eq!(state.progress.write(), PROGRESS.trim_end());
    assert!(effects.is_empty(), "nothing is new");
    for bad in ["", "{}", "{\"format\":\"layerlab-progress\",\"version\":2}"] {
        let (state, _) = played(&state, lesson([LessonAction::Progress(bad.to_owned())]));
        assert!(matches!(state.notice, Some(Notice::NoProgress { .. })), "{bad}");
    }
}

/// A lesson that is open while the facts of its base image are being fetched, and those facts.
fn waiting(step: &str) -> (State, Action) {
    let mut context = Context::default();
    let kind = ContextKind::File(Content::text("FROM scratch\nCOPY . /mine\n"));
    context.insert("Dockerfile", ContextEntry { kind, mode: 0o644, mtime: 1 }).unwrap();
    let state = start(context, Catalog::default(), None).0;
    let open = LessonAction::Open(site(), Some(step.to_owned()));
    let (state, _) = played(&state, lesson([open, LessonAction::Loaded(site(), Ok(PACK.to_owned()))]));
    assert!(state.is_waiting());
    (state, Action::ImageLoaded(Box::new(parse_image(BUSYBOX).unwrap())))
}

fn told(effects: &[Effect]) -> Vec<Announcement> {
    let said = effects.iter().filter_map(|effect| match effect {
        Effect::Announce(said @ (Announcement::GoalsMet(_) | Announcement::StepDone | Announcement::LessonDone)) => {
            Some(said.clone())
        }
        _ => None,
    });
    said.collect()
}

#[test]
fn a_goal_that_an_edit_meets_while_facts_are_fetched_is_told_once_they_are_there() {
    let (state, facts) = waiting("move");
    let (state, effects) = played(&state, [typed(MOVED), Action::Lesson(LessonAction::Check)]);
    assert_eq!((met(&state), told(&effects)), (vec![None, None], vec![]));
    let (state, effects) = played(&state, [facts, Action::Lesson(LessonAction::Check)]);
    assert_eq!(met(&state), [Some(true), Some(true)]);
    // the image was small from the start
    assert_eq!(told(&effects), [Announcement::GoalsMet(vec![0]), Announcement::LessonDone]);
}

#[test]
fn what_is_met_from_the_start_is_not_told_when_facts_come() {
    let (state, facts) = waiting("move");
    let (state, effects) = played(&state, [facts, Action::Lesson(LessonAction::Check)]);
    assert_eq!((met(&state), told(&effects)), (vec![Some(false), Some(true)], vec![]));
    let (state, _) = played(&state, [typed(MOVED), Action::Lesson(LessonAction::Check)]);
    // and not when the page is opened again, which has to fetch them again
    let done = state.progress.write();
    let (state, _) = start(Context::default(), Catalog::default(), Some(&save(&state)));
    let facts = Action::ImageLoaded(Box::new(parse_image(BUSYBOX).unwrap()));
    let (done, loaded) = (LessonAction::Progress(done), LessonAction::Loaded(site(), Ok(PACK.to_owned())));
    let again = [Action::Lesson(done), Action::Lesson(loaded), facts, Action::Lesson(LessonAction::Check)];
    let (state, effects) = played(&state, again);
    assert_eq!((met(&state), told(&effects)), (vec![Some(true), Some(true)], vec![]));
}

#[test]
fn a_goal_that_another_base_image_meets_is_told_once_its_facts_are_there() {
    let (state, facts) = waiting("move");
    let (state, _) = played(&state, [facts, Action::Lesson(LessonAction::Check)]);
    let other = MOVED.replace("busybox:1", "busybox:2");
    let (state, effects) = played(&state, [typed(&other), Action::Lesson(LessonAction::Check)]);
    assert!(state.is_waiting());
    assert_eq!((met(&state), told(&effects)), (vec![None, None], vec![]));
    let facts = Action::ImageLoaded(Box::new(parse_image(&BUSYBOX.replace("busybox:1", "busybox:2")).unwrap()));
    let (_, effects) = played(&state, [facts, Action::Lesson(LessonAction::Check)]);
    assert_eq!(told(&effects), [Announcement::GoalsMet(vec![0]), Announcement::LessonDone]);
}
