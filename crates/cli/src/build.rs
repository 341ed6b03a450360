//! `layerlab build`: the build of a folder.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use report::{BaseView, CacheStore, Catalog, Context, Inputs, Options, Outcome, Profile, Report, analyze};

use crate::Answer;
use crate::arguments::{Argument, Arguments, BuildFlags, Format, SecretSource};
use crate::catalogs::chosen_catalog;
use crate::check::{notes, warnings};
use crate::disk::read_context;
use crate::edits::parse_edit;
use crate::{budget, json, table};

pub const HELP: &str = "\
Prints what `docker build` would do with a folder, on an empty build cache: its log as with --progress=plain, each step
with the reason that it runs, the layers as in `docker history`. The exit status is 1 where the build fails.

Usage: layerlab build [OPTIONS] DIR

Options:
  -f, --file FILE           the Dockerfile, in DIR (default: DIR/Dockerfile)
  --target STAGE            the stage to build (default: the last)
  --build-arg NAME[=VALUE]  a build argument; without a value the environment's
  --store STORE             overlay2 (default) or containerd: how the engine keeps images
  --no-cache                run every step
  --no-cache-filter STAGES  run every step of these stages, separated by commas
  --secret id=ID,src=FILE   a secret from a file; id=ID,env=NAME from the environment
  --platform PLATFORM       linux/amd64 is the one whose images are known
  --network none            RUN has no network
  --profile NAME            the machine that times are for: laptop (default), ci or wifi
  --profile-set NAME=VALUE  another figure of it; can be given several times. NAME is network (Mbit/s), latency (ms),
                            disk (MB/s), file (µs to create one), container (ms to start one), command (ms for a simple
                            one), cores, or compile, packages, compress (% of the time of the measured machine)
  --catalog DIR             the folder of base images (default: `catalog`, or that of
                            Layerlab's own source where the command is run in it)
  --after EDIT              after a first build edit the context, build again and show that second build; can be given
                            several times. EDIT is write:PATH=TEXT, append:PATH=TEXT, touch:PATH, rm:PATH,
                            chmod:MODE:PATH or mv:FROM:TO; \\n in TEXT is a new line
  --budget LIST             what the build may cost, as in \"size<150MB,rebuild<10s\": the exit status is 1 where it costs
                            more. `layerlab check --help` lists the names
  --format text|json        json: the whole report, and `budget` where there is one
";

#[derive(Default)]
struct Order<'a> {
    flags: BuildFlags,
    folder: Option<&'a str>,
    catalog: Option<&'a str>,
    after: Vec<&'a str>,
    budget: Option<&'a str>,
    format: Format,
}

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let order = read(arguments)?;
    let folder = Path::new(order.folder.ok_or_else(|| format!("no folder given\n\n{HELP}"))?);
    let catalog = chosen_catalog(order.catalog)?;
    let limits = order.budget.map(budget::parse).transpose()?.unwrap_or_default();
    let context = read_context(folder)?;
    let options = options(&order.flags, folder)?;
    let profile = &order.flags.profile;
    let (first, cache) = build(&context, &options, &catalog, profile, &CacheStore::default());
    let mut after = None;
    if !order.after.is_empty() {
        let mut context = context.clone();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let now = i64::try_from(now).unwrap_or_default();
        for edit in &order.after {
            let parsed = parse_edit(edit, &context)?;
            context.apply(&parsed, now).map_err(|error| format!("--after {edit}: {error}"))?;
        }
        after = Some(build(&context, &options, &catalog, profile, &cache).0);
    }
    let builds = budget::Builds {
        first: &first,
        after: after.as_ref(),
        context: &context,
        options: &options,
        catalog: &catalog,
        profile,
        cache: &cache,
    };
    let held = budget::hold(&limits, &builds);
    let report = after.as_ref().unwrap_or(&first);
    let text = match order.format {
        Format::Json => {
            let mut json = json::report(report);
            if let Some(fields) = json.as_object_mut().filter(|_| !held.is_empty()) {
                fields.insert("budget".to_owned(), held.iter().map(budget::Held::json).collect());
            }
            format!("{json:#}\n")
        }
        Format::Text if held.is_empty() => as_text(report),
        Format::Text => as_text(report) + &budget::text(&held),
    };
    Ok(Answer { text, ok: report.outcome == Outcome::Built && held.iter().all(budget::Held::met) })
}

fn read(arguments: &[String]) -> Result<Order<'_>, String> {
    let mut arguments = Arguments::new(arguments);
    let mut order = Order::default();
    while let Some(argument) = arguments.next() {
        match argument {
            Argument::Flag("--catalog", given) => order.catalog = Some(arguments.value("--catalog", given)?),
            Argument::Flag("--after", given) => order.after.push(arguments.value("--after", given)?),
            Argument::Flag("--budget", given) => order.budget = Some(arguments.value("--budget", given)?),
            Argument::Flag("--format", given) => order.format = Format::parse(arguments.value("--format", given)?)?,
            Argument::Flag(flag, given) => {
                if !order.flags.take(flag, given, &mut arguments)? {
                    return Err(format!("unknown option {flag}\n\n{HELP}"));
                }
            }
            Argument::Value(value) if order.folder.is_none() => order.folder = Some(value),
            Argument::Value(value) => {
                return Err(format!("one folder at a time: what is `{value}`?"));
            }
        }
    }
    Ok(order)
}

/// The options that flags stand for, with what they name of the disk.
pub fn options(flags: &BuildFlags, folder: &Path) -> Result<Options, String> {
    let mut options = flags.options.clone();
    if let Some(file) = &flags.file {
        options.file = path_in(folder, file)?;
    }
    for (name, value) in &mut options.build_args {
        if value.is_none() {
            *value = std::env::var(&name).ok();
        }
    }
    for (id, source) in &flags.secrets {
        let value = match source {
            SecretSource::File(path) => {
                std::fs::read_to_string(path).map_err(|error| format!("--secret id={id}: {path}: {error}"))?
            }
            SecretSource::Variable(name) => std::env::var(name).unwrap_or_default(),
        };
        options.secrets.push((id.clone(), value));
    }
    Ok(options)
}

/// The path of the Dockerfile in the context.
fn path_in(folder: &Path, file: &str) -> Result<String, String> {
    let full = Path::new(file).canonicalize().map_err(|error| format!("-f {file}: {error}"))?;
    let root = folder.canonicalize().map_err(|error| format!("{}: {error}", folder.display()))?;
    let inside = full
        .strip_prefix(&root)
        .map_err(|_| format!("-f {file}: lies outside of {}. Copy it into the folder", folder.display()))?;
    Ok(inside.to_string_lossy().into_owned())
}

/// A build, and what it leaves.
pub fn build(
    context: &Context,
    options: &Options,
    catalog: &Catalog,
    profile: &Profile,
    cache: &CacheStore,
) -> (Report, CacheStore) {
    analyze(&Inputs { context, options, catalog, profile, cache })
}

fn as_text(report: &Report) -> String {
    let mut text = String::new();
    for line in &report.log {
        text += line;
        text += "\n";
    }
    let tables = table::tables(report);
    if !tables.is_empty() {
        text += "\n";
        text += &tables;
    }
    let (warnings, notes) = (warnings(report), notes(report));
    if !warnings.is_empty() || !notes.is_empty() {
        text += "\nWarnings:\n";
    }
    for warning in warnings {
        text += &format!(" - {}: {} (line {})\n", warning.rule, warning.message, warning.line);
    }
    for note in notes {
        text += &format!(" - {} (line {})\n", note.message, note.line);
    }
    let bases: BTreeSet<String> = report.stages.iter().filter_map(|stage| unknown_base(&stage.base)).collect();
    if !bases.is_empty() {
        text += "\nBase images (a JSON file of facts for each can be given with --catalog):\n";
    }
    for base in bases {
        text += &format!(" - {base}\n");
    }
    match &report.outcome {
        Outcome::Built => {}
        Outcome::Invalid { message } | Outcome::Failed { message, .. } => {
            text += &format!("\nERROR: failed to build: failed to solve: {message}\n");
        }
    }
    text
}

/// What is said of a base image that the catalog has no facts of.
fn unknown_base(base: &BaseView) -> Option<String> {
    match base {
        BaseView::Image { short, counted_as: Some(other), .. } => {
            Some(format!("{short} is not in the catalog: counted as {other}"))
        }
        BaseView::Image { short, system: Some(system), .. } => Some(format!(
            "{short} is not in the catalog: its size is unknown, its system is taken to be that of {system}"
        )),
        BaseView::Image { short, known: false, .. } => {
            Some(format!("{short} is not in the catalog: its size is unknown"))
        }
        _ => None,
    }
}
