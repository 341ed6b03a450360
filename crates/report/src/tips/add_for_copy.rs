//! ADD of plain files, which COPY does without surprises.

use dockerfile::Body;

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-add-for-copy", page: "building/best-practices/#add-or-copy", find };

/// Ends of what ADD unpacks.
const ARCHIVES: [&str; 9] = [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".gz"];

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for stage in facts.stages() {
        for (_, instruction) in facts.instructions(stage) {
            let Body::Add(add) = &instruction.body else { continue };
            let plain = add.documents.is_empty()
                && add.sources.iter().all(|source| {
                    let text = source.text.as_str();
                    let special = text.contains("://") || text.starts_with("git@") || text.contains('$');
                    !special && !ARCHIVES.iter().any(|end| text.ends_with(end))
                });
            if plain {
                findings.push(Finding::at(instruction.keyword.range));
            }
        }
    }
    findings
}
