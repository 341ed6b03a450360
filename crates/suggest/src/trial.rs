//! Building a project three times: first, after an edit of a source file, after an edit of the dependencies.

use std::collections::BTreeMap;

use filesystem::Edit;
use report::{
    Basis, CacheStore, Context, ImageView, Inputs, Note, Outcome, Report, Severity, StepState, StepView, analyze,
};

use crate::Given;

/// When edits are made: seconds since 1970.
pub(crate) const EDITED_AT: i64 = 1_735_862_400;

/// What a project costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The bytes of the image.
    pub image_bytes: u64,
    /// How sure they are.
    pub image_basis: Basis,
    /// The bytes of the build context's files that a first build sends.
    pub context_bytes: u64,
    /// How long a build takes on a machine that has nothing yet, in milliseconds.
    pub cold_ms: u64,
    /// How sure that is.
    pub cold_basis: Basis,
    /// A build after an edit of a source file, on what the first left.
    pub source: Option<Rebuild>,
    /// A build after an edit of the dependencies.
    pub dependency: Option<Rebuild>,
    /// What the report says besides, by code, each with how often.
    pub problems: BTreeMap<&'static str, usize>,
}

/// A build on the cache of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuild {
    /// How long it takes, in milliseconds.
    pub ms: u64,
    /// How sure that is.
    pub basis: Basis,
    /// The bytes of the layers that are made anew.
    pub bytes: u64,
    /// The steps that run.
    pub steps: Vec<StepFigures>,
}

/// A step that ran.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepFigures {
    /// The instruction as the progress display names it: `RUN npm ci`.
    pub text: String,
    /// Its first line, from 1.
    pub line: usize,
    /// How long it takes, in milliseconds.
    pub ms: u64,
    /// The bytes of its layer.
    pub bytes: u64,
}

/// The edits after which a project is built again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    pub source: Vec<Edit>,
    pub dependency: Vec<Edit>,
}

/// A first build, and what it left.
pub(crate) struct First {
    pub report: Report,
    pub cache: CacheStore,
}

pub(crate) fn build(given: &Given, context: &Context, cache: &CacheStore) -> First {
    let Given { options, catalog, profile, .. } = given;
    let (report, cache) = analyze(&Inputs { context, options, catalog, profile, cache });
    First { report, cache }
}

/// The first build of a project.
pub(crate) fn first(given: &Given) -> First {
    first_recalling(given, &CacheStore::default())
}

/// The first build of a project on a store that has nothing, but may recall what work comes to.
pub(crate) fn first_recalling(given: &Given, fresh: &CacheStore) -> First {
    build(given, &given.context, fresh)
}

/// What a project costs whose first build succeeds. `None` where a rebuild fails, or an edit cannot be made.
pub(crate) fn figures(given: &Given, first: &First, changes: &Changes) -> Option<Figures> {
    let source = rebuild(given, first, &changes.source)?;
    let dependency = rebuild(given, first, &changes.dependency)?;
    summed(first, source.as_ref(), dependency.as_ref())
}

/// The build after edits; `Some(None)` where there are none, `None` where it fails.
fn rebuild(given: &Given, first: &First, edits: &[Edit]) -> Option<Option<First>> {
    if edits.is_empty() {
        return Some(None);
    }
    let context = edited(&given.context, edits)?;
    let rebuilt = build(given, &context, &first.cache);
    (rebuilt.report.outcome == Outcome::Built).then_some(Some(rebuilt))
}

/// The figures of three builds.
pub(crate) fn summed(first: &First, source: Option<&First>, dependency: Option<&First>) -> Option<Figures> {
    let report = &first.report;
    let image = report.image.as_ref()?;
    let mut problems = BTreeMap::new();
    for problem in report.problems.iter().filter(|problem| problem.diagnostic.severity != Severity::Error) {
        *problems.entry(problem.diagnostic.code).or_default() += 1;
    }
    Some(Figures {
        image_bytes: image.bytes,
        image_basis: image.basis,
        context_bytes: report.time.transfer.map_or(0, |transfer| transfer.file_bytes),
        cold_ms: report.totals.ms,
        cold_basis: report.time.basis,
        source: source.map(|source| rebuilt(&source.report)),
        dependency: dependency.map(|dependency| rebuilt(&dependency.report)),
        problems,
    })
}

/// The context after edits.
pub(crate) fn edited(context: &Context, edits: &[Edit]) -> Option<Context> {
    let mut context = context.clone();
    edits.iter().try_for_each(|edit| context.apply(edit, EDITED_AT)).ok()?;
    Some(context)
}

/// What the steps that ran took.
#[must_use]
pub fn rebuilt(report: &Report) -> Rebuild {
    let ran = report.steps.iter().filter(|step| step.state == StepState::Ran);
    let steps: Vec<StepFigures> = ran.map(figures_of).collect();
    let bytes = steps.iter().map(|step| step.bytes).fold(0, u64::saturating_add);
    Rebuild { ms: report.totals.ms, basis: report.time.basis, bytes, steps }
}

fn figures_of(step: &StepView) -> StepFigures {
    StepFigures { text: step.text.clone(), line: step.line, ms: step.ms, bytes: step.bytes }
}

/// How much of a build has no model: steps whose bytes nobody knows, and what else is left out.
pub(crate) fn gaps(report: &Report) -> usize {
    let of_step = |step: &StepView| {
        let notes = step.notes.iter().filter(|note| {
            use Note::{FactsMissing, Limit, MayBeThere, NotModelled, UnknownCommand};
            matches!(
                note,
                FactsMissing { .. } | UnknownCommand { .. } | NotModelled { .. } | MayBeThere { .. } | Limit { .. }
            )
        });
        notes.count() + usize::from(step.bytes_basis == Basis::NotModelled)
    };
    let unknown = |image: &ImageView| usize::from(image.basis == Basis::NotModelled);
    report.steps.iter().map(of_step).sum::<usize>() + report.image.as_ref().map_or(0, unknown)
}
