//! The build's log, in the two forms that `docker build` prints: line by line (`--progress=plain`), and as the display that
//! a terminal shows (`--progress=tty`).
//!
//! From BuildKit's `util/progress/progressui` and compared with recordings of Docker Engine 28.5.2 (`tests/logs`). What
//! depends on the moment in which something happens is left out: digests of images, which hold the time of the build;
//! sections of steps that run at the same time, of which each is printed as one here. Warnings stand at the end, and
//! beside the Dockerfile's load if they come in time: on a terminal they mostly do, in lines mostly not.

mod plain;
mod progress;

use std::collections::BTreeSet;

use plan::Base;
use source::Severity;

use crate::analyze::Analysis;
use crate::frame::code_frame;
use crate::size::transfer_size;
use crate::view::{Outcome, Report, StepState};

pub use progress::{Progress, ProgressLine, ProgressRow, Tone};

/// How a piece of the builder's work ended.
enum End {
    Done,
    Cached,
    Error(String),
}

/// A piece of the builder's work: a "vertex" in BuildKit's words.
struct Vertex {
    name: String,
    /// What it says of its parts, with bytes, and how long these take.
    statuses: Vec<(String, u64)>,
    /// What it prints, each line with its time.
    output: Vec<String>,
    end: End,
    ms: u64,
}

/// What is printed of a build.
struct Log {
    vertices: Vec<Vertex>,
    /// The pieces of work that are known, and were not begun.
    left: usize,
    /// The lines under it: what failed, warnings, the place of the error, the error.
    failed: Option<(String, Vec<String>)>,
    warnings: Vec<String>,
    error: Vec<String>,
}

/// The two forms. `sent`: the bytes that the transfers of the Dockerfile and of `.dockerignore` take; the latter has none
/// where a Dockerfile has an ignore file of its own.
pub(crate) fn both(
    analysis: &Analysis<'_>,
    report: &Report,
    name: &str,
    (sent, ignore): (u64, Option<u64>),
) -> (Vec<String>, Progress) {
    let mut vertices = vec![definition(name, sent)];
    let mut left = 0;
    if !matches!(report.outcome, Outcome::Invalid { .. }) {
        let images = base_images(analysis);
        vertices.extend(images.iter().map(|image| vertex(format!("[internal] load metadata for {image}"), 0)));
        if let Some(bytes) = ignore {
            let status = (format!("transferring context: {}", transfer_size(bytes)), 0);
            vertices.push(Vertex { statuses: vec![status], ..vertex("[internal] load .dockerignore", 0) });
        }
        if let Some(transfer) = report.time.transfer {
            let status = (format!("transferring context: {}", transfer_size(transfer.bytes)), transfer.ms);
            vertices.push(Vertex { statuses: vec![status], ..vertex("[internal] load build context", transfer.ms) });
        }
        left = steps(&mut vertices, report);
        if report.outcome == Outcome::Built {
            let statuses = vec![("exporting layers".to_string(), 0), ("writing image".to_string(), 0)];
            vertices.push(Vertex { statuses, ..vertex("exporting to image", 0) });
        }
    }
    let failed = vertices.iter().find(|vertex| matches!(vertex.end, End::Error(_)));
    let log = Log {
        failed: failed.map(|vertex| (vertex.name.clone(), vertex.output.clone())),
        left,
        warnings: warnings(report),
        error: error(analysis, report, name),
        vertices,
    };
    (plain::lines(&log), progress::of(&log, report.totals.ms))
}

/// The two forms of the log of a build whose Dockerfile cannot be read.
pub(crate) fn unread(name: &str, message: &str, refused_by_client: bool) -> (Vec<String>, Progress) {
    let error = vec![format!("ERROR: failed to build: failed to solve: {message}")];
    if refused_by_client {
        return (error.clone(), progress::only(error));
    }
    let vertices = vec![definition(name, NOTHING_SENT)];
    let log = Log { vertices, left: 0, failed: None, warnings: Vec::new(), error };
    (plain::lines(&log), progress::of(&log, 0))
}

/// What the transfer of nothing takes: the packet that ends it.
pub(crate) const NOTHING_SENT: u64 = 2;

fn vertex(name: impl Into<String>, ms: u64) -> Vertex {
    Vertex { name: name.into(), statuses: Vec::new(), output: Vec::new(), end: End::Done, ms }
}

fn definition(name: &str, sent: u64) -> Vertex {
    // the client sends the folder that it lies in
    let name = name.rsplit('/').next().unwrap_or_default();
    let status = (format!("transferring dockerfile: {}", transfer_size(sent)), 0);
    Vertex { statuses: vec![status], ..vertex(format!("[internal] load build definition from {name}"), 0) }
}

fn base_images(analysis: &Analysis<'_>) -> BTreeSet<String> {
    let needed = analysis.plan.stages.iter().filter(|stage| stage.needed);
    let image = |base: &Base| match base {
        Base::Image(base) => Some(base.reference.full()),
        _ => None,
    };
    needed.filter_map(|stage| image(&stage.base)).collect()
}

/// The steps in the order in which they start. Gives the number of those that are never begun.
fn steps(vertices: &mut Vec<Vertex>, report: &Report) -> usize {
    let mut steps: Vec<_> = report.steps.iter().filter(|step| step.state != StepState::NotNeeded).collect();
    steps.sort_by_key(|step| step.start_ms);
    // A step that several stages share is one piece of work.
    let mut seen = BTreeSet::new();
    let mut left = 0;
    for step in steps.into_iter().filter(|step| seen.insert(&step.name)) {
        let cached = step.marked && !step.text.starts_with("FROM ");
        let end = match step.state {
            StepState::NotReached if !step.marked => {
                left += 1;
                continue;
            }
            StepState::Cached if !cached => End::Done,
            StepState::Cached | StepState::NotReached => End::Cached,
            StepState::Ran | StepState::NotNeeded => End::Done,
            StepState::Failed => {
                let message = message(&report.outcome).unwrap_or_default();
                // what BuildKit says of the key it was to compute is not the step's
                let message = message.strip_prefix("failed to compute cache key: ").unwrap_or(message);
                End::Error(message.to_string())
            }
        };
        let output = timed(&step.output, step.ms);
        vertices.push(Vertex { output, end, ..vertex(&step.name, step.ms) });
    }
    left
}

/// Lines with the time at which they are printed, counted from the step's start. When within a step that is, is not
/// modelled: they are spread over it.
fn timed(output: &[String], ms: u64) -> Vec<String> {
    let parts = output.len() as u128 + 1;
    let line = |(number, line): (u128, &String)| {
        let at = u128::from(ms) * number / parts;
        format!("{}.{:03} {line}", at / 1000, at % 1000)
    };
    (1..).zip(output).map(line).collect()
}

fn message(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Built => None,
        Outcome::Invalid { message } | Outcome::Failed { message, .. } => Some(message),
    }
}

fn warnings(report: &Report) -> Vec<String> {
    let warnings: Vec<_> =
        report.problems.iter().filter(|problem| problem.diagnostic.severity == Severity::Warning).collect();
    if warnings.is_empty() {
        return Vec::new();
    }
    let plural = if warnings.len() == 1 { "warning" } else { "warnings" };
    let mut lines = vec![format!(" {} {plural} found (use docker --debug to expand):", warnings.len())];
    lines.extend(warnings.into_iter().map(|problem| {
        let message = problem.diagnostic.docker.as_deref().unwrap_or_default();
        format!(" - {}: {message} (line {})", problem.diagnostic.code, problem.line)
    }));
    lines
}

fn error(analysis: &Analysis<'_>, report: &Report, name: &str) -> Vec<String> {
    let Some(message) = message(&report.outcome) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    let place = report.problems.iter().find(|problem| problem.diagnostic.severity == Severity::Error);
    if let Some(problem) = place.filter(|problem| problem.line > 0) {
        lines.extend(code_frame(name, analysis.text, (problem.line, problem.last_line)));
    }
    lines.push(format!("ERROR: failed to build: failed to solve: {message}"));
    lines
}

impl Log {
    /// What stands below all work; of what the failed step printed the last `most` lines.
    fn ending(&self, most: usize) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some((name, output)) = &self.failed {
            lines.push("------".to_string());
            lines.push(format!(" > {name}:"));
            lines.extend(output.iter().skip(output.len().saturating_sub(most)).cloned());
            lines.push("------".to_string());
        }
        if !self.warnings.is_empty() {
            lines.push(String::new());
            lines.extend(self.warnings.iter().cloned());
        }
        lines.extend(self.error.iter().cloned());
        lines
    }
}

/// Milliseconds as the log prints them: `0.3s`.
fn seconds(ms: u64) -> String {
    let tenths = ms.saturating_add(50) / 100;
    format!("{}.{}s", tenths / 10, tenths % 10)
}
