//! `sudo` in a RUN, which is root's already.

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-sudo", page: "building/best-practices/#user", find };

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let runs = facts.runs.iter().filter(|run| run.commands.iter().any(|called| called.name() == "sudo"));
    runs.map(|run| Finding::at(run.instruction.range)).collect()
}
