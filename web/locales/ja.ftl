# 日本語の画面。名前と引数はどの言語も同じで、テストで確かめている。

# ヘッダー
project-sample = サンプル: 小さな Node サービス
undo = 直前の編集を取り消す
redo = やり直す
language = 言語
theme = 配色
theme-system = システムに合わせる
theme-light = ライト
theme-dark = ダーク
build = ビルド
build-hint = ビルド (Ctrl+Enter)
options = docker build のオプション
target-last = 最後のステージ
argument-name = 名前
argument-value = 値
argument-add = 追加
argument-remove = { $name } を外す
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
editor-limited = 非常に長い行があるため、色分けを省いています。
file-not-text = テキストではないか、ここで編集するには大きすぎるファイルです ({ $size })。
file-not-there = このファイルはもうありません。
problems-title = 問題 { $count } 件
problem-line = { $line } 行目
problem-whole-file = ファイル全体
problem-docs = { $rule } の公式説明
more-problems = ほか { $count } 件
severity-error = エラー
severity-warning = 警告
severity-note = メモ

# ファイル
files-title = ビルドコンテキスト
files-sum = { $count } ファイル · { $all } のうち { $sent } を送信
files-filter = ファイルを絞り込む
files-left-out = ほか { $count } 件は表示していません。フォルダーを閉じるか、絞り込んでください。
file-actions = { $path } の操作
file-new = 新規
file-new-name = 新しいファイルのパス
file-rename = 名前変更
file-other-name = 新しいパス
file-name-ok = 決定
file-touch-hint = 更新日時を現在にします。キャッシュに影響するでしょうか?
file-chmod-hint = 実行ビットを切り替えます
file-big = 100 MB に
file-big-hint = 中身を 100 MB 分の「0」に置き換えます
file-delete = 削除
file-changed = 編集済み
file-ignored = { $pattern } により除外

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
figure-layers = レイヤー
figure-added = うち追加分 { $size }
figure-none = なし
time-milliseconds = { $ms } ミリ秒
time-seconds = { $seconds } 秒
time-minutes = { $minutes } 分 { $seconds } 秒

# 結果
result-title = 結果
tab-steps = ステップ
tab-image = イメージ
tab-log = ログ
graph-title = ステージ
graph-left-out = 残り { $count } ステップは図では省いています。一覧にはすべて載っています。
context-name = コンテキスト
stage-named = ステージ { $name }
stage-target = ターゲット
stage-not-needed = 不要
stage-from-stage = ステージ { $stage }
base-scratch = ベース: scratch (空のイメージ)
base-stage = ベース: ステージ { $stage }
base-image = ベース: { $image } ({ $size })
base-image-counted-as = ベース: { $image } ({ $other } の値で計算、{ $size })
base-unknown = サイズ不明
state-cached = キャッシュ
state-ran = 実行
state-failed = 失敗
state-not-reached = 未到達
state-not-needed = 不要
basis-exact = 正確: 実際のエンジンと同じ方法で計算した値です。
basis-estimated = 推定: 実測データから見積もった値です。
basis-not-modelled = 対象外: 計算できないため 0 として数えています。
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
layers-hint = 上ほど新しく、高さはバイト数に比例します。後のレイヤーでファイルを消しても、前のレイヤーは小さくなりません。
layers-none = このビルドではイメージができません。
layer-base = ベース
layer-yours = 追加分
history-sum = 合計
log-copy = コピー
log-copied = コピーしました

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
reason-variable-changed = { $name } が「{ $before }」から「{ $after }」に変わりました
reason-variable-new = { $name } が新たに設定されました
reason-variable-gone = { $name } が設定されなくなりました
reason-variables-reordered = 変数の順序が変わりました
reason-workdir = 作業ディレクトリが { $before } から { $after } に変わりました
reason-user = ユーザーが「{ $before }」から「{ $after }」に変わりました
reason-shell = SHELL が変わりました
reason-mounts = マウントが変わりました
reason-base = ベースイメージが { $before } から { $after } に変わりました
reason-parent-ran = 直前のステップ { $step } が再実行されたためです
reason-parent-changed = 直前のステップが別のものになりました: { $step }
reason-no-cache = --no-cache のため、キャッシュを使いません
reason-failed-before = 前回失敗したためです。失敗はキャッシュされません
reason-stage-not-needed = ターゲットはこのステージを必要としません
note-unknown-command = { $name } は未知のコマンドです。0 B、1 秒として数えています。
note-not-modelled = 計算の対象外: { $what }
note-limit = シミュレーターの上限に達しました: { $what }

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
message-project-opened = プロジェクトを開きました
message-name-taken = { $path } はすでにあります。
message-edit-refused = { $path }: この編集はできません ({ $error })。
message-not-saved = プロジェクトが大きすぎるため、ページを離れると内容は残りません ({ $bytes }、上限 { $limit })。
message-saved-by-newer-version = 保存されていた内容は、より新しい Layerlab のものでした。別に保管し、サンプルプロジェクトを開いています。
message-saved-unreadable = 保存されていた内容を読めませんでした ({ $error })。別に保管し、サンプルプロジェクトを開いています。
message-image-unavailable = ベースイメージ { $image } の情報がありません。これに依存するサイズやファイルは含まれません。

# Docker のビルドチェックの説明
problem-StageNameCasing = ステージ名は、イメージ名と同じく小文字で書きます。
problem-FromAsCasing = FROM と AS は、大文字か小文字のどちらかにそろえます。
problem-NoEmptyContinuation = 継続行の途中の空行は、将来エラーになります。
problem-ConsistentInstructionCasing = 命令は、大文字か小文字のどちらかにそろえます。
problem-DuplicateStageName = 同じ名前のステージが二つあり、どちらを指すか決まりません。
problem-ReservedStageName = このステージ名は Docker が予約しています。
problem-JSONArgsRecommended = 文字列で書くとシェル経由で動き、シグナルがプログラムに届きません。JSON 配列なら直接起動します。
problem-MaintainerDeprecated = MAINTAINER は廃止予定です。LABEL を使います。
problem-UndefinedArgInFrom = FROM で使っている引数が、それより前の ARG で宣言されていません。
problem-WorkdirRelativePath = 相対パスの WORKDIR はベースイメージの設定に左右されます。スラッシュから書きます。
problem-UndefinedVar = この変数はどこでも設定されておらず、空になります。
problem-MultipleInstructionsDisallowed = 一つのステージで有効なのは、最後の一つだけです。
problem-LegacyKeyValueFormat = 等号を使って NAME=VALUE の形で書きます。
problem-RedundantTargetPlatform = FROM が既定で使うプラットフォームと同じです。
problem-SecretsUsedInArgOrEnv = ARG や ENV の値はイメージから読み取れます。機密情報にはシークレットマウントを使います。
problem-InvalidDefaultArgInFrom = 引数の既定値のままでは、この FROM は正しいイメージ名になりません。
problem-FromPlatformFlagConstDisallowed = プラットフォームを固定すると、ほかの環境向けにビルドできなくなります。
problem-CopyIgnoredFile = .dockerignore で除外されているため、コピーできません。
problem-InvalidDefinitionDescription = ステージや ARG の直前のコメントは、その名前で始めて説明にします。
problem-ExposeProtoCasing = プロトコルは小文字で書きます。
problem-ExposeInvalidFormat = EXPOSE に書くのはポートとプロトコルです。アドレスやホスト側のポートは docker run で指定します。
