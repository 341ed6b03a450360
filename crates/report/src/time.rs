//! The time of a build: what determines it, and what the cache saves.

use filesystem::{Attr, Context, ContextKind};
use simulate::{Basis, PathItem, Pull, StepState, files_transfer_bytes};

use crate::analyze::Analysis;
use crate::view::{PathView, PullView, StepView, TimeView};

/// The name of the sending of the context, as the progress display has it.
const CONTEXT: &str = "[internal] load build context";

/// The sums over the build's time; marks the steps of the critical path.
pub(crate) fn view(analysis: &Analysis<'_>, steps: &mut [StepView]) -> TimeView {
    let build = analysis.build;
    let part = |part: &simulate::PathPart| {
        let (id, step) = match part.item {
            PathItem::Step(step) => (steps.get(step)?.id.clone(), Some(step)),
            PathItem::Pull(pull) => (format!("FROM {}", build.pulls.get(pull)?.image), None),
            PathItem::Context => (CONTEXT.to_string(), None),
        };
        Some(PathView { id, step, ms: part.ms })
    };
    let critical_path: Vec<PathView> = build.critical_path.iter().filter_map(part).collect();
    for step in critical_path.iter().filter_map(|part| part.step) {
        if let Some(step) = steps.get_mut(step) {
            step.timing.critical = true;
        }
    }
    let ran = steps.iter().filter(|step| matches!(step.state, StepState::Ran | StepState::Failed));
    let transferred = build.transfer.filter(|transfer| transfer.ms > 0).map(|_| Basis::Estimated);
    TimeView {
        basis: ran.map(|step| step.timing.basis).chain(transferred).max().unwrap_or_default(),
        saved_ms: build.saved_ms,
        saved_step_ms: build.saved_step_ms,
        critical_path,
        transfer: build.transfer,
        pulls: build.pulls.iter().filter(|pull| pull.step.is_none()).map(pull_view).collect(),
    }
}

fn pull_view(pull: &Pull) -> PullView {
    PullView { image: pull.image.clone(), bytes: pull.bytes, ms: pull.ms, start_ms: pull.start_ms }
}

/// The bytes that the transfer of files by themselves takes, as the progress display counts them: of those that are there.
pub(crate) fn sent_bytes(context: &Context, names: &[&str]) -> u64 {
    let mut files = Vec::new();
    for name in names {
        let entry = context.get(name);
        if let Some((entry, ContextKind::File(content))) = entry.map(|entry| (entry, &entry.kind)) {
            let name = name.rsplit('/').next().unwrap_or_default();
            files.push((name, content, Attr::root(entry.mode, entry.mtime)));
        }
    }
    files_transfer_bytes(&files)
}
