//! `layerlab check`: errors and build checks of a Dockerfile.

use std::path::Path;

use report::{
    CacheStore, Catalog, Context, ContextEntry, ContextKind, Inputs, Options, Outcome, Problem, Profile, Report,
    Severity, analyze, code_frame,
};
use serde_json::{Value, json};

use crate::Answer;
use crate::arguments::{Argument, Arguments, Format};
use crate::budget::{self, Builds, Held, Limit};
use crate::build::build;
use crate::catalogs::chosen_catalog;
use crate::disk::{read_content, read_context};
use crate::reason;

pub const HELP: &str = "\
Prints the error and the warnings that `docker build --check` gives for a Dockerfile. The exit status is 0 where there
are none.

Usage: layerlab check [OPTIONS] FILE

The folder that FILE is in is the build context: its .dockerignore counts, its other files do not but with --budget.

Options:
  --catalog DIR        the folder of base images, whose variables count as defined
  --budget LIST        what the build may cost besides: it is worked out from all files of the folder (below)
  --format text|json   json: {\"error\": null | message, \"warnings\": [{\"rule\", \"message\", \"line\"}], \"notes\":
                       the same}; notes are what Docker does not look at: comments `# layerlab: …`, .dockerignore; `budget` where there is one
";

/// A build check's finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line, from 1.
    pub line: usize,
    /// The last line of what it concerns.
    pub last_line: usize,
    /// The check's name.
    pub rule: String,
    /// Docker's words.
    pub message: String,
    /// Its page in Docker's documentation.
    pub url: Option<String>,
}

/// The build checks' findings in a report: by line, those of one line in the order in which Docker gives them.
pub fn warnings(report: &Report) -> Vec<Warning> {
    let problems = report.problems.iter().filter(|problem| problem.diagnostic.severity == Severity::Warning);
    let warning = |problem: &Problem| Warning {
        line: problem.line,
        last_line: problem.last_line,
        rule: problem.diagnostic.code.to_owned(),
        message: problem.diagnostic.docker.clone().unwrap_or_default(),
        url: problem.url.clone(),
    };
    problems.map(warning).collect()
}

/// What is wrong with comments that Layerlab reads, and with patterns of `.dockerignore`: what Docker does not warn of.
pub fn notes(report: &Report) -> Vec<Warning> {
    let problems = report.problems.iter().filter(|problem| problem.diagnostic.severity == Severity::Note);
    let note = |problem: &Problem| Warning {
        line: problem.line,
        last_line: problem.last_line,
        rule: problem.diagnostic.code.to_owned(),
        message: reason::problem(&problem.diagnostic),
        url: None,
    };
    problems.map(note).collect()
}

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let mut arguments = Arguments::new(arguments);
    let (mut format, mut file, mut catalog, mut limits) = (Format::Text, None, None, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument {
            Argument::Flag("--format", given) => format = Format::parse(arguments.value("--format", given)?)?,
            Argument::Flag("--budget", given) => limits = budget::parse(arguments.value("--budget", given)?)?,
            Argument::Flag("--catalog", given) => catalog = Some(arguments.value("--catalog", given)?),
            Argument::Flag(flag, _) => return Err(format!("unknown option {flag}\n\n{HELP}")),
            Argument::Value(value) if file.is_none() => file = Some(value),
            Argument::Value(value) => {
                return Err(format!("one Dockerfile at a time: what is `{value}`?"));
            }
        }
    }
    let file = Path::new(file.ok_or_else(|| format!("no Dockerfile given\n\n{HELP}"))?);
    let name = file.file_name().ok_or_else(|| format!("{}: not a file", file.display()))?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !file.is_file() {
        return Err(format!("{}: no such file. Give the path of a Dockerfile", file.display()));
    }
    let name = name.to_string_lossy().into_owned();
    let context = read_files(folder, &[&name, ".dockerignore", &format!("{name}.dockerignore")])?;
    let options = Options { file: name, all_stages: true, ..Options::default() };
    let catalog = chosen_catalog(catalog)?;
    let inputs = Inputs {
        context: &context,
        options: &options,
        catalog: &catalog,
        profile: &Profile::default(),
        cache: &CacheStore::default(),
    };
    let (report, _) = analyze(&inputs);
    let (warnings, notes) = (warnings(&report), notes(&report));
    // A check runs nothing: only what makes the Dockerfile invalid is an error.
    let error = match &report.outcome {
        Outcome::Invalid { message } => Some(message.clone()),
        Outcome::Built | Outcome::Failed { .. } => None,
    };
    let mut errors = report.problems.iter().filter(|problem| problem.diagnostic.severity == Severity::Error);
    let place = errors.next().map(|problem| (problem.line, problem.last_line)).unwrap_or_default();
    let source = context.text(&options.file).unwrap_or_default();
    let held = if limits.is_empty() { Vec::new() } else { held(&limits, folder, &options.file, &catalog)? };
    let text = match format {
        Format::Json => {
            let mut json = as_json(error.as_deref(), &warnings, &notes);
            if let Some(fields) = json.as_object_mut().filter(|_| !held.is_empty()) {
                fields.insert("budget".to_owned(), held.iter().map(Held::json).collect());
            }
            format!("{json:#}\n")
        }
        Format::Text => as_text(
            &file.display().to_string(),
            &source,
            error.as_deref().map(|error| (error, place)),
            &warnings,
            &notes,
        ),
    };
    let text = if held.is_empty() || format == Format::Json { text } else { text + &budget::text(&held) };
    let met = held.iter().all(Held::met);
    Ok(Answer { text, ok: error.is_none() && warnings.is_empty() && notes.is_empty() && met })
}

/// Builds the folder and holds it against a budget.
fn held<'b>(limits: &'b [Limit], folder: &Path, file: &str, catalog: &Catalog) -> Result<Vec<Held<'b>>, String> {
    let context = &read_context(folder)?;
    let options = &Options { file: file.to_owned(), ..Options::default() };
    let profile = &Profile::default();
    let (first, cache) = &build(context, options, catalog, profile, &CacheStore::default());
    Ok(budget::hold(limits, &Builds { first, after: None, context, options, catalog, profile, cache }))
}

/// Those of the files that are there.
fn read_files(folder: &Path, names: &[&str]) -> Result<Context, String> {
    let mut context = Context::default();
    for name in names {
        let path = folder.join(name);
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let Ok(metadata) = path.metadata() else {
            continue;
        };
        let content = read_content(&path, metadata.len()).map_err(|error| failed(&error))?;
        let entry = ContextEntry { kind: ContextKind::File(content), mode: 0o644, mtime: 0 };
        context.insert(name, entry).map_err(|error| failed(&error))?;
    }
    Ok(context)
}

fn as_json(error: Option<&str>, warnings: &[Warning], notes: &[Warning]) -> Value {
    let warning = |w: &Warning| json!({"rule": w.rule, "message": w.message, "line": w.line});
    let list = |all: &[Warning]| all.iter().map(warning).collect::<Vec<_>>();
    json!({"error": error, "warnings": list(warnings), "notes": list(notes)})
}

fn as_text(
    file: &str,
    source: &str,
    error: Option<(&str, (usize, usize))>,
    warnings: &[Warning],
    notes: &[Warning],
) -> String {
    let mut text = match (warnings.len(), error) {
        (0, Some(_)) => String::new(),
        (0, None) => "Check complete, no warnings found.\n".to_owned(),
        (1, _) => "Check complete, 1 warning has been found!\n".to_owned(),
        (count, _) => format!("Check complete, {count} warnings have been found!\n"),
    };
    for warning in warnings {
        text += &format!("\nWARNING: {}", warning.rule);
        if let Some(url) = &warning.url {
            text += &format!(" - {url}");
        }
        text += &format!("\n{}\n", warning.message);
        text += &excerpt(file, source, (warning.line, warning.last_line));
    }
    for note in notes {
        let place = match note.line {
            0 => format!("{file}\n"),
            line => excerpt(file, source, (line, note.last_line)),
        };
        text += &format!("\nNOTE: {} ({})\n{place}", note.message, note.rule);
    }
    if let Some((message, place)) = error {
        text += &format!("\nERROR: {message}\n");
        text += &excerpt(file, source, place);
    }
    text
}

/// The lines that a message is about; nothing for one about no line.
fn excerpt(file: &str, source: &str, lines: (usize, usize)) -> String {
    if lines.0 == 0 { String::new() } else { code_frame(file, source, lines).join("\n") + "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_an_answer() {
        let warning = Warning {
            line: 2,
            last_line: 2,
            rule: "StageNameCasing".to_owned(),
            message: "Stage name 'A' should be lowercase".to_owned(),
            url: Some("https://docs.docker.com/go/".to_owned()),
        };
        let note =
            Warning { line: 3, last_line: 3, rule: "statement-empty".to_owned(), message: "n".to_owned(), url: None };
        assert_eq!(as_json(None, &[], &[]), json!({"error": null, "warnings": [], "notes": []}));
        assert_eq!(
            as_json(Some("wrong"), std::slice::from_ref(&warning), std::slice::from_ref(&note)),
            json!({"error": "wrong", "warnings": [
                {"rule": "StageNameCasing", "message": "Stage name 'A' should be lowercase", "line": 2}
            ], "notes": [{"rule": "statement-empty", "message": "n", "line": 3}]})
        );
        assert_eq!(as_text("Dockerfile", "", None, &[], &[]), "Check complete, no warnings found.\n");
    }

    #[test]
    fn messages_show_their_place_as_docker_does() {
        let warning =
            Warning { line: 2, last_line: 3, rule: "R".to_owned(), message: "m".to_owned(), url: Some("u".to_owned()) };
        let text = as_text("dir/Dockerfile", "1\n2\n3\n4\n5\n", Some(("wrong", (6, 6))), &[warning], &[]);
        let expected = "\
Check complete, 1 warning has been found!

WARNING: R - u
m
dir/Dockerfile:2
--------------------
   1 |     1
   2 | >>> 2
   3 | >>> 3
   4 |     4
--------------------

ERROR: wrong
dir/Dockerfile:6
--------------------
   4 |     4
   5 |     5
   6 | >>> \n--------------------
";
        assert_eq!(text, expected);
        let note =
            Warning { line: 0, last_line: 0, rule: "statement-empty".to_owned(), message: "n".to_owned(), url: None };
        let text = as_text("f", "", None, &[], &[note]);
        assert_eq!(text, "Check complete, no warnings found.\n\nNOTE: n (statement-empty)\nf\n");
    }
}
