//! A rewrite that was tried, in words.

use report::{DiffLine, Value};
use session::suggest::{Amount, Figures, FileEdit, Gain, ImageChange, PathChange, PathChangeKind, Suggestion};
use web::panes::SuggestionCard;

use super::*;

fn suggestion(image: ImageChange) -> Suggestion {
    Suggestion {
        code: "manifest-first",
        args: vec![
            ("files", Value::Text("package.json, package-lock.json".to_owned())),
            ("command", Value::Text("npm ci".to_owned())),
        ],
        files: vec![FileEdit {
            path: "Dockerfile".to_owned(),
            edits: Vec::new(),
            text: String::new(),
            lines: vec![DiffLine::Same("FROM node:22".to_owned()), DiffLine::Added("COPY package*.json ./".to_owned())],
        }],
        options: None,
        before: Figures::default(),
        after: Figures::default(),
        gains: vec![Gain::Source(Amount { before: 48_000, after: 3_000 })],
        losses: vec![Gain::Image(Amount { before: 100_000_000, after: 101_000_000 })],
        image,
        worth: 1,
    }
}

fn card(image: ImageChange) -> Html {
    html! { <SuggestionCard suggestion={suggestion(image)} onapply={Callback::noop()} /> }
}

#[test]
fn a_suggestion_says_what_why_and_what_it_gains_and_costs() {
    check(
        "en",
        card(ImageChange::default()),
        expect![[r#"
        Copy package.json, package-lock.json first
        Apply
        npm ci only needs to know what the dependencies are, yet it runs again whenever any file was edited. With the manifest copied and installed first, an edit of the source leaves the dependencies in the cache.
        Gain
        After an edit of a source file a build takes 3.0 s instead of 48.0 s
        Cost
        Image 101MB instead of 100MB
        The image’s files and settings stay the same
        The edit of Dockerfile
        FROM node:22
        +
        added:
        COPY package*.json ./
    "#]],
    );
}

#[test]
fn what_a_suggestion_changes_in_the_image_is_listed() {
    let change = |path: &str, kind| PathChange { path: path.to_owned(), kind, files: 2, bytes: 1_200 };
    let image = ImageChange {
        paths: vec![
            change("/app/tests", PathChangeKind::Removed),
            change("/app/data", PathChangeKind::Owner { before: (0, 0), after: (1000, 1000) }),
        ],
        more: 3,
        config: vec!["User".to_owned()],
    };
    check(
        "ja",
        card(image),
        expect![[r#"
        先に package.json, package-lock.json をコピーします
        適用
        npm ci に必要なのは依存関係の一覧だけなのに、どのファイルを編集してもやり直されます。一覧だけを先にコピーしてインストールすれば、ソースを編集しても依存関係はキャッシュから使われます。
        効果
        ソースを編集したあとのビルドが 48.0 秒 から 3.0 秒 に
        代償
        イメージが 100MB から 101MB に
        イメージで変わるもの: パス 5 件、設定 1 件
        設定: User
        なくなるもの: /app/tests（2 ファイル、1.2kB）
        所有者 0:0 → 1000:1000: /app/data
        ほかに 3 個のパス
        Dockerfile の変更点
        FROM node:22
        +
        追加:
        COPY package*.json ./
    "#]],
    );
}
