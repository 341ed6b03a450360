//! A base image without a tag, or with one that moves: the same Dockerfile builds on something else next month.

use dockerfile::Body;
use plan::Base;

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip =
    Tip { code: "tip-unpinned-base", page: "building/best-practices/#pin-base-image-versions", find };

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let stages = facts.stages().filter_map(|stage| {
        let Base::Image(base) = &stage.base else { return None };
        let moves = base.reference.digest.is_none() && base.reference.tag.as_deref().is_none_or(|tag| tag == "latest");
        let (_, instruction) = facts.instructions(stage).next()?;
        let Body::From(from) = &instruction.body else { return None };
        let written = from.image.text.as_str();
        let name = if written.contains('$') { base.reference.short() } else { written.to_string() };
        moves.then(|| Finding::at(from.image.range).text("image", &name))
    });
    stages.collect()
}
