//! The recorded cases of a real engine: where it refused a Dockerfile for its syntax, the first error here says the
//! same; where it did not, there is no error here; and the steps it printed can be made of [`Instruction::original`].

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::path::{Path, PathBuf};

use dockerfile::{Dockerfile, parse};
use serde_json::Value;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cases");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter(|path| path.with_extension("json").exists())
        .collect();
    cases.sort();
    cases
}

/// The Dockerfile of each build of a case, and what was recorded of it.
fn builds(case: &Path) -> Vec<(String, Value)> {
    let written: toml::Table = std::fs::read_to_string(case).unwrap().parse().unwrap();
    let recorded = std::fs::read_to_string(case.with_extension("json")).unwrap();
    let recorded: Value = serde_json::from_str(&recorded).unwrap();
    let mut dockerfile = written["dockerfile"].as_str().unwrap().to_owned();
    let steps = written.get("build").and_then(|builds| builds.as_array()).cloned().unwrap_or_default();
    let mut builds = Vec::new();
    for (index, result) in recorded["builds"].as_array().unwrap().iter().enumerate() {
        let step = steps.get(index).and_then(|step| step.as_table());
        let edit = step.and_then(|step| step.get("edit")).and_then(|edit| edit.get("dockerfile"));
        if let Some(text) = edit.and_then(|text| text.as_str()) {
            dockerfile = text.to_owned();
        }
        let other_file = step
            .and_then(|step| step.get("args"))
            .and_then(|args| args.as_array())
            .is_some_and(|args| args.iter().any(|arg| matches!(arg.as_str(), Some("-f" | "--file"))));
        if !other_file {
            builds.push((dockerfile.clone(), result.clone()));
        }
    }
    builds
}

/// Errors that the parser makes, apart from those that begin with `dockerfile parse error`.
const OF_THE_PARSER: [&str; 13] = [
    "the Dockerfile cannot be empty",
    "file with no instructions",
    "dockerfile contains no stages to build",
    "no build stage in current context",
    "unterminated heredoc",
    "invalid escape token",
    "only one ",
    "failed to parse check options",
    "dockerfile line greater than",
    "when using JSON array syntax",
    "ENV must have two arguments",
    "LABEL must have two arguments",
    "Syntax error - can't find =",
];

fn is_of_the_parser(error: &str) -> bool {
    error.starts_with("dockerfile parse error") || OF_THE_PARSER.iter().any(|start| error.starts_with(start))
}

#[test]
fn the_first_error_is_what_docker_build_prints() {
    let mut seen = 0;
    for case in cases() {
        for (text, recorded) in builds(&case) {
            let error = recorded["error"].as_str().filter(|error| is_of_the_parser(error));
            let first = parse(&text).errors.into_iter().next().and_then(|error| error.docker);
            assert_eq!(first.as_deref(), error, "{}\n{text}", case.display());
            seen += usize::from(error.is_some());
        }
    }
    assert!(seen > 40, "only {seen} recorded errors");
}

#[test]
fn steps_are_named_after_the_original_line() {
    let mut seen = 0;
    for case in cases() {
        for (text, recorded) in builds(&case) {
            // Variables are replaced in names, and a heredoc's first line added: not of the parser's making.
            if text.contains('$') || text.contains("ONBUILD") {
                continue;
            }
            let dockerfile = parse(&text);
            for step in recorded["steps"].as_array().unwrap() {
                let name = step["name"].as_str().unwrap();
                let Some((_, name)) = name.split_once("] ") else {
                    continue;
                };
                if name.starts_with("FROM") || name.starts_with("CACHED") {
                    continue;
                }
                // The merging vertex of a linked copy is named after it.
                let name = name.strip_prefix("LINK ").unwrap_or(name);
                assert!(has_step(&dockerfile, name), "{}: {name:?}\n{text}", case.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "only {seen} steps");
}

/// Whether an instruction is called so; case is left out, since the display changes that of keywords, and so are
/// quotes and the comma and brackets of the exec form, which it takes off.
fn has_step(dockerfile: &Dockerfile, name: &str) -> bool {
    let bare = |text: &str| text.to_lowercase().replace(['"', '\'', '\\'], "").replace("[ ", "[");
    dockerfile.instructions.iter().any(|instruction| {
        let original = bare(&instruction.original);
        let name = bare(name);
        let Some(rest) = name.strip_prefix(&original) else {
            return false;
        };
        // A heredoc's first line follows in parentheses.
        rest.is_empty() || (rest.starts_with(" (") && !instruction.heredocs.is_empty())
    })
}
