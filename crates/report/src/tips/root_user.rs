//! An image whose program runs as root.

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-root-user", page: "building/best-practices/#user", find };

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(target) = facts.image_stages().first().copied() else { return Vec::new() };
    let config = &target.config;
    let user = config.user.split(':').next().unwrap_or_default();
    let root = matches!(user, "" | "root" | "0");
    // An image that starts nothing is one to build on.
    let starts = config.cmd.is_some() || config.entrypoint.is_some();
    let own = facts
        .instructions(target)
        .any(|(_, instruction)| matches!(instruction.body, dockerfile::Body::Cmd(_) | dockerfile::Body::Entrypoint(_)));
    let from = facts.instructions(target).next().map(|(_, instruction)| instruction.range);
    from.filter(|_| root && starts && own).map(Finding::at).into_iter().collect()
}
