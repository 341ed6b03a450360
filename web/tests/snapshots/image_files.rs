//! The image's files at a layer, the secrets in it, and the log in its forms.

use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Options, Profile, analyze, parse_image,
};
use web::panes::{ImageFilesAt, ImageFilesProps};

use super::*;

const BUSYBOX: &str = include_str!("../../../tests/conformance/bases/conformance-busybox-1.json");
const LAYERED: &str = "\
FROM conformance/busybox:1
ENV API_TOKEN=abc
COPY . /app
RUN rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new
";

fn layered() -> Shared<Report> {
    let mut catalog = Catalog::default();
    #[expect(clippy::unwrap_used, reason = "the recorded image can be read")]
    let base = parse_image(BUSYBOX).unwrap();
    catalog.insert(base);
    let mut context = Context::default();
    for (path, text) in [("Dockerfile", LAYERED), (".env", "PASSWORD=x\n"), ("run.sh", "echo 1\n"), ("src/a", "a\n")] {
        let kind = ContextKind::File(Content::text(text));
        assert!(context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 0 }).is_ok(), "{path}");
    }
    let (options, profile, cache) = (Options::default(), Profile::default(), CacheStore::default());
    let inputs = Inputs { context: &context, options: &options, catalog: &catalog, profile: &profile, cache: &cache };
    Shared::new(Rc::new(analyze(&inputs).0))
}

fn files(layer: Option<usize>) -> Html {
    let all = ImageFilesProps { report: layered(), focus: None, onfocus: Callback::noop(), online: Callback::noop() };
    html! { <ImageFilesAt {all} {layer} /> }
}

#[test]
fn a_layer_shows_what_it_changed_and_secrets_stand_above() {
    check(
        "en",
        files(Some(2)),
        expect![[r#"
            2 secrets in the image
            Settings
            /app/.env
            Line 3
            Layer 2
            since layer 2, COPY . /app
            Hidden by layer 3 (RUN rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new), but still in the image
            Variable
            API_TOKEN
            Line 2
            in the environment of every container
            Deleting a file in a later layer does not take it out: whoever has the image has all layers. Leave it out with .dockerignore, or give it to the one RUN that needs it with --mount=type=secret. A secret that was pushed has to be replaced.
            Values of ARG and ENV stand in the image’s history and settings. Give them to the RUN that needs them with --mount=type=secret,env=NAME, or when the container starts.
            Final image
            Layer 3: RUN rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new · 11B
            Layer 2: COPY . /app · 146B
            Layer 1: conformance/busybox:1 · 2.07MB
            RUN rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new
            Line 4
            +1 added
            4B
            ~1 changed
            7B
            −1 removed
            11B
            Only changes
            All
            Name
            From
            Mode
            Owner
            Bytes
            ~
            app
            changed
            3: COPY . /app
            0755
            0:0
            139B
            −
            .env
            removed
            secret
            3: COPY . /app
            0644
            0:0
            11B
            +
            new
            added
            4: RUN rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new
            0644
            0:0
            4B
            ~
            run.sh
            changed
            4: RUN rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new
            0644
            0:0
            7B
        "#]],
    );
}

#[test]
fn the_log_stands_as_on_a_terminal_at_first() {
    check(
        "en",
        html! { <Log report={built()} /> },
        expect![[r#"
        Terminal
        Line by line
        docker build --progress=tty .
        Copy
        [+] Building 3.4s (3/3) FINISHED                                 docker:default
        => [internal] load build definition from Dockerfile                       0.0s
        => => transferring dockerfile: 297B                                       0.0s
        => CACHED [build 4/6] RUN npm ci                                          0.0s
        => [build 6/6] RUN npm run build                                          3.3s
        00000000000000000000
        Differs from a real log in what depends on the moment: times are estimates, digests are left out, and steps that run at the same time stand one after another.
    "#]],
    );
}

#[test]
fn layers_tell_what_they_waste() {
    let layers = html! { <Layers report={layered()} focus={Some(2)} onfocus={Callback::noop()} /> };
    check(
        "ja",
        layers,
        expect![[r#"
            イメージを構成するレイヤー
            ベース
            2.07MB
            追加分
            157B
            無駄
            18B
            合計
            2.07MB
            上ほど新しく、重いレイヤーほど高く描かれます。後のレイヤーでファイルを消しても、前のレイヤーは小さくなりません。
            レイヤー 3
            RUN rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new
            追加分
            11B
            4 行目
            ファイル
            レイヤー 2
            COPY . /app
            追加分
            146B
            無駄 18B
            3 行目
            ファイル
            レイヤー 1
            conformance/busybox:1
            ベース
            2.07MB
            実際より短く描いています
            ファイル
            無駄なバイト
            2.07MB のうち 18B (0 %) は、イメージに含まれているのに見えません。後のレイヤーで削除されたか、書き直されたファイルです。
            ファイルを作った RUN の中で削除する、最終的な内容とモードで一度だけ書く (COPY --chown、--chmod)、最後のステージに必要なものだけをコピーする、のいずれかでなくせます。
            ファイルまたはフォルダー
            バイト数
            含まれる場所
            隠した場所
            /app/.env
            11B
            レイヤー 2
            COPY . /app
            削除:
            レイヤー 3
            4 行目
            RUN rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new
            /app/run.sh
            7B
            レイヤー 2
            COPY . /app
            書き直し:
            レイヤー 3
            4 行目
            RUN rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new
            Image efficiency score: 99 %
            Potential wasted space: 25B
            ツール dive の表示と同じ値です。スコアは、各パスが最小の形で一度だけあった場合の重さを、すべてのコピーの重さと比べたものです。dive の無駄な容量には、複数のレイヤーにあるパスのすべてのコピーが、使われているものも含めて入ります。
            設定（config）
            docker image inspect の Config に表示される内容です。レイヤーではないので容量はなく、コンテナの起動に使われます。
            項目
            値
            由来
            Cmd
            ["sh"]
            ベースイメージ
            Env
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            ベースイメージ
            Env
            API_TOKEN=abc
            2 行目
            docker history
            新しい順
            古い順
            CREATED BY
            SIZE
            由来
            キャッシュ
            RUN /bin/sh -c rm /app/.env && sed -i s/1/2/ /app/run.sh && echo new > /app/new # buildkit
            11B
            4 行目
            実行
            COPY . /app # buildkit
            146B
            3 行目
            実行
            ENV API_TOKEN=abc
            0B
            2 行目
            設定のみ (レイヤーなし)
            2.07MB
            ベースイメージ
            –
            合計
            2.07MB
        "#]],
    );
}
