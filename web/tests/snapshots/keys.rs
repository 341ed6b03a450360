//! The list of what keys do.

use super::*;
use web::panes::{KEYS, KeyList};

fn list(language: &str, mac: bool) -> String {
    words(&html_of(language, html! { <KeyList {mac} /> })).lines().take(18).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_press_is_shown_by_its_keys() {
    expect![[r#"
        Everywhere
        Build
        Ctrl
        Enter
        This list, unless you are typing
        ?
        Close what is open
        Esc
        In the editor
        Offer what could stand here
        Ctrl
        Space
        Explain what is here
        Ctrl
        I
        Find and replace
        Ctrl
        F"#]]
    .assert_eq(&list("en", false));
    expect![[r#"
        どこでも
        ビルド
        ⌘
        Enter
        この一覧 (入力中を除く)
        ?
        開いているものを閉じる
        Esc
        エディター
        入力候補を表示
        Ctrl
        Space
        カーソル位置の説明を表示
        ⌘
        I
        検索と置換
        ⌘
        F"#]]
    .assert_eq(&list("ja", true));
}

#[test]
fn no_key_means_two_things_in_one_part_of_the_page() {
    for (part, rows) in KEYS {
        let mut presses: Vec<&str> = rows.iter().flat_map(|(_, presses)| presses.iter().copied()).collect();
        let all = presses.len();
        presses.sort_unstable();
        presses.dedup();
        assert_eq!(presses.len(), all, "{part}");
    }
}
