//! A user that is not root for the program in the image: one that the base image has, or a new one.

use dockerfile::Body;
use filesystem::EntryKind;

use super::{Proposal, Rewrite};
use crate::facts::{Facts, is_root};

pub(super) const REWRITE: Rewrite = Rewrite { code: "non-root", find };

/// Users of base images that are made for programs.
const USERS: [&str; 6] = ["node", "nonroot", "app", "appuser", "deno", "bun"];
/// The number of a user that no image has a name for.
const NAMELESS: &str = "65532:65532";

fn find(facts: &Facts) -> Vec<Proposal> {
    let tip = facts.report.problems.iter().any(|problem| problem.diagnostic.code == "tip-root-user");
    let Some(stage) = facts.target().filter(|stage| tip && is_root(&stage.config.user)) else { return Vec::new() };
    let starts = |body: &Body| matches!(body, Body::Cmd(_) | Body::Entrypoint(_));
    let first = facts.instructions(stage).find(|(_, instruction)| starts(&instruction.body));
    let Some((start, _)) = first else { return Vec::new() };
    let passwd = passwd(facts);
    let user = |name: &&&str| passwd.lines().any(|line| line.split(':').next() == Some(**name));
    if let Some(name) = USERS.iter().find(user) {
        let edit = facts.before(start, &format!("USER {name}\n"));
        return vec![Proposal::of(vec![edit]).text("user", name)];
    }
    // what a base image keeps in volumes belongs to a user of its own, which its entrypoint changes to
    let keeps = facts.image_stages().last().is_some_and(|stage| match &stage.base {
        plan::Base::Image(base) => base
            .image
            .as_ref()
            .is_some_and(|image| !image.config.volumes.is_empty() && image.config.entrypoint.is_some()),
        _ => false,
    });
    if keeps {
        return Vec::new();
    }
    let manager = facts.image_stages().last().and_then(|stage| match &stage.base {
        plan::Base::Image(base) => base.image.as_ref()?.package_manager.as_deref(),
        _ => None,
    });
    let make = match manager {
        Some("apk") => "adduser -D -u 10001 app",
        Some(_) => "useradd --create-home --uid 10001 app",
        None => {
            let edit = facts.before(start, &format!("USER {NAMELESS}\n"));
            return vec![Proposal::of(vec![edit]).text("user", NAMELESS)];
        }
    };
    // before everything that changes more often than a user
    let edits =
        vec![facts.behind(stage.instructions.start, &format!("RUN {make}\n")), facts.before(start, "USER app\n")];
    vec![Proposal::of(edits).text("user", "app")]
}

/// The image's users.
fn passwd(facts: &Facts) -> String {
    let layers = facts.report.image.iter().flat_map(|image| image.layers.iter().rev());
    let mut files = layers.filter_map(|layer| {
        let entry = layer.contents.entries().iter().find(|entry| *entry.path == *"/etc/passwd")?;
        let EntryKind::File(content) = &entry.kind else { return None };
        String::from_utf8(content.bytes(1 << 16)?).ok()
    });
    files.next().unwrap_or_default()
}
