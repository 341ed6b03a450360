//! A base image with a version: the same Dockerfile builds on the same release next month.

use std::cmp::Reverse;

use dockerfile::Body;
use plan::Base;
use source::TextEdit;

use super::{Proposal, Rewrite};
use crate::facts::Facts;

pub(super) const REWRITE: Rewrite = Rewrite { code: "pin-tag", find };

fn find(facts: &Facts) -> Vec<Proposal> {
    let mut edits = Vec::new();
    let mut tags: Vec<String> = Vec::new();
    for stage in facts.stages() {
        let Base::Image(base) = &stage.base else { continue };
        let moves = base.reference.digest.is_none() && base.reference.tag.as_deref().is_none_or(|tag| tag == "latest");
        let first = facts.instructions(stage).next();
        let Some((_, Body::From(from))) = first.map(|(number, instruction)| (number, &instruction.body)) else {
            continue;
        };
        let written = &from.image;
        let Some(image) = base.image.as_ref().filter(|_| moves && !base.stand_in && !written.text.contains('$')) else {
            continue;
        };
        let repository = written.text.strip_suffix(":latest").unwrap_or(&written.text);
        let short = base.reference.short();
        let own = short.strip_suffix(":latest").unwrap_or(&short);
        let names = image.names.iter().chain([&image.reference]);
        let versions = names.filter_map(|name| name.strip_prefix(own)?.strip_prefix(':')).filter(|tag| is_version(tag));
        // a release of the line, `3.13`, before the line itself and one of its builds
        let best = versions.min_by_key(|tag| (tag.matches('.').count().abs_diff(1), Reverse(*tag)));
        if let Some(tag) = best {
            edits.push(TextEdit::replace(written.range, format!("{repository}:{tag}")));
            tags.push(format!("{repository}:{tag}"));
        }
    }
    vec![Proposal::of(edits).text("image", &tags.join(", "))]
}

fn is_version(tag: &str) -> bool {
    tag.starts_with(|c: char| c.is_ascii_digit()) && tag.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
