//! The image on a smaller variant of its base image.

use dockerfile::Body;
use plan::Base;
use source::TextEdit;

use super::{Proposal, Rewrite};
use crate::facts::Facts;

pub(super) const REWRITE: Rewrite = Rewrite { code: "slimmer-base", find };

const RELEASES: [&str; 6] = ["trixie", "bookworm", "bullseye", "noble", "jammy", "focal"];

fn find(facts: &Facts) -> Vec<Proposal> {
    let stages = facts.image_stages();
    let Some((stage, Base::Image(base))) = stages.last().map(|stage| (*stage, &stage.base)) else { return Vec::new() };
    let first = facts.instructions(stage).next();
    let Some(Body::From(from)) = first.map(|(_, instruction)| &instruction.body) else { return Vec::new() };
    let written = &from.image;
    let (Some(tag), None, false) = (&base.reference.tag, &base.reference.digest, written.text.contains('$')) else {
        return Vec::new();
    };
    let short = base.reference.short();
    let repository = short.strip_suffix(&format!(":{tag}")).unwrap_or(&short).to_owned();
    let prefix = written.text.strip_suffix(&format!(":{tag}")).unwrap_or(&written.text);
    let mut proposals = Vec::new();
    for tag in slimmer(tag) {
        let name = format!("{repository}:{tag}");
        let known = facts.given.catalog.names().find(|(known, _)| *known == name);
        match known {
            Some((_, Some(_))) => {
                let edit = TextEdit::replace(written.range, format!("{prefix}:{tag}"));
                proposals.push(Proposal::of(vec![edit]).text("image", &format!("{prefix}:{tag}")));
            }
            Some((_, None)) => proposals.push(Proposal::wants(&name)),
            None => {}
        }
    }
    proposals
}

/// The tags that smaller variants may have, those of the same system first.
fn slimmer(tag: &str) -> Vec<String> {
    let parts: Vec<&str> = tag.split('-').filter(|part| *part != "latest").collect();
    if parts.iter().any(|part| part.starts_with("alpine")) {
        // the same system without what only compiles
        return if parts.contains(&"jdk") { vec![tag.replace("jdk", "jre")] } else { Vec::new() };
    }
    let release = parts.iter().find(|part| RELEASES.contains(part)).copied();
    let rest: Vec<&str> = parts.iter().copied().filter(|part| Some(*part) != release && *part != "slim").collect();
    let with = |more: &[&str]| rest.iter().chain(more).copied().collect::<Vec<_>>().join("-");
    let mut tags = Vec::new();
    if !parts.contains(&"slim") {
        if let Some(release) = release {
            tags.extend([with(&["slim", release]), with(&[release, "slim"])]);
        }
        tags.push(with(&["slim"]));
    }
    if rest.contains(&"jdk") {
        tags.push(tag.replace("jdk", "jre"));
    } else if rest.len() == 1 && rest.first().is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit())) {
        tags.push(with(&["jre"]));
    }
    tags.push(with(&["alpine"]));
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_keep_version_and_release() {
        assert_eq!(slimmer("3.12-bookworm"), ["3.12-slim-bookworm", "3.12-bookworm-slim", "3.12-slim", "3.12-alpine"]);
        assert_eq!(slimmer("22-slim"), ["22-jre", "22-alpine"]);
        assert_eq!(slimmer("latest"), ["slim", "alpine"]);
        assert_eq!(slimmer("17-jdk-alpine"), ["17-jre-alpine"]);
        assert_eq!(slimmer("bookworm"), ["slim-bookworm", "bookworm-slim", "slim", "alpine"]);
    }
}
