//! The system's packages are installed before anything of the context is copied.

use source::{TextEdit, TextRange};

use super::{Proposal, Rewrite};
use crate::facts::{CopyAt, Facts, RunAt};
use crate::script::Link;

pub(super) const REWRITE: Rewrite = Rewrite { code: "packages-first", find };

const MANAGERS: [&str; 7] = ["apt-get", "apt", "apk", "dnf", "microdnf", "yum", "zypper"];

fn find(facts: &Facts) -> Vec<Proposal> {
    facts
        .stages()
        .filter_map(|stage| {
            let copies: Vec<CopyAt<'_>> = facts.copies_of(stage).collect();
            let first = copies.first()?;
            let (mut edits, mut moved, mut command) = (Vec::new(), String::new(), String::new());
            for run in facts.runs_of(stage).filter(|run| run.number > first.number && run.is_root()) {
                let chain = &run.script.chain;
                let system = chain.iter().take_while(|link| is_system(link)).count();
                let installs = chain.iter().take(system).flat_map(|link| &link.calls).find(|call| is_install(call));
                if let Some(install) = installs.filter(|_| command.is_empty()) {
                    command = install.words.join(" ");
                }
                if system == 0 || (installs.is_none() && system < chain.len()) {
                    continue;
                }
                if system == chain.len() {
                    moved += &facts.lines(run.number);
                    edits.push(facts.without(run.number));
                } else {
                    let (lines, edit) = split(facts, &run, system)?;
                    moved += &lines;
                    edits.push(edit);
                }
            }
            (!command.is_empty()).then(|| {
                edits.push(facts.before(first.number, &moved));
                Proposal::of(edits).text("command", &command)
            })
        })
        .collect()
}

/// The first commands as a RUN of their own, and what takes them out.
fn split(facts: &Facts, run: &RunAt<'_>, system: usize) -> Option<(String, TextEdit)> {
    let chain = &run.script.chain;
    let (first, last, next) = (chain.first()?, chain.get(system.checked_sub(1)?)?, chain.get(system)?);
    let taken = TextRange::new(first.range.start, last.range.end);
    let flags = TextRange::new(run.instruction.keyword.range.end, run.script.range.start).of(&facts.text);
    let out = TextEdit::delete(TextRange::new(first.range.start, next.range.start));
    Some((format!("RUN{flags}{}\n", taken.of(&facts.text)), out))
}

/// Whether a command works on the system's packages alone.
fn is_system(link: &Link) -> bool {
    let alone = |call: &crate::script::Call| {
        let cleans = call.name() == "rm" && call.operands().all(|path| path.starts_with("/var/"));
        let local =
            call.operands().any(|word| word.starts_with('.') || word.ends_with(".deb") || word.ends_with(".rpm"));
        (MANAGERS.contains(&call.name()) && !local) || cleans || call.name() == "set"
    };
    !link.calls.is_empty() && link.calls.iter().all(alone)
}

fn is_install(call: &crate::script::Call) -> bool {
    MANAGERS.contains(&call.name()) && (call.has("install") || call.has("add"))
}
