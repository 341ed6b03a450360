//! A download that is piped on: without `pipefail` its failure goes unseen.

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-pipe-status", page: "building/best-practices/#using-pipes", find };

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let runs = facts.runs.iter().filter(|run| {
        let shell = run.stage.config.shell.as_deref().unwrap_or_default();
        let safe = shell.iter().any(|word| word == "pipefail")
            || run.commands.iter().any(|called| called.name() == "set" && called.has("pipefail"));
        let fetched = |name: &str| matches!(name, "curl" | "wget");
        !safe && run.commands.iter().any(|called| called.piped && fetched(called.name()))
    });
    runs.map(|run| Finding::at(run.instruction.range)).collect()
}
