use report::{LineIndex, Report};
use yew::prelude::*;

use super::editor_signs::signs;
use crate::components::Icon;
use crate::editing::{Mark, is_marked, line_pieces, mark_class, token_class};
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

/// Line numbers, each with what is said of its line: an error, a warning, or what happens to the step that begins there
/// and how much its layer weighs.
#[component]
pub fn Gutter(props: &GutterProps) -> Html {
    let locale = use_locale();
    let signs = use_memo((props.report.clone(), locale), |(report, locale)| {
        report.as_ref().map(|report| signs(report, locale)).unwrap_or_default()
    });
    html! {
        <div class="gutter" aria-hidden="true">
            <ol class="gutter__lines" style={format!("--first: {}", props.start)}>
                for line in props.start..props.end {
                    <li key={line} class="gutter__line">
                        <span class="gutter__row" title={signs.get(&(line + 1)).map(|sign| sign.words.clone())}>
                            <span class="gutter__mark">{ signs.get(&(line + 1)).map(|sign| {
                                html! { <span class={sign.class}><Icon shape={sign.shape} /></span> }
                            }) }</span>
                            <span class="gutter__number">{ line + 1 }</span>
                            { signs.get(&(line + 1)).filter(|sign| sign.share > 0).map(|sign| {
                                html! { <span class="gutter__bar" style={format!("--share: {}%", f64::from(sign.share) / 10.0)} /> }
                            }) }
                        </span>
                    </li>
                }
            </ol>
        </div>
    }
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
        .filter(|problem| is_marked(&problem.diagnostic))
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
                        html! { <span class={classes!(token_class(piece.kind), piece.severity.map(mark_class))}>{ piece.text }</span> }
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
