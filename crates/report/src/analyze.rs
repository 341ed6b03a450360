use std::collections::BTreeSet;

use dockerfile::{Dockerfile, parse};
use filesystem::{Context, ContextKind, Ignore, ImageStore, parse_ignore};
use plan::{Plan, PlanOptions};
use simulate::{Build, CacheStore, Note, Profile, World};
use source::LineIndex;

use crate::view::Options;
use crate::{Outcome, Progress, Report, context, image, log, measured, problems, stages, steps, time, tips};
use catalog::Catalog;

/// What files that a build writes get as their time: the day after the one that recorded contexts have.
const BUILD_TIME: i64 = 1_735_776_000;

/// Everything that a report is worked out from.
pub struct Inputs<'a> {
    /// The build context, its Dockerfile among the files.
    pub context: &'a Context,
    /// The options of the build.
    pub options: &'a Options,
    /// What is known of base images.
    pub catalog: &'a Catalog,
    /// The machine that durations are for.
    pub profile: &'a Profile,
    /// What earlier builds left.
    pub cache: &'a CacheStore,
}

/// What the report's parts are made from.
pub(crate) struct Analysis<'a> {
    pub(crate) text: &'a str,
    pub(crate) lines: LineIndex,
    pub(crate) file: &'a Dockerfile,
    pub(crate) plan: &'a Plan,
    pub(crate) build: &'a Build,
    pub(crate) outcome: &'a Outcome,
    pub(crate) store: ImageStore,
}

/// Works out what a build would do: the report, and the cache as the build would leave it. A build that is refused before
/// anything runs leaves the cache as it was.
#[must_use]
pub fn analyze(inputs: &Inputs<'_>) -> (Report, CacheStore) {
    let name = if inputs.options.file.is_empty() { "Dockerfile" } else { &inputs.options.file };
    let ignore = ignore_file(inputs.context, name);
    // the client looks at the arguments before anything is sent
    let nameless = inputs.options.build_args.iter().find(|(name, value)| name.is_empty() && value.is_some());
    let nameless = nameless.and_then(|(_, value)| value.as_ref());
    let read = match nameless {
        Some(value) => Err(format!("invalid key-value pair \"={value}\": empty key")),
        None => read(inputs.context, name),
    };
    let text = match read {
        Ok(text) => text,
        Err(message) => {
            let (log, progress) = log::unread(name, &message, nameless.is_some());
            let report = Report {
                problems: vec![problems::of_the_whole(&message)],
                log,
                progress,
                outcome: Outcome::Invalid { message },
                context: context::view(inputs.context, &ignore),
                ..Report::default()
            };
            return (report, inputs.cache.clone());
        }
    };
    let file = parse(&text);
    let build_args = build_args(inputs.options);
    let options = PlanOptions {
        build_args: &build_args,
        target: inputs.options.target.as_deref(),
        platform: &inputs.options.platform,
        catalog: inputs.catalog,
        all_stages: inputs.options.all_stages,
        link: inputs.options.store == ImageStore::Containerd,
        ignore_error: ignore.errors().first().map(ToString::to_string),
    };
    let plan = plan::plan(&file, &options);
    let checked = checks::check(&checks::Inputs {
        file: &file,
        plan: &plan,
        ignore: &ignore,
        build_args: &build_args,
        all_stages: inputs.options.all_stages,
    });
    let (figures, measured) = measured::matched(&plan, &inputs.options.measured);
    let refused = |error: &source::Diagnostic| error.docker.clone().unwrap_or_default();
    let (late, early) = match &plan.error {
        Some(error) if error.code == plan::GRAPH_ERROR => (Some(refused(error)), None),
        error => (None, error.as_ref().map(refused)),
    };
    let refusal = early.or(checked.error.clone()).or(late);
    let (build, cache) = match refusal {
        Some(_) => (Build::default(), inputs.cache.clone()),
        None => {
            let files = inputs.cache.transferred(inputs.context, &ignore);
            let world = World {
                context: &files,
                catalog: inputs.catalog,
                profile: inputs.profile,
                secrets: &inputs.options.secrets,
                network: !inputs.options.network_none,
                store: inputs.options.store,
                no_cache: inputs.options.no_cache,
                no_cache_filter: &inputs.options.no_cache_filter,
                statements: &file.statements,
                measured: &figures,
                now: BUILD_TIME,
            };
            simulate::simulate(&plan, &world, inputs.cache)
        }
    };
    let outcome = match (refusal, &build.failure) {
        (Some(message), _) => Outcome::Invalid { message },
        (None, Some(failure)) => Outcome::Failed { message: failure.message.clone(), step: failure.step },
        (None, None) => Outcome::Built,
    };
    let analysis = Analysis {
        text: &text,
        lines: LineIndex::new(&text),
        file: &file,
        plan: &plan,
        build: &build,
        outcome: &outcome,
        store: inputs.options.store,
    };
    let mut steps = steps::view(&analysis);
    let image = image::view(&analysis);
    let time = time::view(&analysis, &mut steps);
    let mut report = Report {
        problems: problems::view(&analysis, &checked, &ignore),
        stages: stages::view(&analysis, &steps),
        totals: steps::totals(&analysis, &steps, image.as_ref()),
        time,
        steps,
        image,
        log: Vec::new(),
        progress: Progress::default(),
        tokens: file.tokens.clone(),
        context: context::view(inputs.context, &ignore),
        measured,
        missing_images: plan.missing_images.clone(),
        missing_tables: missing_tables(analysis.build),
        outcome: outcome.clone(),
    };
    report.problems.extend(tips::find(&analysis, &report));
    report.problems.sort_by_key(|problem| (problem.diagnostic.severity, problem.line));
    let own = format!("{name}.dockerignore");
    let has_own = inputs.context.get(&own).is_some();
    let sent = time::sent_bytes(inputs.context, &[name, &own]);
    let ignore = (!has_own).then(|| time::sent_bytes(inputs.context, &[".dockerignore"]));
    (report.log, report.progress) = log::both(&analysis, &report, name, (sent, ignore));
    (report, cache)
}

/// The Dockerfile's text. Bytes that are no UTF-8 are read as replacement characters, as Docker's parser does.
fn read(context: &Context, name: &str) -> Result<String, String> {
    let base = name.rsplit('/').next().unwrap_or_default();
    match context.get(name).map(|entry| &entry.kind) {
        Some(ContextKind::File(content)) => content
            .bytes(MAX_DOCKERFILE_BYTES)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .ok_or_else(|| format!("failed to read dockerfile: {base} is larger than {MAX_DOCKERFILE_BYTES} bytes")),
        Some(ContextKind::Symlink(target)) if context.get(target).is_some_and(|e| !is_link(&e.kind)) => {
            read(context, target)
        }
        Some(ContextKind::Dir) => Err(format!("failed to read dockerfile: read {base}: is a directory")),
        _ => Err(format!("failed to read dockerfile: open {base}: no such file or directory")),
    }
}

/// The largest Dockerfile that is read.
const MAX_DOCKERFILE_BYTES: usize = 4 << 20;

fn is_link(kind: &ContextKind) -> bool {
    matches!(kind, ContextKind::Symlink(_))
}

/// The ignore patterns: those of `NAME.dockerignore` beside the Dockerfile, else those of `.dockerignore`.
fn ignore_file(context: &Context, name: &str) -> Ignore {
    let own = context.text(&format!("{name}.dockerignore"));
    own.or_else(|| context.text(".dockerignore")).map(|text| parse_ignore(&text)).unwrap_or_default()
}

/// The build arguments that have a value: one without takes it from the environment, and here is none.
fn build_args(options: &Options) -> Vec<(String, String)> {
    options.build_args.iter().filter_map(|(name, value)| Some((name.clone(), value.clone()?))).collect()
}

/// The tables of packages that commands would have read.
fn missing_tables(build: &Build) -> BTreeSet<&'static str> {
    let notes = build.steps.iter().filter_map(|step| step.record.as_ref()).flat_map(|record| &record.notes);
    let missing = notes.filter_map(|note| match note {
        Note::FactsMissing { table } => Some(*table),
        _ => None,
    });
    missing.collect()
}
