//! Presenter mode: its bar, what the room predicts, the speaker's window, links for a room.

use std::collections::BTreeMap;

use session::{Catalog, Context, State};
use web::pages::SpeakerView;
use web::panes::{LinkCode, PresenterBar, PresenterPredict};
use web::presenter::{Fields, Presenter, PresenterHandle, Turn, stops};

use super::*;

#[derive(Properties, PartialEq)]
struct InRoomProps {
    presenter: Presenter,
    children: Html,
}

#[component]
fn InRoom(props: &InRoomProps) -> Html {
    let presenter = props.presenter.clone();
    let handle: PresenterHandle = use_reducer_eq(move || presenter);
    html! { <ContextProvider<PresenterHandle> context={handle}>{ props.children.clone() }</ContextProvider<PresenterHandle>> }
}

fn room(turns: &[Turn], children: Html) -> Html {
    let start = Presenter { on: true, size: 22, ..Presenter::default() }.after(Turn::Load(stops(&built())));
    let presenter = turns.iter().fold(start, |presenter, turn| presenter.after(turn.clone()));
    html! { <InRoom {presenter}>{ children }</InRoom> }
}

fn state() -> Shared<State> {
    Shared::new(Rc::new(session::start(Context::default(), Catalog::default(), None).0))
}

fn bar() -> Html {
    html! { <PresenterBar state={state()} report={built()} slots={vec![0, 2]} run={Callback::noop()} /> }
}

#[test]
fn the_bar_says_where_the_build_is() {
    let words = |language: &str, turns: &[Turn]| {
        words(&html_of(language, room(turns, bar()))).lines().skip(14).take(3).collect::<Vec<_>>().join("\n")
    };
    expect![[r#"
        The whole build
        1
        2"#]]
    .assert_eq(&words("en", &[]));
    expect![[r#"
        Before the build
        1
        2"#]]
    .assert_eq(&words("en", &[Turn::Next]));
    expect![[r#"
        ステップ 2 / 9
        WORKDIR /app
        1"#]]
    .assert_eq(&words("ja", &[Turn::Next, Turn::Next, Turn::Next]));
}

#[test]
fn a_snapshot_that_is_there_is_returned_to_and_another_is_kept() {
    let html = html_of("en", room(&[], bar()));
    assert!(html.contains("Return to snapshot 2") && html.contains("Keep this as snapshot 3"), "{html}");
}

#[test]
fn what_the_room_said_is_counted_and_then_held_against_the_build() {
    let count = |hit: bool| Turn::Count { hit, more: true };
    let asked = [Turn::Predict(true), count(true), count(false), count(false)];
    let panel = || html! { <PresenterPredict report={built()} run={Callback::noop()} /> };
    check(
        "en",
        room(&asked, panel()),
        expect![[r#"
        What happens to this step?
        FROM docker.io/library/node:22-alpine
        Cached
        1
        Runs
        2
        Show
    "#]],
    );
    let shown: Vec<Turn> = asked.into_iter().chain([Turn::Next]).collect();
    check(
        "ja",
        room(&shown, panel()),
        expect![[r#"
        このステップはどうなるでしょうか
        FROM docker.io/library/node:22-alpine
        キャッシュ
        1
        実行
        2
        次の質問
        キャッシュが使われました。 3 人中 1 人が正解でした。
        これまでの正解は 3 件中 1 件です。
    "#]],
    );
}

#[test]
fn the_speaker_sees_what_is_next_and_what_the_room_said() {
    let fields: BTreeMap<&str, &str> = [
        ("on", "1"),
        ("place", "Step 2 of 9"),
        ("title", "RUN npm ci"),
        ("notes", "It ran.\n\nAsk why."),
        ("next", "COPY . .\nIt came from the cache."),
        ("question", "COPY . ."),
        ("answer", "It came from the cache."),
        ("asking", "1"),
        ("hit", "7"),
        ("miss", "5"),
        ("minutes", "10"),
    ]
    .into();
    let room: Fields = fields.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let view = |room: Fields, there: bool| {
        html! {
            <SpeakerView {room} {there} clock="14:05" gone={3_725} onpress={Callback::noop()} oncount={Callback::noop()} onrestart={Callback::noop()} />
        }
    };
    check(
        "en",
        view(room.clone(), true),
        expect![[r#"
        Speaker’s window
        this part ends at 10 min
        1:02:05
        14:05
        Step 2 of 9
        RUN npm ci
        It ran.
        Ask why.
        What is next
        COPY . .
        It came from the cache.
        Ask the room
        COPY . .
        It came from the cache.
        Cached
        7
        Runs
        5
        Previous
        Blank screen
        Next
    "#]],
    );
    let lost = words(&html_of("ja", view(room, false)));
    assert!(lost.contains("応答がありません"), "{lost}");
}

#[test]
fn a_link_that_no_code_holds_is_said_to_be_too_long() {
    let code = |length: usize| html! { <LinkCode link={"a".repeat(length)} /> };
    assert!(html_of("en", code(60)).contains("<path"));
    check(
        "en",
        code(2_954),
        expect![[r#"
        There is no QR code: the link has 2954 characters, and a code holds 2953. Take files out of the build context that are not needed, or show the step of a lesson, whose link is short. The link itself works.
    "#]],
    );
}

/// The code as a camera sees it, four pixels to a module.
#[expect(clippy::expect_used, reason = "a test that cannot go on fails")]
fn read(text: &str) -> String {
    let code = web::presenter::code(text).expect("it fits");
    let side = usize::try_from(code.side).expect("a size");
    let mut dark = vec![false; side * side];
    for run in code.path.split('z').filter(|run| !run.is_empty()) {
        let numbers: Vec<usize> = run.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let (x, y, width) = (numbers[0], numbers[1], numbers[2]);
        dark[y * side + x..y * side + x + width].fill(true);
    }
    let pixel = |x: usize, y: usize| if dark[y / 4 * side + x / 4] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, pixel);
    image.detect_grids()[0].decode().expect("a code").1
}

#[test]
fn a_code_is_read_as_the_link_that_it_is_of() {
    let link = |length: usize| format!("https://layerlab.example/deep/path/#follow=v2.{}", "aZ09-_".repeat(length / 6));
    for length in [6, 200, 1_200, 2_800] {
        assert_eq!(read(&link(length)), link(length));
    }
}
