use std::rc::Rc;

use gloo::timers::callback::Timeout;
use report::{ContextKind, Edit};
use session::suggest::{Block, Obstacle, Reordered, apply_edits, blocks, moved, reordered};
use session::{Action, Content};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::suggestion_card::{figure, sentence};
use crate::assist::Assist;
use crate::components::{Icon, Shape};
use crate::store::use_dispatch;
use crate::text::{Locale, use_locale};

/// For how long a move must be pointed at before its effect is worked out.
const REST_MS: u32 = 120;

/// The properties of [`Order`].
#[derive(Properties, PartialEq)]
pub struct OrderProps {
    /// The Dockerfile's path.
    pub path: AttrValue,
    /// Its text.
    pub text: AttrValue,
    /// Where the project is looked up when the effect of a move is worked out.
    pub assist: Assist,
}

/// The instruction at the first index becomes the one at the second.
type Move = (usize, usize);

/// The instructions in their order, each to be moved by buttons or by dragging, with the effect before it is done.
#[component]
pub fn Order(props: &OrderProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let list = use_node_ref();
    let dragged = use_mut_ref(|| None::<usize>);
    let follow = use_mut_ref(|| None::<(usize, bool)>);
    let pointed = use_state_eq(|| None::<Move>);
    let effect = use_effect_of(*pointed, props);
    let rows = use_memo(props.text.clone(), |text| blocks(text));
    // The focus goes with the instruction that was moved.
    use_effect_with(props.text.clone(), {
        let (list, follow, pointed) = (list.clone(), follow.clone(), pointed.clone());
        move |_| {
            pointed.set(None);
            if let (Some(list), Some((row, up))) = (list.cast::<Element>(), follow.take()) {
                let class = if up { "is-up" } else { "is-down" };
                let button = list.query_selector(&format!("li:nth-child({}) .{class}", row + 1)).ok().flatten();
                if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                    let _ = button.focus();
                }
            }
        }
    });
    let make = {
        let (path, text) = (props.path.to_string(), props.text.clone());
        move |(from, to): Move| {
            let after = moved(&text, from, to).and_then(|edits| apply_edits(&text, &edits));
            if let Some(after) = after {
                let kind = ContextKind::File(Content::text(&after));
                let edits = vec![Edit::Write { path: path.clone(), kind, mode: None }];
                dispatch.emit(Action::Change { edits, options: None });
            }
        }
    };
    let count = rows.len();
    let row = |index: usize, block: &Block| {
        let name = block.name.of(&props.text);
        let point = {
            let pointed = pointed.clone();
            move |to: usize| {
                let pointed = pointed.clone();
                move || pointed.set(Some((index, to)))
            }
        };
        let button = |up: bool| {
            let to = if up { index.checked_sub(1) } else { Some(index + 1).filter(|to| *to < count) };
            let (class, shape, label) = match up {
                true => ("is-up", Shape::Up, "order-up"),
                false => ("is-down", Shape::Down, "order-down"),
            };
            let onclick = {
                let (make, follow) = (make.clone(), follow.clone());
                Callback::from(move |_: MouseEvent| {
                    if let Some(to) = to {
                        *follow.borrow_mut() = Some((to, up));
                        make((index, to));
                    }
                })
            };
            let point = point(to.unwrap_or(index));
            let (onmouseenter, onfocus) = {
                let (first, second) = (point.clone(), point);
                (Callback::from(move |_: MouseEvent| first()), Callback::from(move |_: FocusEvent| second()))
            };
            let label = locale.f(label, &[("name", name.into())]);
            html! {
                <button type="button" class={classes!("button", "is-icon", "is-small", class)} disabled={to.is_none()}
                    aria-label={label} aria-describedby="order-effect" {onclick} {onmouseenter} {onfocus}><Icon {shape} /></button>
            }
        };
        let ondragstart = {
            let dragged = dragged.clone();
            Callback::from(move |_: DragEvent| *dragged.borrow_mut() = Some(index))
        };
        let ondragover = {
            let (dragged, pointed) = (dragged.clone(), pointed.clone());
            Callback::from(move |event: DragEvent| {
                if let Some(from) = *dragged.borrow() {
                    event.prevent_default();
                    pointed.set(Some((from, index)));
                }
            })
        };
        let ondrop = {
            let (dragged, make) = (dragged.clone(), make.clone());
            Callback::from(move |event: DragEvent| {
                event.prevent_default();
                if let Some(from) = dragged.take() {
                    make((from, index));
                }
            })
        };
        let class = match *pointed {
            Some((from, to)) if from != to && from == index => "is-moved",
            Some((from, to)) if from != to && to == index => "is-target",
            _ => "",
        };
        html! {
            <li key={index} class={classes!("order__row", class)} draggable="true" {ondragstart} {ondragover} {ondrop}>
                <code class="order__name">{ name }</code>
                { button(true) }
                { button(false) }
            </li>
        }
    };
    html! {
        <section aria-labelledby="what-if-order">
            <h3 id="what-if-order">{ locale.t("order-title") }</h3>
            <p class="hint">{ locale.t("order-about") }</p>
            <ol ref={list} class="order">{ rows.iter().enumerate().map(|(index, block)| row(index, block)).collect::<Html>() }</ol>
            <div id="order-effect" class="order__effect">{ said(&locale, effect.as_deref()) }</div>
        </section>
    }
}

/// What a move would do, once it has been pointed at for a moment.
#[hook]
fn use_effect_of(pointed: Option<Move>, props: &OrderProps) -> Option<Rc<Reordered>> {
    let effect = use_state_eq(|| None::<Rc<Reordered>>);
    use_effect_with((pointed, props.text.clone()), {
        let (effect, assist) = (effect.clone(), props.assist.clone());
        move |(pointed, _)| {
            effect.set(None);
            let rest = pointed.filter(|(from, to)| from != to).map(|(from, to)| {
                Timeout::new(REST_MS, move || {
                    effect.set(assist.given().and_then(|given| reordered(&given, from, to)).map(Rc::new));
                })
            });
            move || drop(rest)
        }
    });
    (*effect).clone()
}

fn said(locale: &Locale, effect: Option<&Reordered>) -> Html {
    let Some(effect) = effect else { return html! { <p class="hint">{ locale.t("order-point") }</p> } };
    if let Some(obstacle) = &effect.obstacle {
        return html! {
            <p class="order__obstacle is-error"><span class="verdict"><Icon shape={Shape::Cross} /><span>{ locale.t("order-impossible") }</span></span>
                <span>{ why(locale, obstacle) }</span></p>
        };
    }
    let rerun = effect.figures.as_ref().and_then(|(_, after)| after.source.as_ref());
    let steps: Vec<&str> =
        rerun.map(|rebuild| rebuild.steps.iter().map(|step| step.text.as_str()).collect()).unwrap_or_default();
    let after_edit = match (rerun, steps.is_empty()) {
        (None, _) => None,
        (Some(_), true) => Some(locale.t("order-reruns-nothing")),
        (Some(_), false) => Some(locale.f("order-reruns", &[("steps", steps.join(", ").into())])),
    };
    html! {
        <>
            <ul class="suggestion__gains" hidden={effect.effects.is_empty()}>
                { effect.figures.as_ref().map(|(before, after)| {
                    effect.effects.iter().enumerate().map(|(number, gain)| figure(locale, number, gain, (before, after))).collect::<Html>()
                }) }
            </ul>
            <p hidden={!effect.effects.is_empty()}>{ locale.t("order-same") }</p>
            <p class="hint">{ after_edit.unwrap_or_default() }</p>
        </>
    }
}

/// What a move did, to be read out: what stands in its way, or what is better and worse.
pub(super) fn effect_in_words(locale: &Locale, effect: &Reordered) -> String {
    match &effect.obstacle {
        Some(obstacle) => format!("{}: {}", locale.t("order-impossible"), why(locale, obstacle)),
        None if effect.effects.is_empty() => locale.t("order-same").to_string(),
        None => {
            let said: Vec<String> = effect.effects.iter().map(|gain| sentence(locale, gain).to_string()).collect();
            said.join(" · ")
        }
    }
}

fn why(locale: &Locale, obstacle: &Obstacle) -> AttrValue {
    let args = match obstacle {
        Obstacle::BeforeFrom { line } => vec![("line", (*line).into())],
        Obstacle::StageLater { stage, line } => vec![("stage", stage.as_str().into()), ("line", (*line).into())],
        Obstacle::VariableLater { name, line } => vec![("name", name.as_str().into()), ("line", (*line).into())],
        Obstacle::Refused { message } => vec![("message", message.as_str().into())],
        Obstacle::Fails { line, message, output } => {
            vec![("line", (*line).into()), ("message", message.as_str().into()), ("output", output.as_str().into())]
        }
    };
    locale.f(&format!("suggest-obstacle-{}", obstacle.code()), &args)
}
