//! Editing, undo and redo, files and messages.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use report::Catalog;
use session::{Action, Announcement, Content, Context, ContextEntry, ContextKind, Edit, Effect, Event, Notice};
use session::{State, changed_files, start, update};

fn opened() -> State {
    let mut context = Context::default();
    for (path, text) in [("Dockerfile", "FROM scratch\n"), ("src/a.js", "1\n"), ("src/b.js", "2\n")] {
        let entry = ContextEntry { kind: ContextKind::File(Content::text(text)), mode: 0o644, mtime: 1 };
        context.insert(path, entry).unwrap();
    }
    start(context, Catalog::default(), None).0
}

fn typed(path: &str, text: &str) -> Action {
    let kind = ContextKind::File(Content::text(text));
    Action::Edit(Edit::Write { path: path.to_owned(), kind, mode: None })
}

fn at(state: &State, now: i64, action: Action) -> State {
    update(state, action, now).0
}

fn a(state: &State) -> String {
    state.project.context.text("src/a.js").unwrap_or_default()
}

#[test]
fn typing_on_is_one_edit_and_a_pause_begins_another() {
    let mut state = opened();
    for (now, text) in [(0, "x"), (1, "xy"), (9, "xyz"), (60, "xyz!")] {
        state = at(&state, now, typed("src/a.js", text));
    }
    assert_eq!(state.events.len(), 2);
    state = at(&state, 61, Action::Undo);
    assert_eq!(a(&state), "xyz");
    state = at(&state, 62, Action::Undo);
    assert_eq!((a(&state).as_str(), state.can_undo()), ("1\n", false));
    state = at(&at(&state, 63, Action::Redo), 64, Action::Redo);
    assert_eq!((a(&state).as_str(), state.can_redo()), ("xyz!", false));
}

#[test]
fn another_file_or_a_build_ends_an_edit() {
    let mut state = opened();
    for action in [
        typed("src/a.js", "x"),
        typed("src/b.js", "y"),
        typed("src/a.js", "xx"),
        Action::Build,
        typed("src/a.js", "xxx"),
    ] {
        state = at(&state, 1, action);
    }
    assert_eq!(state.events.len(), 5);
    assert_eq!(a(&at(&state, 2, Action::Undo)), "xx");
}

#[test]
fn an_edit_after_an_undo_takes_the_undone_away() {
    let mut state = opened();
    for action in [typed("src/a.js", "x"), Action::Undo, typed("src/b.js", "y"), Action::Redo] {
        state = at(&state, 1, action);
    }
    assert_eq!((a(&state).as_str(), state.can_redo()), ("1\n", false));
}

#[test]
fn undo_passes_over_builds_and_leaves_them() {
    let mut state = opened();
    for action in [typed("src/a.js", "x"), Action::Build, Action::Undo] {
        state = at(&state, 1, action);
    }
    assert_eq!((a(&state).as_str(), state.built.as_ref().unwrap().number), ("1\n", 2));
    assert!(!state.up_to_date);
}

#[test]
fn undo_shows_the_file_that_it_changed() {
    let mut state = opened();
    for action in [typed("src/a.js", "x"), Action::Open("src/b.js".to_owned()), Action::Undo] {
        state = at(&state, 1, action);
    }
    assert_eq!(state.open, "src/a.js");
}

#[test]
fn options_are_edits_too() {
    let arg = |value: Option<Option<&str>>| Action::SetBuildArg {
        name: "V".to_owned(),
        value: value.map(|value| value.map(str::to_owned)),
    };
    let mut state = opened();
    for action in [arg(Some(Some("1"))), arg(Some(None)), arg(Some(None)), Action::SetNoCache(true), Action::Undo] {
        state = at(&state, 1, action);
    }
    assert_eq!(state.project.options.build_args, [("V".to_owned(), None)]);
    assert!(!state.project.options.no_cache);
    state = at(&state, 2, arg(None));
    assert_eq!(state.project.options.build_args, []);
}

#[test]
fn what_changes_nothing_is_no_edit() {
    let state = opened();
    let chmod = Action::Edit(Edit::Chmod { path: "src/a.js".to_owned(), mode: 0o644 });
    for action in [typed("src/a.js", "1\n"), chmod, Action::SetTarget(None), Action::Undo, Action::Redo] {
        let (next, effects) = update(&state, action, 1);
        assert_eq!((next, effects), (state.clone(), vec![]));
    }
}

#[test]
fn a_new_file_is_opened_and_a_name_in_use_is_refused() {
    let new = |path: &str| Action::NewFile { path: path.to_owned(), content: Content::text("n") };
    let (state, effects) = update(&opened(), new("lib/c.js"), 1);
    assert_eq!(state.open, "lib/c.js");
    assert!(effects.contains(&Effect::Announce(Announcement::FileAdded("lib/c.js".to_owned()))));
    for path in ["src/a.js", "src"] {
        let refused = at(&state, 2, new(path));
        assert_eq!(refused.notice, Some(Notice::NameTaken { path: path.to_owned() }));
        assert_eq!(refused.project, state.project);
    }
    for path in ["", "/abs", "a//b", "../x", "src/a.js/x"] {
        let refused = at(&state, 2, new(path));
        assert!(matches!(refused.notice, Some(Notice::EditRefused { .. })), "{path}");
        assert_eq!(refused.events, state.events);
    }
}

#[test]
fn the_open_file_follows_a_rename_and_a_removed_one_gives_way_to_the_dockerfile() {
    let mut state = at(&opened(), 1, Action::Open("src/a.js".to_owned()));
    state = at(&state, 2, Action::Edit(Edit::Rename { from: "src".to_owned(), to: "lib".to_owned() }));
    assert_eq!(state.open, "lib/a.js");
    state = at(&state, 3, Action::Edit(Edit::Remove { path: "lib".to_owned() }));
    assert_eq!(state.open, "Dockerfile");
    assert_eq!(at(&state, 4, Action::Open("nowhere".to_owned())).open, "Dockerfile");
    let taken = at(&opened(), 5, Action::Edit(Edit::Rename { from: "src/a.js".to_owned(), to: "src/b.js".to_owned() }));
    assert_eq!(taken.notice, Some(Notice::NameTaken { path: "src/b.js".to_owned() }));
}

#[test]
fn the_sample_can_be_had_again_and_left_again() {
    let first = opened();
    let mut state = at(&first, 1, typed("src/a.js", "x"));
    state = at(&state, 2, Action::ResetProject);
    assert_eq!(state.project, first.project);
    assert_eq!((state.built.as_ref().unwrap().number, state.up_to_date), (1, true));
    assert_eq!(a(&at(&state, 3, Action::Undo)), "x");
}

#[test]
fn a_page_setting_is_no_edit() {
    let state = at(&opened(), 1, Action::SetTheme(session::Theme::Dark));
    assert_eq!(state.events.len(), 0);
    assert!(state.up_to_date);
}

#[test]
fn events_tell_what_happened() {
    let state = at(&at(&opened(), 7, typed("src/a.js", "x")), 8, Action::Build);
    assert!(matches!(state.events.as_slice(), [Event::Edit { at: 7, .. }, Event::Build]));
}

#[test]
fn changed_files_are_named_and_directories_only_on_their_own() {
    let before = opened().project.context;
    let edit = |edits: &[Edit]| {
        let mut after = before.clone();
        for edit in edits {
            after.apply(edit, 9).unwrap();
        }
        changed_files(&before, &after)
    };
    let path = |path: &str| path.to_owned();
    assert_eq!(edit(&[]), [] as [&str; 0]);
    assert_eq!(edit(&[Edit::Touch { path: path("src/a.js") }]), ["src/a.js"]);
    assert_eq!(edit(&[Edit::Remove { path: path("src") }]), ["src/a.js", "src/b.js"]);
    assert_eq!(edit(&[Edit::Write { path: path("d/e"), kind: ContextKind::Dir, mode: None }]), ["d/e"]);
    assert_eq!(edit(&[Edit::Chmod { path: path("src"), mode: 0o700 }]), ["src"]);
}
