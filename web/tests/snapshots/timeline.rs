//! What the build's time is made of, and the machine that it is for.

use super::*;
use report::{Basis, Evidence, Figure, Preset, StepState};

fn time(report: Report) -> Html {
    let play = Play::new(&report);
    html! {
        <Timeline report={Shared::new(Rc::new(report))} {play} focus={None::<usize>} onfocus={Callback::noop()}
            online={Callback::noop()} onplay={Callback::noop()} />
    }
}

#[test]
fn the_critical_path_the_saved_time_and_the_context_are_named() {
    check(
        "en",
        time(fixture::report()),
        expect![[r#"
            Play
            3.4 s of 3.4 s
            0.5×
            1×
            2×
            4×
            Play after each build
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
            One row for each stage
            Show what the cache saved
            This build
            3.4 s
            0.0 s
            2.0 s
            4.0 s
            6.0 s
            8.0 s
            10.0 s
            12.0 s
            14.0 s
            Before the steps
            build
            stage-1
            ends after 3.4 s
            without the cache: 15.7 s
            sending the build context
            sending the build context · 1 ms
            FROM docker.io/library/node:22-alpine
            FROM docker.io/library/node:22-alpine
            WORKDIR /app
            WORKDIR /app
            COPY package*.json ./
            COPY package*.json ./
            RUN npm ci
            RUN npm ci
            COPY src ./src
            ★ COPY src ./src · 40 ms
            RUN npm run build
            ★ RUN npm run build · 3.3 s
            FROM docker.io/library/node:22-alpine
            FROM docker.io/library/node:22-alpine
            WORKDIR /app
            WORKDIR /app
            COPY --from=build /app/dist ./dist
            ★ COPY --from=build /app/dist ./dist · 30 ms
            When each step runs
            Step
            What happens
            Starts
            Takes
            Cache saves
            Before the steps
            sending the build context
            Runs
            0.0 s
            1 ms
            –
            build
            FROM docker.io/library/node:22-alpine
            Cached
            –
            –
            –
            WORKDIR /app
            Cached
            –
            –
            –
            COPY package*.json ./
            Cached
            –
            –
            –
            RUN npm ci
            Cached
            –
            –
            12.3 s
            COPY src ./src
            Runs
            critical path
            0.0 s
            40 ms
            –
            RUN npm run build
            Runs
            critical path
            0.0 s
            3.3 s
            –
            stage-1
            FROM docker.io/library/node:22-alpine
            Cached
            –
            –
            –
            WORKDIR /app
            Cached
            –
            –
            –
            COPY --from=build /app/dist ./dist
            Runs
            critical path
            0.0 s
            30 ms
            –
        "#]],
    );
    check(
        "ja",
        time(fixture::report()),
        expect![[r#"
            再生
            3.4 秒 / 3.4 秒
            0.5×
            1×
            2×
            4×
            ビルドのたびに再生
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
            ステージごとに 1 行
            キャッシュの効果を表示
            このビルド
            3.4 秒
            0.0 秒
            2.0 秒
            4.0 秒
            6.0 秒
            8.0 秒
            10.0 秒
            12.0 秒
            14.0 秒
            ステップの前
            build
            stage-1
            3.4 秒 で終了
            キャッシュなし: 15.7 秒
            ビルドコンテキストの送信
            ビルドコンテキストの送信 · 1 ミリ秒
            FROM docker.io/library/node:22-alpine
            FROM docker.io/library/node:22-alpine
            WORKDIR /app
            WORKDIR /app
            COPY package*.json ./
            COPY package*.json ./
            RUN npm ci
            RUN npm ci
            COPY src ./src
            ★ COPY src ./src · 40 ミリ秒
            RUN npm run build
            ★ RUN npm run build · 3.3 秒
            FROM docker.io/library/node:22-alpine
            FROM docker.io/library/node:22-alpine
            WORKDIR /app
            WORKDIR /app
            COPY --from=build /app/dist ./dist
            ★ COPY --from=build /app/dist ./dist · 30 ミリ秒
            各ステップの実行時間
            ステップ
            結果
            開始
            所要時間
            キャッシュで節約
            ステップの前
            ビルドコンテキストの送信
            実行
            0.0 秒
            1 ミリ秒
            –
            build
            FROM docker.io/library/node:22-alpine
            キャッシュ
            –
            –
            –
            WORKDIR /app
            キャッシュ
            –
            –
            –
            COPY package*.json ./
            キャッシュ
            –
            –
            –
            RUN npm ci
            キャッシュ
            –
            –
            12.3 秒
            COPY src ./src
            実行
            クリティカルパス
            0.0 秒
            40 ミリ秒
            –
            RUN npm run build
            実行
            クリティカルパス
            0.0 秒
            3.3 秒
            –
            stage-1
            FROM docker.io/library/node:22-alpine
            キャッシュ
            –
            –
            –
            WORKDIR /app
            キャッシュ
            –
            –
            –
            COPY --from=build /app/dist ./dist
            実行
            クリティカルパス
            0.0 秒
            30 ミリ秒
            –
        "#]],
    );
}

#[test]
fn a_build_is_compared_with_the_one_before_it_step_by_step() {
    let mut before = fixture::report();
    (before.steps[3].state, before.steps[3].ms, before.totals.ms) = (StepState::Ran, 12_300, 15_670);
    let report = fixture::report();
    let play = Play::new(&report);
    let both = html! {
        <Timeline report={Shared::new(Rc::new(report))} before={Some((Shared::new(Rc::new(before)), 1))} {play}
            focus={None::<usize>} onfocus={Callback::noop()} online={Callback::noop()} onplay={Callback::noop()} />
    };
    let said = words(&html_of("en", both));
    assert!(said.contains("This build\n3.4 s\n") && said.contains("Build #1, before it\n15.7 s\n"), "{said}");
    assert!(said.contains("without the cache: 15.7 s"), "{said}");
    let table = said.rsplit_once("Build before\n").map_or("", |(_, table)| table);
    assert!(table.contains("RUN npm ci\nCached\n–\n–\n12.3 s\n12.3 s\n"), "{table}");
    assert!(table.contains("RUN npm run build\nRuns\ncritical path\n0.0 s\n3.3 s\n–\n3.3 s\n"), "{table}");
}

#[test]
fn nothing_is_said_where_nothing_takes_time() {
    let html = html_of("en", time(Report::default()));
    assert_eq!(words(&html), "Nothing ran, so nothing took time.\n");
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
        Your own measurements …
        Measured by you
        Paste what your engine printed. Sizes and times of the same steps take the place of the estimates; what is computed exactly stays. Nothing leaves this browser.
        docker history --no-trunc IMAGE
        docker build --no-cache --progress=plain . 2>&1
        docker build --no-cache --progress=rawjson . 2>&1
        docker image inspect IMAGE
        Remove all figures
        Use these figures
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
        自分の測定値…
        実測値
        お使いのエンジンの出力を貼り付けてください。同じステップのサイズと時間が見積もりの代わりに使われます。正確に計算できる値はそのままです。ブラウザーの外には送信されません。
        docker history --no-trunc IMAGE
        docker build --no-cache --progress=plain . 2>&1
        docker build --no-cache --progress=rawjson . 2>&1
        docker image inspect IMAGE
        測定値をすべて外す
        この値を使う
    "#]],
    );
    let html = html_of("en", machine(Preset::Ci.profile()));
    assert!(html.contains(r#"value="1000""#) && html.contains(r#"min="1""#) && html.contains(r#"max="256""#), "{html}");
    let own = Figure::named("cores").map(|cores| cores.set(&Preset::Ci.profile(), 3)).unwrap_or_default();
    let html = html_of("en", machine(own));
    assert!(words(&html).starts_with("Machine: my own\n") && !html.contains("checked"), "{html}");
}
