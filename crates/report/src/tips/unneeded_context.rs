//! Folders of the build context that no build needs and that `.dockerignore` does not leave out.

use dockerfile::Body;
use source::TextRange;

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-unneeded-context", page: "concepts/context/#dockerignore-files", find };

const FOLDERS: [&str; 10] =
    [".git", "node_modules", ".venv", "venv", "__pycache__", "target", ".idea", ".vscode", ".pytest_cache", "coverage"];

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    // Where no whole folder is copied, what lies beside the files that are does no harm.
    let whole = facts.stages().any(|stage| {
        facts.instructions(stage).any(|(_, instruction)| match &instruction.body {
            Body::Copy(copy) | Body::Add(copy) => {
                copy.from.is_none() && copy.sources.iter().any(|source| matches!(source.text.as_str(), "." | "./"))
            }
            _ => false,
        })
    });
    let files = facts.report.context.files.iter().filter(|file| whole && file.ignored_by.is_none());
    let mut sums: Vec<(&str, u64, usize)> = Vec::new();
    // what lies in one folder is listed together
    let mut last = ("", None);
    for file in files.filter(|file| file.kind == "file") {
        let parent = file.path.rsplit_once('/').map_or("", |(parent, _)| parent);
        if parent != last.0 {
            last = (parent, FOLDERS.into_iter().find(|folder| parent.split('/').any(|part| part == *folder)));
        }
        let Some(folder) = last.1 else { continue };
        match sums.iter_mut().find(|(other, ..)| *other == folder) {
            Some((_, bytes, count)) => (*bytes, *count) = (bytes.saturating_add(file.bytes), *count + 1),
            None => sums.push((folder, file.bytes, 1)),
        }
    }
    let finding = |(folder, bytes, count)| {
        Finding::at(TextRange::default()).text("folder", folder).bytes("size", bytes).count("count", count)
    };
    sums.into_iter().map(finding).collect()
}
