use std::collections::BTreeMap;

use report::{LineIndex, Report, Severity, StepState};
use yew::prelude::*;

use crate::components::{Icon, Shape, state_class, state_shape, state_word};
use crate::editing::{Mark, line_pieces, token_class};
use crate::shared::Shared;
use crate::text::use_locale;

/// The properties of [`Gutter`].
#[derive(Properties, PartialEq)]
pub struct GutterProps {
    /// The first line to draw, from 0.
    pub start: usize,
    /// The line behind the last.
    pub end: usize,
    /// What is known of the lines.
    pub report: Option<Shared<Report>>,
}

/// Line numbers, each with what is said of its line: an error, a warning, or what happens to the step that begins there.
#[component]
pub fn Gutter(props: &GutterProps) -> Html {
    let locale = use_locale();
    let marks =
        use_memo(props.report.clone(), |report| report.as_ref().map(|report| marks(report)).unwrap_or_default());
    html! {
        <div class="gutter" aria-hidden="true">
            <ol class="gutter__lines" style={format!("--first: {}", props.start)}>
                for line in props.start..props.end {
                    <li key={line} class="gutter__line">
                        <span class="gutter__mark">{ marks.get(&(line + 1)).map(|mark| {
                            let (class, shape, word) = looks(*mark);
                            html! { <span class={class} title={locale.t(word)}><Icon {shape} /></span> }
                        }) }</span>
                        <span class="gutter__number">{ line + 1 }</span>
                    </li>
                }
            </ol>
        </div>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum LineMark {
    Problem(Severity),
    Step(StepState),
}

fn looks(mark: LineMark) -> (&'static str, Shape, &'static str) {
    match mark {
        LineMark::Problem(Severity::Error) => ("is-error", Shape::Cross, "severity-error"),
        LineMark::Problem(Severity::Warning) => ("is-run", Shape::Warning, "severity-warning"),
        LineMark::Problem(Severity::Note) => ("is-idle", Shape::Info, "severity-note"),
        LineMark::Step(state) => (state_class(state), state_shape(state), state_word(state)),
    }
}

/// By line from 1: errors before steps, steps before warnings.
fn marks(report: &Report) -> BTreeMap<usize, LineMark> {
    let mut marks = BTreeMap::new();
    for problem in &report.problems {
        marks.insert(problem.line, LineMark::Problem(problem.diagnostic.severity));
    }
    for step in &report.steps {
        marks.insert(step.line, LineMark::Step(step.state));
    }
    for problem in report.problems.iter().filter(|problem| problem.diagnostic.severity == Severity::Error) {
        marks.insert(problem.line, LineMark::Problem(Severity::Error));
    }
    marks
}

/// The properties of [`Overlay`].
#[derive(Properties, PartialEq)]
pub struct OverlayProps {
    /// The text.
    pub text: AttrValue,
    /// The first line to draw, from 0.
    pub start: usize,
    /// The line behind the last.
    pub end: usize,
    /// What is known of the text; without it nothing is drawn.
    pub report: Option<Shared<Report>>,
    /// The step whose lines stand out.
    pub linked: Option<usize>,
}

/// The coloured copy of the lines that are visible.
#[component]
pub fn Overlay(props: &OverlayProps) -> Html {
    let index = use_memo(props.text.clone(), |text| LineIndex::new(text));
    let Some(report) = &props.report else {
        return html! { <pre class="overlay" /> };
    };
    let marks: Vec<Mark> = report
        .problems
        .iter()
        .map(|problem| Mark { range: problem.diagnostic.range, severity: problem.diagnostic.severity })
        .collect();
    let linked = props.linked.and_then(|step| report.steps.get(step)).map(|step| step.range);
    let text = props.text.as_str();
    html! {
        <pre class="overlay" style={format!("--first: {}", props.start)}>
            for line in props.start..props.end {
                <div key={line} class={classes!("overlay__line",
                    linked.is_some_and(|linked| {
                        let line = index.range(line);
                        linked.start < line.end && linked.end > line.start
                    }).then_some("is-linked"))}>
                    { line_pieces(text, &report.tokens, &marks, without_end(text, index.range(line))).into_iter().map(|piece| {
                        let severity = piece.severity.map(|severity| match severity {
                            Severity::Error => "mark-error",
                            Severity::Warning => "mark-warning",
                            Severity::Note => "mark-note",
                        });
                        html! { <span class={classes!(token_class(piece.kind), severity)}>{ piece.text }</span> }
                    }).collect::<Html>() }
                </div>
            }
        </pre>
    }
}

fn without_end(text: &str, range: report::TextRange) -> report::TextRange {
    let line = range.of(text);
    let kept = line.strip_suffix('\n').unwrap_or(line);
    let kept = kept.strip_suffix('\r').unwrap_or(kept);
    report::TextRange::new(range.start, range.start + kept.len())
}
