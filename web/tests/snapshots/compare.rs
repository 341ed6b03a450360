//! Two Dockerfiles side by side.

use report::{StepState, StepView};
use session::{Round, Side};
use web::panes::{ComparePictures, CompareSides, CompareTable, Presets};

use super::*;

/// The same build with the dependencies installed anew.
fn naive() -> Report {
    let mut report = fixture::report();
    let ran = |step: &mut StepView, ms: u64| {
        step.state = StepState::Ran;
        step.ms = ms;
    };
    ran(&mut report.steps[3], 12_300);
    report.totals.ms = 15_670;
    report.totals.layers = 7;
    if let Some(image) = &mut report.image {
        image.bytes = 1_093_000_000;
    }
    report
}

fn rounds() -> Shared<Vec<Round>> {
    let side = |report: Report| Side::new(Rc::new(report), 0);
    let round = |events, a, b, preview| Round { events, preview, a: side(a), b: side(b) };
    Shared::new(Rc::new(vec![
        round(0..0, fixture::report(), fixture::report(), false),
        round(0..2, naive(), fixture::report(), false),
        round(2..3, fixture::report(), fixture::invalid(), true),
    ]))
}

fn labels() -> Vec<AttrValue> {
    ["First build", "src/server.js edited", "package.json edited (not built yet)"].map(AttrValue::from).to_vec()
}

#[test]
fn the_table_says_what_both_come_to_and_which_steps_run_again() {
    check(
        "en",
        html! { <CompareTable rounds={rounds()} labels={labels()} /> },
        expect![[r#"
        A and B in figures
        A
        pinned
        B
        in the editor
        Difference
        Image size
        161MB
        ≈
        Size estimated from measured data.
        none
        –
        Layers
        6
        –
        –
        First build
        3.4 s
        ≈
        Times are estimated for the chosen machine.
        3.4 s
        ≈
        Times are estimated for the chosen machine.
        ±0.0 s
        src/server.js edited
        15.7 s
        ≈
        Times are estimated for the chosen machine.
        3.4 s
        ≈
        Times are estimated for the chosen machine.
        −12.3 s
        RUN npm ci
        12.3 s
        cached
        COPY src ./src
        40 ms
        40 ms
        RUN npm run build
        3.3 s
        3.3 s
        COPY --from=build /app/dist ./dist
        30 ms
        30 ms
        package.json edited (not built yet)
        3.4 s
        ≈
        Times are estimated for the chosen machine.
        fails
        –
        COPY src ./src
        40 ms
        –
        RUN npm run build
        3.3 s
        –
        COPY --from=build /app/dist ./dist
        30 ms
        –
    "#]],
    );
}

#[test]
fn the_table_speaks_japanese() {
    let two = Shared::new(Rc::new(rounds()[..2].to_vec()));
    check(
        "ja",
        html! { <CompareTable rounds={two} labels={labels()} /> },
        expect![[r#"
        A と B の比較表
        A
        固定
        B
        エディター
        差
        イメージサイズ
        1.09GB
        ≈
        推定: サイズを実測データから見積もった値です。
        161MB
        ≈
        推定: サイズを実測データから見積もった値です。
        −932MB
        レイヤー
        7
        6
        −1
        最初のビルド
        3.4 秒
        ≈
        時間は、選択したマシンを想定した推定値です。
        3.4 秒
        ≈
        時間は、選択したマシンを想定した推定値です。
        ±0.0 秒
        src/server.js edited
        15.7 秒
        ≈
        時間は、選択したマシンを想定した推定値です。
        3.4 秒
        ≈
        時間は、選択したマシンを想定した推定値です。
        −12.3 秒
        RUN npm ci
        12.3 秒
        キャッシュ
        COPY src ./src
        40 ミリ秒
        40 ミリ秒
        RUN npm run build
        3.3 秒
        3.3 秒
        COPY --from=build /app/dist ./dist
        30 ミリ秒
        30 ミリ秒
    "#]],
    );
}

#[test]
fn the_pictures_of_both_are_of_one_build() {
    let two = Shared::new(Rc::new(rounds()[..2].to_vec()));
    let html = html_of("en", html! { <ComparePictures rounds={two} labels={labels()} online={Callback::noop()} /> });
    let words = words(&html);
    assert!(words.contains("15.7 s") && words.contains("3.4 s"), "{words}");
    assert!(words.contains("1.09GB") && words.contains("161MB"), "{words}");
    assert_eq!(html.matches("class=\"graph__picture\"").count(), 2);
    assert_eq!(html.matches("class=\"stack\"").count(), 2);
    assert_eq!(html.matches("class=\"chart scroll-x\"").count(), 2);
}

#[test]
fn what_can_be_done_depends_on_whether_one_is_pinned() {
    let sides = |pinned: Option<&'static str>| html! { <CompareSides pinned={pinned} own="FROM b\n" /> };
    check(
        "en",
        sides(None),
        expect![[r#"
        Two Dockerfiles side by side
        Pin the Dockerfile in the editor as A and go on as B: both are built on everything that happens to the project. What you edit never touches A.
        Pin the present one as A
        Another Dockerfile as A …
        Use as A
        From a file …
    "#]],
    );
    check(
        "en",
        sides(Some("FROM a\n")),
        expect![[r#"
        Two Dockerfiles side by side
        A is pinned, B is what stands in the editor. Both are built on the same files and the same events.
        Pin the present one as A
        Swap A and B
        Unpin A
        What differs in the text, from A to B
        −
        removed:
        FROM a
        +
        added:
        FROM b
        The text of A
        FROM a
        Use as A
        From a file …
    "#]],
    );
    check(
        "ja",
        sides(Some("FROM b\n")),
        expect![[r#"
        2 つの Dockerfile を比べる
        A は固定した Dockerfile、B はエディターの内容です。同じファイルと同じ出来事で両方をビルドします。
        今の内容を A として固定
        A と B を入れ替える
        A の固定をやめる
        今のところ A と B は同じです。Dockerfile を編集すると、違いがここに表示されます。
        A の内容
        FROM b
        A にする
        ファイルから…
    "#]],
    );
}

#[test]
fn there_are_examples_in_four_languages() {
    check(
        "en",
        html! { <Presets /> },
        expect![[r#"
        Open an example
        A small project in four languages, with three Dockerfiles. It opens in place of yours (Undo brings yours back); then a source file is edited, a dependency added, and a source file edited again, with a build after each.
        Node.js
        Python
        Go
        Java
        Naive against ordered
        Dependencies first: an edit of the source no longer installs them again.
        Ordered against multi-stage
        What only the build needs stays in its stage: the image shrinks.
        Naive against multi-stage
        Both at once.
    "#]],
    );
    check(
        "ja",
        html! { <Presets /> },
        expect![[r#"
        例を開く
        4 つの言語の小さなプロジェクトに、それぞれ 3 通りの Dockerfile があります。今のプロジェクトの代わりに開きます（「元に戻す」で戻せます）。続けて、ソースの編集、依存関係の追加、もう一度ソースの編集を行い、そのたびにビルドします。
        Node.js
        Python
        Go
        Java
        素朴な書き方と、順序を考えた書き方
        依存関係を先に入れると、ソースを編集してもインストールはやり直されません。
        順序を考えた書き方と、マルチステージ
        ビルドにだけ必要なものは前のステージに残り、イメージが小さくなります。
        素朴な書き方と、マルチステージ
        両方の効果を一度に見られます。
    "#]],
    );
}
