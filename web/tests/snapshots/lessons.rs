//! A lesson's text, its figures, and the map of lessons.

use lesson::{Block, Entry, EntryText, Figure, Index, Inline};
use session::{Action, Catalog, LessonAction, Source, State};
use web::pages::{LessonMap, Lessons};
use web::panes::{LessonPane, Prose};

use super::*;

const PACK: &str = include_str!("../../../crates/session/tests/data/lesson.json");
const BUSYBOX: &str = include_str!("../../../tests/conformance/bases/conformance-busybox-1.json");

fn text(text: &str) -> Inline {
    Inline::Text(text.to_string())
}

fn played(actions: impl IntoIterator<Item = LessonAction>) -> Shared<State> {
    let mut catalog = Catalog::default();
    if let Ok(image) = report::parse_image(BUSYBOX) {
        catalog.insert(image);
    }
    let state = session::start(session::Context::default(), catalog, None).0;
    let open = LessonAction::Loaded(Source::File, Ok(PACK.to_string()));
    let state = [open]
        .into_iter()
        .chain(actions)
        .fold(state, |state, action| session::update(&state, Action::Lesson(action), 1_000).0);
    Shared::new(Rc::new(state))
}

#[test]
fn html_is_shown_as_the_text_that_it_is_and_links_lead_where_they_may() {
    let link = |to: &str| Inline::Link { to: to.to_string(), text: vec![text(to)] };
    let blocks = vec![
        Block::Paragraph(vec![
            text("<script>alert(1)</script>"),
            link("https://a.example"),
            link("javascript:alert(1)"),
        ]),
        Block::Code { language: "html".to_string(), text: "<b onclick=x>".to_string() },
    ];
    let html = html_of("en", html! { <Prose {blocks} report={built()} /> });
    assert!(!html.contains("<script") && !html.contains("<b "), "{html}");
    assert_eq!(html.matches("<a ").count(), 1, "{html}");
    assert!(html.contains("rel=\"noopener noreferrer\""));
}

#[test]
fn figures_of_the_build_stand_in_the_text_with_how_sure_they_are() {
    let value = |name: &str| Inline::Value(name.to_string());
    let blocks =
        vec![Block::Paragraph(vec![value("size"), text(" / "), value("build-time"), text(" / "), value("cached")])];
    check(
        "en",
        html! { <Prose {blocks} report={built()} /> },
        expect![[r#"
        161MB
        ≈
        Size estimated from measured data.
        /
        3.4 s
        ≈
        Times are estimated for the chosen machine.
        /
        4
    "#]],
    );
}

#[test]
fn a_figure_of_the_steps_beginning_stays_and_says_what_it_is_now() {
    let blocks = vec![Block::Paragraph(vec![
        text("It has "),
        Inline::Value("cached".to_string()),
        text(" steps from the cache."),
    ])];
    let mut report = fixture::report();
    report.totals.cached = 2;
    let now = Shared::new(Rc::new(report));
    let said =
        |then: bool| html! { <Prose blocks={blocks.clone()} report={now.clone()} began={Some(built())} {then} /> };
    check(
        "en",
        said(true),
        expect![[r#"
            It has
            4
            (now 2)
            steps from the cache.
        "#]],
    );
    check(
        "en",
        said(false),
        expect![[r#"
            It has
            2
            steps from the cache.
        "#]],
    );
    check(
        "ja",
        said(true),
        expect![[r#"
            It has
            4
            （現在は 2）
            steps from the cache.
        "#]],
    );
}

#[test]
fn a_comparison_holds_the_beginning_of_the_step_against_now() {
    let blocks = vec![Block::Figure(Figure::Compare)];
    check(
        "ja",
        html! { <Prose {blocks} report={built()} /> },
        expect![[r#"
            はじめ
            現在
            イメージサイズ
            161MB
            161MB
            レイヤー
            6
            6
            隠れた容量
            0B
            0B
            最初のビルド
            15.7 秒
            15.7 秒
            いまビルドすると
            3.4 秒
            3.4 秒
            ステップのはじめと現在の比較
        "#]],
    );
}

#[test]
fn a_step_asks_and_says_what_is_there_instead() {
    let state = played([LessonAction::Go(1), LessonAction::Check, LessonAction::Hint]);
    check(
        "en",
        html! { <LessonPane {state} /> },
        expect![[r#"
        All lessons
        Leave the lesson
        Order
        1
        2
        Move one line
        Move it.
        Goals
        Not met yet:
        After a change of app.js, RUN echo still comes from the cache
        Now: it runs: RUN echo slow > /slow
        Met:
        The image weighs at most 50MB
        Now: 2.07MB
        Hint 1
        Where?
        Hint
        Shape of the goal
        Show the solution
        Back
        Begin again
    "#]],
    );
}

#[test]
fn a_prediction_that_was_revealed_says_what_was_right_and_why_not() {
    let state = played([
        LessonAction::Predict(0, true),
        LessonAction::Predict(1, true),
        LessonAction::Predict(2, false),
        LessonAction::Reveal,
        LessonAction::Answer("no".to_string()),
    ]);
    check(
        "ja",
        html! { <LessonPane {state} /> },
        expect![[r#"
        レッスン一覧
        レッスンを離れる
        Order
        1
        2
        Look
        See.
        どうなると思いますか
        Which?
        WORKDIR
        キャッシュ
        実行
        正解
        キャッシュが使われました。
        COPY
        キャッシュ
        実行
        不正解
        実行されました。app.js の内容が変わりました
        RUN nothing
        キャッシュ
        実行
        そのステップがありません
        3 問中 1 問正解
        問題
        Well?
        No
        不正解
        Look again.
        Yes
        不正解
        戻る
        やり直す
        とばす
    "#]],
    );
}

#[test]
fn a_list_says_what_a_lesson_takes_and_builds_on() {
    let entry = |id: &str, requires: &[&str]| Entry {
        id: id.to_string(),
        track: 1,
        minutes: 6,
        requires: requires.iter().map(|id| (*id).to_string()).collect(),
        challenge: !requires.is_empty(),
        steps: vec!["look".to_string()],
        texts: [("en".to_string(), EntryText { title: format!("About {id}"), summary: "What it is.".to_string() })]
            .into(),
    };
    let mut state = (*played([LessonAction::Close])).clone();
    state.lessons = Some(Rc::new(Index { lessons: vec![entry("layers", &[]), entry("end", &["layers"])] }));
    let state = Shared::new(Rc::new(state));
    check(
        "en",
        html! { <Lessons state={state.clone()} /> },
        expect![[r#"
        Lessons
        2 lessons, about 12 minutes in all. Each ends in something you have changed or foretold, judged by the build.
        0 of 2 done
        Gallery
        Back to the sandbox
        Open a lesson file
        Make a lesson of this
        Make a lesson of this
        The files that are open become the start of a lesson of one step. layerlab lesson unpack turns the file into a folder to write on.
        Title
        Goals that hold now
        Choose at least one goal.
        Save progress
        Load progress
        What leads to what
        Images and layers
        About layers
        About end
        Images and layers
        not done
        6 min
        About layers
        What it is.
        not done
        Challenge
        6 min
        About end
        What it is.
    "#]],
    );
    check(
        "ja",
        html! { <LessonMap {state} /> },
        expect![[r#"
        イメージとレイヤー
        About layers
        About end
    "#]],
    );
}
