//! `apt-get install` without the packages that are only recommended.

use super::{Proposal, Rewrite};
use crate::edits::add_word;
use crate::facts::Facts;
use crate::script::Call;

pub(super) const REWRITE: Rewrite = Rewrite { code: "recommends", find };

fn find(facts: &Facts) -> Vec<Proposal> {
    let mut edits = Vec::new();
    for run in facts.runs() {
        let calls = run.script.chain.iter().flat_map(|link| &link.calls);
        edits.extend(
            calls
                .filter(|call| is_without(call))
                .filter_map(|call| add_word(call, "install", "--no-install-recommends")),
        );
    }
    vec![Proposal::of(edits)]
}

fn is_without(call: &Call) -> bool {
    let said = call
        .words
        .iter()
        .any(|word| word == "--no-install-recommends" || word.to_lowercase().contains("install-recommends="));
    matches!(call.name(), "apt-get" | "apt") && call.has("install") && !said
}
