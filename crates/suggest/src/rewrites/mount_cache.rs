//! A cache mount for what a package manager downloads: it outlives the layer, and is in no image.

use source::TextEdit;

use super::{Proposal, Rewrite};
use crate::edits::take_word;
use crate::facts::{Facts, RunAt};
use crate::tools::{TOOLS, Tool};

pub(super) const REWRITE: Rewrite = Rewrite { code: "mount-cache", find };

fn find(facts: &Facts) -> Vec<Proposal> {
    let runs: Vec<RunAt<'_>> = facts.runs().filter(RunAt::is_root).collect();
    TOOLS.iter().filter_map(|tool| rewrite(facts, &runs, tool)).collect()
}

/// The mounts on every RUN that calls the tool: what one downloads another may need.
fn rewrite(facts: &Facts, runs: &[RunAt<'_>], tool: &'static Tool) -> Option<Proposal> {
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    for run in runs {
        let calls = || run.script.calls.iter().filter(|call| tool.installs(call) || tool.uses_caches(call));
        if calls().next().is_none() {
            continue;
        }
        let targets: Vec<String> = tool.caches.iter().filter_map(|folder| target(run, tool, folder)).collect();
        let covered =
            |target: &String| run.run.mounts.iter().any(|mount| target.starts_with(mount.target.trim_end_matches('/')));
        let flags = targets.iter().filter(|target| !covered(target));
        let flags: Vec<String> = flags.map(|target| format!("--mount=type=cache,target={target}")).collect();
        if flags.is_empty() || run.instruction.heredocs.iter().any(|_| run.script.chain.is_empty()) {
            continue;
        }
        edits.push(facts.with_flags(run.number, &flags)?);
        for call in calls() {
            edits.extend(["--no-cache-dir", "--no-cache"].iter().filter_map(|word| take_word(facts, call, word)));
        }
        folders.extend(targets.into_iter().filter(|target| !folders.contains(target)).collect::<Vec<_>>());
    }
    Some(Proposal::of(edits).text("tool", tool.programs.first()?).text("folder", &folders.join(", ")))
}

/// A tool's folder with the home of whom it runs as. Gradle's own images keep another.
fn target(run: &RunAt<'_>, tool: &Tool, folder: &str) -> Option<String> {
    let variable = |name: &str| run.run.environment.get(name);
    if tool.programs.contains(&"gradle") {
        let own = variable("GRADLE_USER_HOME").map(str::to_owned);
        return folder.starts_with("/root").then(|| own.unwrap_or_else(|| "/root/.gradle".to_owned()));
    }
    if folder == "/go/pkg/mod" {
        return variable("GOPATH").map(|path| format!("{path}/pkg/mod")).or(Some(folder.to_owned()));
    }
    let home = variable("HOME").filter(|home| !home.is_empty()).unwrap_or("/root");
    Some(folder.strip_prefix("/root/").map_or(folder.to_owned(), |rest| format!("{home}/{rest}")))
}
