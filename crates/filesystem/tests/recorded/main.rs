//! The conformance cases whose steps are file operations: what a layer holds, and the errors, as a real engine has them.
//!
//! COPY, ADD and WORKDIR go through this crate; for a RUN the operations that its command makes are written out in
//! `operations.rs`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests")]

mod case;
mod operations;

use case::{Case, Outcome};

/// Runs a case; gives what differs from the recording.
fn difference(name: &str) -> Option<String> {
    let case = Case::load(name);
    let recorded = case.recorded();
    match (case.build(), recorded) {
        (Err(unsupported), _) => Some(format!("cannot be run here: {unsupported}")),
        (Ok(Outcome::Failed(error)), Outcome::Failed(expected)) if error == expected => None,
        (Ok(Outcome::Layers(layers)), Outcome::Layers(mut expected)) => {
            for (ours, theirs) in layers.iter().zip(&mut expected) {
                theirs.retain(|line| !is_trace_of_the_engine(line) || ours.contains(line));
            }
            (layers != expected).then(|| format!("ours {layers:#?}\nrecorded {expected:#?}"))
        }
        (Ok(ours), recorded) => Some(format!("ours {ours:#?}\nrecorded {recorded:#?}")),
    }
}

fn is_trace_of_the_engine(line: &str) -> bool {
    ["/dev ", "/etc ", "/proc ", "/sys "].iter().any(|path| line.starts_with(path))
}

fn check(names: &[String]) {
    let wrong: Vec<String> = names.iter().filter_map(|name| Some(format!("{name}: {}", difference(name)?))).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), names.len(), wrong.join("\n"));
}

#[test]
fn copies_are_as_recorded() {
    let names = case::names(&["copy-", "add-", "ignore-"]);
    let here: Vec<String> = names.into_iter().filter(|name| Case::load(name).is_for_this_crate()).collect();
    assert!(here.len() > 60, "only {} cases", here.len());
    check(&here);
}

#[test]
fn layers_of_runs_are_as_recorded() {
    let names: Vec<String> = operations::CASES.iter().map(|name| name.to_string()).collect();
    check(&names);
}
