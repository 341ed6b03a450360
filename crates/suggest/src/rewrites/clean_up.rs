//! What package managers keep for the next time goes in the RUN that it came with: a later one would only hide it.

use report::Value;
use source::TextEdit;

use super::{Proposal, Rewrite};
use crate::edits::add_word;
use crate::facts::{Facts, RunAt};

pub(super) const REWRITE: Rewrite = Rewrite { code: "clean-up", find };

fn find(facts: &Facts) -> Vec<Proposal> {
    let mut found: Vec<(String, Vec<TextEdit>)> = Vec::new();
    let runs: Vec<RunAt<'_>> = facts.runs().collect();
    for problem in &facts.report.problems {
        if !matches!(problem.diagnostic.code, "tip-apt-lists" | "tip-package-cache") {
            continue;
        }
        let folder = problem.diagnostic.args.iter().find_map(|(name, value)| match value {
            Value::Text(folder) if *name == "folder" => Some(folder.as_str()),
            _ => None,
        });
        let run = runs.iter().find(|run| run.instruction.lines.0 == problem.line);
        if let (Some(folder), Some(run)) = (folder, run)
            && let Some(edit) = remedy(facts, run, folder)
        {
            match found.iter_mut().find(|(other, _)| other == folder) {
                Some((_, edits)) => edits.push(edit),
                None => found.push((folder.to_owned(), vec![edit])),
            }
        }
    }
    let folders: Vec<&str> = found.iter().map(|(folder, _)| folder.as_str()).collect();
    let all = Proposal::of(found.iter().flat_map(|(_, edits)| edits.clone()).collect());
    let all = (found.len() > 1).then(|| all.text("folder", &folders.join(", ")));
    let each = found.iter().map(|(folder, edits)| Proposal::of(edits.clone()).text("folder", folder).otherwise());
    all.into_iter().chain(each).collect()
}

/// The option that keeps nothing where there is one, or the folder is removed.
fn remedy(facts: &Facts, run: &RunAt<'_>, folder: &str) -> Option<TextEdit> {
    let calls = || run.script.chain.iter().flat_map(|link| &link.calls);
    let call = |names: &[&str], verb: &str| calls().find(|call| names.contains(&call.name()) && call.verb() == verb);
    match folder {
        "/var/cache/apk" => add_word(call(&["apk"], "add")?, "add", "--no-cache"),
        "/root/.cache/pip" => match call(&["pip", "pip3"], "install") {
            Some(install) => add_word(install, "install", "--no-cache-dir"),
            None => facts.then(run, "rm -rf /root/.cache/pip"),
        },
        "/root/.npm" => facts.then(run, "npm cache clean --force"),
        "/var/lib/apt/lists" => facts.then(run, "rm -rf /var/lib/apt/lists/*"),
        "/var/cache/apt/archives" => facts.then(run, "apt-get clean"),
        folder => facts.then(run, &format!("rm -rf {folder}")),
    }
}
