//! Files that a later step deletes or writes again: both copies are in the image.

use super::{Facts, Finding, Tip};

pub(super) const DELETED: Tip = Tip { code: "tip-hidden-deleted", page: "building/best-practices/#run", find: deleted };
pub(super) const REWRITTEN: Tip =
    Tip { code: "tip-hidden-rewritten", page: "building/best-practices/#run", find: rewritten };

/// Less is not worth a word. The databases of package managers are written again by every installation.
const LEAST_DELETED: u64 = 50_000;
const LEAST_REWRITTEN: u64 = 1_000_000;

fn deleted(facts: &Facts<'_>) -> Vec<Finding> {
    hidden(facts, true)
}

fn rewritten(facts: &Facts<'_>) -> Vec<Finding> {
    hidden(facts, false)
}

/// One finding for each pair of a step and a later one that hides files of it, the largest path named.
fn hidden(facts: &Facts<'_>, deleted: bool) -> Vec<Finding> {
    let mut pairs: Vec<(usize, usize, u64, String)> = Vec::new();
    for hidden in facts.hidden().iter().filter(|hidden| hidden.deleted == deleted) {
        match pairs.iter_mut().find(|(layer, by, ..)| (*layer, *by) == (hidden.layer, hidden.by)) {
            Some((_, _, bytes, _)) => *bytes = bytes.saturating_add(hidden.bytes),
            None => pairs.push((hidden.layer, hidden.by, hidden.bytes, hidden.path.clone())),
        }
    }
    let least = if deleted { LEAST_DELETED } else { LEAST_REWRITTEN };
    let findings = pairs.into_iter().filter(|(_, _, bytes, _)| *bytes >= least).filter_map(|pair| {
        let (layer, by, bytes, path) = pair;
        let line = facts.place_of_layer(layer).map_or(0, |range| facts.line(range));
        let finding = Finding::at(facts.place_of_layer(by)?);
        Some(finding.text("path", &path).bytes("size", bytes).count("line", line))
    });
    findings.collect()
}
