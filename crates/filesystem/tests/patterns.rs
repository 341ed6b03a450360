//! Pattern matching against upstream's own tables, `.dockerignore` reading.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests")]

use filesystem::{BadPattern, parse_ignore, parse_patterns, path_match};
use serde_json::Value;

fn table(name: &str) -> Vec<Value> {
    let data: Value = serde_json::from_str(include_str!("data/patterns.json")).unwrap();
    data[name].as_array().unwrap().clone()
}

fn patterns(row: &Value) -> Vec<&str> {
    let patterns = row["patterns"].as_array().unwrap();
    patterns.iter().map(|pattern| pattern.as_str().unwrap()).collect()
}

#[test]
fn patternmatcher_table_holds() {
    let rows = table("matches");
    assert!(rows.len() > 70);
    for row in rows {
        let ignore = parse_patterns(patterns(&row));
        let excluded = ignore.is_excluded(row["path"].as_str().unwrap());
        assert_eq!(Value::Bool(excluded), row["match"], "{row}");
    }
}

#[test]
fn go_match_table_holds() {
    let rows = table("filepath_match");
    assert!(rows.len() > 50);
    for row in rows {
        let pattern = patterns(&row)[0];
        let path = row["path"].as_str().unwrap();
        let is_bad = row["error"] == Value::Bool(true);
        let ignore = parse_patterns([pattern]);
        assert_eq!(ignore.errors().is_empty(), !is_bad, "{row}");
        assert_eq!(Value::Bool(ignore.is_excluded(path)), row["match"], "{row}");
        // The table is of patternmatcher, for which a parent's match counts; `path.Match` itself is stricter.
        let expected = match is_bad {
            true => Err(BadPattern),
            false => Ok(row["match"] == Value::Bool(true) && !(pattern == "a*" && path == "ab/c")),
        };
        assert_eq!(path_match(pattern, path), expected, "{row}");
    }
}

#[test]
fn ignore_file_is_read_line_by_line() {
    let text = "\u{feff}# comment\n\n  a b  \n/rooted\n./dot/\nx/../y\n! kept \n #no comment\nlast";
    let read: Vec<(String, bool, usize)> = parse_ignore(text)
        .patterns()
        .iter()
        .map(|pattern| (pattern.text.clone(), pattern.negated, pattern.line))
        .collect();
    let expected = [
        ("a b", false, 3),
        ("rooted", false, 4),
        ("dot", false, 5),
        ("y", false, 6),
        ("kept", true, 7),
        ("#no comment", false, 8),
        ("last", false, 9),
    ];
    assert_eq!(read, expected.map(|(text, negated, line)| (text.to_string(), negated, line)));
}

#[test]
fn unusable_lines_are_reported_in_the_engines_words() {
    let ignore = parse_ignore("a\n!\nb[\n");
    let errors: Vec<String> = ignore.errors().iter().map(|error| format!("{}: {error}", error.line)).collect();
    assert_eq!(errors, ["2: illegal exclusion pattern: \"!\"", "3: syntax error in pattern"]);
}

#[test]
fn deciding_pattern_is_named() {
    let ignore = parse_ignore("*.md\n!README*.md\nREADME-secret.md\n");
    let line = |path: &str| ignore.matches(path).map(|pattern| (pattern.line, pattern.negated));
    assert_eq!(line("notes.md"), Some((1, false)));
    assert_eq!(line("README.md"), Some((2, true)));
    assert_eq!(line("README-secret.md"), Some((3, false)));
    assert_eq!(line("src/a.c"), None);
}
