//! What the build's time is made of, and the machine that it is for.

use super::*;
use report::{Basis, Evidence, Figure, Preset, StepState};

fn time(report: Report) -> Html {
    html! {
        <Timeline report={Shared::new(Rc::new(report))} focus={None::<usize>} onfocus={Callback::noop()}
            online={Callback::noop()} />
    }
}

#[test]
fn the_critical_path_the_saved_time_and_the_context_are_named() {
    check(
        "en",
        time(fixture::report()),
        expect![[r#"
        Critical path
        COPY src ./src
        40 ms
        RUN npm run build
        3.3 s
        COPY --from=build /app/dist ./dist
        30 ms
        Saved by the cache
        12.3 s of waiting, 12.4 s of work
        Build context
        4.82kB in 1 file sent (1 ms)
    "#]],
    );
    check(
        "ja",
        time(fixture::report()),
        expect![[r#"
        クリティカルパス
        COPY src ./src
        40 ミリ秒
        RUN npm run build
        3.3 秒
        COPY --from=build /app/dist ./dist
        30 ミリ秒
        キャッシュの効果
        待ち時間 12.3 秒、処理 12.4 秒 を節約
        ビルドコンテキスト
        1 ファイル、4.82kB を送信 (1 ミリ秒)
    "#]],
    );
}

#[test]
fn nothing_is_said_where_nothing_takes_time() {
    let html = html_of("en", time(Report::default()));
    assert_eq!(words(&html), "");
}

#[test]
fn the_details_of_a_step_name_the_source_of_an_estimate_and_what_is_stated() {
    let details = |change: fn(&mut Report), index: usize| {
        let mut report = fixture::report();
        change(&mut report);
        let report = Shared::new(Rc::new(report));
        words(&html_of("en", html! { <StepDetails {report} {index} online={Callback::noop()} /> }))
    };
    let cached = details(|_| {}, 3);
    assert!(cached.contains("Size estimated from measured data.\nIt took 12.3 s when it ran.\n"), "{cached}");
    assert!(cached.contains("Source: npm packages, each installed alone and measured\n"), "{cached}");
    let stated = details(
        |report| {
            let step = &mut report.steps[5];
            (step.bytes_basis, step.state) = (Basis::Stated, StepState::Ran);
            step.notes.clear();
        },
        5,
    );
    let sentences = "Size stated by the author of the Dockerfile.\nTime stated by the author of the Dockerfile.\n";
    assert!(stated.contains(sentences), "{stated}");
    let unknown = details(|report| report.steps[5].timing.basis = Basis::NotModelled, 5);
    assert!(unknown.contains("A program without a model is counted as one second.\n"), "{unknown}");
}

#[test]
fn every_source_of_an_estimate_has_a_sentence() {
    for (language, text) in [("en", EN), ("ja", JA)] {
        let locale = Locale::new(language, text);
        for evidence in Evidence::ALL {
            let sentence = web::text::evidence(&locale, evidence);
            assert!(!sentence.starts_with("evidence-"), "{language}: {}", evidence.id());
        }
    }
}

#[test]
fn the_machine_is_chosen_by_name_and_its_figures_have_units() {
    let machine = |profile| html! { <Machine {profile} /> };
    check(
        "en",
        machine(Preset::Ci.profile()),
        expect![[r#"
        Machine: CI runner
        What times are estimated for. Sizes and cache hits stay the same.
        laptop
        8 cores, a fast disk, 100 Mbit/s
        CI runner
        4 slower cores, a network disk, 1000 Mbit/s
        conference Wi-Fi
        The laptop with 4 Mbit/s and a slow reply
        The figures. Change any of them.
        Download
        Mbit/s
        First reply
        ms
        Disk writes
        MB/s
        Creating a file
        µs
        Starting a RUN
        ms
        A simple command
        ms
        Steps at once
        cores
        Compilers take
        %
        Package managers take
        %
        Compression takes
        %
    "#]],
    );
    check(
        "ja",
        machine(Preset::Wifi.profile()),
        expect![[r#"
        マシン: 会場の Wi-Fi
        時間を見積もるときに想定するマシンです。サイズやキャッシュの結果は変わりません。
        ノート PC
        8 コア、高速なディスク、100 Mbit/s
        CI ランナー
        やや遅い 4 コア、ネットワークディスク、1000 Mbit/s
        会場の Wi-Fi
        同じノート PC で、4 Mbit/s、応答の遅い回線
        数値は自由に変えられます。
        ダウンロード速度
        Mbit/s
        最初の応答まで
        ミリ秒
        ディスク書き込み
        MB/s
        ファイル作成
        マイクロ秒
        RUN の起動
        ミリ秒
        単純なコマンド
        ミリ秒
        同時実行ステップ
        コア
        コンパイル時間
        %
        パッケージ管理
        %
        圧縮時間
        %
    "#]],
    );
    let html = html_of("en", machine(Preset::Ci.profile()));
    assert!(html.contains(r#"value="1000""#) && html.contains(r#"min="1""#) && html.contains(r#"max="256""#), "{html}");
    let own = Figure::named("cores").map(|cores| cores.set(&Preset::Ci.profile(), 3)).unwrap_or_default();
    let html = html_of("en", machine(own));
    assert!(words(&html).starts_with("Machine: my own\n") && !html.contains("checked"), "{html}");
}
