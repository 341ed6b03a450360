//! What the panes draw, as text: tags left out, each element's text on a line of its own.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::indexing_slicing, reason = "the fixture has the steps that it names")]

mod fixture;

use std::rc::Rc;

use expect_test::{Expect, expect};
use report::{Outcome, Report};
use session::Changes;
use web::Shared;
use web::panes::{Files, Graph, Layers, Log, Problems, Status, Steps, Summary};
use web::text::Locale;
use yew::LocalServerRenderer;
use yew::prelude::*;

const EN: &str = include_str!("../locales/en.ftl");
const JA: &str = include_str!("../locales/ja.ftl");

#[derive(Properties, PartialEq)]
struct InLanguageProps {
    locale: Locale,
    children: Html,
}

#[component]
fn InLanguage(props: &InLanguageProps) -> Html {
    html! { <ContextProvider<Locale> context={props.locale.clone()}>{ props.children.clone() }</ContextProvider<Locale>> }
}

/// The HTML of a piece of the page in a language.
fn html_of(language: &str, children: Html) -> String {
    let locale = Locale::new(language, if language == "ja" { JA } else { EN });
    let props = InLanguageProps { locale, children };
    pollster::block_on(LocalServerRenderer::<InLanguage>::with_props(props).hydratable(false).render())
}

/// The visible text of some HTML: hidden elements left out.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut hidden: Vec<String> = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("").to_string();
        if tag.starts_with('/') {
            if hidden.last() == Some(&name) {
                hidden.pop();
            }
        } else if !tag.ends_with('/') && name != "input" && (hidden.first() == Some(&name) || tag.contains(" hidden")) {
            hidden.push(name);
        }
        if hidden.is_empty() && !text.trim().is_empty() {
            out.push_str(text.trim());
            out.push('\n');
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}

fn check(language: &str, piece: Html, expected: Expect) {
    expected.assert_eq(&words(&html_of(language, piece)));
}

fn built() -> Shared<Report> {
    Shared::new(Rc::new(fixture::report()))
}

fn steps(report: Shared<Report>) -> Html {
    html! { <Steps {report} focus={None::<usize>} onfocus={Callback::noop()} online={Callback::noop()} /> }
}

fn changes() -> Changes {
    Changes {
        bytes: -932_000_000,
        ms: -12_340,
        ran: vec![4, 5, 8],
        files: vec!["src/server.js".to_string()],
        dockerfile: false,
        before: report::Totals::default(),
        image_before: 1_093_000_000,
    }
}

#[test]
fn a_step_says_what_happens_to_it_and_why() {
    check(
        "en",
        steps(built()),
        expect![[r#"
            Stage build
            from node:22-alpine (161MB)
            [build 1/6] FROM docker.io/library/node:22-alpine
            Cached
            base 161MB
            –
            [build 2/6] WORKDIR /app
            Cached
            0B
            –
            [build 3/6] COPY package*.json ./
            Cached
            48.3kB
            –
            [build 4/6] RUN npm ci
            Cached
            64.2MB
            ≈
            Size estimated from measured data.
            –
            [build 5/6] COPY src ./src
            src/server.js changed, and 1 more
            Runs
            4.82kB
            40 ms
            [build 6/6] RUN npm run build
            The step before it, [build 5/6] COPY src ./src, ran again
            Runs
            18.4kB
            ?
            Not modelled: counted as 0 B where it is not known.
            3.3 s
            stage-1
            from node:22-alpine (161MB)
            target
            [stage-1 1/3] FROM docker.io/library/node:22-alpine
            Cached
            base 161MB
            –
            [stage-1 2/3] WORKDIR /app
            Cached
            0B
            –
            [stage-1 3/3] COPY --from=build /app/dist ./dist
            /app/dist/server.js changed (in stage build)
            Runs
            17.9kB
            30 ms
            ≈
            Size estimated from measured data.
            ?
            Not modelled: counted as 0 B where it is not known.
            Times are estimated for a laptop on a line of 100 Mbit/s.
        "#]],
    );
}

#[test]
fn a_step_says_what_happens_to_it_and_why_in_japanese() {
    check(
        "ja",
        steps(built()),
        expect![[r#"
            ステージ build
            ベース: node:22-alpine (161MB)
            [build 1/6] FROM docker.io/library/node:22-alpine
            キャッシュ
            ベース 161MB
            –
            [build 2/6] WORKDIR /app
            キャッシュ
            0B
            –
            [build 3/6] COPY package*.json ./
            キャッシュ
            48.3kB
            –
            [build 4/6] RUN npm ci
            キャッシュ
            64.2MB
            ≈
            推定: サイズを実測データから見積もった値です。
            –
            [build 5/6] COPY src ./src
            src/server.js の内容が変わりました (ほか 1 件)
            実行
            4.82kB
            40 ミリ秒
            [build 6/6] RUN npm run build
            直前のステップ [build 5/6] COPY src ./src が再実行されたためです
            実行
            18.4kB
            ?
            対象外: 計算できない部分を 0 B として数えています。
            3.3 秒
            stage-1
            ベース: node:22-alpine (161MB)
            ターゲット
            [stage-1 1/3] FROM docker.io/library/node:22-alpine
            キャッシュ
            ベース 161MB
            –
            [stage-1 2/3] WORKDIR /app
            キャッシュ
            0B
            –
            [stage-1 3/3] COPY --from=build /app/dist ./dist
            /app/dist/server.js の内容が変わりました (ステージ build のファイル)
            実行
            17.9kB
            30 ミリ秒
            ≈
            推定: サイズを実測データから見積もった値です。
            ?
            対象外: 計算できない部分を 0 B として数えています。
            時間は、100 Mbit/s 回線のノート PC を想定した推定値です。
        "#]],
    );
}

#[test]
fn a_failed_step_stands_open_with_its_output() {
    let mut report = fixture::report();
    report.steps[5].state = report::StepState::Failed;
    report.steps[5].output = vec!["sh: tsc: not found".to_string()];
    report.outcome = Outcome::Failed { message: "process failed".to_string(), step: Some(5) };
    let html = words(&html_of("en", steps(Shared::new(Rc::new(report)))));
    assert!(html.contains("Output\nsh: tsc: not found"), "{html}");
}

#[test]
fn a_step_that_two_stages_share_says_so_in_the_second() {
    let mut report = fixture::report();
    report.stages[1].steps[0] = 0;
    let html = words(&html_of("en", steps(Shared::new(Rc::new(report)))));
    assert_eq!(html.matches("Same step as in stage build: done once for both.").count(), 1, "{html}");
    assert_eq!(html.matches("base 161MB").count(), 2, "{html}");
}

#[test]
fn a_base_image_that_is_not_known_has_no_size() {
    let mut report = fixture::report();
    report.stages[0].base = report::BaseView::Image {
        name: "docker.io/library/x".to_string(),
        short: "x".to_string(),
        counted_as: None,
        known: false,
        bytes: 0,
    };
    let html = words(&html_of("en", steps(Shared::new(Rc::new(report)))));
    assert!(html.contains("from x (size unknown)"), "{html}");
    assert!(html.contains("Cached\nbase\n?\nNot modelled"), "{html}");
}

#[test]
fn what_is_left_out_of_a_step_is_in_its_details_and_in_the_tooltip() {
    let mut report = fixture::report();
    report.steps[5].state = report::StepState::Failed;
    report.steps[5].notes.push(report::Note::Limit { what: "some-new-limit" });
    let html = html_of("ja", steps(Shared::new(Rc::new(report))));
    assert!(html.contains("0 B として数えています。\ntsc は未知のコマンドです。"), "{html}");
    assert!(words(&html).contains("\ntsc は未知のコマンドです。"), "{html}");
    assert!(!html.contains("some-new-limit"), "codes never show");
}

#[test]
fn where_there_is_nothing_to_show_that_is_said() {
    let nothing = || Shared::new(Rc::new(Report::default()));
    check(
        "en",
        steps(nothing()),
        expect![[r#"
        There are no stages to show. A stage begins with FROM.
    "#]],
    );
    check(
        "en",
        html! { <Log report={nothing()} /> },
        expect![[r#"
        docker build --progress=plain .
        Copy
        Nothing ran, so nothing was printed.
    "#]],
    );
    check(
        "en",
        html! { <Files report={nothing()} open="Dockerfile" changed={Vec::<String>::new()} /> },
        expect![[r#"
            Build context
            0 files · 0B sent of 0B
            New file
            Rename
            touch
            chmod +x
            100 MB
            Delete
            The context is empty. A build needs a Dockerfile: add one with New file.
        "#]],
    );
    let layers = |report| html! { <Layers {report} focus={None::<usize>} onfocus={Callback::noop()} /> };
    check(
        "en",
        layers(nothing()),
        expect![[r#"
        This build makes no image.
    "#]],
    );
    let empty = Report { image: Some(report::ImageView::default()), ..Report::default() };
    check(
        "en",
        layers(Shared::new(Rc::new(empty))),
        expect![[r#"
        The image as a stack of layers
        Newest on top, heights in proportion to bytes. Deleting a file in a later layer never makes an earlier one smaller.
        The image has no layers: nothing was put into it.
        docker history
        CREATED BY
        SIZE
        Sum
        0B
    "#]],
    );
}

#[test]
fn of_thousands_of_steps_the_first_are_drawn() {
    let mut report = fixture::report();
    report.stages[0].steps = vec![1; 10_000];
    let html = words(&html_of("en", steps(Shared::new(Rc::new(report)))));
    assert_eq!(html.matches("WORKDIR /app").count(), 299);
    assert!(html.contains("Show more steps (9704 left)"), "{}", html.lines().last().unwrap_or_default());
}

#[test]
fn figures_say_what_changed() {
    check(
        "en",
        html! { <Summary report={built()} changes={Some(changes())} /> },
        expect![[r#"
            Image size
            161MB
            ≈
            Size estimated from measured data.
            −932MB
            Build time
            3.4 s
            ≈
            Times are estimated for a laptop on a line of 100 Mbit/s.
            −12.3 s
            Steps from cache
            4 / 7
            3 run
            Layers
            6
            17.9kB yours
        "#]],
    );
}

#[test]
fn the_status_line_says_whether_it_is_a_preview() {
    let status = |report: Report, up_to_date: bool, older: bool| {
        html! {
            <Status report={Shared::new(Rc::new(report))} {up_to_date} build={2} changes={Some(changes())} {older}
                online={Callback::noop()} />
        }
    };
    check(
        "en",
        status(fixture::report(), true, false),
        expect![[r#"
        Build #2: this is what the build did
    "#]],
    );
    check(
        "ja",
        status(fixture::report(), false, false),
        expect![[r#"
        プレビュー: いま docker build を実行するとこうなります
        前回のビルド後に src/server.js を編集
    "#]],
    );
    check(
        "en",
        status(fixture::invalid(), false, true),
        expect![[r#"
        The Dockerfile is not valid: nothing would run
        src/server.js edited since the last build
        dockerfile parse error on line 5: unknown instruction: COYP (did you mean COPY?)
        Line 5
        Below: the last result before this error.
    "#]],
    );
}

#[test]
fn problems_are_said_in_dockers_words_and_in_ours() {
    check(
        "ja",
        html! { <Problems report={built()} online={Callback::noop()} /> },
        expect![[r#"
        問題 1 件
        警告
        12 行目
        JSON arguments recommended for CMD to prevent unintended behavior related to OS signals
        文字列で書くとシェル経由で動き、シグナルがプログラムに届きません。JSON 配列なら直接起動します。
        JSONArgsRecommended の公式説明
    "#]],
    );
}

#[test]
fn ignored_files_name_the_pattern() {
    let files = html! { <Files report={built()} open="Dockerfile" changed={vec!["src/server.js".to_string()]} /> };
    check(
        "en",
        files,
        expect![[r#"
            Build context
            5 files · 5.74kB sent of 6.93kB
            New file
            Rename
            touch
            chmod +x
            100 MB
            Delete
            Selected: Dockerfile
            .dockerignore
            42B
            Dockerfile
            260B
            node_modules
            ignored by node_modules
            left-pad.js
            ignored by node_modules
            1.2kB
            package.json
            612B
            src
            server.js
            edited
            4.82kB
        "#]],
    );
}

#[test]
fn the_graph_and_the_image_show_every_step_and_layer() {
    check(
        "en",
        html! { <Graph report={built()} focus={Some(4)} onfocus={Callback::noop()} /> },
        expect![[r#"
        build
        node:22-alpine · 161MB
        stage-1
        target
        node:22-alpine · 161MB
        build context
        5.74kB
        FROM docker.io/library/node:22-alpine
        FROM docker.io/library/node:…
        Cached
        WORKDIR /app
        WORKDIR /app
        Cached
        COPY package*.json ./
        COPY package*.json ./
        Cached
        48.3kB
        RUN npm ci
        RUN npm ci
        Cached
        64.2MB
        COPY src ./src
        COPY src ./src
        Runs
        4.82kB
        RUN npm run build
        RUN npm run build
        Runs
        18.4kB
        FROM docker.io/library/node:22-alpine
        FROM docker.io/library/node:…
        Cached
        WORKDIR /app
        WORKDIR /app
        Cached
        COPY --from=build /app/dist ./dist
        COPY --from=build /app/dist …
        Runs
        17.9kB
    "#]],
    );
    check(
        "en",
        html! { <Layers report={built()} focus={None::<usize>} onfocus={Callback::noop()} /> },
        expect![[r#"
            The image as a stack of layers
            Newest on top, heights in proportion to bytes. Deleting a file in a later layer never makes an earlier one smaller.
            yours
            COPY /app/dist ./dist # buildkit
            17.9kB
            yours
            WORKDIR /app
            0B
            base
            RUN /bin/sh -c addgroup -g 1000 node
            153MB
            ≈
            Size estimated from measured data.
            base
            ADD alpine-minirootfs.tar.gz / # buildkit
            8MB
            ≈
            Size estimated from measured data.
            docker history
            CREATED BY
            SIZE
            CMD ["/bin/sh" "-c" "node dist/server.js"]
            0B
            COPY /app/dist ./dist # buildkit
            17.9kB
            WORKDIR /app
            0B
            RUN /bin/sh -c addgroup -g 1000 node
            153MB
            Sum
            161MB
        "#]],
    );
}
