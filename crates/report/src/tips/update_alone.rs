//! `apt-get update` in a RUN of its own: the lists come from the cache long after they are out of date.

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-update-alone", page: "building/best-practices/#apt-get", find };

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let runs = facts.runs.iter().filter(|run| {
        let apt = |verbs: &[&str]| {
            run.commands
                .iter()
                .any(|called| matches!(called.name(), "apt-get" | "apt") && verbs.iter().any(|verb| called.has(verb)))
        };
        apt(&["update"]) && !apt(&["install", "upgrade", "dist-upgrade", "full-upgrade", "build-dep"])
    });
    runs.map(|run| Finding::at(run.instruction.range)).collect()
}
