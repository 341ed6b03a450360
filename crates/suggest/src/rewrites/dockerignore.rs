//! Entries of `.dockerignore` for what no build needs, and for what must not be in an image.

use std::collections::BTreeSet;

use source::TextEdit;

use super::{Proposal, Rewrite};
use crate::facts::Facts;

pub(super) const REWRITE: Rewrite = Rewrite { code: "dockerignore", find };
pub(super) const SECRETS: Rewrite = Rewrite { code: "dockerignore-secrets", find: secrets };

/// Folders that are made again, or that belong to the machine of who works on the project.
const FOLDERS: [&str; 14] = [
    ".git",
    ".venv",
    "venv",
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".tox",
    ".idea",
    ".vscode",
    ".gradle",
    "coverage",
    ".nyc_output",
    ".terraform",
];
/// Folders that are made again where the build makes them itself: with the programs that do.
const MADE: [(&str, &[&str]); 4] = [
    ("node_modules", &["npm", "yarn", "pnpm", "bun"]),
    ("target", &["mvn", "mvnw", "cargo"]),
    ("build", &["gradle", "gradlew"]),
    ("vendor/bundle", &["bundle"]),
];

fn find(facts: &Facts) -> Vec<Proposal> {
    let programs: BTreeSet<String> =
        facts.runs().flat_map(|run| run.script.calls).map(|call| call.name().to_owned()).collect();
    let made = MADE.iter().filter(|(_, makers)| makers.iter().any(|maker| programs.contains(*maker)));
    let folders: Vec<&str> = FOLDERS.into_iter().chain(made.map(|(folder, _)| *folder)).collect();
    let mut patterns: Vec<String> = Vec::new();
    for file in facts.report.context.files.iter().filter(|file| file.ignored_by.is_none() && file.kind == "file") {
        let folder = folders.iter().find_map(|folder| {
            if file.path.starts_with(&format!("{folder}/")) {
                Some((*folder).to_owned())
            } else {
                file.path.contains(&format!("/{folder}/")).then(|| format!("**/{folder}"))
            }
        });
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let junk =
            [("*.log", name.ends_with(".log")), ("*.pyc", name.ends_with(".pyc")), (".DS_Store", name == ".DS_Store")];
        let junk = junk
            .iter()
            .find(|(_, is)| *is)
            .map(|(pattern, _)| if file.path.contains('/') { format!("**/{pattern}") } else { (*pattern).to_owned() });
        if let Some(pattern) = folder.or(junk)
            && !patterns.contains(&pattern)
        {
            patterns.push(pattern);
        }
    }
    with(facts, &patterns)
}

fn secrets(facts: &Facts) -> Vec<Proposal> {
    let mut patterns: Vec<String> = Vec::new();
    for secret in facts.secrets() {
        let report::SecretPlace::File { path, .. } = &secret.place else { continue };
        let whole = facts.copies().filter(|copy| copy.written.sources.len() == 1 && copy.takes_all());
        let files = facts.report.context.files.iter().filter(|file| file.ignored_by.is_none());
        let source = whole.flat_map(|copy| {
            files
                .clone()
                .filter(move |file| copy.placed(&file.path).as_deref() == Some(path))
                .map(|file| file.path.to_string())
        });
        patterns.extend(source.take(1).filter(|path| !patterns.contains(path)).collect::<Vec<_>>());
    }
    // one that a step needs keeps the others from being tried together
    let each =
        patterns.iter().filter(|_| patterns.len() > 1).flat_map(|pattern| with(facts, std::slice::from_ref(pattern)));
    with(facts, &patterns).into_iter().chain(each.map(Proposal::otherwise)).collect()
}

/// Entries behind those that are there.
fn with(facts: &Facts, patterns: &[String]) -> Vec<Proposal> {
    let ignore = entries(facts, patterns);
    let found = ignore.map(|ignore| Proposal { ignore, ..Proposal::default() }.text("patterns", &patterns.join(", ")));
    found.into_iter().collect()
}

/// The edit of `.dockerignore`. `None` where there is nothing to add, or another file is read.
pub(super) fn entries(facts: &Facts, patterns: &[String]) -> Option<Vec<TextEdit>> {
    let context = &facts.given.context;
    // a Dockerfile's own file takes the place of the common one
    if patterns.is_empty() || context.get(&format!("{}.dockerignore", facts.path)).is_some() {
        return None;
    }
    let before = context.text(".dockerignore").unwrap_or_default();
    let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    Some(vec![TextEdit::insert(before.len(), format!("{end}{}\n", patterns.join("\n")))])
}
