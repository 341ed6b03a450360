//! `COPY --chown` for a `RUN chown` behind it, which copies every file into another layer once more.

use source::TextEdit;

use super::{Proposal, Rewrite};
use crate::facts::{Facts, RunAt};
use crate::roles::{directory_at, joined};
use crate::script::Call;

pub(super) const REWRITE: Rewrite = Rewrite { code: "copy-owner", find };

fn find(facts: &Facts) -> Vec<Proposal> {
    let runs: Vec<RunAt<'_>> = facts.runs().collect();
    let each = runs.iter().flat_map(|run| {
        let links = run.script.chain.iter().enumerate();
        links.filter_map(|(link, commands)| {
            let [call] = commands.calls.as_slice() else { return None };
            rewrite(facts, run, link, call)
        })
    });
    each.collect()
}

fn rewrite(facts: &Facts, run: &RunAt<'_>, link: usize, call: &Call) -> Option<Proposal> {
    let flag = match call.name() {
        "chown" => "--chown",
        "chmod" => "--chmod",
        _ => return None,
    };
    let (value, paths) = {
        let mut operands = call.operands();
        (operands.next()?.to_owned(), operands.collect::<Vec<_>>())
    };
    let mode = match (flag, value.as_str()) {
        ("--chmod", "+x" | "a+x" | "u+x") => "755",
        ("--chmod", value) if !value.bytes().all(|byte| byte.is_ascii_digit()) => return None,
        (_, value) => value,
    };
    let at = run.script.calls.iter().position(|other| other.ranges == call.ranges)?;
    let directory = directory_at(run, at);
    let paths: Vec<String> = paths.iter().map(|path| joined(&directory, &run.expanded(path))).collect();
    let mut edits: Vec<TextEdit> = Vec::new();
    for step in facts.copies_before(run) {
        let own = if flag == "--chown" { &step.written.chown } else { &step.written.chmod };
        let inside = |path: &String| {
            let destination = joined(&step.destination, "");
            destination == *path || destination.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        if own.is_none() && paths.iter().any(inside) {
            edits.push(facts.with_flags(step.number, &[format!("{flag}={mode}")])?);
        }
    }
    if edits.is_empty() {
        return None;
    }
    edits.extend(facts.without_links(run, &[link]));
    let proposal = Proposal { keeps_files: true, ..Proposal::of(edits) };
    Some(proposal.text("command", &call.words.join(" ")).text("flag", flag))
}

/// A COPY before a RUN of the same stage.
struct CopyBefore<'a> {
    number: usize,
    written: &'a dockerfile::Copy,
    destination: String,
}

impl Facts {
    /// The COPYs of a RUN's stage before it, those from other stages too; a file's destination is the file.
    fn copies_before<'a>(&'a self, run: &RunAt<'a>) -> Vec<CopyBefore<'a>> {
        let copies = run.stage.steps.iter().filter_map(|step| {
            let plan::Operation::Copy(copy) = &step.operation else { return None };
            let instruction = self.file.instructions.get(step.instruction)?;
            let dockerfile::Body::Copy(written) = &instruction.body else { return None };
            let one = matches!(copy.sources.as_slice(), [source] if self.report.context.files.iter().any(|file| {
                file.kind == "file" && format!("/{}", file.path) == *source
            }));
            let name = copy.sources.first().and_then(|source| source.rsplit('/').next()).unwrap_or_default();
            let file = one && copy.destination.ends_with('/');
            let destination = if file { format!("{}{name}", copy.destination) } else { copy.destination.clone() };
            (step.instruction < run.number).then_some(CopyBefore { number: step.instruction, written, destination })
        });
        copies.collect()
    }
}
