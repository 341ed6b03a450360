//! What package managers keep for the next time, and no image needs: apt's lists, downloaded packages.

use crate::tree::tree;

use super::{Facts, Finding, Tip};

pub(super) const LISTS: Tip = Tip { code: "tip-apt-lists", page: "building/best-practices/#apt-get", find: lists };
pub(super) const CACHE: Tip = Tip { code: "tip-package-cache", page: "cache/optimize/#use-cache-mounts", find: cache };

/// Less is not worth a word.
const LEAST_BYTES: u64 = 100_000;

const APT_LISTS: [&str; 1] = ["/var/lib/apt/lists"];

const CACHES: [&str; 15] = [
    "/var/cache/apt/archives",
    "/var/cache/apk",
    "/var/cache/dnf",
    "/var/cache/yum",
    "/root/.cache/pip",
    "/root/.npm",
    "/root/.cache/yarn",
    "/usr/local/share/.cache/yarn",
    "/root/.cache/go-build",
    "/go/pkg/mod/cache",
    "/root/.composer/cache",
    "/root/.cache/composer",
    "/usr/local/bundle/cache",
    "/usr/local/cargo/registry",
    "/root/.gradle/caches",
];

fn lists(facts: &Facts<'_>) -> Vec<Finding> {
    left(facts, &APT_LISTS)
}

fn cache(facts: &Facts<'_>) -> Vec<Finding> {
    left(facts, &CACHES)
}

/// The folders that hold something at the end, each with the step that put it there.
fn left(facts: &Facts<'_>, folders: &[&'static str]) -> Vec<Finding> {
    let layers = &facts.image.layers;
    let within = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let touched = layers.iter().filter(|layer| layer.contents.is_built()).any(|layer| {
        let mut entries = layer.contents.entries().iter();
        entries.any(|entry| folders.iter().any(|folder| within(&entry.path, folder)))
    });
    if !touched {
        return Vec::new();
    }
    let tree = tree(layers, layers.len().saturating_sub(1));
    let mut findings = Vec::new();
    for folder in folders {
        for (number, layer) in layers.iter().enumerate().filter(|(_, layer)| layer.contents.is_built()) {
            let files = tree.nodes.iter().filter(|node| node.layer == number && node.kind == "file");
            let bytes = files.filter(|node| within(&node.path, folder)).map(|node| node.bytes).sum::<u64>();
            if bytes >= LEAST_BYTES
                && let Some(step) = layer.step.and_then(|step| facts.report.steps.get(step))
            {
                findings.push(Finding::at(step.range).text("folder", folder).bytes("size", bytes));
            }
        }
    }
    findings
}
