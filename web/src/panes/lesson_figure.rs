use std::rc::Rc;

use lesson::Figure;
use report::{Report, waste};
use yew::prelude::*;

use super::graph_picture::GraphPicture;
use super::layers::LayersProps;
use super::layers_config::ConfigTable;
use super::layers_stack::LayersStack;
use super::play::Play;
use super::timeline_chart::TimelineChart;
use crate::components::{Verdict, state_class};
use crate::shared::Shared;
use crate::svg::lay_out_beside;
use crate::text::{Locale, bytes, duration, use_locale};
use crate::view::use_online;

/// How wide a picture of the graph is at most, and how large it is drawn, in percent.
const GRAPH_WIDTH: i32 = 300;
const GRAPH_PERCENT: (i32, i32) = (40, 80);
/// The rows that a list of steps has at most.
const MOST_STEPS: usize = 60;

/// The properties of [`LessonFigure`].
#[derive(Properties, PartialEq)]
pub struct LessonFigureProps {
    /// What it shows.
    pub figure: Figure,
    /// The present build.
    pub report: Shared<Report>,
    /// What a build would have done as the step began.
    pub began: Option<Shared<Report>>,
}

/// A picture or table of the present build in a lesson's text; what is drawn has its twin in the pane of that name.
#[component]
pub fn LessonFigure(props: &LessonFigureProps) -> Html {
    let locale = use_locale();
    let online = use_online();
    let report = &props.report;
    let all = LayersProps { report: report.clone(), focus: None, onfocus: Callback::noop(), online };
    let (caption, drawn) = match props.figure {
        Figure::Graph => {
            ("lesson-figure-graph", html! { <SmallGraph report={report.clone()} least={GRAPH_PERCENT.0} /> })
        }
        Figure::Layers => ("lesson-figure-layers", layers(all)),
        Figure::Config => ("lesson-figure-config", html! { <ConfigTable ..all /> }),
        Figure::Timeline => ("lesson-figure-timeline", timeline(report)),
        Figure::Steps => ("lesson-figure-steps", steps(&locale, report)),
        Figure::Compare => ("lesson-figure-compare", compare(&locale, report, props.began.as_ref().unwrap_or(report))),
    };
    html! {
        <figure class="prose__figure">
            <div class="prose__scroll" tabindex="0" role="group" aria-label={locale.t(caption)}>{ drawn }</div>
            <figcaption>{ locale.t(caption) }</figcaption>
        </figure>
    }
}

/// The properties of [`SmallGraph`].
#[derive(Properties, PartialEq)]
pub struct SmallGraphProps {
    /// The build.
    pub report: Shared<Report>,
    /// The build whose graph is drawn behind it.
    #[prop_or_default]
    pub goal: Option<Shared<Report>>,
    /// How large it is drawn at least, in percent; below 40 nothing is written in it but the names of stages.
    pub least: i32,
    /// How large at most.
    #[prop_or(GRAPH_PERCENT.1)]
    pub most: i32,
    /// How wide it is at most, while it is not smaller than that.
    #[prop_or(GRAPH_WIDTH)]
    pub width: i32,
}

/// The stages of a build as a picture that fits a column.
#[component]
pub fn SmallGraph(props: &SmallGraphProps) -> Html {
    let picture =
        use_memo((props.report.clone(), props.goal.clone()), |(report, goal)| lay_out_beside(report, goal.as_deref()));
    let play = use_memo(props.report.clone(), |report| Play::new(report));
    let phases = use_memo(play.clone(), |play| play.phases());
    let fitting = props.width.saturating_mul(100) / picture.width.max(1);
    let percent = u32::try_from(fitting.clamp(props.least, props.most)).unwrap_or(100);
    html! {
        <GraphPicture report={props.report.clone()} picture={Shared::new(picture)} {percent} focus={None::<usize>}
            selected={None::<usize>} phases={Shared::new(phases)} context={play.context()} time={play.time()}
            finished={true} onpoint={Callback::noop()} onselect={Callback::noop()} />
    }
}

fn layers(all: LayersProps) -> Html {
    let waste = Rc::new(waste(all.report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default()));
    html! { <LayersStack {all} {waste} /> }
}

fn timeline(report: &Shared<Report>) -> Html {
    html! {
        <TimelineChart report={report.clone()} end={report.totals.ms} packed={true} ghosts={false} playhead={None::<u64>}
            focus={None::<usize>} onfocus={Callback::noop()} ongo={Callback::noop()} />
    }
}

fn steps(locale: &Locale, report: &Report) -> Html {
    html! {
        <ol class="prose__steps">
            { report.steps.iter().take(MOST_STEPS).map(|step| html! {
                <li key={step.id.clone()} class={state_class(step.state)}>
                    <Verdict state={step.state} />
                    <code>{ &step.text }</code>
                    <span class="prose__time">{ duration(locale, step.ms) }</span>
                </li>
            }).collect::<Html>() }
        </ol>
    }
}

/// The step's beginning and now.
fn compare(locale: &Locale, now: &Report, began: &Report) -> Html {
    let size = |report: &Report| {
        report.image.as_ref().map_or_else(|| locale.t("figure-none").to_string(), |image| bytes(image.bytes))
    };
    let wasted = |report: &Report| {
        bytes(waste(report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default()).bytes)
    };
    let first = |report: &Report| duration(locale, report.totals.ms.saturating_add(report.time.saved_ms));
    let rows = [
        ("figure-size", size(began), size(now)),
        ("figure-layers", began.totals.layers.to_string(), now.totals.layers.to_string()),
        ("lesson-wasted", wasted(began), wasted(now)),
        ("lesson-first-build", first(began), first(now)),
        ("lesson-build-now", duration(locale, began.totals.ms), duration(locale, now.totals.ms)),
    ];
    html! {
        <table class="prose__compare">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{ locale.t("lesson-began") }</th>
                    <th scope="col">{ locale.t("lesson-now") }</th>
                </tr>
            </thead>
            <tbody>
                { rows.into_iter().map(|(name, began, now)| html! {
                    <tr key={name} class={(began != now).then_some("is-changed")}>
                        <th scope="row">{ locale.t(name) }</th><td>{ began }</td><td>{ now }</td>
                    </tr>
                }).collect::<Html>() }
            </tbody>
        </table>
    }
}
