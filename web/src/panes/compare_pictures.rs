use std::rc::Rc;

use report::Report;
use session::{Round, Side};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{GraphPicture, LayersProps, LayersStack, Play, TimelineChart};
use crate::shared::Shared;
use crate::svg::{Part, heights, lay_out};
use crate::text::{Locale, bytes, duration, use_locale};

/// The height of all bars of both stacks together.
const STACK_HEIGHT: u32 = 520;

/// Wider pictures of stages stand above each other.
const BESIDE: i32 = 600;

/// Up to so many steps have a row each in a timeline.
const ROWS: usize = 24;

/// The properties of [`ComparePictures`].
#[derive(Properties, PartialEq)]
pub struct ComparePicturesProps {
    /// The builds of both.
    pub rounds: Shared<Vec<Round>>,
    /// What happened before each.
    pub labels: Vec<AttrValue>,
    /// Called with the line of B that is to be shown.
    pub online: Callback<usize>,
}

/// The two sides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    A,
    B,
}

/// One build of both, drawn: the stages beside each other, the layers and the times on one scale.
#[component]
pub fn ComparePictures(props: &ComparePicturesProps) -> Html {
    let locale = use_locale();
    let chosen = use_state_eq(|| None::<usize>);
    let focus = use_state_eq(|| None::<(Which, usize)>);
    let last = props.rounds.len().saturating_sub(1);
    let index = chosen.unwrap_or(last).min(last);
    let Some(round) = props.rounds.get(index) else { return html! { <div></div> } };
    let onchange = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            chosen.set(value.parse().ok());
        })
    };
    // A step that is pointed at on one side is shown on the other, where it is.
    let on = |which: Which| -> Option<usize> {
        let (pointed, step) = (*focus)?;
        let (from, to) = (&side(round, pointed).report, &side(round, which).report);
        if pointed == which {
            return Some(step);
        }
        let text = &from.steps.get(step)?.text;
        to.steps.iter().position(|other| other.text == *text)
    };
    let onpoint = |which: Which| {
        let focus = focus.clone();
        Callback::from(move |step: Option<usize>| focus.set(step.map(|step| (which, step))))
    };
    let end = round.a.report.totals.ms.max(round.b.report.totals.ms);
    let (a, b) = on_one_scale(&weights(&round.a.report), &weights(&round.b.report));
    let graph = |which| {
        html! {
            <SideGraph report={Shared::new(side(round, which).report.clone())} focus={on(which)} onfocus={onpoint(which)}
                online={line_of(props, which)} widest={widest(round)} label={caption(&locale, which)} />
        }
    };
    let stack = |which, heights: Vec<Part>| {
        let report = &side(round, which).report;
        let layers = report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default();
        let all = LayersProps {
            report: Shared::new(report.clone()),
            focus: on(which),
            onfocus: onpoint(which),
            online: line_of(props, which),
        };
        let waste = Rc::new(report::waste(layers));
        html! { <LayersStack all={all} {waste} heights={Some(Rc::new(heights))} /> }
    };
    let chart = |which| {
        let report = Shared::new(side(round, which).report.clone());
        let packed = round.a.report.steps.len().max(round.b.report.steps.len()) > ROWS;
        let (online, steps) = (line_of(props, which), report.clone());
        let ongo = Callback::from(move |step: usize| {
            if let Some(step) = steps.steps.get(step) {
                online.emit(step.line);
            }
        });
        html! {
            <TimelineChart {report} {end} {packed} ghosts={false} playhead={None::<u64>} focus={on(which)}
                onfocus={onpoint(which)} {ongo} />
        }
    };
    let total = |side: &Side| duration(&locale, side.report.totals.ms);
    let size = |side: &Side| bytes(side.run.image_bytes);
    html! {
        <div class="compare__pictures">
            <p class="compare__choice">
                <label for="compare-round">{ locale.t("compare-round") }</label>
                <select id="compare-round" class="select" {onchange}>
                    { props.labels.iter().enumerate().map(|(number, label)| html! {
                        <option key={number} value={number.to_string()} selected={number == index}>{ label.clone() }</option>
                    }).collect::<Html>() }
                </select>
            </p>
            <section aria-labelledby="compare-layers">
                <h3 id="compare-layers">{ locale.t("compare-layers") }</h3>
                <div class="pair">
                    <div>{ heading(&locale, Which::A, &size(&round.a)) }{ stack(Which::A, a) }</div>
                    <div>{ heading(&locale, Which::B, &size(&round.b)) }{ stack(Which::B, b) }</div>
                </div>
            </section>
            <section aria-labelledby="compare-timeline">
                <h3 id="compare-timeline">{ locale.t("compare-timeline") }</h3>
                <div>{ heading(&locale, Which::A, &total(&round.a)) }{ chart(Which::A) }</div>
                <div>{ heading(&locale, Which::B, &total(&round.b)) }{ chart(Which::B) }</div>
            </section>
            <section aria-labelledby="compare-graph">
                <h3 id="compare-graph">{ locale.t("compare-graph") }</h3>
                <div class={classes!("pair", (widest(round) > BESIDE).then_some("is-stacked"))}>
                    <div>{ heading(&locale, Which::A, "") }{ graph(Which::A) }</div>
                    <div>{ heading(&locale, Which::B, "") }{ graph(Which::B) }</div>
                </div>
            </section>
        </div>
    }
}

fn side(round: &Round, which: Which) -> &Side {
    match which {
        Which::A => &round.a,
        Which::B => &round.b,
    }
}

/// Only B has lines in the editor.
fn line_of(props: &ComparePicturesProps, which: Which) -> Callback<usize> {
    match which {
        Which::A => Callback::noop(),
        Which::B => props.online.clone(),
    }
}

fn caption(locale: &Locale, which: Which) -> AttrValue {
    match which {
        Which::A => locale.t("compare-graph-a"),
        Which::B => locale.t("compare-graph-b"),
    }
}

fn heading(locale: &Locale, which: Which, figure: &str) -> Html {
    let (class, letter, name) = match which {
        Which::A => ("is-a", "A", "compare-a"),
        Which::B => ("is-b", "B", "compare-b"),
    };
    html! {
        <p class="pair__title">
            <span class={classes!("side", class)}>{ letter }</span>
            <span>{ locale.t(name) }</span>
            <span class="timeline__total">{ figure.to_string() }</span>
        </p>
    }
}

/// The bytes of the layers, the newest first.
fn weights(report: &Report) -> Vec<u64> {
    let layers = report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default();
    layers.iter().rev().map(|layer| layer.bytes).collect()
}

/// The heights of both stacks' rows.
fn on_one_scale(a: &[u64], b: &[u64]) -> (Vec<Part>, Vec<Part>) {
    let mut first = heights(&[a, b].concat(), STACK_HEIGHT);
    let second = first.split_off(a.len());
    (first, second)
}

/// The width of the wider picture.
fn widest(round: &Round) -> i32 {
    lay_out(&round.a.report).width.max(lay_out(&round.b.report).width)
}

#[derive(Properties, PartialEq)]
struct SideGraphProps {
    report: Shared<Report>,
    focus: Option<usize>,
    onfocus: Callback<Option<usize>>,
    online: Callback<usize>,
    /// The width of the wider picture: both are drawn on one scale.
    widest: i32,
    label: AttrValue,
}

/// The stages of one side, as wide as there is room.
#[component]
fn SideGraph(props: &SideGraphProps) -> Html {
    let picture = use_memo(props.report.clone(), |report| lay_out(report));
    let play = use_memo(props.report.clone(), |report| Play::new(report));
    let phases = use_memo(props.report.clone(), |_| play.phases());
    let onselect = {
        let (online, report) = (props.online.clone(), props.report.clone());
        Callback::from(move |step: usize| {
            if let Some(step) = report.steps.get(step) {
                online.emit(step.line);
            }
        })
    };
    let percent = picture.width.saturating_mul(100).checked_div(props.widest.max(1)).unwrap_or(100);
    html! {
        <div class="pair__graph scroll-x" tabindex="0" role="group" aria-label={props.label.clone()}
            style={format!("--share: {percent}%; --width: {}px", picture.width)}>
            <GraphPicture report={props.report.clone()} picture={Shared::new(picture)} percent={100} focus={props.focus}
                selected={None::<usize>} phases={Shared::new(phases)} context={play.context()} time={play.time()}
                finished={true} onpoint={props.onfocus.clone()} {onselect} />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_stacks_share_a_scale() {
        let drawn = |parts: Vec<Part>| parts.iter().map(|part| part.height).collect::<Vec<_>>();
        let (a, b) = on_one_scale(&[100, 300], &[100, 20]);
        assert_eq!((drawn(a), drawn(b)), (vec![100, 300], vec![100, 20]));
        let (a, b) = on_one_scale(&[], &[7]);
        assert_eq!((drawn(a), drawn(b)), (vec![], vec![520]));
    }
}
