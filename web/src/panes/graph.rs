use std::rc::Rc;

use report::Report;
use yew::prelude::*;

use super::graph_details::GraphDetails;
use super::graph_ghost::GhostWords;
use super::graph_picture::GraphPicture;
use super::graph_window::{Zoom, use_window};
use super::play::{Move, Play};
use super::transport::Transport;
use crate::components::{Icon, Shape};
use crate::presenter::use_stepped;
use crate::shared::Shared;
use crate::svg::{EdgeKind, lay_out_beside};
use crate::text::use_locale;
use crate::view::{Show, is_wide, use_goal, use_show};

/// What the lines between lanes mean.
const LEGEND: [(EdgeKind, &str, &str); 4] = [
    (EdgeKind::From, "edge is-from", "graph-legend-from"),
    (EdgeKind::Copy, "edge is-copy", "graph-legend-copy"),
    (EdgeKind::Mount, "edge is-mount", "graph-legend-mount"),
    (EdgeKind::Context, "edge is-context", "graph-legend-context"),
];

/// The properties of [`Graph`].
#[derive(Properties, PartialEq)]
pub struct GraphProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the line of the Dockerfile that is to be shown.
    pub online: Callback<usize>,
    /// Where the build's playing is.
    pub play: Play,
    /// Called with what is to be done with it.
    pub onplay: Callback<Move>,
}

/// The stages as a picture that plays, and what there is to say of the step that is chosen in it. Who cannot see it has the
/// same in the list of steps.
#[component]
pub fn Graph(props: &GraphProps) -> Html {
    let locale = use_locale();
    let (goal, show) = (use_goal(), use_show());
    let picture =
        use_memo((props.report.clone(), goal.report.clone()), |(report, goal)| lay_out_beside(report, goal.as_deref()));
    // Most edits leave the picture as it is: its lines are not drawn again then.
    let kept = use_mut_ref(|| Rc::clone(&picture));
    if **kept.borrow() != *picture {
        kept.replace(picture);
    }
    let picture = Rc::clone(&kept.borrow());
    let chosen = use_state_eq(|| None::<usize>);
    let selected = chosen.filter(|step| *step < props.report.steps.len());
    let stepped = use_stepped(&props.report);
    let spot = stepped.as_ref().and_then(|stepped| stepped.spot);
    let window = use_window(&picture, props.focus, selected.or(spot));
    let kinds = use_memo(picture.clone(), |picture| picture.edges.iter().map(|edge| edge.kind).collect::<Vec<_>>());
    let finished = stepped.is_some() || props.play.at_end();
    let phases = use_memo(stepped.map_or_else(|| props.play.phases(), |stepped| stepped.phases), Clone::clone);
    let select = {
        let (chosen, onfocus) = (chosen.clone(), props.onfocus.clone());
        Callback::from(move |step: Option<usize>| {
            chosen.set(step);
            onfocus.emit(step);
        })
    };
    // Cards are drawn anew where their callbacks are others: these stay, and find the newest way to the editor here.
    let newest = use_mut_ref(|| (props.report.clone(), props.online.clone(), select.clone()));
    newest.replace((props.report.clone(), props.online.clone(), select.clone()));
    // Where the editor is beside the picture it shows the line, too; on a small screen it would hide the picture.
    let onselect = use_callback((), move |step: usize, ()| {
        let (report, online, select) = newest.borrow().clone();
        select.emit(Some(step));
        if let Some(step) = report.steps.get(step).filter(|_| is_wide()) {
            online.emit(step.line);
        }
    });
    let onpoint = use_callback(selected, {
        let onfocus = props.onfocus.clone();
        move |step: Option<usize>, selected| onfocus.emit(step.or(*selected))
    });
    let neighbour = |forward: bool| {
        let count = props.report.steps.len();
        let next = match selected {
            None if count == 0 => None,
            None => Some(if forward { 0 } else { count - 1 }),
            Some(step) if forward => Some(step + 1).filter(|step| *step < count),
            Some(step) => step.checked_sub(1),
        };
        let name = locale.t(if forward { "graph-next" } else { "graph-previous" });
        let shape = if forward { Shape::Right } else { Shape::Left };
        html! {
            <button type="button" class="button is-icon" title={name.clone()} aria-label={name} aria-disabled={next.is_none().to_string()}
                onclick={select.reform(move |_: MouseEvent| next.or(selected))}><Icon {shape} /></button>
        }
    };
    let zoom = |name: &str, shape: Option<Shape>, to: Zoom| {
        let text = locale.t(name);
        let onclick = window.onzoom.reform(move |_: MouseEvent| to);
        match shape {
            Some(shape) => html! {
                <button type="button" class="button is-icon" title={text.clone()} aria-label={text} {onclick}><Icon {shape} /></button>
            },
            None => html! { <button type="button" class="button" {onclick}>{ text }</button> },
        }
    };
    let drawn = goal.report.is_some();
    let close = select.reform(|()| None);
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.is_composing() {
                close.emit(());
            }
        })
    };
    html! {
        <div class="graph" {onkeydown}>
            <Transport total={props.report.totals.ms} play={props.play.clone()} onplay={props.onplay.clone()} />
            <div class="graph__body">
                <div class="graph__frame">
                    <div ref={window.node} class={classes!("graph__window", window.dragged.then_some("is-dragged"))} tabindex="0"
                        role="group" aria-label={locale.t("graph-window")}
                        onwheel={window.onwheel} onpointerdown={window.onpointerdown} onpointermove={window.onpointermove}
                        onpointerup={window.onpointerup.clone()} onpointercancel={window.onpointerup}
                        onpointerenter={window.onpointerenter} onpointerleave={window.onpointerleave}
                        onkeydown={window.onkeydown}>
                        <GraphPicture report={props.report.clone()} picture={Shared::new(picture)} percent={window.percent}
                            focus={props.focus} {selected} phases={Shared::new(phases)} context={props.play.context()}
                            time={props.play.time()} {finished} {onpoint} {onselect} />
                    </div>
                    <ul class="graph__legend" aria-hidden="true">
                        { LEGEND.iter().filter(|(kind, ..)| kinds.contains(kind)).map(|(_, class, name)| html! {
                            <li key={*name}>
                                <svg width="28" height="8"><path class={*class} d="M0 4H27" /></svg>{ locale.t(name) }
                            </li>
                        }).collect::<Html>() }
                    </ul>
                    if let Some(goal) = &goal.report {
                        <GhostWords report={props.report.clone()} goal={goal.clone()} />
                    }
                    <div class="graph__tools">
                        { neighbour(false) }
                        { neighbour(true) }
                        <button type="button" class="button" hidden={!goal.there} aria-pressed={drawn.to_string()} title={locale.t("ghost-about")}
                            onclick={show.reform(move |_: MouseEvent| Show::Ghost(!drawn))}>{ locale.t("ghost-switch") }</button>
                        <span class="graph__gap" />
                        { zoom("graph-fit", None, Zoom::Fit) }
                        { zoom("graph-further", Some(Shape::Minus), Zoom::Further) }
                        <button type="button" class="button graph__percent" title={locale.t("graph-whole")}
                            onclick={window.onzoom.reform(|_: MouseEvent| Zoom::To(100))}>
                            <span class="visually-hidden">{ locale.t("graph-whole") }</span>
                            <span>{ format!("{}%", window.percent) }</span>
                        </button>
                        { zoom("graph-closer", Some(Shape::Plus), Zoom::Closer) }
                    </div>
                </div>
                <div class="graph__aside" hidden={selected.is_none()}>
                    if let Some(step) = selected {
                        <GraphDetails report={props.report.clone()} {step} online={props.online.clone()}
                            onstep={select.reform(Some)} onclose={close} />
                    }
                </div>
            </div>
        </div>
    }
}
