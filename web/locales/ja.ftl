# 日本語の画面。名前と引数はどの言語も同じで、テストで確かめている。

# ヘッダー
project-sample = サンプル: 小さな Node サービス
undo = 直前の編集を取り消す
redo = やり直す
header-settings = 設定
language = 言語
theme = 配色
theme-system = システム
theme-light = ライト
theme-dark = ダーク
build = ビルド
build-hint = ビルド (Ctrl+Enter)
store = ストア
store-hint = エンジンがイメージを保存する方式です。ビルドキャッシュは方式ごとに別々です。
store-overlay2 = ファイルのバイト数を数えます。COPY --link は通常の COPY と同じです。
store-containerd = 新規インストールの既定です。4 kB のブロック単位で数え、COPY --link は下のレイヤーに依存しません。
options = docker build のオプション
target-last = 最後のステージ
argument-name = 名前
argument-value = 値
argument-add = 追加
argument-remove = { $name } を外す
machine-button = マシン: { $name }
machine-hint = 時間を見積もるときに想定するマシンです。サイズやキャッシュの結果は変わりません。
machine-laptop = ノート PC
machine-laptop-hint = 8 コア、高速なディスク、100 Mbit/s
machine-ci = CI ランナー
machine-ci-hint = やや遅い 4 コア、ネットワークディスク、1000 Mbit/s
machine-wifi = 会場の Wi-Fi
machine-wifi-hint = 同じノート PC で、4 Mbit/s、応答の遅い回線
machine-own = 独自設定
machine-figures = 数値は自由に変えられます。
machine-network = ダウンロード速度
machine-latency = 最初の応答まで
machine-disk = ディスク書き込み
machine-file = ファイル作成
machine-container = RUN の起動
machine-command = 単純なコマンド
machine-cores = 同時実行ステップ
machine-compile = コンパイル時間
machine-packages = パッケージ管理
machine-compress = 圧縮時間
unit-megabits = Mbit/s
unit-megabytes = MB/s
unit-milliseconds = ミリ秒
unit-microseconds = マイクロ秒
unit-cores = コア
unit-percent = %
more = その他
prune = キャッシュを空にする
prune-hint = docker builder prune --all: 次のビルドはキャッシュなしで始まります
reset = 最初から
reset-hint = サンプルプロジェクトを、キャッシュが空の状態で開き直します
dismiss = 閉じる

# エディター
editor-title = ソース
editor-label = { $path } の内容
editor-help = Tab キーでエディターから抜けます。字下げには空白を使ってください。Ctrl+Enter でビルドします。
editor-keys = 字下げは Ctrl+] と Ctrl+[、入力候補は Ctrl+Space、カーソル位置の説明は Ctrl+I、コメントの切り替えは Ctrl+/、行の移動は Alt と上下の矢印キーです。開いているものは Esc キーで閉じます。
editor-limited = 非常に長い行があるため、色分けを省いています。
editor-offers = 入力候補
editor-control-character = 制御文字
editor-selection-deleted = 選択範囲を削除しました

search-find = 検索
search-replace = 置換後の文字列
search-next = 次へ
search-previous = 前へ
search-all = すべて
search-case = 大文字と小文字を区別
search-regexp = 正規表現
search-word = 単語単位
search-replace-one = 置換
search-replace-all = すべて置換
search-close = 検索を閉じる
search-current = 一致箇所
search-on-line = 行:
search-replaced-one = 一致箇所を置換しました。行: $
search-replaced = 置換した一致箇所の数: $
file-not-text = テキストではないか、ここで編集するには大きすぎるファイルです ({ $size })。
file-not-there = このファイルはもうありません。
file-draft = .dockerignore がないため、コンテキストの全ファイルが送信されます。ここにパターンを入力すると作成されます。
problems-none = 指摘はありません。エラーも、Docker のビルドチェックの警告も、ヒントもありません。
problems-errors = エラー
problems-errors-hint = ここでビルドが止まります。
problems-checks = Docker のビルドチェック
problems-checks-hint = docker build --check が警告する内容です（Docker の文言のまま）。
problems-tips = ヒント
problems-tips-hint = もっと良くできる点です。このビルドの結果から Layerlab が見つけました。
problems-notes = 注記
problems-notes-hint = Layerlab がこのファイルをどう読むかです。
problem-more = Docker の解説
severity-tip = ヒント
problem-line = { $line } 行目
problem-whole-file = ファイル全体
problem-docs = { $rule } の公式説明
more-problems = ほか { $count } 件
severity-error = エラー
severity-warning = 警告
severity-note = メモ

# エディターの補完と説明
offer-stage = ステージ
offer-images = { $count ->
   *[other] タグ { $count } 個
}
note-variable = ここでの値は「{ $value }」です。
note-variable-empty = ここでは空の値が設定されています。
note-variable-unset = ここでは設定されていません。Docker は空文字列に置き換えます。
note-variable-argument = ARG で設定された値です。ビルド中だけ使えます。
note-variable-environment = ENV またはベースイメージで設定された値です。コンテナにも引き継がれます。
note-path = { $count ->
   *[other] ビルドコンテキストの { $count } ファイル、{ $size }
}
about-FROM = ステージを始め、その土台を決めます。イメージか前のステージを指定します。scratch なら空から始まります。
about-RUN = コンテナの中でコマンドを実行し、変わったファイルをレイヤーとして残します。コマンドの文字列とそれより前がすべて同じならキャッシュが使われます。
about-COPY = ビルドコンテキストや別のステージ、イメージのファイルをイメージにコピーします。ファイルが同じならキャッシュが使われます。
about-ADD = COPY と同じコピーに加えて、URL からの取得とローカルのアーカイブの展開ができます。その必要がなければ、COPY のほうが意図がはっきりします。
about-WORKDIR = 以降の命令とコンテナの作業ディレクトリを設定します。なければ作成されます。
about-ENV = 以降の命令とコンテナに渡る変数を設定します。値を変えると、以降の RUN は再実行されます。
about-ARG = --build-arg で渡せる変数を宣言します。有効なのはビルド中、そのステージの中だけです。
about-CMD = コンテナが起動するコマンド、または ENTRYPOINT の引数です。docker run で置き換えられます。有効なのは最後の 1 つだけです。
about-ENTRYPOINT = コンテナとして動くプログラムです。docker run の引数（なければ CMD）がこのプログラムの引数になります。
about-EXPOSE = プログラムが待ち受けるポートを記録します。公開はされません。公開するのは docker run --publish です。
about-USER = 以降の RUN とコンテナを実行するユーザーです。指定しなければ root です。
about-LABEL = 人やツールのためのメモで、イメージの設定に残ります。
about-VOLUME = コンテナごとにボリュームが割り当てられるディレクトリです。以降の命令での変更はイメージに残りますが、見えにくくなります。
about-HEALTHCHECK = コンテナが正常に動いているかを Docker が確かめるコマンドです。
about-SHELL = 文字列で書かれたコマンドを実行するシェルを指定します。
about-STOPSIGNAL = docker stop がプログラムに送るシグナルです。
about-ONBUILD = あとで実行される命令です。このイメージをベースに別のイメージをビルドするときに実行されます。
about-MAINTAINER = 作者の名前です。非推奨なので、代わりに LABEL を使います。
about-flag-platform = ビルドの対象にかかわらず、このプラットフォーム用のイメージを使います。
about-flag-mount = この RUN の間だけファイルを使えるようにします。レイヤーには残りません。
about-flag-network = コマンドが使うネットワークです。default、none、host のいずれかです。
about-flag-device = ホストのデバイスをこの RUN で使えるようにします。
about-flag-chmod = コピーしたファイルのモードです。755 のような数値か、u=rwX のような変更で指定します。
about-flag-chown = コピーしたファイルの所有者とグループです。指定しなければ、USER に関係なく root になります。
about-flag-exclude = このパターンに一致するファイルを除きます。何度でも指定できます。
about-flag-from = ビルドコンテキストではなく、ステージまたはイメージからファイルを取ります。
about-flag-link = 下のレイヤーに依存しない独立したレイヤーを作ります。下が変わっても再実行されません。
about-flag-checksum = 取得するファイルのダイジェストです。一致しなければビルドは失敗します。
about-flag-keep-git-dir = 取得したリポジトリの .git ディレクトリを残します。
about-flag-unpack = アーカイブを展開するかどうかです。ローカルのものは false でなければ展開され、取得したものは true のときだけ展開されます。
about-flag-interval = チェックの間隔です。既定値は 30s です。
about-flag-timeout = この時間を超えたチェックは失敗とみなされます。既定値は 30s です。
about-flag-start-period = 起動後この時間内の失敗は数えません。
about-flag-start-interval = 起動期間中のチェックの間隔です。
about-flag-retries = この回数続けて失敗すると unhealthy になります。既定値は 3 です。
about-mount-bind = ビルドコンテキスト、ステージ、イメージのファイルを、レイヤーにコピーせずに使います。
about-mount-cache = ビルドをまたいで残るディレクトリです。パッケージマネージャーやコンパイラーに向いています。レイヤーにもイメージにも入りません。
about-mount-tmpfs = メモリー上の空のディレクトリで、RUN が終わると消えます。
about-mount-secret = docker build に渡した秘密の値を、ファイルまたは変数として使います。レイヤーにも履歴にも残りません。
about-mount-ssh = ビルドする人の SSH エージェントを使います。非公開リポジトリの取得に使え、鍵はイメージに入りません。
about-key-type = マウントの種類です。既定値は bind です。
about-key-source = マウントするパスです。取得元のルートから指定します。
about-key-target = マウント先のパスです。
about-key-from = ファイルの取得元となるステージまたはイメージです。指定しなければビルドコンテキスト、cache の場合は空です。
about-key-rw = 書き込みを許可します。書き込んだ内容は破棄されます。
about-key-readonly = 書き込みを禁止します。
about-key-id = キャッシュ、シークレット、エージェントの名前です。同じ id のキャッシュは共有されます。省略すると target が id になります。
about-key-sharing = 2 つのステップが同時にキャッシュを使うときの扱いです。shared（共有）、private（別々）、locked（待つ）から選びます。
about-key-required = シークレットやエージェントがないとビルドを失敗させます。指定しなければそのまま続きます。
about-key-size = 入れられる最大のサイズです。
about-key-mode = ファイルまたはディレクトリのモードです（8 進数）。
about-key-uid = 所有者の ID です。
about-key-gid = グループの ID です。
about-key-env = シークレットの値を入れる変数です。

# ファイル
files-title = ビルドコンテキスト
files-sum = { $count } ファイル · { $all } のうち { $sent } を送信
files-filter = ファイルを絞り込む
files-left-out = ほか { $count } 件は表示していません。フォルダーを閉じるか、絞り込んでください。
file-actions = { $path } の操作
file-target = 選択中: { $path }
file-target-folder = 選択中: { $path } (中身も含む)
files-none = コンテキストは空です。ビルドには Dockerfile が必要です。「新規」で追加できます。
files-none-match = 条件に合うファイルはありません。
file-new = 新規
file-new-name = 新しいファイルのパス（末尾に / を付けるとフォルダー）
file-rename = 名前変更
file-other-name = 新しいパス
file-name-ok = 決定
file-touch-hint = 更新日時を現在にします。キャッシュに影響するでしょうか?
file-chmod-hint = 実行ビットを切り替えます
file-mode = 新しいモード（644 や u+x,go=r など）
file-mode-hint = 任意のモードを設定します
file-no-mode = モードとして正しくありません。4 桁以内の 8 進数（755）か、chmod の書式（u+x）で入力してください。
file-made-big = { $path } の内容は 100 MB の 0 になりました
file-undo = 元に戻す
file-big = 100 MB に
file-big-hint = 中身を 100 MB 分の「0」に置き換えます
file-delete = 削除
file-changed = 編集済み
file-ignored = { $pattern } により除外

# 説明
ask-about = 「{ $term }」とは
glossary-title = 用語と理由
glossary-button = ヘルプ
glossary-instructions = 命令
glossary-flags = フラグ
glossary-mounts = RUN --mount の種類
glossary-keys = RUN --mount のキー
dialog-close = 閉じる

keys-button = キーボードショートカット
keys-title = キーボードショートカット
keys-list-on = ? キーでこの一覧を開く
keys-page = どこでも
keys-build = ビルド
keys-list = この一覧 (入力中を除く)
keys-close = 開いているものを閉じる
keys-editor = エディター
keys-offer = 入力候補を表示
keys-explain = カーソル位置の説明を表示
keys-find = 検索と置換
keys-find-next = 次または前の一致箇所へ
keys-undo = 取り消す
keys-redo = やり直す
keys-indent = 字下げを増やす、減らす
keys-comment = コメントの切り替え
keys-move-line = 命令を移動（ほかのファイルでは行を移動）
keys-copy-line = 行を複製
keys-delete-line = 行を削除
keys-leave = エディターから抜ける
keys-tabs = タブ
keys-tab = ほかのタブへ移動
keys-close-tab = ファイルのタブを閉じる
keys-files = ファイルの一覧
keys-file = ほかのファイルへ移動
keys-fold = フォルダーを閉じる、開く
keys-open = ファイルを開く
keys-rename = 名前を変更 (ビルドコンテキスト)
keys-delete = 削除 (ビルドコンテキスト)
keys-graph = グラフ
keys-scroll = スクロール
keys-zoom = 拡大、縮小
keys-fit = 全体を表示
keys-whole = 原寸で表示
keys-play = ビルドの再生
keys-moment = 次または前の時点へ
keys-ends = 先頭または末尾へ
keys-toggle = 再生、一時停止
key-title = キャッシュキー
key-hint = これらと直前のステップがすべて以前のビルドと同じなら、ステップはキャッシュから使われます。
key-parent = 直前のステップ
key-command = コマンド
key-variable = 変数
key-directory = ディレクトリ
key-user = ユーザー
key-network = ネットワーク
key-mount = マウント
key-names = 名前
key-destination = コピー先
key-owner = 所有者
key-mode = モード
key-exclude = 除外
key-context = ファイルのチェックサム
key-stage = 取得元のファイルのチェックサム
term-image = イメージ
term-image-text = ビルドで作られるものです。ファイルの入ったレイヤーの重なりと、何をどう起動するかの設定からなります。コンテナは、イメージの上に書き込み用のレイヤーを一枚重ねたものです。
term-layer = レイヤー
term-layer-text = 一つのステップがファイルシステムに加えた変化です。追加・変更・削除されたファイルが入ります。RUN、COPY、ADD、WORKDIR が一つずつ作ります。できあがったレイヤーは変わらないので、あとのステップで小さくはできません。
term-base-image = ベースイメージ
term-base-image-text = FROM で指定するイメージです。そのレイヤーがあなたのイメージの一番下に入り、サイズにも数えられます。すでに持っているマシンでは、もう一度ダウンロードされることはありません。
term-instruction = 命令
term-instruction-text = FROM、RUN、COPY など、Dockerfile の一行です。レイヤーを作るものと、ENV、CMD、LABEL のように設定だけを変えて容量を取らないものがあります。
term-step = ステップ
term-step-text = 命令を実際に処理したものです。キャッシュから取り出されるか、実行されます。互いに依存しないステージのステップは並行して進みます。
term-stage = ステージ
term-stage-text = ある FROM から次の FROM までです。イメージに入るのは最後のステージ（またはターゲット）のレイヤーだけで、ほかのステージからは COPY --from で取ったものだけが入ります。
term-target = ターゲット
term-target-text = イメージになるステージです。--target を指定しなければ最後のステージです。ターゲットに必要のないステージはまったくビルドされません。
term-build-context = ビルドコンテキスト
term-build-context-text = docker build に渡すフォルダーです。COPY と ADD はここからだけファイルを取り、.dockerignore を通ったものだけがビルダーに送られます。
term-dockerignore = {""}.dockerignore
term-dockerignore-text = ビルドコンテキストから除くものをパターンで書くファイルです。除いたものはコピーできず、送られもせず、キャッシュにも影響しません。
term-build-cache = ビルドキャッシュ
term-build-cache-text = これまでのステップの結果です。キャッシュキーが同じステップは実行されず、そのレイヤーがそのまま使われます。一度外れると、同じステージのそれより後のステップもその結果の上に立つため、すべて実行されます。
term-cache-key = キャッシュキー
term-cache-key-text = キャッシュの中からステップを探すために比べるものです。変数を展開した文、実行時の設定、直前のステップ、COPY ならファイルの中身からなります。ファイルの日時は含まれません。
term-cache-mount = キャッシュマウント
term-cache-mount-text = RUN --mount=type=cache は、ビルドが終わっても残り、どのレイヤーにも入らないフォルダーをステップに渡します。パッケージマネージャーのダウンロード置き場に向いています。ステップ自体のキャッシュはほかと同じです。
term-whiteout = ホワイトアウト
term-whiteout-text = 下のレイヤーのものを消すための印で、.wh.名前 という空のファイルです。消したファイルは下のレイヤーに残り、容量も減りません。
term-hidden-bytes = 隠れたバイト
term-hidden-bytes-text = あとのレイヤーで消されたり書き直されたりしたファイルの容量です。コンテナからは見えませんが、保存も push も pull もされます。
term-efficiency = 効率
term-efficiency-text = dive の指標です。それぞれのパスが最小の大きさで一つだけあった場合の合計を、すべての写しの合計で割ったものです。100 % なら二重のものはありません。
term-digest = ダイジェスト
term-digest-text = sha256:… で始まる、中身のチェックサムです。中身が違えば名前も違います。ダイジェストで指定したイメージは、いつどこでも同じものです。
term-tag = タグ
term-tag-text = node:22-alpine の 22-alpine のような、イメージの版の名前です。公開者はいつでも別のイメージに付け替えられます。latest は、指定がないときに使われるタグにすぎません。
term-build-time = ビルド時間
term-build-time-text = 選んだマシンでの、開始から終了までの時間です。独立したステージは並行して進みます。見積もりなので、Dockerfile どうしを比べるためのものです。
term-critical-path = クリティカルパス
term-critical-path-text = ビルド時間を決めている、順に待ち合わせるステップの連なりです。それ以外のステップを速くしても、全体は変わりません。
term-estimate = ≈ と ?
term-estimate-text = ≈ は測定データからの見積もりで、ネットワークやコンパイラーが要るものです。? はモデルがなく、0 として数えています。= は作者がコメントで書いた値です。それ以外は、エンジンと同じ方法で計算しています。

# 状態
status-built = ビルド #{ $build }: 実際に行われた結果です
status-failed = ビルド #{ $build } は失敗しました
status-preview = プレビュー: いま docker build を実行するとこうなります
status-would-fail = プレビュー: いま docker build を実行すると失敗します
status-invalid = Dockerfile に誤りがあるため、何も実行されません
status-changed-one = 前回のビルド後に { $path } を編集
status-changed = 前回のビルド後に { $path } ほか { $others } 件を編集
status-options-changed = 前回のビルド後にオプションを変更
status-older = 以下は、このエラーになる前の結果です。

# 数値
summary-label = ビルドの概要
figure-size = イメージサイズ
figure-time = ビルド時間
figure-cached = キャッシュ利用
figure-ran = { $count } ステップを実行
figure-ran-because = { $count } 件を実行: { $why }
figure-ran-failing = { $count ->
    [0] 失敗 { $failing } 件
   *[other] { $count } 件を実行、失敗 { $failing } 件
}
figure-problems = 指摘
figure-no-problems = 指摘なし
count-errors = エラー { $count }
count-warnings = 警告 { $count }
count-tips = ヒント { $count }
figure-layers = レイヤー
figure-added = 追加 { $size }
figure-none = なし
time-label = ビルド時間の内訳
critical-path = クリティカルパス
critical-hint = ビルド時間を決めているステップの連なりです。ほかのステップを速くしても全体は短くなりません。
critical-step = クリティカルパス上のステップ
critical-others = ほか短い { $count } 件
time-saved = キャッシュの効果
time-saved-hint = キャッシュを使わずに実行した場合に延びる時間と、そのステップの実行時間の合計です
time-saved-of = 待ち時間 { $time }、処理 { $work } を節約
time-transfer = { $count ->
    [0] 新たに送るファイルはありません ({ $time })
   *[other] { $count } ファイル、{ $size } を送信 ({ $time })
}
time-cached = 実行時には { $time } かかりました。
time-milliseconds = { $ms } ミリ秒
time-seconds = { $seconds } 秒
time-minutes = { $minutes } 分 { $seconds } 秒

# 結果
result-title = 結果
tab-steps = ステップ
tab-graph = グラフ
tab-layers = レイヤー
tab-files = ファイル
tab-timeline = タイムライン
tab-problems = 指摘
tab-suggestions = 改善
tab-what-if = もしも
tab-log = ログ
panes-label = ページの各部
pane-source = Dockerfile
pane-context = コンテキスト
pane-result = 結果
graph-window = ステージの図。矢印キーで移動、+ と - で拡大・縮小、0 で全体を表示します。「ステップ」の一覧に同じ内容があります。
graph-next = 次のステップ
graph-previous = 前のステップ
graph-fit = 全体
graph-closer = 拡大
graph-further = 縮小
graph-whole = 原寸
graph-stopped = ビルドは { $step } で停止しました
graph-details = 選択中のステップ
graph-close = 閉じる
graph-layer = レイヤー
graph-files = レイヤーのファイル
graph-everything = 出力とレイヤーのファイル
graph-legend-from = ステージからの FROM
graph-legend-copy = ステージからの COPY --from
graph-legend-mount = ステージからのマウント
graph-legend-context = コンテキストのファイル
graph-takes = ファイルの取得元
graph-waits-for = 先に必要なステップ
graph-needed-by = これを待つステップ
play-label = ビルドの再生
play-start = 再生
play-pause = 一時停止
play-back = 一つ前の時点
play-forward = 一つ次の時点
play-position = ビルドの時点
play-speed = 再生速度
play-after-build = ビルドのたびに再生
play-time = { $time } / { $total }
play-said = { $time }、{ $count } ステップ中 { $done } 完了
play-waiting = 待機中
play-running = 実行中
play-done = 完了
play-sending = 送信中
timeline-none = 何も実行されなかったので、時間はかかっていません。
timeline-packed = ステージごとに 1 行
timeline-ghosts = キャッシュの効果を表示
timeline-before = 前のビルドと比較
timeline-this = このビルド
timeline-build = 前のビルド (#{ $build })
timeline-chart = 時間軸で見たステップ。下の表に同じ内容があります
timeline-table = 各ステップの実行時間
timeline-step = ステップ
timeline-state = 結果
timeline-starts = 開始
timeline-takes = 所要時間
timeline-saved = キャッシュで節約
timeline-earlier = 前のビルド
timeline-critical = クリティカルパス
timeline-context = ビルドコンテキストの送信
timeline-pull = { $image } の取得
timeline-first = ステップの前
timeline-ends = { $time } で終了
timeline-ends-without = キャッシュなし: { $time }
graph-left-out = 残り { $count } ステップは図では省いています。一覧にはすべて載っています。
context-name = コンテキスト
stages-none = 表示するステージがありません。ステージは FROM で始まります。
steps-none = ステップはありません。イメージの設定だけです。
steps-more = 続きのステップを表示 (残り { $count } 件)
more-rows = ほかに古い行が { $count } 件
step-base = ベース { $size }
step-shared = ステージ { $stage } と同じステップです。実行は一度だけです。
stage-named = ステージ { $name }
stage-target = ターゲット
stage-not-needed = 不要
base-scratch = ベース: scratch (空のイメージ)
base-stage = ベース: ステージ { $stage }
base-image = ベース: { $image } ({ $size })
base-image-counted-as = { $image } はカタログにないため、{ $other } として計算しています ({ $size })
base-image-system = { $image } はカタログにありません。サイズ不明、システムは { $system } とみなしています
base-unknown = サイズ不明
state-cached = キャッシュ
state-ran = 実行
state-failed = 失敗
state-not-reached = 未到達
state-not-needed = 不要
basis-exact = 正確: 実際のエンジンと同じ方法で計算した値です。
basis-estimated = 推定: サイズを実測データから見積もった値です。
basis-measured = 実測値: あなたが実際に測ったサイズです。
basis-time-measured = 実測値: あなたが実際に測った時間です。
basis-stated = 申告値: サイズは Dockerfile の作者がコメントに書いた値です。
basis-time = 時間は、選択したマシンを想定した推定値です。
basis-time-stated = 時間は Dockerfile の作者がコメントに書いた値です。
basis-time-not-modelled = 未知のプログラムの実行時間は 1 秒として数えています。
evidence-label = 推定の根拠
evidence-debian-packages = 出典: Debian 12 のパッケージ索引とインストールの実測 (2026-09)
evidence-alpine-packages = 出典: Alpine 3.24 の apk が表示するパッケージのサイズ
evidence-npm-installs = 出典: npm パッケージを一つずつインストールした実測
evidence-pip-installs = 出典: Python パッケージを一つずつインストールした実測
evidence-go-builds = 出典: 公表されている Go プログラムのサイズ
evidence-typical-size = 出典: 実測なし (同種のものの典型的なサイズ)
evidence-base-image = 出典: ベースイメージ、または類似イメージの圧縮サイズ
basis-not-modelled = 対象外: 計算できない部分を 0 B として数えています。
step-line = { $line } 行目を表示
step-output = 出力
step-files = { $count ->
    [0] このレイヤーにファイルはありません
   *[other] このレイヤーの内容 { $count } 件
}
more-files = ほか { $count } 件
more-lines = ほか { $count } 行
change-added = 追加
change-changed = 変更
change-removed = 削除
layers-title = イメージを構成するレイヤー
layers-hint = 上ほど新しく、重いレイヤーほど高く描かれます。後のレイヤーでファイルを消しても、前のレイヤーは小さくなりません。
layers-none = このビルドではイメージができません。
layers-empty = イメージにレイヤーはありません。何も追加されていません。
layer-base = ベース
layer-yours = 追加分
layer-wasted = 無駄
layer-number = レイヤー { $number }
layer-wastes = 無駄 { $size }
layer-broken = 実際より短く描いています
layer-files-of = レイヤー { $number } の時点のファイル
waste-title = 無駄なバイト
waste-none = ほかのレイヤーのファイルを隠しているレイヤーはありません。
waste-sum = { $all } のうち { $wasted } ({ $percent } %) は、イメージに含まれているのに見えません。後のレイヤーで削除されたか、書き直されたファイルです。
waste-advice = ファイルを作った RUN の中で削除する、最終的な内容とモードで一度だけ書く (COPY --chown、--chmod)、最後のステージに必要なものだけをコピーする、のいずれかでなくせます。
waste-path = ファイルまたはフォルダー
waste-size = バイト数
waste-in = 含まれる場所
waste-by = 隠した場所
waste-all = すべて表示
waste-files = { $count } ファイル
waste-deleted = 削除:
waste-written = 書き直し:
waste-dive = ツール dive の表示と同じ値です。スコアは、各パスが最小の形で一度だけあった場合の重さを、すべてのコピーの重さと比べたものです。dive の無駄な容量には、複数のレイヤーにあるパスのすべてのコピーが、使われているものも含めて入ります。
history-newest = 新しい順
history-oldest = 古い順
history-order = 行の並び順
history-from = 由来
history-base = ベースイメージ
history-state = キャッシュ
history-setting = 設定のみ (レイヤーなし)
image-layer = 表示する時点
image-final = 最終イメージ
image-older = 一つ前のレイヤー
image-newer = 一つ後のレイヤー
image-sum = { $count } ファイル、見えているのは { $size }、レイヤーの合計は { $layers }
image-no-changes = レイヤー { $number } で変わったファイルはありません
image-outline = ベースイメージの一部はバイト数しか分かっていないため、すべてのファイルは表示されません。
image-others = その他のファイル (名前は不明)
image-which = 表示するファイル
image-only-changed = 変更のみ
image-only-own = ベースを除く
image-all = すべて
image-search = パスで検索
image-nothing = 該当するファイルはありません。
image-more = さらに表示 (残り { $count } 件)
image-name = 名前
image-mode = モード
image-owner = 所有者
image-secret = 秘密情報
image-kind-dir = フォルダー
image-kind-file = ファイル
image-kind-symlink = シンボリックリンク
image-kind-hardlink = ハードリンク
image-file-close = { $path } を閉じる
image-file-owner = 所有者 { $uid }、グループ { $gid }
image-file-before = 変更前 (レイヤー { $number }): { $size }
image-file-same = レイヤー { $number } と同じ内容です。{ $size } がイメージに二重に入っています
image-file-view = ファイルの表示方法
image-file-changes = 差分
image-file-text = 本文
image-file-empty = 空のファイルです。
image-file-cut = 先頭部分だけを表示しています。ファイル全体は { $size } です。
image-file-binary = テキストではありません ({ $size })。
image-file-unknown = 中身は分かりません ({ $size })。サイズは推定値、またはベースイメージについての既知の値です。
image-file-skipped = … 同じ行が { $count } 行
secrets-title = イメージに秘密情報が { $count } 件あります
secrets-advice-files = 後のレイヤーでファイルを削除しても、イメージからはなくなりません。イメージを手に入れた人は、すべてのレイヤーを読めます。.dockerignore で除外するか、--mount=type=secret で必要な RUN にだけ渡してください。すでに公開した秘密情報は、新しいものに替える必要があります。
secrets-advice-text = ARG や ENV の値は、イメージの履歴や設定に残ります。--mount=type=secret,env=名前 で必要な RUN にだけ渡すか、コンテナの起動時に渡してください。
secret-private-key = 秘密鍵
secret-token = トークン
secret-environment = 設定ファイル
secret-credentials = 認証情報
secret-variable = 変数
secret-in-line = (ファイルの { $line } 行目)
secret-since = レイヤー { $number } から: { $made }
secret-hidden = レイヤー { $number } ({ $made }) が隠していますが、イメージには残っています
secret-env = すべてのコンテナの環境変数に含まれます
secret-history = docker history に値が表示されます
history-sum = 合計
log-none = 何も実行されていないため、出力はありません。
log-copy = コピー
log-copied = コピーしました
log-form = ログの形式
log-terminal = ターミナル
log-plain = 一行ずつ
log-differs = 実際のログとは、その時々で変わる部分が異なります。時間は推定値で、ダイジェストは省き、同時に動くステップは順に並べています。

# ステップが実行される理由
reason-new = これまでのビルドになかったステップです
reason-file-content = { $path } の内容が変わりました
reason-file-mode = { $path } のモードが変わりました
reason-file-owner = { $path } の所有者が変わりました
reason-file-added = { $path } が増えました
reason-file-removed = { $path } がなくなりました
reason-file-kind = { $path } の種類かリンク先が変わりました
reason-file-stage = { " " }(ステージ { $stage } のファイル)
reason-file-others = { " " }(ほか { $count } 件)
reason-command = コマンドの文字列が変わりました。変更前: { $before }
reason-sources = コピー元が { $before } から { $after } に変わりました
reason-destination = コピー先が { $before } から { $after } に変わりました
reason-flag-changed = { $name } が { $before } から { $after } に変わりました
reason-flag-new = { $name }={ $after } が加わりました
reason-flag-gone = { $name }={ $before } がなくなりました
reason-heredoc = ヒアドキュメントの内容が変わりました
reason-variable-changed = { $name } が「{ $before }」から「{ $after }」に変わりました
reason-variable-new = { $name } が新たに「{ $after }」に設定されました
reason-variable-gone = { $name }(以前は「{ $before }」)が設定されなくなりました
reason-variables-reordered = 変数の順序が変わりました
reason-workdir = 作業ディレクトリが { $before } から { $after } に変わりました
reason-shell = SHELL が { $before } から { $after } に変わりました
reason-base = ベースイメージが { $before } から { $after } に変わりました
reason-parent-ran = 直前のステップ { $step } が再実行されたためです
reason-parent-changed = 直前のステップが別のものになりました: { $step }
reason-no-cache = --no-cache のため、キャッシュを使いません
reason-failed-before = 前回失敗したためです。失敗はキャッシュされません
reason-stage-not-needed = ターゲットはこのステージを必要としません
note-unknown-command = { $name } は未知のコマンドです。0 B、1 秒として数えています。
note-not-modelled = 計算の対象外: { $what }
note-more-than-stated = 作者の申告は { $size } ですが、計算できた分だけでそれを超えるため、計算値を使っています。
note-unchecked = { $what } の中身は不明なため、ここでは検証できません。正しいものとして扱っています。
note-service-manager = コンテナにはサービスマネージャーがありません。動くのは CMD または ENTRYPOINT がフォアグラウンドで起動するプロセスだけです。RUN の中で起動したものは、そのステップとともに終了します。
note-reboot = RUN からコンテナを再起動したり停止したりすることはできません。init プロセスはなく、ステップの終了後に動き続けるものもありません。
note-sudo = USER を指定していなければ RUN はもともと root で実行されるため、sudo に意味はありません。多くのイメージには入っていません。
note-compressed = ここで圧縮されたファイルのサイズは、実際のエンジンと数バイト異なることがあります
note-typical-size = { $what } には実測値がないため、標準的なサイズ（{ $size }）として数えています
note-may-be-there = { $what } がイメージにあるかどうかは不明です。あるものとして扱っています
note-other-release = { $release } のパッケージは、{ $counted } のデータで代用して数えています
note-other-version = { $tool } { $version } の実測値がないため、{ $tool } { $counted } の値で代用して数えています
note-derived-download = { $image } のダウンロード量は不明です。ほかのイメージの圧縮率をもとに、展開後のサイズから { $size } と推定しています
note-writes-nothing = { $what } はモデルのないプログラムです。何も書き込まないものとして数えています
note-facts-missing = { $table } のパッケージの情報がまだ読み込まれていないため、このコマンドは何もしていません
note-limit = シミュレーターの上限に達しました: { $what }
limit-other = 計算できる範囲を超えています
limit-awk-calls = awk の関数呼び出しの深さ
limit-awk-steps = awk の実行ステップ数
limit-awk-text = awk で扱う文字列の長さ
limit-command-depth = コマンドの入れ子の深さ
limit-content-bytes = ファイル内容のバイト数
limit-copied-files = 一つのステップでコピーするファイル数
limit-diff-lines = diff で比較する行数
limit-endless-file = 終わりのないファイル
limit-endless-output = 終わりのない出力
limit-expansion-characters = 展開後の文字数
limit-glob-names = パターンに一致する名前の数
limit-line-bytes = 一行のバイト数
limit-log-bytes = 出力のバイト数
limit-log-lines = 出力の行数
limit-pattern-text = パターンと照合する文字列の長さ
limit-regex-work = 正規表現の照合にかかる手間
limit-sed-steps = sed の実行ステップ数
limit-seq-numbers = seq が出力する数の個数
limit-shell-nesting = シェルの構文の入れ子
limit-steps = コマンドの実行ステップ数
limit-test-depth = 条件式の入れ子
limit-text-bytes = 文字列のバイト数
limit-walked-files = コマンドが調べるファイル数

# 通知
announce-first = { " " }最初に実行されたのは { $step } です ({ $why })。
message-built = ビルドが終わりました。キャッシュ { $cached } ステップ、実行 { $ran } ステップ、イメージ { $bytes }。
message-build-failed = ビルドに失敗しました: { $message }
message-file-added = { $path } を追加しました
message-file-removed = { $path } を削除しました
message-file-renamed = { $path } に名前を変えました
message-mode-changed = { $path } のモードを変えました
message-file-touched = { $path } の更新日時を変えました
message-undone = 取り消しました
message-redone = やり直しました
message-cache-pruned = キャッシュを空にしました
message-measured = { $count } ステップの値を実測値に置き換えました
message-project-opened = プロジェクトを開きました
message-fresh-machine = ここからは新しいマシンでビルドします。キャッシュはありません
message-republished = { $image } が公開し直されました
message-time-passed = { $days } 日がたちました
message-files-changed = { $path } { $count ->
    [0] {""}
   *[other] ほか { $count } ファイル
}を変えました
message-returned = ファイルをその時点に戻しました
message-nothing-to-edit = このプロジェクトには、その編集ができるファイルがありません。
message-link-none = このリンクには保存された内容がありません。何も変えていません。
message-link-newer-version = このリンクは、より新しい Layerlab のものです。何も変えていません。ページを読み込み直すと最新版になります。
message-link-truncated = リンクの終わりが欠けています。長いリンクを途中で切るアプリがあります。何も変えていません。もう一度もらってください。
message-link-damaged = リンクの文字が変わっています。何も変えていません。コピーし直してください。
message-link-too-large = この内容はリンクには大きすぎます（上限 { $limit }）。代わりにファイルに保存します。
message-link-unreadable = リンクの内容を読めませんでした（{ $error }）。何も変えていません。
message-name-taken = { $path } はすでにあります。
message-edit-refused = { $path }: この編集はできません ({ $error })。
message-not-saved = プロジェクトが大きすぎるため、ページを離れると内容は残りません ({ $bytes }、上限 { $limit })。
message-saved-by-newer-version = 保存されていた内容は、より新しい Layerlab のものでした。別に保管し、サンプルプロジェクトを開いています。
message-saved-unreadable = 保存されていた内容を読めませんでした ({ $error })。別に保管し、サンプルプロジェクトを開いています。
message-image-unavailable = ベースイメージ { $image } の情報がありません。これに依存するサイズやファイルは含まれません。
message-table-unavailable = { $table } のパッケージの情報を読み込めませんでした。インストールするステップは 0 として数えています。接続を確かめて、ページを読み込み直してください。

# Docker のビルドチェックの説明
problem-StageNameCasing = Docker はステージ名を小文字にして扱うため、Build と build は同じ名前になります。小文字で書けば、Docker の表示と一致します。
problem-FromAsCasing = FROM と AS は一つの命令のキーワードで、片方だけ大文字と小文字が違うと、書き間違いや名前に見えます。どちらかにそろえて書きます。
problem-NoEmptyContinuation = 空行があると命令が終わったように見えますが、Docker は続きとして読み、将来はエラーにすると予告しています。空行を消すか、コメント行にします。
problem-ConsistentInstructionCasing = Docker は run も RUN も受け付けますが、混ざったファイルは読みにくくなります。どちらかにそろえ、慣例に従うなら大文字で書きます。
problem-DuplicateStageName = ここから先、この名前は後のステージを指し、前のステージは番号でしか参照できません。ステージごとに別の名前を付けます。
problem-ReservedStageName = この名前は Docker が使っており、scratch は空のイメージ、context はビルドコンテキストを指します。別の名前を付けます。
problem-JSONArgsRecommended = 文字列で書くとシェル経由で動き、シグナルがプログラムに届かないため、docker stop は十秒待ってから強制終了します。JSON 配列で書けば、プログラムが直接起動します。
problem-MaintainerDeprecated = MAINTAINER は廃止予定で、ラベルを調べるツールからは見えません。代わりに LABEL org.opencontainers.image.authors="…" と書きます。
problem-UndefinedArgInFrom = FROM で使えるのは最初の FROM より前の ARG で宣言した引数だけで、ほかは空になります。ファイルの先頭で宣言するか、つづりを直します。
problem-WorkdirRelativePath = 相対パスの WORKDIR はベースイメージの作業ディレクトリから始まり、イメージの更新で変わることがあります。最初の WORKDIR はスラッシュから書きます。
problem-UndefinedVar = この変数はどこでも設定されていないため、何も言われないまま空になります。つづりを直すか、ARG か ENV で宣言します。
problem-MultipleInstructionsDisallowed = 一つのステージで有効なのは最後の一つだけで、前のものは何もしません。前のものを消します。
problem-LegacyKeyValueFormat = 等号がないと、名前より後ろはすべて空白も含めて値になります。NAME=VALUE の形で書き、空白を含む値は引用符で囲みます。
problem-RedundantTargetPlatform = FROM はもともと対象のプラットフォームを使うため、読む人は書いてある理由を探してしまいます。このフラグは外します。
problem-SecretsUsedInArgOrEnv = ARG や ENV の値は履歴や設定に残り、イメージを持つ人なら誰でも読めます。必要とする RUN にだけ、--mount=type=secret で渡します。
problem-InvalidDefaultArgInFrom = 引数の既定値のままではこの FROM が正しいイメージ名にならず、引数なしの docker build は失敗します。名前として成り立つ既定値を ARG に付けます。
problem-FromPlatformFlagConstDisallowed = 固定したプラットフォームはどの環境向けのビルドでも変わらず、ほかの環境のイメージが正しくできません。$BUILDPLATFORM を使うか、フラグを外します。
problem-CopyIgnoredFile = .dockerignore で除外されたファイルはビルドコンテキストに入らず、コピーできません。.dockerignore か、この命令のどちらかから外します。
problem-InvalidDefinitionDescription = ステージや ARG の直前のコメントは、その名前で始まるときだけ説明として表示されます。名前で始めるか、# だけの行でコメントを区切ります。
problem-ExposeProtoCasing = Docker はプロトコルを小文字で表示するため、表示された文字列で検索しても見つかりません。プロトコルは小文字で書きます。
problem-ExposeInvalidFormat = EXPOSE はコンテナのポートを記録するだけで、アドレスやホスト側のポートは捨てられます。ポートだけを書き、残りは docker run --publish で指定します。

# ファイルの編集ができない理由
refused-empty-path = パスが空です
refused-absolute-path = パスはスラッシュで始めず、コンテキストからの相対パスで書きます
refused-bad-part = パスの途中に空の名前や「.」「..」は使えません
refused-too-long = パスが長すぎます
refused-not-found = ファイルがありません
refused-exists = 同じ名前のものがすでにあります
refused-not-a-directory = フォルダーになるべき場所にファイルがあります
refused-not-empty = 中身のあるフォルダーをファイルに置き換えることはできません
refused-into-itself = フォルダーをその中へ移すことはできません
refused-too-many = コンテキストのファイル数が上限に達しています

# Dockerfile の誤りの説明 (Docker のメッセージに添える)
problem-tip-unpinned-base = { $image } のタグは固定されていません。イメージが公開し直されると、同じ Dockerfile でも別のものからビルドされます。バージョンを指定し、完全に同じビルドが必要ならダイジェストも付けます。
problem-tip-install-after-source = { $line } 行目でソース全体をコピーしたあとに依存関係をインストールしているため、どのファイルを編集してもインストールがやり直されます。先に { $manifest } だけをコピーしてインストールし、残りはそのあとでコピーします。
problem-tip-update-alone = apt-get update だけの RUN です。このレイヤーはキャッシュから使われ続け、そのあいだにパッケージは更新されるので、やがて古い一覧のせいでインストールが失敗します。install と同じ RUN にまとめます。
problem-tip-recommends = apt-get は推奨パッケージもインストールしますが、サーバーではほとんど不要です。--no-install-recommends を付け、必要なものだけを指定します。
problem-tip-apt-lists = このレイヤーには apt のパッケージ一覧が { $folder } に { $size } 残っています。実行時には使われません。同じ RUN の中で消します: rm -rf /var/lib/apt/lists/*
problem-tip-package-cache = このレイヤーには { $folder } にダウンロードしたものが { $size } 残っています。次のインストールでしか使われません。キャッシュマウントに置くか、パッケージマネージャーに残さないよう指定します。
problem-tip-hidden-deleted = このステップは { $path } を消しますが、その { $size } は{ $line ->
    [0] ベースイメージ
   *[other]  { $line } 行目のレイヤー
}に残ります。レイヤーは下のレイヤーを小さくできません。{ $line ->
    [0] それを含まないイメージから始めます。
   *[other] 作った RUN の中で消すか、別のステージで作って結果だけをコピーします。
}
problem-tip-hidden-rewritten = このステップは { $path } を書き直すため、イメージは { $size } を二重に持ちます（ここと、{ $line ->
    [0] ベースイメージ
   *[other] { $line } 行目のレイヤー
}）。モードや所有者を変えるだけでもファイル全体が複製されます。COPY --chown や --chmod を使うか、ファイルを作るステップの中で済ませます。
problem-tip-secret-in-layer = { $path } は秘密情報のようです。イメージを持つ人は誰でも読めます{ $deleted ->
    [0] {""}
   *[other] （{ $deleted } 行目で消しても残ります）
}。.dockerignore で除くか、必要な RUN にだけ --mount=type=secret で渡します。
problem-tip-secret-in-history = { $name } の値はイメージの履歴に残り、docker history で誰にでも見えます。--build-arg ではなく --mount=type=secret で渡します。
problem-tip-unneeded-context = { $folder } がビルドコンテキストとして送られ、コピーされています（{ $count } ファイル、{ $size }）。.dockerignore に加えると、ビルドが小さく速くなり、その中の編集でキャッシュが無効になることもなくなります。
problem-tip-root-user = このイメージのプログラムは root で動きます。侵入されるとコンテナの root を取られます。ユーザーを作るか、イメージにあるユーザーを USER で指定します。
problem-tip-add-for-copy = ADD はアーカイブを展開したりダウンロードしたりします。普通のファイルなら COPY のほうが紛れがありません。COPY を使います。
problem-tip-pipe-status = このダウンロードが失敗しても、ステップは成功することがあります。パイプの終了コードは最後のコマンドのものだからです。シェルが対応していれば set -o pipefail で始めるか、先にファイルへ保存します。
problem-tip-lone-cd = cd の効果はその RUN の終わりまでで、次の命令はまた WORKDIR から始まります。WORKDIR を使います。
problem-tip-sudo = RUN は USER で変えないかぎり最初から root で動くので、sudo は不要なプログラムを増やすだけです。外すか、USER を変えます。
problem-unexplained = この書き方は使えません。
problem-step-failed = ビルドはこのステップで止まります。出力があれば詳細に表示されます。
problem-ignore-pattern = .dockerignore の { $line } 行目は正しいパターンではありません。
problem-blank-name = 等号の前に名前が必要です。
problem-blank-volume = ボリュームにするディレクトリを書きます。
problem-check-options-invalid = check ディレクティブには skip=ルール名,… や error=true を、セミコロンで区切って書きます。
problem-duplicate-flag = --{ $flag } は一度だけ指定します。
problem-duration-invalid = 時間は 500ms、30s、1m30s のように、数と単位で書きます。
problem-duration-too-short = 0 は既定値を表します。それ以外は 1ms 以上にします。
problem-empty-dockerfile = FROM とベースイメージから始めます。例: FROM alpine
problem-flag-not-boolean = --{ $flag } はそのまま書くか、=true か =false を付けます。
problem-flag-without-dashes = フラグはハイフン二つで始め、引数より前に書きます。
problem-flag-without-value = 等号に続けて、空白を入れずに値を書きます: --{ $flag }=…
problem-from-arguments = FROM イメージ、または FROM イメージ AS 名前 の形で書きます。
problem-healthcheck-none-arguments = NONE はベースイメージのヘルスチェックを無効にするもので、引数を取りません。
problem-healthcheck-type = HEALTHCHECK には CMD とコマンド、または NONE を書きます。
problem-healthcheck-without-command = CMD の後に、確認に使うコマンドを書きます。
problem-heredoc-destination = ヒアドキュメントはコピー元にだけ使えます。最後の引数はコピー先です。
problem-invalid-escape-directive = escape ディレクティブに使えるのは、バックスラッシュかバッククォートです。
problem-json-form-not-strings = 配列の要素はすべて二重引用符で囲みます。
problem-line-too-long = 行を分けてください。行末のバックスラッシュでつないだ行は、全体で一行と数えます。
problem-mount-field-without-value = マウントの項目は「名前=値」の形で書き、カンマで区切ります。
problem-mount-from-variable = FROM イメージ AS 名前 でステージを作り、その名前をここに書きます。
problem-mount-key-not-of-type = { $type } 型のマウントに { $key } はありません。
problem-mount-not-csv = マウントはカンマ区切りで書き、引用符は対にします。例: type=cache,target=/root/.cache
problem-mount-value-invalid = 「{ $value }」は { $key } の値として使えません。
problem-network-mode-invalid = RUN のネットワークは default、none、host のいずれかです。
problem-no-arguments = { $instruction } の後に何も書かれていません。
problem-no-destination = { $instruction } には、コピー元を一つ以上、最後にコピー先を書きます。
problem-no-instructions = コメントと空行しかありません。FROM とベースイメージから始めます。
problem-no-stage-yet = 最初の FROM より前に書けるのは ARG だけです。
problem-no-stages = ステージがありません。FROM を書きます。
problem-not-json-form = { $instruction } は二重引用符の JSON 配列で書きます。例: ["/bin/sh", "-c"]
problem-not-one-argument = { $instruction } の引数は一つです。空白を含むときは引用符で囲みます。
problem-onbuild-chained = トリガーは次のビルドで動きます。さらに次のトリガーは設定できません。
problem-onbuild-not-allowed = { $instruction } はトリガーにできません。
problem-trigger-not-one = トリガーに書けるのは一つの命令だけです。
problem-pair-without-equals = 名前=値 の形で書きます。空白を含む値は引用符で囲みます。例: name="two words"
problem-pair-without-value = { $instruction } には名前と値を書きます。
problem-repeated-directive = ディレクティブはファイルの先頭に、それぞれ一度だけ書きます。
problem-retries-invalid = 再試行の回数は整数で書きます。
problem-retries-negative = 再試行の回数は 0 以上で、0 は既定値を表します。
problem-secret-mount-invalid = シークレットマウントには id か target が必要です。ほかのステージからは取れません。
problem-stage-name-invalid = ステージ名は英字で始め、英数字と「-」「_」「.」を使います。
problem-unknown-flag = この命令にそのフラグはありません。
problem-unknown-instruction = 行は命令で始めます。前の行の続きなら、前の行の末尾にバックスラッシュが必要です。
problem-unknown-mount-key = マウントにその項目はありません。
problem-unknown-mount-sharing = sharing は shared、private、locked のいずれかです。
problem-unknown-mount-type = マウントの型は bind、cache、tmpfs、secret、ssh です。
problem-unterminated-heredoc = ヒアドキュメントが終わっていません。{ $name } だけの行が必要です。
problem-substitution-too-deep = 変数の入れ子が深すぎて計算できません。

# RUN の結果を申告するコメント
problem-statement-misplaced = # layerlab: のコメントは RUN の直前でだけ有効です。そこへ移してください。
problem-statement-empty = 直後の RUN で増えるサイズや所要時間を書きます。例: # layerlab: adds=45MB time=12s
problem-statement-path-alone = at= は adds= のファイルを置く場所です。adds= も書いてください。
problem-statement-unknown-key = 「{ $key }」は使えません。書けるのは adds=、time=、at= です。
problem-statement-repeated = { $key }= が二回書かれています。一つにしてください。
problem-statement-size-invalid = 「{ $value }」はサイズとして読めません。B、kB、MB、GB、KiB、MiB、GiB を付けて書きます。例: adds=45MB
problem-statement-time-invalid = 「{ $value }」は時間として読めません。ms、s、m、h を付けて書きます。例: time=1m30s
problem-statement-path-invalid = 「{ $value }」はファイルの絶対パスではありません。例: at=/opt/tool

# Rewrites that were tried: what to do, and why (two sentences)
suggest-secret-variable = { $name } をシークレットとしてマウントします
suggest-secret-variable-why = ビルド引数の値はイメージの履歴に残り、docker history で誰にでも見えます。シークレットマウントなら 1 つの RUN の環境変数にだけ入り、ほかには残りません（{ $option } を付けてビルドします）。
suggest-secret-file = { $name } をシークレットとしてマウントします
suggest-secret-file-why = いちどコピーしたファイルは、あとのステップで消しても、コピーしたレイヤーに残ります。シークレットマウントなら 1 つの RUN からだけ見え、どのレイヤーにも残りません（{ $option } を付けてビルドします）。
suggest-manifest-first = 先に { $files } をコピーします
suggest-manifest-first-why = { $command } に必要なのは依存関係の一覧だけなのに、どのファイルを編集してもやり直されます。一覧だけを先にコピーしてインストールすれば、ソースを編集しても依存関係はキャッシュから使われます。
suggest-packages-first = ファイルをコピーする前にシステムのパッケージを入れます
suggest-packages-first-why = { $command } はプロジェクトのファイルを読まないのに、どれかを編集するたびにやり直されます。最初の COPY より上に置けば、そのレイヤーはキャッシュから使われます。
suggest-second-stage = ビルド用のステージと、{ $image } で動かすステージに分けます
suggest-second-stage-why = イメージに、ビルドのときしか使わないコンパイラーとソースが入っています。2 つ目のステージには { $path } だけを移し、残りは置いていきます。
suggest-slimmer-base = { $image } から始めます
suggest-slimmer-base-why = このビルドは、ベースイメージの小さい版でも成功します。小さい版にないものは下の一覧のとおりなので、切り替える前にプログラムの動作を確かめます。
suggest-dockerignore = { $patterns } をビルドコンテキストから外します
suggest-dockerignore-why = どのステップも使わないファイルが送られ、コピーされ、コピー元のチェックサムまで変えています。.dockerignore に書けば外れます。
suggest-dockerignore-secrets = { $patterns } をイメージに入れません
suggest-dockerignore-secrets-why = 秘密情報のようなファイルが、コンテキスト全体の COPY でレイヤーに入っています。.dockerignore に書けば、手元のマシンから出ません。
suggest-chain-runs = { $first } 行目から { $last } 行目までを 1 つの RUN にします
suggest-chain-runs-why = RUN が書いたものは、次の RUN で消しても書き直しても、そのレイヤーに残ります。1 つの RUN にまとめれば、最後に残ったものだけがレイヤーに入ります。
suggest-clean-up = { $folder } を同じ RUN の中で消します
suggest-clean-up-why = パッケージマネージャーは次回のためにダウンロードや一覧を残しますが、イメージには要りません。入れたのと同じ RUN で消せば、どのレイヤーにも残りません。
suggest-recommends = 推奨パッケージを入れません
suggest-recommends-why = apt-get は、推奨されているだけのパッケージもインストールします。--no-install-recommends を付けると、指定したものとその依存だけが入ります。
suggest-mount-cache = { $tool } のダウンロードをキャッシュマウントに置きます
suggest-mount-cache-why = { $folder } のキャッシュマウントはレイヤーが作り直されても残り、ステップがやり直されても新しいものだけがダウンロードされます。イメージには入りません。
suggest-copy-owner = { $command } の代わりに COPY { $flag } を使います
suggest-copy-owner-why = 所有者やモードを変えるだけの RUN は、すべてのファイルをもう 1 つのレイヤーに書きます。COPY { $flag } なら、コピーするときに設定できます。
suggest-non-root = プログラムを { $user } で動かします
suggest-non-root-why = プログラムが root で動いているので、侵入されるとコンテナの root を取られます。USER で権限の小さいユーザーを指定し、必要な場所に書き込めることを確かめます。
suggest-pin-tag = バージョンを指定します: { $image }
suggest-pin-tag-why = latest のようなタグは動くので、いつか同じ Dockerfile が別のものからビルドされます。バージョンは動かず、今日の時点では同じイメージです。

# What a rewrite gains, and what it costs
suggest-gain-image = イメージが { $before } から { $after } に
suggest-gain-cold = 何もないマシンでのビルドが { $before } から { $after } に
suggest-gain-source = ソースを編集したあとのビルドが { $before } から { $after } に
suggest-gain-dependency = 依存関係を変えたあとのビルドが { $before } から { $after } に
suggest-gain-context = .dockerignore で除外されないファイルの合計が { $before } から { $after } に
suggest-gain-secret = イメージから読める秘密情報が { $before } 個から { $after } 個に
suggest-gain-root = { $after ->
    [0] プログラムが root で動かなくなります
   *[other] プログラムが root で動きます
}（{ $before } → { $after }）
suggest-gain-pinned = バージョンが固定されていないベースイメージが { $before } 個から { $after } 個に
suggest-gain-problem = { $problem }: { $before } 件から { $after } 件に

# What changes in the image
suggest-change-nothing = イメージのファイルと設定は変わりません
suggest-change-added = 増えるもの: { $path }（{ $files } ファイル、{ $size }）
suggest-change-removed = なくなるもの: { $path }（{ $files } ファイル、{ $size }）
suggest-change-content = 内容が変わるもの: { $path }
suggest-change-owner = 所有者 { $before } → { $after }: { $path }
suggest-change-mode = モード { $before } → { $after }: { $path }
suggest-change-more = ほかに { $count } 個のパス
suggest-change-config = 設定: { $fields }

# Steps from the cache whose result would be another today
suggest-ages-packages = このレイヤーは { $days } 日前のものです。そのあいだにパッケージは新しくなっていますが、キャッシュには分かりません。
suggest-ages-dependencies = このレイヤーは { $days } 日前のものです。その日のバージョンが入っていて、新しいバージョンがあってもキャッシュには分かりません。
suggest-ages-download = このレイヤーは { $days } 日前のものです。その URL の内容は変わっているかもしれませんが、キャッシュには分かりません。
suggest-ages-image = このベースイメージは { $days } 日前に読み込まれました。タグはもう別のものを指しているかもしれません。

# Why instructions cannot stand in an order
suggest-obstacle-before-from = { $line } 行目が最初の FROM より前に来ます。そこに置けるのは ARG だけです。
suggest-obstacle-stage-later = { $line } 行目が、まだ始まっていないステージ { $stage } を使うことになります。そのステージより下に置きます。
suggest-obstacle-variable-later = { $line } 行目が、そこでは設定されていない { $name } を使うことになります。同じステージの、設定する ARG か ENV より下に置きます。
suggest-obstacle-refused = この順番は Docker に拒否されます: { $message }
suggest-obstacle-fails = { $line } 行目のステップは、必要なものがあとで来るので失敗します: { $output }（{ $message }）

# 試してみた書き換えの一覧
suggestions-about = どの提案も、実際に 3 通り（最初から、ソースを編集した後、依存関係を変えた後）ビルドして確かめてあります。効果があるものだけを、大きい順に並べます。
suggestions-searching = Dockerfile の書き換えを試しています（これまでに { $tried } 件）…
suggestions-found = 効果のある書き換えが { $count } 件あります（{ $tried } 件を試行）
suggestions-none = 改善できるところは見つかりませんでした。{ $tried } 件の書き換えをビルドしましたが、効果のあるものはありません。
suggestions-no-build = この Dockerfile はまだビルドできません。ビルドできるようになると、ここで書き換えを試します。
suggestion-apply = 適用
suggestion-apply-named = 適用: { $title }
suggestion-gains = 効果
suggestion-costs = 代償
suggestion-edit = { $path } の変更点
suggestion-changes = イメージで変わるもの: パス { $count } 件{ $fields ->
    [0] { "" }
   *[other] 、設定 { $fields } 件
}

# プロジェクトに起きることの一覧
what-if-edit = プロジェクトを編集する
what-if-source = ソースファイルを編集
what-if-dependency = 依存関係を追加
what-if-comment = コメントを変更
what-if-log = ログファイルを追加
what-if-world = 周りの出来事を起こす
what-if-fresh = 新しいマシン（CI）でビルド
what-if-prune = ビルドキャッシュを空にする
what-if-days = { $days } 日が過ぎる
what-if-republish = { $image } が再公開される
what-if-built = 最後のビルドが最新の状態です。
what-if-would = 今ビルドすると、{ $ran } ステップを実行し、{ $cached } ステップはキャッシュを使い、{ $time }かかります。
what-if-fails = 今ビルドすると失敗します。
what-if-stale = 古い結果
what-if-events = これまでの出来事
what-if-events-about = 新しい順に並んでいます。「戻る」でファイルとオプションをその時点に戻します。ビルドキャッシュはそのままで、「元に戻す」で取り消せます。
what-if-more = これより前の { $count } 件は省略しています
what-if-return = 戻る
what-if-return-named = この時点に戻る: { $what }
what-if-here = 現在の状態
what-if-run = { $ran } ステップを実行、{ $cached } ステップはキャッシュ、{ $time }、{ $size }
what-if-run-failed = 失敗しました。
event-opened = プロジェクトを開いてビルド
event-project = 別のプロジェクトを開いてビルド
event-write = { $path } を編集
event-remove = { $path } を削除
event-rename = { $path } に名前を変更
event-chmod = { $path } のモードを変更
event-touch = { $path } を touch
event-change = { $more ->
    [0] { $path } を変更
   *[other] { $path } ほか { $more } 件を変更
}
event-options = ビルドオプションを変更
event-measured = 実際のエンジンの測定値 { $count } 件
event-build = ビルド
event-prune = ビルドキャッシュを削除
event-fresh = 新しいマシンに交代
event-republish = { $image } が再公開された
event-days = { $days } 日が経過
event-undo = 元に戻した
event-redo = やり直した

# セッションを渡す
share = 共有
share-about = このリンクを開くと、いま見ている状態（Dockerfile、ファイル、オプション、これまでの出来事）がそのまま再現されます。すべてリンクの中に入っていて、どこにも送信されません。
share-link = リンク
share-length = { $count } 文字
share-copy = リンクをコピー
share-download = ファイルに保存
share-open = ファイルを開く…
share-markdown = Markdown としてコピー
share-picture = { $what }を { $kind } で保存
export-layers = { $count } レイヤー、{ $size }
markdown-step = ステップ
markdown-size = レイヤー
markdown-time = 時間
markdown-verdict = キャッシュ
markdown-total = イメージ { $size }（{ $layers } レイヤー）、{ $time }、{ $steps } ステップ中 { $cached } 件がキャッシュ。
share-before = リンクを開く前の状態に戻る

# 命令の並べ替え
order-title = 命令を移動する
order-about = ボタンかドラッグで移動します。コメント、継続行、ヒアドキュメントも一緒に動きます。移動する前に効果を計算します。
order-up = 上へ移動: { $name }
order-down = 下へ移動: { $name }
order-point = ボタンを指すか行をドラッグすると、移動した場合の効果が表示されます。
order-impossible = 移動できません
order-same = イメージもビルド時間も変わりません。
order-reruns = 移動後にソースを編集すると再実行されるステップ: { $steps }
order-reruns-nothing = 移動後にソースを編集しても、再実行されるステップはありません。
order-moved-up = 上へ移動: { $name }。
order-moved-down = 下へ移動: { $name }。
order-first = { $name } はすでに最初の命令です。
order-last = { $name } はすでに最後の命令です。

# 2 つの Dockerfile を並べて比べる
tab-compare = 比較
compare-title = 2 つの Dockerfile を比べる
compare-about = エディターの Dockerfile を A として固定し、続きを B として編集します。プロジェクトに起きたことすべてについて、両方をビルドして比べます。編集しても A は変わりません。
compare-pinned = A は固定した Dockerfile、B はエディターの内容です。同じファイルと同じ出来事で両方をビルドします。
compare-pin = 今の内容を A として固定
compare-swap = A と B を入れ替える
compare-unpin = A の固定をやめる
compare-same = 今のところ A と B は同じです。Dockerfile を編集すると、違いがここに表示されます。
compare-difference = A から B への変更点
compare-a-text = A の内容
compare-other = 別の Dockerfile を A にする…
compare-a-label = A の内容
compare-a-placeholder = Dockerfile を貼り付けてください
compare-use = A にする
compare-file = ファイルから…
compare-working = 両方をビルドしています…
compare-table = A と B の比較表
compare-a = 固定
compare-b = エディター
compare-delta = 差
compare-first = 最初のビルド
compare-and = 、
compare-preview = { $what }（未ビルド）
compare-fails = 失敗
compare-cached = キャッシュ
compare-nothing-runs = やり直すステップはありません。
compare-more-steps = ほか { $count } ステップ
compare-happen = 両方に同じことを起こしてビルド
compare-fresh = 新しいマシンに移る
compare-round = 表示するビルド:
compare-layers = レイヤー（同じ縮尺）
compare-timeline = 時間（同じ縮尺）
compare-graph = ステージ
compare-graph-a = A のステージ
compare-graph-b = B のステージ
message-pinned = Dockerfile を A として固定しました。エディターは B です。
message-unpinned = A の固定をやめました。「元に戻す」で戻せます。
message-swapped = A と B を入れ替えました。
event-pin = 比較用に Dockerfile を固定
event-unpin = Dockerfile の固定を解除
event-swap = A と B を入れ替え

# Dockerfile を比べるためのプロジェクト
presets-title = 例を開く
presets-about = 4 つの言語の小さなプロジェクトに、それぞれ 3 通りの Dockerfile があります。今のプロジェクトの代わりに開きます（「元に戻す」で戻せます）。続けて、ソースの編集、依存関係の追加、もう一度ソースの編集を行い、そのたびにビルドします。
presets-language = 言語
presets-failed = 例を読み込めませんでした。接続を確かめて、もう一度試してください。
preset-naive-ordered = 素朴な書き方と、順序を考えた書き方
preset-naive-ordered-why = 依存関係を先に入れると、ソースを編集してもインストールはやり直されません。
preset-ordered-multi-stage = 順序を考えた書き方と、マルチステージ
preset-ordered-multi-stage-why = ビルドにだけ必要なものは前のステージに残り、イメージが小さくなります。
preset-naive-multi-stage = 素朴な書き方と、マルチステージ
preset-naive-multi-stage-why = 両方の効果を一度に見られます。

# レッスン: 一覧
pane-lesson = レッスン
lessons-title = レッスン
lessons-all = レッスン一覧
lessons-about = 全 { $count } レッスン、合計およそ { $minutes } 分。どのレッスンも、自分で変更するか予想するところまで進み、結果はビルドが判定します。
lessons-progress = 終えたレッスン
lessons-done = { $count } 件のうち { $done } 件を修了
lessons-sandbox = サンドボックスに戻る
lessons-open-file = レッスンのファイルを開く
lessons-export = 進み具合を保存
lessons-import = 進み具合を読み込む
lessons-map = レッスンのつながり
lessons-loading = レッスンを読み込んでいます…
lessons-minutes = { $minutes } 分
lessons-steps-done = { $count } ステップ中 { $done }
lessons-requires = 前提: { $lessons }
lessons-challenge = チャレンジ
list-comma = 、
track-1 = イメージとレイヤー
track-2 = ビルドキャッシュ
track-3 = ビルドコンテキスト
track-4 = 小さなイメージ
track-5 = 安全なイメージ
track-6 = イメージからプロセスへ
track-others = その他

# レッスン: 画面
lesson-loading = レッスンを読み込んでいます…
lesson-close = レッスンを離れる
lesson-steps = レッスンのステップ
lesson-step-named = ステップ { $number }: { $title }（{ $state }）
lesson-mark-open = 未完了
lesson-mark-solved = 完了
lesson-mark-shown = 解答を見て完了
lesson-previous = 戻る
lesson-next = 次へ
lesson-skip = とばす
lesson-reset = やり直す
lesson-try = エディターに入れる
lesson-no-figure = イメージなし
lesson-figure-graph = 現在のビルドのグラフ
lesson-figure-layers = 現在のイメージのレイヤー
lesson-figure-timeline = ビルドの時間経過
lesson-figure-steps = 現在のビルドのステップ
lesson-figure-compare = ステップのはじめと現在の比較
lesson-figure-now = （現在は { $now }）
lesson-wasted = 隠れた容量
lesson-began = はじめ
lesson-now = 現在
lesson-first-build = 最初のビルド
lesson-build-now = いまビルドすると
lesson-goals = ゴール
goal-met = 達成
goal-not-met = 未達成
goal-waits = …
goal-now = 現在: { $found }
lesson-predict = どうなると思いますか
lesson-predict-first = それぞれのステップについて、キャッシュが使われるか実行されるかを選んでください。
lesson-reveal = ビルドして確かめる
lesson-right = 正解
lesson-wrong = 不正解
lesson-no-step = そのステップがありません
lesson-was-hit = キャッシュが使われました。
lesson-was-miss = 実行されました。
lesson-was-miss-because = 実行されました。{ $why }
lesson-score = { $count } 問中 { $right } 問正解
lesson-quiz = 問題
lesson-help = 手がかり
lesson-hint = ヒント
lesson-hint-number = ヒント { $number }
lesson-hint-fits = いまの状態に合うヒントを見る
lesson-stuck = なかなか進みませんか。いまの状態に合うヒントがあります。
lesson-no-more-hints = 残っているゴールについて、これ以上のヒントはありません。
lesson-target = ゴールの形
lesson-target-caption = ゴールのグラフ（現在のグラフと違うところ）
lesson-solution = 解答を見る
lesson-solution-about = 解答では、ファイルを次のように変更します。解答を見たステップは「解答を見て完了」になります。自力で解くには、ステップをやり直してください。
lesson-solution-same = ファイルは解答と同じです。このステップは「解答を見て完了」になります。自力で解くには、ステップをやり直してください。
lesson-solution-apply = ファイルに反映する
lesson-step-done = ステップ完了
lesson-over = レッスンはここまでです。{ $count } ステップ中 { $done } ステップを終えました。
lesson-go-on = 次のレッスン:

# ゴールが求めること
goal-builds = ビルドが成功する
goal-fails = ビルドが失敗する
goal-fails-with = ビルドが次のメッセージで失敗する: { $text }
goal-build-run = このステップでビルドを { $count } 回以上実行する
goal-image-size-at-least = イメージのサイズが { $least } 以上
goal-image-size-at-most = イメージのサイズが { $most } 以下
goal-image-size-between = イメージのサイズが { $least } から { $most }
goal-added-size-at-least = ベースイメージに加わる分が { $least } 以上
goal-added-size-at-most = ベースイメージに加わる分が { $most } 以下
goal-added-size-between = ベースイメージに加わる分が { $least } から { $most }
goal-layer-size-at-least = { $step } のレイヤーが { $least } 以上
goal-layer-size-at-most = { $step } のレイヤーが { $most } 以下
goal-layer-size-between = { $step } のレイヤーが { $least } から { $most }
goal-layers-at-least = Dockerfile が加えるレイヤーが { $least } 個以上
goal-layers-at-most = Dockerfile が加えるレイヤーが { $most } 個以下
goal-layers-between = Dockerfile が加えるレイヤーが { $least } 個から { $most } 個
goal-wasted-at-least = 上のレイヤーに隠れた容量が { $least } 以上
goal-wasted-at-most = 上のレイヤーに隠れた容量が { $most } 以下
goal-wasted-between = 上のレイヤーに隠れた容量が { $least } から { $most }
goal-context-size-at-least = .dockerignore で除外されないファイルの合計が { $least } 以上
goal-context-size-at-most = .dockerignore で除外されないファイルの合計が { $most } 以下
goal-context-size-between = .dockerignore で除外されないファイルの合計が { $least } から { $most }
goal-context-file-sent = { $path } がビルドコンテキストに入っている
goal-context-file-kept = { $path } がビルドコンテキストに入っていない
goal-step-cached = { $step } でキャッシュが使われる
goal-step-cached-after = { $after } が変わっても { $step } でキャッシュが使われる
goal-step-runs = { $step } が実行される
goal-step-runs-after = { $after } が変わると { $step } が実行される
goal-build-time-at-most = 最初のビルドが { $most } 以内に終わる
goal-rebuild-time-at-most = { $after } が変わったあとのビルドが { $most } 以内に終わる
goal-build-again-at-most = 次のビルドが { $most } 以内に終わる
goal-side-by-side = { $step } と { $other } が同時に進む
goal-file-present = { $path } がイメージにある
goal-file-absent = { $path } がイメージにない
goal-file-absent-from-layers = { $path } がどのレイヤーにもない
goal-file-owner = { $path } の所有者がユーザー { $uid }
goal-no-secrets = レイヤー、変数、履歴のどこからも秘密情報が読み取れない
goal-user-not-root = コンテナが root 以外で動く
goal-user-is = コンテナが { $user } で動く
goal-config-is = { $field } が { $value }
goal-config-contains = { $field } に { $value } が含まれる
goal-config-lacks = { $field } に { $value } が含まれない
goal-config-absent = { $field } が設定されていない
goal-config-set = { $field } が設定されている
goal-base-image-name = ベースイメージが { $name }
goal-base-image-at-most = ベースイメージのサイズが { $most } 以下
goal-base-image-name-at-most = ベースイメージが { $name } で、サイズが { $most } 以下
goal-pinned-by-tag = すべてのベースイメージに latest 以外のタグが付いている
goal-pinned-by-digest = すべてのベースイメージをダイジェストで指定している
goal-stages-at-least = イメージに必要なステージが { $least } 個以上
goal-stages-at-most = イメージに必要なステージが { $most } 個以下
goal-stages-between = イメージに必要なステージが { $least } 個から { $most } 個
goal-stage-needed = ステージ { $stage } がイメージに必要とされる
goal-stage-not-needed = ステージ { $stage } がイメージに必要とされない
goal-steps-at-least = { $instruction } 命令が { $least } 個以上
goal-steps-at-most = { $instruction } 命令が { $most } 個以下
goal-steps-between = { $instruction } 命令が { $least } 個から { $most } 個
goal-mount = { $step } に { $type } タイプのマウントがある
goal-flag = { $step } に { $flag } フラグがある
goal-flag-absent = { $step } に { $flag } フラグがない
goal-any-of = { $goals }
goal-or = 、または{""}
goal-output = { $step } が次を出力する: { $text }
goal-no-problem = 指摘がない
goal-problem-absent = { $problem } の指摘がない
goal-basis-exact = イメージのサイズが正確な値
goal-basis-stated = イメージのサイズが正確な値か明記された値
goal-basis-estimated = イメージのサイズが少なくとも推定値

# 現在の状態（「現在:」のあと）
found-size = { $bytes }
found-time = { $ms }
found-count = { $count }
found-built = ビルドは成功します
found-not-built = ビルドは失敗します: { $text }
found-invalid = Dockerfile を読み取れません: { $text }
found-no-step = { $text } というステップがありません
found-ran = 実行されます: { $text }
found-cached = キャッシュが使われます: { $text }
found-there = { $text } があります
found-in-layer = { $text } のレイヤーにあります
found-missing = { $text } がありません
found-text = { $text }
found-nothing = なし
found-secret = { $text } が読み取れます
found-root = root
found-problem = { $line } 行目に { $text }
found-needed = { $text } は必要とされています
found-not-needed = { $text } は必要とされていません
found-no-stage = そのステージがありません
found-apart = 順番に進みます
found-beside = 同時に進みます

# レッスン: 起きたことと通知
message-lesson-opened = レッスンを開きました
message-lesson-closed = レッスンを離れました。サンドボックスは元のままです
message-step-begun = ステップをはじめからやり直します
message-goals-met =
    { $count ->
       *[other] { $count } 個のゴールを達成:{" "}
    }
message-step-done = ステップ完了
message-lesson-done = レッスン完了
message-hint-offered = いまの状態に合うヒントがあります
message-no-lessons = レッスンの一覧を読み込めませんでした（{ $error }）。接続を確認してから、ページを再読み込みしてください。
message-no-lesson = レッスンを読み込めませんでした（{ $error }）。アドレスと接続を確認してください。
message-lesson-newer = このレッスンの形式はバージョン { $version } で、このページではまだ開けません。ページを再読み込みして新しくしてください。
message-lesson-foreign = これは Layerlab のレッスンではありません。レッスンは layerlab lesson pack で作る 1 つの JSON ファイルです。
message-lesson-too-large = レッスンが大きすぎます。開けるのは { $limit } までです。
message-lesson-unreadable = レッスンを開けません。問題の箇所: { $error }
message-progress-foreign = これは Layerlab の進み具合のファイルではありません。「進み具合を保存」で保存したファイルを選んでください。
message-progress-newer = この進み具合の形式はバージョン { $version } で、このページではまだ読み込めません。ページを再読み込みして新しくしてください。

# サンドボックスからレッスンを作る
make-lesson = これをレッスンにする
make-lesson-about = 開いているファイルを出発点に、1 ステップのレッスンを作ります。layerlab lesson unpack を使うと、続きを書くためのフォルダーになります。
make-lesson-name = タイトル
make-lesson-untitled = わたしのレッスン
make-lesson-goals = いま成り立っているゴール
make-lesson-none = ゴールを 1 つ以上選んでください。
make-lesson-download = レッスンをダウンロード

## ギャラリー: はじめるためのプロジェクト

gallery-title = ギャラリー
gallery-about = はじめの一歩になるプロジェクトです。いまの書き方でまとめたフレームワーク別の Dockerfile と、よくある間違いを、見どころと一緒に並べています。開くといまの内容と入れ替わり、元に戻すで戻せます。
gallery-loading = ギャラリーを読み込んでいます。
gallery-lost = 読み込めませんでした。接続を確かめて、もう一度お試しください。
gallery-search = 名前、言語、語句で検索
gallery-kind = 種類
gallery-all = すべて
gallery-frameworks = フレームワーク
gallery-mistakes = よくある間違い
gallery-framework = フレームワーク
gallery-mistake = よくある間違い
gallery-found = { $count } 件
gallery-open = 開く
gallery-open-named = 「{ $title }」を開く

# 自分のプロジェクト
own-button = 開く…
own-title = 自分のプロジェクトを開く
own-name = 自分のプロジェクト
own-private = すべてこのブラウザーの中で読み込みます。ファイルも名前も内容も、外部には送信されません。
own-folder = フォルダーを選択…
own-drop = または、ここかページのどこかにドロップしてください
own-drop-now = ドロップしてください。このブラウザーの中だけで読み込みます
own-looking = フォルダーを調べています: { $count } ファイル
own-reading = 読み込み中: { $done } / { $count } ファイル
own-list = または、ファイルの一覧を貼り付ける
own-list-hint = プロジェクトのフォルダーで次のどれかを実行した出力です。2 つ目は macOS 用です。
own-list-label = ファイルの一覧
own-list-cut = 最初の { $shown } 行だけを表示しています。{ $count } 行すべてを読み込みました。
own-dockerfile = Dockerfile
own-dockerfile-hint = プロジェクトの Dockerfile の代わりに使います。空欄ならプロジェクトのものを使います。
own-sum = { $count } ファイル、{ $size }
own-read-as = { $command } の出力として読みました
own-dockerfile-given = ここに貼り付けた Dockerfile を使います。
own-dockerfile-found = Dockerfile は { $path } です。
own-dockerfile-missing = 内容のわかる Dockerfile がありません。上の欄に貼り付けてください。
own-unread = { $count } 行を読めませんでした
own-unread-line = { $line } 行目:
own-unread-more = ほか { $count } 行
own-without-text = { $paths } は名前しかわかりません。エディターに内容を貼り付けるまで空として扱います。
own-without-size = { $count } ファイルのサイズが不明なため、0 B として数えます。「git ls-tree -r -l HEAD」ならサイズも出力されます。
own-without-target = { $count } 個のシンボリックリンクのリンク先が不明です。
own-modes = パーミッションが不明なため、スクリプトは実行可能（755）、それ以外は 644 とみなします。
own-refused = { $count } 件を除外しました。最初の 1 件:
own-lost = { $count } ファイルを読めなかったため、除外しました。
own-undo = いま開いている内容は「元に戻す」で戻せます。
own-open = プロジェクトを開く

# 実際のエンジンで測った値
measure-button = 自分の測定値…
measure-title = 実測値
measure-about = お使いのエンジンの出力を貼り付けてください。同じステップのサイズと時間が見積もりの代わりに使われます。正確に計算できる値はそのままです。ブラウザーの外には送信されません。
measure-label = docker の出力
measure-use = この値を使う
measure-clear = 測定値をすべて外す
measure-unknown = これらのコマンドの出力ではないようです。
measure-nothing = { $command } の出力として読みましたが、ステップの値がありません。キャッシュから来たステップには時間がないため、--no-cache を付けてビルドしてください。
measure-read = { $command } の出力として読みました: { $count } ステップ分の値があります。
measure-image = 実際のイメージは { $measured }、ここでの計算では { $computed } です。inspect の出力ではステップごとの値がわからないため、docker history を使ってください。
measure-matched = { $count } 件の値が、この Dockerfile のステップに使われています。
measure-base = その下の { $count } 行はベースイメージのものです（合計 { $size }）。
measure-unmatched = { $count } 件は、対応するステップがありません:

## The image's configuration
config-title = 設定（config）
config-about = docker image inspect の Config に表示される内容です。レイヤーではないので容量はなく、コンテナの起動に使われます。
config-field = 項目
config-value = 値
config-builder = ビルダー
lesson-figure-config = 現在のイメージの設定

## The graph of a lesson's goal behind the present one
ghost-switch = ゴール
ghost-about = ゴールのグラフの形を後ろに重ねて表示します
ghost-missing = ゴールにだけあるもの
ghost-extra = 現在のグラフにだけあるもの
ghost-same = グラフの形はゴールと同じです。残りの変更は、ステップの中にあります。
ghost-stage = ゴールには、現在のグラフにないステージ { $stage } があります（{ $count } ステップ）。
ghost-own-stage = ステージ { $stage } はゴールにありません。
ghost-step = ステージ { $stage }: ゴールには、{ $after } より下にもうひとつ { $keyword } があります。
ghost-first-step = ステージ { $stage }: ゴールは { $keyword } で始まります。
ghost-own-step = ステージ { $stage }: { $step } にあたるステップはゴールにありません。
lesson-target-large = 「グラフ」タブで見る

# Without a network
offline-title = ネットワークなしで使う
offline-keep = ネットワークなしでも使えるようにページを保存する
offline-filling = ページを保存しています。ネットワークなしではまだ開けません。
offline-ready = オフラインで使えます。ページもレッスンもすべて、ネットワークなしで開きます。
offline-failed = ページの一部を保存できませんでした。ネットワークが切れたか、空き容量が足りません。次に開いたときにもう一度試します。
offline-off = オフラインでは使えません。ページは保存されていません。
offline-unsupported = このブラウザーでは、ここにページを保存できません。https のアドレスで、プライベートウィンドウ以外で開いてください。
offline-file = オフラインで使えます。ページもレッスンもすべて、この 1 つのファイルに入っています。
offline-download = 1 つのファイルとしてダウンロード
offline-download-hint = layerlab-offline.html は、サーバーがなくても、ディスクや USB メモリーから開けます。
offline-update = Layerlab の新しいバージョンがあります。再読み込みすると使えます。プロジェクトはそのまま残ります。
offline-reload = 再読み込み
offline-later = あとで
share-from-disk = このページはディスク上のファイルなので、リンクはこのコンピューターでしか開けません。ほかの人に渡すには、セッションをファイルとしてダウンロードしてください。

# layerlab render が書き出す表と図
table-why = 理由
table-open = Layerlab で開く

## Presenter mode
present = 発表
present-about = 発表モード：大きな文字で、ひとつずつ、順を追って見せます
present-entered = 発表モードになりました。? でキーの一覧を開き、Esc で終了します。
present-left = 発表モードを終了しました。
present-leave = 発表モードを終了
present-panes = 表示するもの
present-both = 並べて表示
present-steps = ステップごとに進む
present-next = 進む
present-back = 戻る
present-before = ビルドの前
present-whole = ビルド全体
present-step = ステップ { $number } / { $count }
present-snapshots = スナップショット
present-keep = 現在の状態をスナップショット { $number } に保存
present-return = スナップショット { $number } に戻る（Shift を押しながらで上書き保存）
present-return-before = スナップショットに戻る前の状態へ
present-kept = スナップショット { $number } に保存しました。
present-not-kept = ブラウザーの容量が足りず、スナップショット { $number } を保存できません。数を減らすか、ファイルを小さくしてください。
present-nothing-kept = スナップショット { $number } はまだありません。Shift と数字キーで保存できます。
present-size = 文字の大きさ
present-larger = 文字を大きく
present-smaller = 文字を小さく
present-more = その他
present-goto = 移動
present-goto-number = ステップの番号
present-go = 移動する
present-blank = 画面を消す
present-fullscreen = 全画面表示
present-reset = はじめに戻す
present-predict = 会場に予想を聞く
present-question = このステップはどうなるでしょうか
present-predict-end = 予想を聞くのをやめる
present-one-more = { $answer } を 1 人増やす
present-one-fewer = { $answer } を 1 人減らす
present-reveal = 答えを見る
present-ask-next = 次の質問
present-right = { $count } 人中 { $right } 人が正解でした。
present-right-all = これまでの正解は { $count } 件中 { $right } 件です。
keys-presenter = 発表モード
keys-presenter-on = 単独のキーで発表モードを開始し、操作する
keys-present = 発表モードの開始、終了
keys-present-next = 進む（ビルドの次のステップ。レッスンを表示中はその次のステップ）
keys-present-back = 戻る
keys-present-ends = ビルドの前、ビルド全体
keys-present-go = ステップを選んで移動
keys-present-size = 文字を大きく、小さく（予想の回答欄では人数を増減）
keys-present-arrange = エディター、並べて表示、結果、ファイル、レッスンの切り替え
keys-present-part = 結果の次または前の表示
keys-present-predict = ステップごとに会場へ予想を聞く
keys-present-keep = スナップショットを保存
keys-present-return = スナップショットに戻る
keys-present-before = スナップショットに戻る前の状態へ
keys-present-reset = はじめに戻す（レッスンではそのステップの、それ以外では発表モードの開始時）
keys-present-blank = 画面を消す
keys-present-fullscreen = 全画面表示
present-link = この画面の QR コード
present-speaker = 発表者用の画面
present-speaker-blocked = 発表者用の画面がブラウザーにブロックされました。このページのポップアップを許可してから、もう一度 S を押してください。
keys-present-speaker = 発表者用の画面（メモ、次の内容、時間）
keys-present-link = 表示中の状態の QR コードとリンク

## Links for a room
code-label = QR コード
code-dense = 細かい QR コードです。近くで読み取ってもらうか、リンクを伝えてください。
code-too-long = QR コードにできません。リンクは { $count } 文字ですが、コードに入るのは { $most } 文字までです。ビルドコンテキストから不要なファイルを除くか、リンクの短いレッスンのステップを表示してください。リンク自体は使えます。
code-follow = 参加者用（閲覧のみ、同じステップを表示）
code-lesson = レッスンのステップのはじめの状態
follow-title = 発表の画面を見ています。
follow-about = 閲覧のみで、変更はできません。
follow-own = 自分のものにする
message-look-only = ほかの人の画面を閲覧しています。変更するには「自分のものにする」を選んでください。

## The speaker’s window
speaker-next = 次の内容
speaker-from-start = ビルドをはじめからステップごとに
speaker-lesson-ends = レッスンはここで終わりです。
speaker-gone = 開始からの時間
speaker-restart = いまから計り直す
speaker-minutes = この項目は { $minutes } 分まで
speaker-lost = 発表の画面から応答がありません。発表の画面で S を押して、この画面を開き直してください。
speaker-off = 発表モードではありません。P を押すと始まります。
present-workshop = ワークショップのファイルを開く
present-workshop-unavailable = ワークショップを取得できません（{ $why }）。アドレスが正しいか、ほかのサイトからの読み取りがサーバーで許可されているかを確認するか、O キーでファイルを開いてください。
present-workshop-unreadable = ワークショップとして読み取れません（{ $why }）。layerlab workshop pack FILE.toml でもう一度作成してください。
present-item = { $title }（{ $minutes } 分）
keys-present-workshop = ワークショップのファイルを開く
keys-present-item = ワークショップの次または前の項目へ
speaker-item = { $number } / { $count }：{ $title }
speaker-after = 次の項目
speaker-workshop-ends = ワークショップはここで終わりです。

## A frame in another page
embed-open = Layerlab で開く
embed-reset = このページが示す最初の状態に戻す
embed-layers = レイヤー { $count } 枚
embed-cached = { $steps } ステップ中 { $cached } がキャッシュ
# What stands in a frame before the program does: web/js/embed-start.js.
poster-about = Docker のビルドを、このブラウザーの中で計算して動かせます。
poster-button = docker build の動きを見る
poster-lesson = Docker のレッスン: { $name }
poster-dockerfile = Dockerfile
poster-loading = Layerlab を読み込んでいます…
poster-failed = ここでは Layerlab を起動できませんでした。
poster-sandboxed = このフレームは allow-same-origin なしの sandbox で、Layerlab のサーバーは Access-Control-Allow-Origin を送っていません。どちらかが必要です。
poster-open = Layerlab を開く

## The code that puts an embed into a page
share-embed = ページに埋め込む…
embed-code-title = 自分のページに埋め込む
embed-code-what = 表示するもの
embed-code-lesson = レッスンのこのステップ
embed-code-state = いま見えている状態
embed-code-view = 表示
embed-view-split = エディターと結果
embed-view-editor = エディター
embed-code-readers = 読者に合わせる
embed-code-height = 高さ
embed-code-auto = 内容に合わせた高さ
embed-code-read-only = 読み取り専用
embed-code-click = 押されたら読み込む
embed-code-form = コードの形式
embed-code-frame = フレーム
embed-code-copy = コードをコピー
embed-code-code = コード
embed-code-about = 内容はすべてアドレスに入っています。読者の編集はどこにも送られず、あなたのページも変わりません。「内容に合わせた高さ」には <layer-lab> が必要です。
embed-code-preview = 埋め込みのプレビュー
