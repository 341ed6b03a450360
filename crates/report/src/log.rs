//! The build's log, as `docker build --progress=plain` prints it.

use std::collections::BTreeSet;

use plan::Base;
use source::Severity;

use crate::analyze::Analysis;
use crate::frame::code_frame;
use crate::size::transfer_size;
use crate::view::{Outcome, Report, StepState};

struct Log {
    lines: Vec<String>,
    number: usize,
}

impl Log {
    fn vertex(&mut self, name: &str, body: &[String], end: &str) {
        self.number += 1;
        let n = self.number;
        self.lines.push(format!("#{n} {name}"));
        self.lines.extend(body.iter().map(|line| format!("#{n} {line}")));
        self.lines.push(format!("#{n} {end}"));
        self.lines.push(String::new());
    }
}

/// `sent`: the bytes that the Dockerfile's own transfer takes.
pub(crate) fn plain(analysis: &Analysis<'_>, report: &Report, name: &str, sent: u64) -> Vec<String> {
    let mut log = Log { lines: Vec::new(), number: 0 };
    let done = |ms: u64| format!("DONE {}", seconds(ms));
    let size = transfer_size(sent);
    log.vertex(
        &format!("[internal] load build definition from {name}"),
        &[format!("transferring dockerfile: {size} done")],
        &done(0),
    );
    if !matches!(report.outcome, Outcome::Invalid { .. }) {
        for image in base_images(analysis) {
            log.vertex(&format!("[internal] load metadata for {image}"), &[], &done(0));
        }
        log.vertex("[internal] load .dockerignore", &["transferring context: done".into()], &done(0));
        if let Some(transfer) = report.time.transfer {
            let time = if transfer.ms < 100 { String::new() } else { format!("{} ", seconds(transfer.ms)) };
            let sent = format!("transferring context: {} {time}done", transfer_size(transfer.bytes));
            log.vertex("[internal] load build context", &[sent], &done(transfer.ms));
        }
        steps(&mut log, report);
        if report.outcome == Outcome::Built {
            log.vertex("exporting to image", &["exporting layers done".into(), "writing image done".into()], &done(0));
        }
    }
    let mut lines = log.lines;
    warnings(&mut lines, report);
    ending(&mut lines, analysis, report, name);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

fn base_images(analysis: &Analysis<'_>) -> BTreeSet<String> {
    let needed = analysis.plan.stages.iter().filter(|stage| stage.needed);
    let image = |base: &Base| match base {
        Base::Image(base) => Some(base.reference.full()),
        _ => None,
    };
    needed.filter_map(|stage| image(&stage.base)).collect()
}

fn steps(log: &mut Log, report: &Report) {
    for step in &report.steps {
        match step.state {
            StepState::Cached if !step.marked || step.text.starts_with("FROM ") => {
                log.vertex(&step.name, &[], "DONE 0.0s")
            }
            StepState::Cached => log.vertex(&step.name, &[], "CACHED"),
            StepState::Ran => log.vertex(&step.name, &step.output, &format!("DONE {}", seconds(step.ms))),
            StepState::Failed => {
                let message = message(&report.outcome).unwrap_or_default();
                log.vertex(&step.name, &step.output, &format!("ERROR: {message}"));
            }
            StepState::NotReached if step.marked => log.vertex(&step.name, &[], "CACHED"),
            StepState::NotReached | StepState::NotNeeded => {}
        }
    }
}

fn message(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Built => None,
        Outcome::Invalid { message } | Outcome::Failed { message, .. } => Some(message),
    }
}

fn warnings(lines: &mut Vec<String>, report: &Report) {
    let warnings: Vec<_> =
        report.problems.iter().filter(|problem| problem.diagnostic.severity == Severity::Warning).collect();
    if warnings.is_empty() {
        return;
    }
    let plural = if warnings.len() == 1 { "warning" } else { "warnings" };
    lines.push(format!(" {} {plural} found (use docker --debug to expand):", warnings.len()));
    for problem in warnings {
        let message = problem.diagnostic.docker.as_deref().unwrap_or_default();
        lines.push(format!(" - {}: {message} (line {})", problem.diagnostic.code, problem.line));
    }
}

fn ending(lines: &mut Vec<String>, analysis: &Analysis<'_>, report: &Report, name: &str) {
    let Some(message) = message(&report.outcome) else {
        return;
    };
    if let Outcome::Failed { step: Some(step), .. } = &report.outcome
        && let Some(step) = report.steps.get(*step)
    {
        lines.push("------".into());
        lines.push(format!(" > {}:", step.name));
        lines.extend(step.output.iter().rev().take(20).rev().cloned());
        lines.push("------".into());
    }
    let place = report.problems.iter().find(|problem| problem.diagnostic.severity == Severity::Error);
    if let Some(problem) = place.filter(|problem| problem.line > 0) {
        lines.extend(code_frame(name, analysis.text, (problem.line, problem.last_line)));
    }
    lines.push(format!("ERROR: failed to build: failed to solve: {message}"));
}

/// Milliseconds as Docker's log prints them: `0.3s`.
fn seconds(ms: u64) -> String {
    format!("{}.{}s", ms / 1000, ms % 1000 / 100)
}
