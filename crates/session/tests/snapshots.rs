//! Snapshots: an experiment never spoils what was kept before it, and coming back loses nothing.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use session::{Action, Catalog, Content, Context, ContextEntry, ContextKind, Edit, Effect, LessonAction, LessonEffect};
use session::{Source, State, Theme, save, snapshot, snapshot_view, start, update};

const PACK: &str = include_str!("data/lesson.json");

fn opened() -> State {
    let mut context = Context::default();
    let kind = ContextKind::File(Content::text("FROM scratch\nCOPY a /\n"));
    context.insert("Dockerfile", ContextEntry { kind, mode: 0o644, mtime: 1 }).unwrap();
    start(context, Catalog::default(), None).0
}

fn typed(text: &str) -> Action {
    Action::Edit(Edit::Write {
        path: "Dockerfile".to_owned(),
        kind: ContextKind::File(Content::text(text)),
        mode: None,
    })
}

fn run(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    actions.into_iter().fold(state.clone(), |state, action| update(&state, action, 1_000).0)
}

#[test]
fn a_snapshot_is_come_back_to_with_its_builds_and_the_settings_stay() {
    let kept = run(&opened(), [typed("FROM scratch\nLABEL a=1\n"), Action::Build]);
    let text = snapshot(&kept, "graph");
    let other = run(&kept, [typed("FROM scratch\nLABEL b=1\n"), Action::Build, Action::SetTheme(Theme::Dark)]);
    let back = run(&other, [Action::Return(text.clone())]);
    assert_eq!(
        (back.project.clone(), back.events.len(), back.settings.theme),
        (kept.project.clone(), kept.events.len(), Theme::Dark)
    );
    assert_eq!(back.shown, kept.shown);
    assert_eq!(snapshot_view(&text), "graph");
}

#[test]
fn undo_right_after_a_return_leads_to_what_was_left_and_after_an_edit_it_takes_that_back() {
    let kept = run(&opened(), [typed("FROM scratch\nLABEL a=1\n"), Action::Build]);
    let text = snapshot(&kept, "");
    let other = run(&kept, [typed("FROM scratch\nLABEL b=1\n"), Action::Build]);
    let back = run(&other, [Action::Return(text)]);
    assert!(back.can_undo());
    let again = run(&back, [Action::Undo]);
    assert_eq!((save(&again), &again.shown), (save(&other), &other.shown));
    let edited = run(&back, [typed("FROM scratch\nLABEL c=1\n"), Action::Undo]);
    assert_eq!(edited.project, kept.project);
}

#[test]
fn a_text_that_is_no_snapshot_changes_nothing_but_is_said() {
    let state = opened();
    let (after, _) = update(&state, Action::Return("{}".to_owned()), 0);
    assert!(after.notice.is_some());
    assert_eq!((save(&after), after.can_undo()), (save(&state), false));
}

#[test]
fn a_lesson_that_is_open_is_not_fetched_again() {
    let source = Source::Site("layers".to_owned());
    let open = [LessonAction::Open(source.clone(), None), LessonAction::Loaded(source, Ok(PACK.to_owned()))];
    let first = run(&opened(), open.map(Action::Lesson));
    let text = snapshot(&first, "");
    let second = run(&first, [Action::Lesson(LessonAction::Go(1))]);
    let (back, effects) = update(&second, Action::Return(text), 2_000);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Lesson(LessonEffect::Fetch(_)))), "{effects:?}");
    let step = |state: &State| state.study.as_ref().and_then(|study| Some(study.current()?.id.clone()));
    assert_eq!((step(&back), back.project.clone()), (step(&first), first.project.clone()));
}

#[test]
fn what_is_to_be_looked_at_is_neither_changed_nor_kept_until_it_is_ones_own() {
    let shown = run(&opened(), [typed("FROM scratch\nLABEL a=1\n"), Action::Build]);
    let link = session::link(&shown, "graph/both/1").unwrap();
    let look = |state: &State, action: Action| update(state, action, 3_000);
    let (followed, effects) = look(&run(&opened(), [Action::Look(true)]), Action::OpenLink(link));
    assert_eq!(followed.project.context, shown.project.context);
    assert!(!effects.contains(&Effect::Persist));
    for action in [typed("FROM scratch\n"), Action::Build, Action::Undo, Action::ResetProject, Action::PruneCache] {
        let (after, effects) = look(&followed, action.clone());
        assert_eq!((&after.project, after.events.len()), (&followed.project, followed.events.len()), "{action:?}");
        assert!(after.notice.is_some() && !effects.contains(&Effect::Persist));
    }
    let (own, effects) = look(&followed, Action::Look(false));
    assert!(effects.contains(&Effect::Persist));
    assert_ne!(run(&own, [typed("FROM scratch\n")]).project, followed.project);
}
