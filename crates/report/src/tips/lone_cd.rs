//! `RUN cd …` with nothing behind it: the next RUN starts where this one did.

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-lone-cd", page: "building/best-practices/#workdir", find };

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let runs = facts.runs.iter().filter(|run| run.commands.last().is_some_and(|called| called.name() == "cd"));
    runs.map(|run| Finding::at(run.instruction.range)).collect()
}
