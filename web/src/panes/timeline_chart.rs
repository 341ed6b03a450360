use gloo::events::EventListener;
use report::Report;
use web_sys::Element;
use yew::prelude::*;

use super::timeline_bars::{TimelineBars, group_name};
use crate::shared::Shared;
use crate::svg::{Chart, bars, chart};
use crate::text::{Locale, duration, use_locale};

/// Narrower than this a chart is scrolled.
const NARROWEST: i32 = 520;
/// The width before the window's is known.
const USUAL: i32 = 760;
/// The height of the axis.
const AXIS: i32 = 20;

/// The properties of [`TimelineChart`].
#[derive(Properties, PartialEq)]
pub struct TimelineChartProps {
    /// The build.
    pub report: Shared<Report>,
    /// The time at the end of the axis.
    pub end: u64,
    /// Whether the steps of a stage share a row.
    pub packed: bool,
    /// Whether cached steps show the time that they would have taken.
    pub ghosts: bool,
    /// The moment that plays.
    pub playhead: Option<u64>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the step whose line is to be shown.
    pub ongo: Callback<usize>,
}

/// A build's steps against time. Hidden from those who listen: the table below has it all.
#[component]
pub fn TimelineChart(props: &TimelineChartProps) -> Html {
    let locale = use_locale();
    let node = use_node_ref();
    let width = use_state_eq(|| USUAL);
    use_effect_with((), {
        let (node, width) = (node.clone(), width.setter());
        move |()| {
            let measure = move || {
                if let Some(there) =
                    node.cast::<Element>().map(|element| element.client_width()).filter(|width| *width > 0)
                {
                    width.set(there.max(NARROWEST));
                }
            };
            measure();
            let listener = web_sys::window().map(|window| EventListener::new(&window, "resize", move |_| measure()));
            move || drop(listener)
        }
    });
    let laid = use_memo((props.report.clone(), props.end, *width, props.packed), |(report, end, width, packed)| {
        chart(&bars(report), *end, *width, *packed)
    });
    let (w, h) = (laid.width.to_string(), laid.height.to_string());
    // Bars are drawn anew only where another step begins.
    let begun = props.playhead.map(|now| {
        let starts = props.report.steps.iter().map(|step| step.start_ms);
        starts.filter(|start| *start <= now).max().unwrap_or(0)
    });
    let line = |x: i32, class: &'static str| {
        html! { <line {class} x1={x.to_string()} x2={x.to_string()} y1={AXIS.to_string()} y2={h.clone()} /> }
    };
    html! {
        <div ref={node} class="chart scroll-x" tabindex="0" role="group" aria-label={locale.t("timeline-chart")}>
            <svg aria-hidden="true" viewBox={format!("0 0 {w} {h}")} width={w.clone()} height={h.clone()}>
                <defs>
                    { props.ghosts.then(|| html! { <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <path class="chart__hatch" d="M0 0V6" />
                    </pattern> }) }
                </defs>
                <g>{ laid.ticks.iter().map(|tick| html! {
                    <g key={tick.ms.to_string()} class="chart__tick">
                        { line(tick.x, "chart__grid") }
                        <text x={tick.x.to_string()} y="14" text-anchor={if tick.ms == 0 { "start" } else { "middle" }}>
                            { duration(&locale, tick.ms) }
                        </text>
                    </g>
                }).collect::<Html>() }</g>
                <g>{ laid.groups.iter().map(|group| html! {
                    <g key={format!("{:?}", group.stage)} class="chart__group">
                        <line x1="0" x2={w.clone()} y1={(group.y + 3).to_string()} y2={(group.y + 3).to_string()} />
                        <text x="12" y={(group.y + 20).to_string()}>{ group_name(&locale, &props.report, group.stage) }</text>
                    </g>
                }).collect::<Html>() }</g>
                // Below the names, which stay legible so.
                { end_line(&locale, props, &laid) }
                <TimelineBars report={props.report.clone()} chart={Shared::new(laid.clone())} ghosts={props.ghosts} {begun}
                    focus={props.focus} onfocus={props.onfocus.clone()} ongo={props.ongo.clone()} />
                <g class="chart__playhead">
                    { props.playhead.map(|at| line(laid.x(at), "chart__now")).unwrap_or_default() }
                </g>
            </svg>
            <p class="graph__more" hidden={laid.left_out == 0}>
                { locale.f("graph-left-out", &[("count", laid.left_out.into())]) }
            </p>
        </div>
    }
}

/// Where the build ends, and where it would end without the cache.
fn end_line(locale: &Locale, props: &TimelineChartProps, laid: &Chart) -> Html {
    let total = props.report.totals.ms;
    let without = total.saturating_add(props.report.time.saved_ms);
    let mark = |ms: u64, name: &str, class: &'static str| {
        let x = laid.x(ms);
        let anchor = if x > laid.width / 2 { "end" } else { "start" };
        let at = if x > laid.width / 2 { x - 5 } else { x + 5 };
        html! {
            <g class={classes!("chart__end", class)}>
                <line x1={x.to_string()} x2={x.to_string()} y1={AXIS.to_string()} y2={laid.height.to_string()} />
                <text x={at.to_string()} y={(laid.height - 3).to_string()} text-anchor={anchor}>
                    { locale.f(name, &[("time", duration(locale, ms).into())]) }
                </text>
            </g>
        }
    };
    html! {
        <g>
            { if total > 0 { mark(total, "timeline-ends", "is-now") } else { Html::default() } }
            { if props.ghosts && without > total { mark(without, "timeline-ends-without", "is-without") } else { Html::default() } }
        </g>
    }
}
