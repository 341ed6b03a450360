//! Another shell parser, brush's, asked about the same scripts: both find the same commands in the same structure, with
//! the same words, down into command substitutions.
//!
//! Compared are the recorded cases' `RUN` commands, the scripts of `scripts.txt`, and scripts made at random.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests may panic")]

mod made;
mod ours;
mod theirs;

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use shell::Dialect;

/// Scripts that the two read differently on purpose, with the reason: a shell agrees with us, and brush is wrong or is
/// another shell.
const JUSTIFIED: &[(&str, &str)] = &[
    ("for i in; do echo $i; done", "brush loses that the list is there and empty: it would take the arguments"),
    ("for 1 in a; do b; done", "brush tells a bad variable only when the loop runs"),
    ("f() a", "ash and dash take any command as a body, bash only compound ones"),
    ("for ((;;)); do break; done", "brush wants an expression; bash takes none for truth"),
    ("!", "a lone ! is bash's; ash wants a command"),
    ("echo a \\", "busybox and bash keep a backslash at the very end, brush refuses it"),
    ("echo $((1<<2)) && echo x<<2", "a here-document may end with the script, brush wants its end"),
    (ASH_IN_BRACKETS, "busybox's ash reads (( )) as a subshell in a subshell, and brush as arithmetic"),
];

const ASH_IN_BRACKETS: &str = "x=<(echo named); echo ${x#/dev} > /name; y='a*'; [[ abc == $y ]] && echo pattern > /p1; \
    [[ a.c =~ '^a' ]] && echo regex > /p2; ((2>1)) 2> /arith || echo $? >> /arith";

/// A node of either syntax tree: what it is, and what is in it.
#[derive(Debug, PartialEq)]
struct Node {
    /// The kind, and for commands the words and redirections as they stand in the text.
    what: String,
    /// Lists, commands, and the scripts of command substitutions, in order.
    inner: Vec<Node>,
}

impl Node {
    fn new(what: impl Into<String>, inner: Vec<Self>) -> Self {
        Self { what: what.into(), inner }
    }

    fn lines(&self, depth: usize, out: &mut String) {
        out.push_str(&"  ".repeat(depth));
        out.push_str(&self.what);
        out.push('\n');
        for node in &self.inner {
            node.lines(depth + 1, out);
        }
    }
}

fn text(nodes: &[Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        node.lines(0, &mut out);
    }
    out
}

/// Text of a word without the line continuations, and the comments of command substitutions, which brush takes out.
fn joined(word: &str) -> String {
    word.replace("\\\n", "").replace(made::COMMENT, "")
}

/// What the two say: the same tree, or that both refuse.
fn check(dialect: Dialect, script: &str) -> Result<(), String> {
    let ours = ours::read(dialect, script).map(|nodes| text(&nodes));
    let theirs = theirs::read(dialect, script).or_else(|refused| {
        // busybox's ash takes some of what is bash's, and brush's POSIX mode none of it
        if ours.is_ok() { theirs::read(Dialect::Bash, script) } else { Err(refused) }
    });
    let theirs = theirs.map(|nodes| text(&nodes));
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) if ours == theirs => Ok(()),
        (Err(_), Err(_)) => Ok(()),
        // brush's tree has the parsed script where ours has a word
        (Ok(_), Err(reason)) if reason == "process substitution" => Ok(()),
        (ours, theirs) => {
            Err(format!("{dialect:?}\n{script}\n-- ours\n{}\n-- brush\n{}\n", shown(ours), shown(theirs)))
        }
    }
}

fn shown(read: Result<String, String>) -> String {
    read.unwrap_or_else(|error| format!("error: {error}"))
}

/// Checks all scripts; those that differ must be the justified ones.
fn check_all<'a>(dialect: Dialect, scripts: impl IntoIterator<Item = &'a str>) -> usize {
    let mut count = 0;
    let mut differ = Vec::new();
    for script in scripts {
        count += 1;
        let justified = JUSTIFIED.iter().any(|(known, _)| *known == script);
        match check(dialect, script) {
            Ok(()) => assert!(!justified, "read alike now, no longer to be justified: {script}"),
            Err(difference) if !justified => differ.push(difference),
            Err(_) => {}
        }
    }
    assert!(differ.is_empty(), "{} of {count} differ\n{}", differ.len(), differ.join("=====\n"));
    count
}

#[test]
fn recorded_commands_are_read_alike() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cases");
    let mut scripts = BTreeSet::new();
    for entry in std::fs::read_dir(cases).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let recorded: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            for build in recorded["builds"].as_array().unwrap() {
                for row in build["image"]["history"].as_array().into_iter().flatten() {
                    let command = row["created_by"].as_str().and_then(|row| row.strip_suffix(" # buildkit"));
                    scripts
                        .extend(command.and_then(|row| row.split_once("/bin/sh -c ")).map(|(_, run)| run.to_owned()));
                }
            }
        }
    }
    assert!(check_all(Dialect::Ash, scripts.iter().map(String::as_str)) > 300);
}

#[test]
fn written_scripts_are_read_alike() {
    let count = check_all(Dialect::Ash, include_str!("scripts.txt").split("%%\n").map(str::trim_end));
    assert!(count > 150, "{count}");
    let count = check_all(Dialect::Bash, include_str!("bash.txt").split("%%\n").map(str::trim_end));
    assert!(count > 20, "{count}");
}

proptest! {
    #[test]
    fn made_scripts_are_read_alike(script in made::script()) {
        if let Err(difference) = check(Dialect::Ash, &script) {
            return Err(TestCaseError::fail(difference));
        }
    }
}
