use session::State;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use super::lesson::texts;
use crate::components::Dialog;
use crate::presenter::{Arrangement, item_title, use_presenter};
use crate::shared::Shared;
use crate::text::{Locale, use_locale};

/// The properties of [`PresenterGoto`].
#[derive(Properties, PartialEq)]
pub struct PresenterGotoProps {
    /// Its element, to open it.
    pub node: NodeRef,
    /// The state.
    pub state: Shared<State>,
    /// Called with the number that is gone to, from 0.
    pub ongo: Callback<usize>,
    /// Called with the item of the workshop that is gone to, from 0.
    #[prop_or_default]
    pub onitem: Callback<usize>,
}

/// Where to go: a step of the lesson where that is in sight, else a stop of the build, by its number or its name.
#[component]
pub fn PresenterGoto(props: &PresenterGotoProps) -> Html {
    let locale = use_locale();
    let Some(presenter) = use_presenter() else { return html! { <div hidden={true} /> } };
    let lesson = presenter.arrangement == Arrangement::Lesson && props.state.study.is_some();
    let places =
        if lesson { lesson_steps(&locale, &props.state) } else { build_steps(&locale, props, &presenter.stops) };
    // Stops of a build are counted from 0, which is before it.
    let first = usize::from(lesson);
    let closing = |ongo: &Callback<usize>| {
        let (node, ongo) = (props.node.clone(), ongo.clone());
        move |place: usize| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
            ongo.emit(place);
        }
    };
    let (go, go_to_item) = (closing(&props.ongo), closing(&props.onitem));
    let items = presenter.workshop.as_ref().map(|workshop| workshop.items.as_slice()).unwrap_or_default();
    let onsubmit = {
        let (go, node, last) = (go.clone(), props.node.clone(), places.len());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let input = node.cast::<web_sys::Element>().and_then(|node| node.query_selector("input").ok().flatten());
            let number = input.and_then(|input| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(input).ok());
            if let Some(number) = number.and_then(|input| input.value().parse::<usize>().ok()) {
                go(number.saturating_sub(first).min(last.saturating_sub(1)));
            }
        })
    };
    let most = (places.len() + first).saturating_sub(1);
    html! {
        <Dialog node={props.node.clone()} id="present-goto" title={locale.t("present-goto")}>
            <form class="goto" {onsubmit}>
                <label class="field">{ locale.t("present-goto-number") }
                    <input type="number" class="goto__number" min={first.to_string()} max={most.to_string()} required={true} />
                </label>
                <button type="submit" class="button is-primary">{ locale.t("present-go") }</button>
            </form>
            <ol class="goto__places" start={first.to_string()}>
                { places.into_iter().enumerate().map(|(place, name)| {
                    let go = go.clone();
                    html! {
                        <li key={place}><button type="button" class="link" onclick={move |_: MouseEvent| go(place)}>{ name }</button></li>
                    }
                }).collect::<Html>() }
            </ol>
            <h3 hidden={items.is_empty()}>{ presenter.workshop.as_ref().map(|workshop| workshop.title.clone()).unwrap_or_default() }</h3>
            <ol class="goto__places" hidden={items.is_empty()}>
                { items.iter().enumerate().map(|(number, item)| {
                    let go = go_to_item.clone();
                    let title = item_title(item, &props.state, locale.tag());
                    html! {
                        <li key={number} aria-current={(number == presenter.item).then_some("step")}>
                            <button type="button" class="link" onclick={move |_: MouseEvent| go(number)}>
                                { locale.f("present-item", &[("title", title.into()), ("minutes", item.minutes.into())]) }
                            </button>
                        </li>
                    }
                }).collect::<Html>() }
            </ol>
        </Dialog>
    }
}

fn build_steps(locale: &Locale, props: &PresenterGotoProps, stops: &[usize]) -> Vec<AttrValue> {
    let report = props.state.drawn();
    let name =
        |step: &usize| report.steps.get(*step).map(|step| AttrValue::from(step.text.clone())).unwrap_or_default();
    [locale.t("present-before")].into_iter().chain(stops.iter().map(name)).collect()
}

fn lesson_steps(locale: &Locale, state: &State) -> Vec<AttrValue> {
    let Some(study) = &state.study else { return Vec::new() };
    let texts = texts(locale, study);
    let steps = study.lesson.as_ref().map(|lesson| lesson.steps.as_slice()).unwrap_or_default();
    let title = |id: &str| texts.and_then(|texts| Some(texts.steps.get(id)?.title.clone()));
    steps.iter().map(|step| title(&step.id).unwrap_or_else(|| step.id.clone()).into()).collect()
}
