//! The edits that happen to a project every day.

use filesystem::{Content, Edit};
use report::Outcome;

use crate::Given;
use crate::facts::Facts;
use crate::roles::{changes, edit_source, sources, write};
use crate::trial::{First, first};

/// Edits of the build context, each as what has to be applied to it; empty where the project has no place for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Everyday {
    /// A source file that a step copies gets a line more.
    pub source: Vec<Edit>,
    /// The manifest and its lock file get a dependency more.
    pub dependency: Vec<Edit>,
    /// The Dockerfile gets a comment more, or another one.
    pub comment: Vec<Edit>,
    /// A log file comes to lie in the context.
    pub log: Vec<Edit>,
}

/// Works out the edits for a project as it is. Those of files are found where its build succeeds.
#[must_use]
pub fn everyday(given: &Given) -> Everyday {
    let First { report, cache } = first(given);
    let built = report.outcome == Outcome::Built;
    let Some(facts) = Facts::new(given.clone(), report.clone()) else { return Everyday::default() };
    let mut everyday =
        Everyday { comment: vec![comment(&facts)], log: log(&facts).into_iter().collect(), ..Everyday::default() };
    if built {
        let changes = changes(&facts, &First { report, cache }).changes;
        (everyday.source, everyday.dependency) = (changes.source, changes.dependency);
    } else if let Some(edit) = sources(&facts).first().and_then(|path| edit_source(&facts, path)) {
        everyday.source = vec![edit];
    }
    everyday
}

/// What is written into the Dockerfile.
const COMMENT: &str = "# The comments of a Dockerfile are no part of any step.";

/// A comment before the last instruction; where it is there already, its last line once more is another.
fn comment(facts: &Facts) -> Edit {
    let last = facts.file.instructions.len().saturating_sub(1);
    let at = if facts.file.instructions.is_empty() { facts.text.len() } else { facts.line_of(last).start };
    let (before, after) = (facts.text.get(..at).unwrap_or_default(), facts.text.get(at..).unwrap_or_default());
    let again = before.lines().rev().take_while(|line| line.starts_with(COMMENT)).count();
    let comment = format!("{COMMENT}{}", " Nor are they now.".repeat(usize::from(again > 0) * again));
    write(&facts.path, Content::text(&format!("{before}{comment}\n{after}")))
}

/// A log file under a name that is free, as the project's package manager or program would leave one.
fn log(facts: &Facts) -> Option<Edit> {
    let context = &facts.given.context;
    let stem = if context.get("package.json").is_some() { "npm-debug" } else { "debug" };
    let names = (0..100).map(|number| match number {
        0 => format!("{stem}.log"),
        number => format!("{stem}-{number}.log"),
    });
    let free = names.into_iter().find(|name| context.get(name).is_none())?;
    Some(write(&free, Content::text("12:00:00 started\n12:00:01 listening\n")))
}
