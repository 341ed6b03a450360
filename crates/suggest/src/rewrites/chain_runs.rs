//! RUNs whose files a later one deletes or writes again become one: what is gone at its end is in no layer.

use dockerfile::Body;
use source::{TextEdit, TextRange};

use super::{Proposal, Rewrite};
use crate::facts::{Facts, RunAt};

pub(super) const REWRITE: Rewrite = Rewrite { code: "chain-runs", find };

/// Less that is hidden is not worth a look.
const LEAST: u64 = 50_000;

fn find(facts: &Facts) -> Vec<Proposal> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for hidden in facts.hidden().iter().filter(|hidden| hidden.bytes >= LEAST) {
        let numbers = (facts.instruction_of_layer(hidden.layer), facts.instruction_of_layer(hidden.by));
        if let (Some(first), Some(last)) = numbers {
            spans.push((first, last));
        }
    }
    // lists that are fetched in a RUN of their own grow old in the cache
    let runs: Vec<RunAt<'_>> = facts.runs().collect();
    for pair in runs.windows(2) {
        let [first, second] = pair else { continue };
        let updates = first.script.calls.iter().all(|call| call.is("apt-get", "update") || call.is("apt", "update"));
        if updates && second.script.calls.iter().any(|call| call.is("apt-get", "install") || call.is("apt", "install"))
        {
            spans.push((first.number, second.number));
        }
    }
    spans.sort_unstable();
    spans.dedup();
    let each: Vec<Proposal> = spans.iter().filter_map(|span| chained(facts, &runs, &[*span])).collect();
    // all of them together come first
    let all = chained(facts, &runs, &spans).filter(|_| each.len() > 1);
    let each = each.into_iter().map(Proposal::otherwise);
    all.into_iter().chain(each).collect()
}

/// The RUNs of each span as one. `None` where no span can be one.
fn chained(facts: &Facts, runs: &[RunAt<'_>], spans: &[(usize, usize)]) -> Option<Proposal> {
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (first, last) in spans.iter().copied().filter(|(first, last)| is_chainable(facts, runs, *first, *last)) {
        match merged.last_mut() {
            Some((_, end)) if first <= *end => *end = last.max(*end),
            _ => merged.push((first, last)),
        }
    }
    let mut edits = Vec::new();
    for (first, last) in &merged {
        for number in *first..*last {
            edits.push(joint(facts, runs, number, number + 1)?);
        }
    }
    let line = |number: usize| facts.file.instructions.get(number).map_or(0, |instruction| instruction.lines.0);
    let (first, last) = merged.first()?;
    let (first, last) = (line(*first).to_string(), line(*last).to_string());
    Some(Proposal::of(edits).text("first", &first).text("last", &last))
}

/// Whether all instructions of a span are RUNs that can be commands of one.
fn is_chainable(facts: &Facts, runs: &[RunAt<'_>], first: usize, last: usize) -> bool {
    let alike = |number: usize| {
        let of_run = facts.file.instructions.get(number).is_some_and(|other| matches!(other.body, Body::Run(_)));
        let run = runs.iter().find(|run| run.number == number);
        of_run && run.is_some_and(|run| !run.script.chain.is_empty() && run.written.mount_flags.is_empty())
    };
    // what a shell keeps for its next command would reach further than it did
    let lasts = ["cd", "export", "set", "exit", "exec", "umask", ".", "source", "unset", "shopt"];
    let leaks = |number: usize| {
        let run = runs.iter().find(|run| run.number == number);
        run.is_some_and(|run| run.script.calls.iter().any(|call| lasts.contains(&call.name())))
    };
    first < last && (first..=last).all(alike) && !(first..last).any(leaks)
}

/// Joins a RUN and the one behind it; comments between them stay.
fn joint(facts: &Facts, runs: &[RunAt<'_>], first: usize, second: usize) -> Option<TextEdit> {
    let find = |number: usize| runs.iter().find(|run| run.number == number);
    let (first, second) = (find(first)?, find(second)?);
    let (end, start) = (first.script.chain.last()?.range.end, second.script.chain.first()?.range.start);
    let lines = TextRange::new(facts.block(second.number).start, second.instruction.range.start).of(&facts.text);
    let comments: String =
        lines.lines().filter(|line| line.trim_start().starts_with('#')).map(|line| format!("{line}\n")).collect();
    let text = format!(" {}\n{comments}    && ", facts.file.escape);
    Some(TextEdit::replace(TextRange::new(end, start), text))
}
