//! `layerlab corpus`: how much of many Dockerfiles has a model.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use report::{
    Basis, CacheStore, Catalog, Context, Inputs, Note, Options, Outcome, Profile, Programs, StepState, StepView,
    analyze,
};
use toml::Table;

use crate::Answer;
use crate::arguments::{Argument, Arguments, BuildFlags};
use crate::catalogs::chosen_catalog;
use crate::conformance::{file_of_text, parse_files};

pub const HELP: &str = "\
Builds every Dockerfile of a corpus, all of its stages, and prints how many RUN instructions have a model and which
builds fail. The exit status is 0 only where every build succeeds and at least 95 % of the RUN instructions have one.

A Dockerfile of the corpus is a folder DIR/NAME with `Dockerfile` and, beside it, `context.toml`: `[context]` has the
files as in tests/conformance/README.md, `args` the flags of `docker build`, and `fails`, where a real build fails too,
what it prints then: such a build must fail with that.

Usage: layerlab corpus [OPTIONS] DIR

Options:
  --only NAME      only this Dockerfile; can be given several times
  --missing        also: what has no model, by program, most often used first
  --assumed        also: what is counted with a typical size, or taken to write nothing
  --catalog DIR    the folder of base images
";

/// Of a hundred RUN instructions, as many have a model at least.
const WANTED_PERCENT: u64 = 95;
/// How many examples the tables show of a program.
const EXAMPLES: usize = 4;

/// A Dockerfile with what it is built from.
struct Sample {
    name: String,
    context: Context,
    options: Options,
    /// What a real build of it prints when it fails, where it does.
    fails: Option<String>,
}

/// What was counted.
#[derive(Default)]
struct Count {
    dockerfiles: u64,
    runs: u64,
    exact: u64,
    estimated: u64,
    programs: Programs,
    failures: Vec<String>,
    missing: Uses,
    assumed: Uses,
}

/// By the program that a note is about: what the note says, and of which Dockerfiles.
type Uses = BTreeMap<String, Vec<(String, String)>>;

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let mut arguments = Arguments::new(arguments);
    let (mut folder, mut catalog, mut only) = (None, None, Vec::new());
    let (mut missing, mut assumed) = (false, false);
    while let Some(argument) = arguments.next() {
        match argument {
            Argument::Flag("--only", given) => only.push(arguments.value("--only", given)?),
            Argument::Flag("--missing", given) => missing = Arguments::switch("--missing", given)?,
            Argument::Flag("--assumed", given) => assumed = Arguments::switch("--assumed", given)?,
            Argument::Flag("--catalog", given) => catalog = Some(arguments.value("--catalog", given)?),
            Argument::Flag(flag, _) => return Err(format!("unknown option {flag}\n\n{HELP}")),
            Argument::Value(value) if folder.is_none() => folder = Some(Path::new(value)),
            Argument::Value(value) => return Err(format!("one folder at a time: what is `{value}`?")),
        }
    }
    let folder = folder.ok_or_else(|| format!("no folder given\n\n{HELP}"))?;
    let catalog = chosen_catalog(catalog)?;
    let mut samples = folders(folder)?;
    samples
        .retain(|path| only.is_empty() || path.file_name().is_some_and(|name| only.iter().any(|only| name == *only)));
    if samples.is_empty() {
        return Err(format!("{}: no such Dockerfile. Each is a folder with a file `Dockerfile`", folder.display()));
    }
    let mut count = Count::default();
    for path in &samples {
        count_sample(&read_sample(path)?, &catalog, &mut count);
    }
    let mut text = as_text(&count);
    if missing {
        text += &table("Without a model", &count.missing);
    }
    if assumed {
        text += &table("Assumed", &count.assumed);
    }
    Ok(Answer { text, ok: count.failures.is_empty() && is_enough(&count) })
}

fn is_enough(count: &Count) -> bool {
    (count.exact + count.estimated) * 100 >= count.runs * WANTED_PERCENT
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.join("Dockerfile").is_file());
    paths.sort();
    Ok(paths)
}

fn read_sample(folder: &Path) -> Result<Sample, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let dockerfile = fs::read_to_string(folder.join("Dockerfile")).map_err(|error| failed(&error))?;
    let beside = folder.join("context.toml");
    let text =
        if beside.is_file() { fs::read_to_string(beside).map_err(|error| failed(&error))? } else { String::new() };
    let table: Table = text.parse().map_err(|error: toml::de::Error| failed(&error))?;
    let mut context = Context::default();
    context.insert("Dockerfile", file_of_text(&dockerfile)).map_err(|error| failed(&error))?;
    for (path, entry) in parse_files(table.get("context")).map_err(|error| failed(&error))? {
        context.insert(&path, entry).map_err(|error| failed(&error))?;
    }
    let given: Vec<String> = table
        .get("args")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|arg| arg.as_str().map(str::to_owned))
        .collect();
    let mut arguments = Arguments::new(&given);
    let mut flags = BuildFlags::default();
    while let Some(argument) = arguments.next() {
        let Argument::Flag(flag, value) = argument else { return Err(failed(&"args: a value without a flag")) };
        if !flags.take(flag, value, &mut arguments)? {
            return Err(failed(&format!("args: unknown option {flag}")));
        }
    }
    let fails = table.get("fails").and_then(toml::Value::as_str).map(str::to_owned);
    Ok(Sample { name, context, options: flags.options, fails })
}

/// Builds a Dockerfile, then each stage that this did not need, on the same cache: every step runs once.
fn count_sample(sample: &Sample, catalog: &Catalog, count: &mut Count) {
    count.dockerfiles += 1;
    let profile = Profile::default();
    let mut cache = CacheStore::default();
    let mut targets = vec![sample.options.target.clone()];
    let mut first = true;
    while let Some(target) = targets.pop() {
        let options = Options { target, ..sample.options.clone() };
        let inputs = Inputs { context: &sample.context, options: &options, catalog, profile: &profile, cache: &cache };
        let (report, after) = analyze(&inputs);
        cache = after;
        let is_first = first;
        if first {
            // a stage without a name cannot be a target
            let left_out = report.stages.iter().filter(|stage| !stage.needed);
            targets.extend(left_out.filter_map(|stage| stage.name.clone()).map(Some));
            first = false;
        }
        for step in report.steps.iter().filter(|step| step.text.starts_with("RUN ")) {
            count_step(sample, step, count);
        }
        if let Outcome::Failed { message, .. } | Outcome::Invalid { message } = &report.outcome {
            let output =
                report.steps.iter().filter(|step| step.state == StepState::Failed).flat_map(|step| &step.output);
            let last = output.last().map(|line| format!("\n      {line}")).unwrap_or_default();
            if sample.fails.as_ref().is_some_and(|words| last.contains(words) || message.contains(words)) {
                continue;
            }
            count.failures.push(format!("{}: {message}{last}", sample.name));
        } else if let Some(words) = sample.fails.as_ref().filter(|_| is_first) {
            count.failures.push(format!("{}: is built, where a real build says {words}", sample.name));
        }
    }
}

fn count_step(sample: &Sample, step: &StepView, count: &mut Count) {
    if !matches!(step.state, StepState::Ran | StepState::Failed) {
        return;
    }
    count.runs += 1;
    count.programs.started += step.programs.started;
    count.programs.without_model += step.programs.without_model;
    match step.bytes_basis {
        Basis::Exact => count.exact += 1,
        Basis::Measured | Basis::Stated | Basis::Estimated => count.estimated += 1,
        Basis::NotModelled => {}
    }
    for note in &step.notes {
        let (uses, about) = match note {
            Note::UnknownCommand { name } => (&mut count.missing, name.as_str()),
            Note::NotModelled { what } => (&mut count.missing, what.as_str()),
            Note::MayBeThere { what } => (&mut count.missing, what.as_str()),
            Note::Limit { what } | Note::FactsMissing { table: what } => (&mut count.missing, *what),
            Note::TypicalSize { what, .. } | Note::WritesNothing { what } => (&mut count.assumed, what.as_str()),
            Note::Unchecked { what } => (&mut count.assumed, what.as_str()),
            Note::Compressed
            | Note::MoreThanStated { .. }
            | Note::OtherRelease { .. }
            | Note::OtherVersion { .. }
            | Note::DerivedDownload { .. }
            | Note::OutOfPlace { .. } => continue,
        };
        let program = about.split(' ').next().unwrap_or_default().to_owned();
        uses.entry(program).or_default().push((about.to_owned(), sample.name.clone()));
    }
}

fn as_text(count: &Count) -> String {
    let modelled = count.exact + count.estimated;
    let programs = count.programs.started - count.programs.without_model;
    let mut text = format!(
        "{} Dockerfiles, {} of their builds fail\n{modelled} of {} RUN instructions have a model ({}): {} exact, {} \
         estimated, {} not modelled\n{programs} of {} programs that they start have a model ({})\n",
        count.dockerfiles,
        count.failures.len(),
        count.runs,
        percent(modelled, count.runs),
        count.exact,
        count.estimated,
        count.runs - modelled,
        count.programs.started,
        percent(programs, count.programs.started),
    );
    for failure in &count.failures {
        text += &format!("  FAILS {failure}\n");
    }
    text
}

/// A share with one decimal, rounded down.
fn percent(part: u64, whole: u64) -> String {
    let thousandths = (part * 1000).checked_div(whole).unwrap_or(1000);
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

fn table(title: &str, uses: &Uses) -> String {
    let mut rows: Vec<_> = uses.iter().collect();
    rows.sort_by_key(|(_, uses)| std::cmp::Reverse(uses.len()));
    let mut text = format!("\n{title}:\n");
    for (program, uses) in rows {
        let examples: Vec<String> =
            uses.iter().take(EXAMPLES).map(|(what, sample)| format!("{what} [{sample}]")).collect();
        text += &format!("{:5}  {program:20} {}\n", uses.len(), examples.join("; "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_down() {
        assert_eq!([percent(94_999, 100_000), percent(0, 0), percent(2, 3)], ["94.9 %", "100.0 %", "66.6 %"]);
    }

    #[test]
    fn unmodelled_steps_count_against_the_share() {
        let dockerfile = "FROM acme/base AS a\nRUN frobnicate\nFROM scratch\nCOPY b /\n";
        let mut context = Context::default();
        context.insert("Dockerfile", file_of_text(dockerfile)).unwrap();
        context.insert("b", file_of_text("")).unwrap();
        let sample = Sample { name: "sample".to_owned(), context, options: Options::default(), fails: None };
        let mut count = Count::default();
        count_sample(&sample, &Catalog::default(), &mut count);
        assert_eq!((count.runs, count.exact + count.estimated, count.failures.len()), (1, 0, 0));
        assert!(!is_enough(&count));
        assert!(count.missing.contains_key("/bin/sh") || count.missing.contains_key("sh"), "{:?}", count.missing);
    }
}
