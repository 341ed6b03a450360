//! What is suggested for typical Dockerfiles of many languages: each folder of `cases` is a project with its suggestions,
//! the most valuable first, in `suggestions.txt`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use expect_test::expect_file;
use support::{catalog, folders, project, suggestion};

#[test]
fn suggestions_are_these() {
    let catalog = catalog();
    let cases = folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"));
    for folder in cases {
        let given = project(&folder, &catalog);
        let edits = suggest::everyday(&given);
        let path = |edits: &[report::Edit]| match edits.first() {
            Some(report::Edit::Write { path, .. }) => path.clone(),
            _ => "none".to_owned(),
        };
        let mut text = format!("source: {}, dependency: {}\n", path(&edits.source), path(&edits.dependency));
        for found in suggest::all(given) {
            text += &format!("\n{}", suggestion(&found));
        }
        expect_file![folder.join("suggestions.txt")].assert_eq(&text);
    }
}
