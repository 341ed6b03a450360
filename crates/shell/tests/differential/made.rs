//! Scripts made at random from the grammar, without what brush is known to read wrongly: a pattern without `(` inside
//! `$(…)`, and `esac)`.

use proptest::prelude::*;
use proptest::sample::select;

/// The comment in made scripts.
pub const COMMENT: &str = "# note";

fn word() -> impl Strategy<Value = String> {
    let plain = select(vec![
        "a",
        "b.c",
        "-x",
        "--y=1",
        "/z",
        "*.txt",
        "'q r'",
        "\"s t\"",
        "$v",
        "\"${w:-u}\"",
        "$(echo k)",
        "`echo l`",
        "$((1 + 2))",
        "\\;",
        "a\\ b",
        "{n,m}",
        "~/o",
        "p=q",
        "#",
        "a#b",
        "\"$(echo \"i j\")\"",
        "${e%.*}",
        "1",
        "!",
    ]);
    // Not at the start of a word, where # begins a comment and ! is a keyword.
    proptest::collection::vec(plain, 1..3).prop_map(|parts| format!("w{}", parts.concat()))
}

fn redirection() -> impl Strategy<Value = String> {
    select(vec!["", "", "", "", " >f", " 2>&1", " >>\"g h\"", " </dev/null", " 3<>k", " >&2", " 2>/dev/null", " <&-"])
        .prop_map(str::to_owned)
}

fn simple() -> impl Strategy<Value = String> {
    let assignments = select(vec!["", "", "", "A=1 ", "B='c d' ", "C=$(pwd) ", "D= E=2 "]);
    (assignments, proptest::collection::vec(word(), 1..4), redirection())
        .prop_map(|(assignments, words, redirection)| format!("{assignments}{}{redirection}", words.join(" ")))
}

fn separator() -> impl Strategy<Value = &'static str> {
    select(vec!["; ", "\n", " && ", " || ", " | ", " && \\\n  ", "\n\n", " |\n", " # note\n", "; # note\n"])
}

/// A command of any kind, with a line's end where it needs one.
pub fn script() -> impl Strategy<Value = String> {
    simple().prop_recursive(3, 24, 3, |inner| {
        let list = proptest::collection::vec((inner.clone(), separator()), 1..4)
            .prop_map(|items| {
                let mut text = String::new();
                for (index, (command, separator)) in items.iter().enumerate() {
                    if index > 0 {
                        text.push_str(separator);
                    }
                    text.push_str(command);
                }
                text
            })
            .boxed();
        let pair = (list.clone(), list.clone());
        prop_oneof![
            list.clone(),
            (list.clone(), redirection()).prop_map(|(body, end)| format!("({body};){end}")),
            (list.clone(), redirection()).prop_map(|(body, end)| format!("{{ {body}; }}{end}")),
            (list.clone(), redirection()).prop_map(|(body, end)| format!("{{ {body}\n}}{end}")),
            pair.clone().prop_map(|(when, then)| format!("if {when}; then {then}; fi")),
            (pair.clone(), list.clone())
                .prop_map(|((when, then), other)| format!("if {when}\nthen\n{then}\nelse {other}; fi")),
            (pair.clone(), pair.clone())
                .prop_map(|((a, b), (c, d))| format!("if {a}; then {b}; elif {c}; then {d}; fi >log")),
            (word(), word(), list.clone()).prop_map(|(a, b, body)| format!("for i in {a} {b}; do {body}; done")),
            list.clone().prop_map(|body| format!("for i\ndo {body}\ndone | wc")),
            pair.clone().prop_map(|(when, body)| format!("while {when}; do {body}; done")),
            pair.clone().prop_map(|(when, body)| format!("until {when}\ndo\n{body}\ndone")),
            (word(), pair.clone()).prop_map(|(of, (a, b))| format!("case {of} in (x|y*) {a};; (*)\n{b}\n;;\nesac")),
            list.clone().prop_map(|body| format!("f() {{ {body}; }}")),
            list.prop_map(|body| format!("echo \"$( {body}; )\" w$( {body};)")),
            // Not before a second one: that is bash's alone.
            simple().prop_map(|command| format!("! {command}")),
        ]
    })
}
