//! `apt-get install` with the packages that are only recommended.

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-recommends", page: "building/best-practices/#apt-get", find };

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let runs = facts.runs.iter().filter(|run| {
        run.commands.iter().any(|called| {
            let without = called
                .words
                .iter()
                .any(|word| word == "--no-install-recommends" || word.to_lowercase().contains("install-recommends="));
            matches!(called.name(), "apt-get" | "apt") && called.has("install") && !without
        })
    });
    runs.map(|run| Finding::at(run.instruction.range)).collect()
}
