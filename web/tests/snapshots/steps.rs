//! The steps: what happens to each, and why.

use super::*;

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
            On the critical path
            40 ms
            [build 6/6] RUN npm run build
            The step before it, [build 5/6] COPY src ./src, ran again
            Runs
            18.4kB
            ?
            Not modelled: counted as 0 B where it is not known.
            On the critical path
            3.3 s
            =
            Time stated by the author of the Dockerfile.
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
            On the critical path
            30 ms
            ≈
            Size estimated from measured data.
            ?
            Not modelled: counted as 0 B where it is not known.
            Times are estimated for the chosen machine.
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
            クリティカルパス上のステップ
            40 ミリ秒
            [build 6/6] RUN npm run build
            直前のステップ [build 5/6] COPY src ./src が再実行されたためです
            実行
            18.4kB
            ?
            対象外: 計算できない部分を 0 B として数えています。
            クリティカルパス上のステップ
            3.3 秒
            =
            時間は Dockerfile の作者がコメントに書いた値です。
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
            クリティカルパス上のステップ
            30 ミリ秒
            ≈
            推定: サイズを実測データから見積もった値です。
            ?
            対象外: 計算できない部分を 0 B として数えています。
            時間は、選択したマシンを想定した推定値です。
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
        system: None,
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
fn of_thousands_of_steps_the_first_are_drawn() {
    let mut report = fixture::report();
    report.stages[0].steps = vec![1; 10_000];
    let html = words(&html_of("en", steps(Shared::new(Rc::new(report)))));
    assert_eq!(html.matches("WORKDIR /app").count(), 299);
    assert!(html.contains("Show more steps (9704 left)"), "{}", html.lines().last().unwrap_or_default());
}
