//! A secret mount for a secret that is in a layer or in the history: it is there for one RUN, and in no image.

use dockerfile::Body;
use report::{Options, SecretPlace};

use super::{Proposal, Rewrite};
use crate::facts::{Facts, RunAt};
use crate::tools::fetcher;

pub(super) const VARIABLE: Rewrite = Rewrite { code: "secret-variable", find: variables };
pub(super) const FILE: Rewrite = Rewrite { code: "secret-file", find: files };

/// A build argument that RUNs read: a mount puts it into their environment.
fn variables(facts: &Facts) -> Vec<Proposal> {
    let mut names: Vec<&str> = Vec::new();
    for secret in facts.secrets() {
        if let SecretPlace::History { name, .. } = &secret.place
            && !names.contains(&name.as_str())
        {
            names.push(name);
        }
    }
    names.into_iter().filter_map(|name| variable(facts, name)).collect()
}

fn variable(facts: &Facts, name: &str) -> Option<Proposal> {
    let given = facts.given.options.build_args.iter().find(|(other, _)| other == name);
    let value = given.and_then(|(_, value)| value.clone())?;
    let declares = |body: &Body| matches!(body, Body::Arg(args) if args.iter().any(|arg| arg.name.text == name));
    let mut edits = Vec::new();
    for (number, instruction) in facts.file.instructions.iter().enumerate().filter(|(_, other)| declares(&other.body)) {
        // one that declares others, too, stays: it would have to be taken apart
        matches!(&instruction.body, Body::Arg(args) if args.len() == 1).then_some(())?;
        edits.push(facts.without(number));
    }
    let reads = |run: &RunAt<'_>| {
        let text = run.instruction.range.of(&facts.text);
        text.contains(&format!("${name}")) || text.contains(&format!("${{{name}"))
    };
    let runs: Vec<RunAt<'_>> = facts.runs().filter(reads).collect();
    for run in &runs {
        edits.push(facts.with_flags(run.number, &[format!("--mount=type=secret,id={name},env={name}")])?);
    }
    let mut options = facts.given.options.clone();
    options.build_args.retain(|(other, _)| other != name);
    let options = with_secret(options, name, &value);
    let flag = format!("--secret id={name}");
    (!runs.is_empty())
        .then(|| Proposal { options: Some(options), ..Proposal::of(edits) }.text("name", name).text("option", &flag))
}

/// A file that is copied by itself for a package manager.
fn files(facts: &Facts) -> Vec<Proposal> {
    let places = facts.secrets().iter().filter_map(|secret| match &secret.place {
        SecretPlace::File { path, layer, .. } => Some((path.as_str(), facts.instruction_of_layer(*layer)?)),
        _ => None,
    });
    places.filter_map(|(path, number)| file(facts, path, number)).collect()
}

fn file(facts: &Facts, path: &str, number: usize) -> Option<Proposal> {
    let copy = facts.copies().find(|copy| copy.number == number)?;
    let [source] = copy.written.sources.as_slice() else { return None };
    let source = source.text.trim_start_matches("./").trim_start_matches('/').to_owned();
    let value = facts.given.context.text(&source)?;
    let id = source.rsplit('/').next()?.trim_start_matches('.').to_owned();
    let mut edits = vec![facts.without(number)];
    let mut mounted = false;
    for run in facts.runs_of(copy.stage).filter(|run| run.number > number) {
        if run.script.calls.iter().any(|call| fetcher(call).is_some() || call.name() == "git") {
            edits.push(facts.with_flags(run.number, &[format!("--mount=type=secret,id={id},target={path}")])?);
            mounted = true;
        }
        // what deleted it has nothing to delete
        let removes = run.script.chain.iter().enumerate().filter(|(_, link)| {
            let name = path.rsplit('/').next().unwrap_or_default();
            let of_it = |word: &str| word.rsplit('/').next() == Some(name);
            matches!(link.calls.as_slice(), [call] if call.name() == "rm" && call.operands().count() == 1 && call.operands().all(of_it))
        });
        let removes: Vec<usize> = removes.map(|(link, _)| link).collect();
        if !removes.is_empty() {
            edits.extend(facts.without_links(&run, &removes));
        }
    }
    // a copy of all would bring it back
    let again = facts.copies().any(|other| other.number != number && other.takes(&source));
    let ignore = if again { super::dockerignore::entries(facts, std::slice::from_ref(&source))? } else { Vec::new() };
    let options = with_secret(facts.given.options.clone(), &id, &value);
    let flag = format!("--secret id={id},src={source}");
    mounted.then(|| {
        Proposal { options: Some(options), ignore, ..Proposal::of(edits) }.text("name", &source).text("option", &flag)
    })
}

fn with_secret(mut options: Options, id: &str, value: &str) -> Options {
    options.secrets.retain(|(other, _)| other != id);
    options.secrets.push((id.to_owned(), value.to_owned()));
    options
}
