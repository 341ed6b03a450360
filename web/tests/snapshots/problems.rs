//! The problems, in Docker's words and in ours.

use super::*;

#[test]
fn problems_are_said_in_dockers_words_and_in_ours() {
    check(
        "ja",
        html! { <Problems report={built()} online={Callback::noop()} /> },
        expect![[r#"
            Docker のビルドチェック
            1
            docker build --check が警告する内容です（Docker の文言のまま）。
            警告
            12 行目
            JSON arguments recommended for CMD to prevent unintended behavior related to OS signals
            文字列で書くとシェル経由で動き、シグナルがプログラムに届かないため、docker stop は十秒待ってから強制終了します。JSON 配列で書けば、プログラムが直接起動します。
            JSONArgsRecommended の公式説明
        "#]],
    );
}
