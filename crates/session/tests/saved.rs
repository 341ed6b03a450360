//! The save format: what was written once opens forever, and no text breaks it.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use report::{Catalog, Figure, Preset};
use session::{Action, Content, ContextEntry, ContextKind, Edit, Effect, Kept, Language, LoadError, Notice, Theme};
use session::{Context, State, Written, load, save, start, update, written};

const GOLDEN: &str = include_str!("../../../tests/golden/session-v1.json");
const GOLDEN_CI: &str = include_str!("../../../tests/golden/session-v1-profile-ci.json");
const GOLDEN_5: &str = include_str!("../../../tests/golden/session-v5.json");
const GOLDEN_OWN: &str = include_str!("../../../tests/golden/session-v1-profile-own.json");

fn sample() -> Context {
    let mut context = Context::default();
    let file = |text: &str| ContextEntry { kind: ContextKind::File(Content::text(text)), mode: 0o644, mtime: 1 };
    context.insert("Dockerfile", file("FROM scratch\nCOPY src /src\n")).unwrap();
    context.insert("src/a.js", file("1\n")).unwrap();
    context
}

fn write(path: &str, content: Content) -> Action {
    Action::Edit(Edit::Write { path: path.to_owned(), kind: ContextKind::File(content), mode: None })
}

fn run(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    let steps = actions.into_iter().enumerate();
    steps.fold(state.clone(), |state, (at, action)| update(&state, action, 100 * at as i64).0)
}

fn reopened(state: &State) -> State {
    start(Context::default(), Catalog::default(), Some(&save(state))).0
}

/// What the page does once it has the time: the text that it keeps, and the state that heard what came of it.
fn kept(state: &State) -> (State, Option<String>) {
    let Written { text, answer } = written(state);
    let heard = answer.map(|answer| update(state, answer, 0).0);
    (heard.unwrap_or_else(|| state.clone()), text)
}

#[test]
fn the_golden_file_of_version_1_opens() {
    let saved = load(GOLDEN).unwrap();
    assert_eq!((saved.settings.language, saved.settings.theme), (Some(Language::Ja), Theme::Dark));
    assert_eq!((saved.open.as_str(), saved.events.len()), ("src/a.js", 14));
    assert_eq!(saved.start.options.build_args, [("V".to_owned(), Some("1".to_owned())), ("W".to_owned(), None)]);
    let context = &saved.start.context;
    assert_eq!(context.text("src/a.js").unwrap(), "console.log('あ')\n");
    assert_eq!((context.get("run.sh").unwrap().mode, context.get("logs").unwrap().mode), (0o755, 0o700));
    assert_eq!(context.get("Dockerfile").unwrap().mtime, 1_760_000_000);
    let content = |path: &str| match &context.get(path).unwrap().kind {
        ContextKind::File(content) => content.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(content("big"), Content::repeat(b'x', 5_000_000));
    assert_eq!(content("binary").bytes(9).unwrap(), [0, 255, 254]);
    assert_eq!(content("unknown"), Content::opaque("sha-of-it", 123_456));
    assert_eq!(content("mixed").size(), 5 + 100_000 + 1);
    assert_eq!(content("mixed").slice(5, 100_005), Content::opaque("node-bin", 104_096).slice(4096, 104_096));
}

#[test]
fn the_golden_file_says_the_same_when_it_is_written_again() {
    let (state, _) = start(Context::default(), Catalog::default(), Some(GOLDEN));
    assert_eq!(state.notice, None);
    assert_eq!(load(&save(&state)), load(GOLDEN));
    let again = reopened(&state);
    assert_eq!((again.project, again.shown, again.events), (state.project, state.shown, state.events));
}

/// A figure of a profile that a later version has by another value, or a preset with other figures, is no damage.
#[test]
fn the_golden_files_with_a_profile_open() {
    let ci = load(GOLDEN_CI).unwrap();
    assert_eq!((Preset::of(&ci.profile), ci.profile.cores), (Some(Preset::Ci), 4));
    let own = load(GOLDEN_OWN).unwrap();
    assert_eq!(Preset::of(&own.profile), None);
    assert_eq!((own.profile.network_bytes_per_second, own.profile.cores), (3_000_000, 6));
    assert_eq!(own.profile.packages_percent, 250);
    for text in [GOLDEN_CI, GOLDEN_OWN] {
        let (state, _) = start(Context::default(), Catalog::default(), Some(text));
        assert_eq!((state.notice.clone(), load(&save(&state))), (None, load(text)));
    }
}

#[test]
fn the_profile_is_kept_and_everything_is_worked_out_on_it_again() {
    let (first, _) = start(sample(), Catalog::default(), None);
    let state = run(&first, [write("src/a.js", Content::text("2\n")), Action::Build, Action::Undo]);
    let slow = Figure::named("disk").unwrap().set(&Figure::named("file").unwrap().set(&state.profile, 1_000_000), 1);
    let (next, effects) = update(&state, Action::SetProfile(slow.clone()), 9);
    assert!(next.shown.time.saved_ms > 1000 && state.shown.time.saved_ms < 1000, "a cached step saves what it takes");
    assert!(next.built.as_ref().unwrap().report.totals.ms > 1000, "the last build too");
    assert_eq!((next.can_undo(), next.can_redo(), next.up_to_date), (state.can_undo(), true, state.up_to_date));
    assert!(effects.contains(&Effect::Persist));
    assert_eq!(reopened(&next).profile, slow);
    let (same, effects) = update(&next, Action::SetProfile(slow), 10);
    assert_eq!((same.shown, effects), (next.shown, Vec::new()));
}

#[test]
fn after_a_reload_the_state_is_as_it_was_undo_included() {
    let (first, _) = start(sample(), Catalog::default(), None);
    let state = run(
        &first,
        [
            write("src/a.js", Content::text("2\n")),
            Action::Build,
            write("bin", Content::from_bytes(&[0, 200, 10])),
            Action::SetTarget(Some("x".to_owned())),
            Action::Undo,
            Action::SetTheme(Theme::Light),
            Action::SetLanguage(Some(Language::En)),
            Action::Open("src/a.js".to_owned()),
        ],
    );
    let again = reopened(&state);
    assert_eq!(again.project, state.project);
    assert_eq!((again.settings, &again.open, &again.events), (state.settings, &state.open, &state.events));
    assert_eq!((again.can_undo(), again.can_redo()), (true, true));
    let (redone, _) = update(&again, Action::Redo, 0);
    assert_eq!(redone.project.options.target.as_deref(), Some("x"));
    let undone = run(&again, [Action::Undo, Action::Undo]);
    assert_eq!(undone.project.context, sample());
}

#[test]
fn every_change_is_given_to_the_page_to_keep() {
    let (state, _) = start(sample(), Catalog::default(), None);
    let (next, effects) = update(&state, write("src/a.js", Content::text("2\n")), 5);
    assert!(effects.contains(&Effect::Persist));
    let (_, text) = kept(&next);
    assert_eq!(start(Context::default(), Catalog::default(), text.as_deref()).0.project, next.project);
    let (_, effects) = update(&next, Action::DismissNotice, 6);
    assert_eq!(effects, []);
}

#[test]
fn damaged_texts_are_refused_with_the_place() {
    let document =
        |start: &str, events: &str| format!(r#"{{"format":"layerlab","version":1,"start":{start},"events":{events}}}"#);
    let start_of = |file: &str| document(&format!(r#"{{"files":{{"a":{file}}}}}"#), "[]");
    let place = |text: &str| match load(text) {
        Err(LoadError::Damaged { place, .. }) => place,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(place(&start_of("{}")), r#"start.files["a"]"#);
    assert_eq!(place(&start_of(r#"{"text":"","link":"b"}"#)), r#"start.files["a"]"#);
    assert_eq!(place(&start_of(r#"{"base64":"?"}"#)), r#"start.files["a"]"#);
    assert_eq!(place(&start_of(r#"{"text":"","mode":"999"}"#)), r#"start.files["a"]"#);
    assert_eq!(place(&start_of(r#"{"size":18446744073709551615,"fill":"x"}"#)), r#"start.files["a"]"#);
    assert_eq!(place(&start_of(r#"{"size":3,"opaque":"i","from":18446744073709551615}"#)), r#"start.files["a"]"#);
    assert_eq!(place(&start_of(r#"{"size":3,"fill":"あ"}"#)), r#"start.files["a"]"#);
    assert_eq!(
        place(r#"{"format":"layerlab","version":1,"start":{"files":{"../a":{"text":""}}}}"#),
        r#"start.files["../a"]"#
    );
    let chmod = r#"[{"do":"build"},{"do":"chmod","path":"a","mode":"x","at":0}]"#;
    assert_eq!(place(&document(r#"{"files":{}}"#, chmod)), "events[1]");
    assert_eq!(place(r#"{"format":"layerlab","version":0}"#), "version");
    let profile =
        |profile: &str| format!(r#"{{"format":"layerlab","version":1,"start":{{"files":{{}}}},"profile":{profile}}}"#);
    assert_eq!(place(&profile(r#"{"preset":"server"}"#)), "profile.preset");
    assert_eq!(place(&profile(r#"{"figures":{"speed":1}}"#)), r#"profile.figures["speed"]"#);
    let builds = format!("[{}]", vec![r#"{"do":"build"}"#; 5000].join(","));
    assert_eq!(place(&document(r#"{"files":{}}"#, &builds)), "events");
}

#[test]
fn other_texts_are_refused_by_what_they_are() {
    for text in ["", "null", "[", "\0", "{\"format\":1}", &"[".repeat(100_000)] {
        assert!(matches!(load(text), Err(LoadError::Malformed { .. })), "{:?}", load(text));
    }
    for text in ["{}", r#"{"format":"other","version":1}"#] {
        assert_eq!(load(text), Err(LoadError::NotLayerlab));
    }
    assert_eq!(load(r#"{"format":"layerlab","version":99,"new":[]}"#), Err(LoadError::NewerVersion { version: 99 }));
    let long = format!(r#"{{"format":"layerlab","pad":"{}"}}"#, "x".repeat(17 << 20));
    assert!(matches!(load(&long), Err(LoadError::TooLarge { .. })));
}

#[test]
fn every_cut_of_a_saved_text_is_refused_and_none_breaks_it() {
    let text = save(&start(Context::default(), Catalog::default(), Some(GOLDEN)).0);
    for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
        assert!(load(&text[..end]).is_err());
    }
}

#[test]
fn an_unreadable_text_is_set_aside_and_the_sample_opened() {
    let (state, effects) = start(sample(), Catalog::default(), Some("{broken"));
    assert!(matches!(state.notice, Some(Notice::Unreadable { .. })));
    assert_eq!(effects, [Effect::SetAside("{broken".to_owned())]);
    assert_eq!(state.project.context, sample());
    let (kept, effects) = update(&state, Action::Restore("[]".to_owned()), 0);
    assert_eq!(kept.project, state.project);
    assert!(effects.contains(&Effect::SetAside("[]".to_owned())));
}

#[test]
fn an_event_that_cannot_be_applied_is_left_out() {
    let text = r#"{"format":"layerlab","version":1,"start":{"files":{"a":{"text":"1"}}},
        "events":[{"do":"remove","path":"b","at":0},{"do":"undo"},{"do":"write","path":"a","file":{"text":"2"},"at":0}]}"#;
    let (state, _) = start(Context::default(), Catalog::default(), Some(text));
    assert_eq!(state.project.context.text("a").unwrap(), "2");
}

#[test]
fn a_project_that_is_too_large_is_not_kept_and_that_is_said_once() {
    let noise: Vec<u8> = (0..5_u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let (state, _) = start(sample(), Catalog::default(), None);
    let (big, text) = kept(&run(&state, [write("noise", Content::from_bytes(&noise))]));
    assert!(matches!(big.notice, Some(Notice::NotSaved { .. })));
    assert_eq!(text, None);
    let (big, text) = kept(&run(&big, [Action::DismissNotice, write("src/a.js", Content::text("3\n"))]));
    assert_eq!((&big.notice, text), (&None, None));
    assert!(big.can_undo(), "it is none of the undo's business");
    // What happened on the way is too long still, but not what came of it.
    let small = run(&big, [Action::Edit(Edit::Remove { path: "noise".to_owned() })]);
    assert_eq!(written(&small).answer, Some(Action::Kept(Kept::Folded)));
    let (small, text) = kept(&small);
    assert_eq!(start(Context::default(), Catalog::default(), text.as_deref()).0.project, small.project);
    let (next, effects) = update(&small, write("src/a.js", Content::text("4\n")), 5);
    assert!(effects.contains(&Effect::Persist));
    assert_eq!(written(&next).answer, None, "it fits as it is from then on");
    let (big, _) = kept(&run(&next, [write("noise", Content::from_bytes(&noise))]));
    assert!(matches!(big.notice, Some(Notice::NotSaved { .. })), "that is said when it is so again");
    let (opened, _) = kept(&run(&big, [Action::DismissNotice, Action::Undo, write("src/a.js", Content::text("5\n"))]));
    assert_eq!(opened.notice, None);
}

#[test]
fn a_large_file_of_one_byte_is_kept_by_its_size() {
    let (state, _) = start(sample(), Catalog::default(), None);
    let (state, effects) = update(&state, write("big", Content::repeat(b'x', 50_000_000)), 1);
    assert!(effects.contains(&Effect::Persist));
    assert!(kept(&state).1.is_some_and(|text| text.len() < 1000));
    assert_eq!(reopened(&state).project, state.project);
}

#[test]
fn very_many_events_become_the_edits_that_make_the_difference() {
    let (mut state, _) = start(sample(), Catalog::default(), None);
    for number in 0..600_i64 {
        let path = if number % 2 == 0 { "src/a.js" } else { "src/b.js" };
        state = update(&state, write(path, Content::text(&number.to_string())), number).0;
    }
    assert!(state.events.len() < 200, "{}", state.events.len());
    assert_eq!(reopened(&state).project, state.project);
    for number in 0..70_i64 {
        state = run(&state, [write("src/a.js", Content::text(&format!("b{number}"))), Action::Build]);
    }
    assert!(state.events.len() < 140, "{}", state.events.len());
    let again = reopened(&state);
    assert_eq!(again.project, state.project);
    assert_eq!(again.up_to_date, state.up_to_date);
}

#[test]
fn a_project_of_very_many_files_keeps_fewer_builds() {
    let mut context = sample();
    for number in 0..20_000 {
        let kind = ContextKind::File(Content::text(&number.to_string()));
        let entry = ContextEntry { kind, mode: 0o644, mtime: 1 };
        context.insert(&format!("data/{number}"), entry).unwrap();
    }
    let (mut state, _) = start(context, Catalog::default(), None);
    for number in 0..18 {
        let text = Content::text(&format!("b{number}"));
        state = run(&state, [write("src/a.js", text), Action::Build]);
    }
    let builds = state.events.iter().filter(|event| matches!(event, session::Event::Build));
    assert!(builds.count() <= 15);
    assert_eq!(reopened(&state).project, state.project);
}

#[test]
fn a_project_of_fifty_thousand_files_is_kept() {
    let mut context = sample();
    for number in 0..50_000_u64 {
        let path = format!("node_modules/package-{}/lib/file-{number}.js", number / 40);
        let kind = ContextKind::File(Content::opaque(&format!("{path}@{number}"), number));
        context.insert(&path, ContextEntry { kind, mode: 0o644, mtime: 1_700_000_000 + number as i64 }).unwrap();
    }
    let (state, _) = start(sample(), Catalog::default(), None);
    let own = session::Project { name: "shop".to_owned(), context, ..session::Project::default() };
    let state = run(&state, [Action::OpenOwn(Box::new(own)), write("src/a.js", Content::text("2\n")), Action::Build]);
    let (state, effects) = update(&state, write("src/a.js", Content::text("3\n")), 900);
    assert_eq!(state.notice, None);
    assert!(effects.contains(&Effect::Persist));
    let text = kept(&state).1.unwrap();
    assert!(text.len() < 1 << 20, "{} bytes", text.len());
    let again = reopened(&state);
    assert_eq!(again.project, state.project);
    assert_eq!(again.project.name, "shop");
    assert_eq!(again.events, state.events);
    let (undone, _) = update(&run(&again, [Action::Undo, Action::Undo]), Action::Undo, 0);
    assert_eq!(undone.project.context, sample());
}

#[test]
fn the_golden_file_of_version_5_opens_and_says_the_same_when_it_is_written_again() {
    let saved = load(GOLDEN_5).unwrap();
    assert_eq!((saved.start.name.as_str(), saved.events.len()), ("mine", 5));
    let (state, _) = start(Context::default(), Catalog::default(), Some(GOLDEN_5));
    assert_eq!(state.notice, None);
    assert_eq!(load(&save(&state)).unwrap(), saved);
    assert!(save(&state).contains("\"version\":5,"));
    assert_eq!(state.project.name, "shop");
    assert_eq!(state.project.context.text("a").unwrap(), "2\n");
    let measured: Vec<_> = state.project.options.measured.iter().map(|figure| (figure.bytes, figure.ms)).collect();
    assert_eq!(measured, [(Some(2), None), (None, Some(40))]);
}

#[test]
fn what_has_measured_figures_or_a_name_is_of_version_5() {
    let (first, _) = start(sample(), Catalog::default(), None);
    assert!(save(&first).contains("\"version\":1,"));
    let own = session::Project { name: "shop".to_owned(), ..first.project.clone() };
    assert!(save(&run(&first, [Action::OpenOwn(Box::new(own))])).contains("\"version\":5,"));
    let figure = session::Measurement {
        source: session::MeasuredBy::History,
        text: "RUN a".to_owned(),
        cut: false,
        bytes: Some(5),
        ms: None,
    };
    let measured = run(&first, [Action::Measure([figure].into())]);
    assert!(save(&measured).contains("\"version\":5,"));
    let off = Action::Change { edits: Vec::new(), options: Some(measured.project.options.clone()) };
    assert!(save(&run(&first, [off])).contains("\"version\":5,"));
}

#[test]
fn a_packed_project_that_is_damaged_is_told() {
    let text = |packed: &str| format!(r#"{{"format":"layerlab","version":3,"start":{{"packed":"{packed}"}}}}"#);
    for packed in ["???", "AAAA", "eJyrVkosKlGyUjI0MjZRqgUAHZgDxg"] {
        let error = load(&text(packed)).unwrap_err();
        assert!(matches!(&error, LoadError::Damaged { place, .. } if place == "start.packed"), "{error}");
    }
}
