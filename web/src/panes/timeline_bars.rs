use report::Report;
use yew::prelude::*;

use super::fitted::fitted;
use super::timeline_bar::TimelineBar;
use crate::shared::Shared;
use crate::svg::{Chart, Drawn, What};
use crate::text::{Locale, duration, use_locale};

/// The properties of [`TimelineBars`].
#[derive(Properties, PartialEq)]
pub struct TimelineBarsProps {
    /// The build.
    pub report: Shared<Report>,
    /// Its bars, laid out.
    pub chart: Shared<Chart>,
    /// Whether cached steps show the time that they would have taken.
    pub ghosts: bool,
    /// While the build plays: what starts later waits.
    pub begun: Option<u64>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the step whose line is to be shown.
    pub ongo: Callback<usize>,
}

/// The bars of a timeline, and the lines from what ends to what waits for it.
#[component]
pub fn TimelineBars(props: &TimelineBarsProps) -> Html {
    let locale = use_locale();
    let chart = &props.chart;
    html! {
        <g>
            <g>{ chart.links.iter().enumerate().filter_map(|(index, link)| {
                let linked = props.focus.map(What::Step).is_some_and(|focus| link.to == focus || link.from == focus);
                (linked || link.across).then(|| html! {
                    <path key={index} class={classes!("chart__link", linked.then_some("is-linked"))} d={link.path.clone()} />
                })
            }).collect::<Html>() }</g>
            <g>{ chart.drawn.iter().enumerate().map(|(index, bar)| draw_bar(&locale, props, index, bar)).collect::<Html>() }</g>
        </g>
    }
}

/// What a bar says and how it stands out: of most the same from key to key, so that they are not drawn again.
fn draw_bar(locale: &Locale, props: &TimelineBarsProps, key: usize, bar: &Drawn) -> Html {
    let report = &props.report;
    let (name, index) = (bar_name(locale, report, bar.what), step_of(bar.what));
    let step = index.and_then(|index| report.steps.get(index));
    let critical = is_critical(report, bar.what);
    let label = if bar.columns == 0 { String::new() } else { label(locale, props, bar, &name, critical) };
    html! {
        <TimelineBar {key} bar={bar.clone()} {name} {label} step={index} state={step.map(|step| step.state)} {critical}
            linked={index.is_some() && index == props.focus} ghosts={props.ghosts}
            waits={props.begun.is_some_and(|begun| step.is_some_and(|step| step.start_ms > begun))}
            onfocus={props.onfocus.clone()} ongo={props.ongo.clone()} />
    }
}

/// A bar's name and, where there is room, its time. A star marks what is on the critical path.
fn label(locale: &Locale, props: &TimelineBarsProps, bar: &Drawn, name: &str, critical: bool) -> String {
    let star = if critical { "★ " } else { "" };
    let ms = match bar.what {
        What::Context => props.report.time.transfer.map_or(0, |transfer| transfer.ms),
        What::Pull(pull) => props.report.time.pulls.get(pull).map_or(0, |pull| pull.ms),
        What::Step(step) => props.report.steps.get(step).map_or(0, |step| step.ms),
    };
    let time = if ms > 0 { format!(" · {}", duration(locale, ms)) } else { String::new() };
    let room = bar.columns.saturating_sub(time.chars().count() + star.len());
    if room < 8 { fitted(&format!("{star}{name}"), bar.columns) } else { format!("{star}{}{time}", fitted(name, room)) }
}

/// The step that a bar stands for.
fn step_of(what: What) -> Option<usize> {
    match what {
        What::Step(step) => Some(step),
        What::Context | What::Pull(_) => None,
    }
}

/// Whether something is on the critical path.
pub fn is_critical(report: &Report, what: What) -> bool {
    let path = &report.time.critical_path;
    match what {
        What::Step(step) => report.steps.get(step).is_some_and(|step| step.timing.critical),
        What::Context => path.iter().any(|part| part.step.is_none() && part.id.starts_with("[internal]")),
        What::Pull(pull) => {
            let image = report.time.pulls.get(pull).map(|pull| format!("FROM {}", pull.image));
            path.iter().any(|part| part.step.is_none() && Some(&part.id) == image.as_ref())
        }
    }
}

/// What a bar stands for.
pub fn bar_name(locale: &Locale, report: &Report, what: What) -> String {
    match what {
        What::Context => locale.t("timeline-context").to_string(),
        What::Pull(pull) => {
            let image = report.time.pulls.get(pull).map(|pull| pull.image.as_str()).unwrap_or_default();
            locale.f("timeline-pull", &[("image", image.into())]).to_string()
        }
        What::Step(step) => report.steps.get(step).map(|step| step.text.clone()).unwrap_or_default(),
    }
}

/// A stage's name; what is in none comes before them.
pub fn group_name(locale: &Locale, report: &Report, stage: Option<usize>) -> String {
    let Some(index) = stage else {
        return locale.t("timeline-first").to_string();
    };
    let name = report.stages.get(index).and_then(|stage| stage.name.clone());
    name.unwrap_or_else(|| format!("stage-{index}"))
}
