//! `ARCHITECTURE.md` says which crate may use which; these tests hold Cargo's own view of the workspace against it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers of tests may panic, as tests may")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

type Edges = BTreeSet<(String, String)>;

const HEADING: &str = "## Allowed edges";

const INVARIANTS_HEADING: &str = "## Invariants";

/// What only `web` may name: the design's rule that the core knows no browser.
const BROWSER_CRATES: [&str; 4] = ["yew", "web-sys", "js-sys", "gloo"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The workspace's packages as `cargo metadata` gives them.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let metadata: Value = serde_json::from_str(&text).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

fn dependencies(package: &Value) -> impl Iterator<Item = &str> {
    package["dependencies"].as_array().unwrap().iter().map(name)
}

/// The edges between the workspace's own packages, those for tests too.
fn edges_of_cargo() -> Edges {
    let packages = packages();
    let own: BTreeSet<&str> = packages.iter().map(name).collect();
    packages
        .iter()
        .flat_map(|package| dependencies(package).map(move |used| (name(package), used)))
        .filter(|(_, used)| own.contains(used))
        .map(|(user, used)| (user.to_owned(), used.to_owned()))
        .collect()
}

/// The lines below a heading, up to the next one.
fn section<'a>(markdown: &'a str, heading: &str) -> impl Iterator<Item = &'a str> {
    markdown.lines().skip_while(move |line| *line != heading).skip(1).take_while(|line| !line.starts_with('#'))
}

/// What stands in backticks.
fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The rows of the table of allowed edges: the crate and those it may use, each in backticks.
fn rows(markdown: &str) -> Vec<Vec<String>> {
    section(markdown, HEADING)
        .filter(|line| line.starts_with("| `"))
        .map(|line| names(line).map(str::to_owned).collect())
        .collect()
}

fn document() -> String {
    std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap()
}

fn table() -> Vec<Vec<String>> {
    rows(&document())
}

/// The tests that back the invariants, as (number of the invariant, test, file); one line each in the document:
/// a dash, the test and the file in backticks.
fn backing_tests(markdown: &str) -> Vec<(String, String, String)> {
    let mut invariant = String::new();
    let mut found = Vec::new();
    for line in section(markdown, INVARIANTS_HEADING) {
        if let Some((number, _)) = line.split_once(". **") {
            invariant = number.to_owned();
        } else if line.starts_with("   - ") {
            let mut words = names(line);
            let mut next = || words.next().unwrap_or_default().to_owned();
            found.push((invariant.clone(), next(), next()));
        }
    }
    found
}

#[test]
fn every_dependency_between_crates_is_in_the_table_and_every_row_is_used() {
    let allowed: Edges = table()
        .iter()
        .filter_map(|row| row.split_first())
        .flat_map(|(user, used)| used.iter().map(|used| (user.clone(), used.clone())))
        .collect();
    let present = edges_of_cargo();
    let forbidden: Vec<_> = present.difference(&allowed).collect();
    let unused: Vec<_> = allowed.difference(&present).collect();
    assert!(forbidden.is_empty(), "not in ARCHITECTURE.md: {forbidden:?}");
    assert!(unused.is_empty(), "in ARCHITECTURE.md, used by no Cargo.toml: {unused:?}");
}

#[test]
fn every_crate_has_one_row() {
    let mut listed: Vec<String> = table().into_iter().filter_map(|row| row.into_iter().next()).collect();
    listed.sort();
    let packages = packages();
    let mut present: Vec<&str> = packages.iter().map(name).collect();
    present.sort_unstable();
    assert_eq!(listed, present);
}

#[test]
fn the_page_alone_depends_on_the_browser() {
    for package in packages().iter().filter(|package| name(package) != "web") {
        let browser: Vec<&str> =
            dependencies(package).filter(|used| BROWSER_CRATES.iter().any(|crate_| used.starts_with(crate_))).collect();
        assert!(browser.is_empty(), "{} depends on {browser:?}", name(package));
    }
}

#[test]
fn every_invariant_is_backed_by_a_test_that_exists() {
    let tests = backing_tests(&document());
    for number in 1..=8 {
        let number = number.to_string();
        assert!(tests.iter().any(|(invariant, ..)| *invariant == number), "invariant {number} names no test");
    }
    for (invariant, test, file) in tests {
        let text = std::fs::read_to_string(root().join(&file)).unwrap_or_default();
        let present = text.contains(&format!("fn {test}("));
        assert!(present, "invariant {invariant}: no test `{test}` in `{file}`");
    }
}

#[test]
fn a_table_is_read_up_to_the_next_heading() {
    let markdown = "# A\n| `no` | `x` |\n## Allowed edges\n\n| crate | uses |\n| --- | --- |\n| `a` | `b`, `c` |\n| `b` | – |\n## After\n| `no` | `x` |\n";
    assert_eq!(rows(markdown), [vec!["a", "b", "c"], vec!["b"]]);
}
