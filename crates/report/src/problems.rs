//! Errors, build checks and notes, each at its line.

use filesystem::Ignore;
use source::{Diagnostic, Severity, TextRange, Value};

use crate::analyze::Analysis;
use crate::view::{Outcome, Problem};

pub(crate) fn view(analysis: &Analysis<'_>, checked: &checks::Checked, ignore: &Ignore) -> Vec<Problem> {
    let mut problems = errors(analysis);
    for (warning, &line) in checked.warnings.iter().zip(&checked.lines) {
        let last_line = lines(analysis, warning.range).1.max(line);
        problems.push(Problem { diagnostic: warning.clone(), line, last_line, url: Some(checks::url(warning.code)) });
    }
    if let Some(error) = &checked.error {
        problems.insert(0, of_the_whole(error));
    }
    for note in &analysis.file.notes {
        let line = analysis.lines.line(note.range.start) + 1;
        problems.push(Problem { diagnostic: note.clone(), line, last_line: line, url: None });
    }
    for error in ignore.errors() {
        let diagnostic = Diagnostic {
            code: "ignore-pattern",
            severity: Severity::Note,
            docker: Some(error.to_string()),
            args: vec![("line", Value::Count(error.line as u64))],
            range: TextRange::default(),
        };
        problems.push(Problem { diagnostic, line: 0, last_line: 0, url: None });
    }
    problems.sort_by_key(|problem| (problem.diagnostic.severity, problem.line));
    problems
}

/// A problem that no place in the Dockerfile stands for.
pub(crate) fn of_the_whole(message: &str) -> Problem {
    let diagnostic = error("build-error", message, TextRange::default());
    Problem { diagnostic, line: 0, last_line: 0, url: None }
}

fn error(code: &'static str, message: &str, range: TextRange) -> Diagnostic {
    Diagnostic { code, severity: Severity::Error, docker: Some(message.into()), args: Vec::new(), range }
}

/// What is wrong with the Dockerfile, all of it; or else the planning error; or else the step that failed.
fn errors(analysis: &Analysis<'_>) -> Vec<Problem> {
    let problem = |diagnostic: &Diagnostic| {
        let (line, last_line) = lines(analysis, diagnostic.range);
        Problem { diagnostic: diagnostic.clone(), line, last_line, url: None }
    };
    let mut problems: Vec<Problem> = analysis.file.errors.iter().map(problem).collect();
    if problems.is_empty() {
        problems.extend(analysis.plan.error.iter().map(problem));
    }
    if let Outcome::Failed { message, step: Some(step) } = analysis.outcome {
        problems.push(problem(&error("step-failed", message, analysis.instruction_range(*step))));
    }
    problems
}

/// The first and the last line that Docker shows for a message about `range`, from 1: those of the instruction that it is
/// in, wherever in it the mistake is; 0 for the file as a whole.
pub(crate) fn lines(analysis: &Analysis<'_>, range: TextRange) -> (usize, usize) {
    if range.is_empty() && range.start == 0 {
        return (0, 0);
    }
    let around = analysis.file.instructions.iter().find(|i| i.range.cover(range) == i.range);
    around.map_or_else(
        || {
            let line = |offset| analysis.lines.line(offset) + 1;
            (line(range.start), line(range.end.saturating_sub(1).max(range.start)))
        },
        |instruction| instruction.lines,
    )
}

impl Analysis<'_> {
    /// The place of the instruction that a step of the build comes from.
    pub(crate) fn instruction_range(&self, step: usize) -> TextRange {
        let range = || {
            let result = self.build.steps.get(step)?;
            let planned = self.plan.stages.get(result.stage)?.steps.get(result.number)?;
            Some(self.file.instructions.get(planned.instruction)?.range)
        };
        range().unwrap_or_default()
    }
}
