use std::rc::Rc;

use session::import::{MeasuredText, read_measured};
use session::{Action, Measurement, State};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::assist::Assist;
use crate::components::{Dialog, Icon, Shape, show_dialog};
use crate::store::use_dispatch;
use crate::text::{Locale, bytes, duration, use_locale};

/// The commands whose output can be pasted.
const COMMANDS: [&str; 4] = [
    "docker history --no-trunc IMAGE",
    "docker build --no-cache --progress=plain . 2>&1",
    "docker build --no-cache --progress=rawjson . 2>&1",
    "docker image inspect IMAGE",
];

/// The measurements that are listed.
const MOST_ROWS: usize = 100;

/// The properties of [`Measure`].
#[derive(Properties, PartialEq)]
pub struct MeasureProps {
    /// What is measured now.
    pub measured: Rc<[Measurement]>,
    /// Where what became of it is looked up.
    #[prop_or_default]
    pub assist: Assist,
}

/// A button that asks for what a real engine printed, and the dialog that takes it.
#[component]
pub fn Measure(props: &MeasureProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let (dialog, text) = (use_node_ref(), use_node_ref());
    let read = use_state(|| None::<MeasuredText>);
    let onshow = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| show_dialog(&dialog))
    };
    let oninput = {
        let read = read.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            read.set((!text.trim().is_empty()).then(|| read_measured(&text)));
        })
    };
    let onuse = {
        let (dispatch, read, measured, text) = (dispatch.clone(), read.clone(), props.measured.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(new) = read.as_ref() else { return };
            dispatch.emit(Action::Measure(joined(&measured, &new.measurements)));
            if let Some(area) = text.cast::<HtmlTextAreaElement>() {
                area.set_value("");
            }
            read.set(None);
        })
    };
    let onclear = dispatch.reform(|_: MouseEvent| Action::Measure(Rc::default()));
    let usable = read.as_ref().is_some_and(|read| !read.measurements.is_empty());
    let said = read.as_ref().map(|read| told(&locale, read, props.assist.state().as_deref())).unwrap_or_default();
    html! {
        <div class="measure">
            <button type="button" class="button" onclick={onshow} aria-haspopup="dialog">
                <Icon shape={Shape::Clock} /><span>{ locale.t("measure-button") }</span>
            </button>
            <Dialog node={dialog} id="measure-title" title={locale.t("measure-title")}>
                <p>{ locale.t("measure-about") }</p>
                <ul class="own__commands">
                    { COMMANDS.iter().map(|command| html! { <li key={*command}><code>{ *command }</code></li> }).collect::<Html>() }
                </ul>
                <textarea ref={text} class="own__text" rows="8" spellcheck="false" autocomplete="off" wrap="off"
                    aria-label={locale.t("measure-label")} {oninput} />
                <p class="measure__said" role="status">{ said }</p>
                <div class="own__foot">
                    <button type="button" class="button" disabled={props.measured.is_empty()} onclick={onclear}>
                        { locale.t("measure-clear") }
                    </button>
                    <button type="button" class="button is-primary" disabled={!usable} onclick={onuse}>
                        { locale.t("measure-use") }
                    </button>
                </div>
                <div class="measure__result" hidden={props.measured.is_empty()}>
                    { result(&locale, &props.measured, props.assist.state().as_deref()) }
                </div>
            </Dialog>
        </div>
    }
}

/// What there is from other sources stays: sizes and times come in two outputs.
fn joined(old: &[Measurement], new: &[Measurement]) -> Rc<[Measurement]> {
    let kept = old.iter().filter(|old| new.iter().all(|new| new.source != old.source));
    kept.chain(new).cloned().collect()
}

/// What was read, in words.
fn told(locale: &Locale, read: &MeasuredText, state: Option<&State>) -> AttrValue {
    let Some(format) = read.format else { return locale.t("measure-unknown") };
    let image = state.and_then(|state| state.shown.image.as_ref()).map(|image| image.bytes);
    match (read.image_bytes, image) {
        (Some(measured), Some(computed)) => {
            locale.f("measure-image", &[("measured", bytes(measured).into()), ("computed", bytes(computed).into())])
        }
        _ if read.measurements.is_empty() => locale.f("measure-nothing", &[("command", format.command().into())]),
        _ => {
            locale.f("measure-read", &[("command", format.command().into()), ("count", read.measurements.len().into())])
        }
    }
}

/// What became of the measurements: how many count, and those that are no step's.
fn result(locale: &Locale, measured: &[Measurement], state: Option<&State>) -> Html {
    let Some(view) = state.map(|state| &state.shown.measured) else { return Html::default() };
    let base =
        view.base.map(|(rows, size)| locale.f("measure-base", &[("count", rows.into()), ("size", bytes(size).into())]));
    let figure = |measurement: &Measurement| match (measurement.bytes, measurement.ms) {
        (Some(size), _) => bytes(size),
        (None, ms) => duration(locale, ms.unwrap_or_default()),
    };
    let unmatched = view.unmatched.iter().filter_map(|at| Some((*at, measured.get(*at)?))).take(MOST_ROWS);
    html! {
        <>
            <p>{ locale.f("measure-matched", &[("count", view.matched.into())]) }</p>
            <p class="hint" hidden={base.is_none()}>{ base.unwrap_or_default() }</p>
            <p hidden={view.unmatched.is_empty()}>{ locale.f("measure-unmatched", &[("count", view.unmatched.len().into())]) }</p>
            <ul class="measure__unmatched">
                { unmatched.map(|(at, measurement)| html! {
                    <li key={at}><code>{ measurement.text.clone() }</code><span>{ figure(measurement) }</span></li>
                }).collect::<Html>() }
            </ul>
        </>
    }
}
