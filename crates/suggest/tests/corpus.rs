//! Every suggestion for the Dockerfiles of tests/dockerfiles is what it says: it builds, it gains, and it can be taken back.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use report::{Inputs, Outcome, analyze};
use suggest::{Gain, Given, Suggestion, apply_edits, inverse_edits};
use support::{catalog, folders, project, root};

fn first(given: &Given) -> (Outcome, Option<u64>, u64) {
    let Given { context, options, catalog, profile } = given;
    let report = analyze(&Inputs { context, options, catalog, profile, cache: &report::CacheStore::default() }).0;
    (report.outcome, report.image.map(|image| image.bytes), report.totals.ms)
}

/// The project with a suggestion applied as a page applies it.
fn applied(given: &Given, suggestion: &Suggestion) -> Given {
    let mut after = given.clone();
    suggestion.context_edits().iter().for_each(|edit| after.context.apply(edit, 1).unwrap());
    after.options = suggestion.options.clone().unwrap_or(after.options);
    after
}

/// One Dockerfile of so many is tried; all with `CORPUS=all` in the environment, which takes minutes.
const EVERY: usize = 6;

#[test]
fn what_is_suggested_builds_gains_what_it_says_and_can_be_taken_back() {
    let catalog = catalog();
    let every = if std::env::var("CORPUS").is_ok_and(|value| value == "all") { 1 } else { EVERY };
    let mut found = 0;
    for folder in folders(&root().join("tests/dockerfiles")).into_iter().step_by(every) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let given = project(&folder, &catalog);
        for suggestion in suggest::all(given.clone()) {
            found += 1;
            let what = format!("{name}: {} {:?}", suggestion.code, suggestion.args);
            let after = applied(&given, &suggestion);
            let (outcome, bytes, ms) = first(&after);
            assert_eq!(outcome, Outcome::Built, "{what}");
            assert_eq!((bytes, ms), (Some(suggestion.after.image_bytes), suggestion.after.cold_ms), "{what}");
            let (_, bytes, ms) = first(&given);
            assert_eq!((bytes, ms), (Some(suggestion.before.image_bytes), suggestion.before.cold_ms), "{what}");
            assert!(!suggestion.gains.is_empty() && suggestion.worth > 0, "{what}");
            assert!(!suggestion.gains.iter().any(Gain::is_loss), "{what}");
            for file in &suggestion.files {
                let before = given.context.text(&file.path).unwrap_or_default();
                let text = apply_edits(&before, &file.edits).unwrap();
                assert_eq!(text, file.text, "{what}");
                assert_eq!(apply_edits(&text, &inverse_edits(&before, &file.edits)).unwrap(), before, "{what}");
            }
        }
    }
    assert!(found > 20, "{found}");
}
