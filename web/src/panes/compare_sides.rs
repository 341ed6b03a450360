use session::Action;
use session::suggest::line_diff;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::{Diff, Icon, Shape};
use crate::store::use_dispatch;
use crate::text::use_locale;

/// The properties of [`CompareSides`].
#[derive(Properties, PartialEq)]
pub struct CompareSidesProps {
    /// The text of A, where there is one.
    pub pinned: Option<AttrValue>,
    /// The text of B.
    pub own: AttrValue,
}

/// What is compared: which Dockerfile is A, and what can be done with the two.
#[component]
pub fn CompareSides(props: &CompareSidesProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let pinned = props.pinned.clone();
    let same = pinned.as_ref() == Some(&props.own);
    let lines = use_memo((pinned.clone(), props.own.clone()), |(pinned, own)| {
        pinned.as_ref().filter(|pinned| *pinned != own).map(|pinned| line_diff(pinned, own)).unwrap_or_default()
    });
    let pin = {
        let own = props.own.clone();
        dispatch.reform(move |_: MouseEvent| Action::Pin(Some(own.to_string())))
    };
    let button = |action: Action, shape: Shape, name: &'static str| {
        let onclick = dispatch.reform(move |_: MouseEvent| action.clone());
        html! { <button type="button" class="button" {onclick}><Icon {shape} />{ locale.t(name) }</button> }
    };
    html! {
        <section class="compare__sides" aria-labelledby="compare-sides">
            <h3 id="compare-sides">{ locale.t("compare-title") }</h3>
            <p class="hint">{ locale.t(if pinned.is_some() { "compare-pinned" } else { "compare-about" }) }</p>
            <div class="what-if__buttons">
                <button type="button" class={classes!("button", pinned.is_none().then_some("is-primary"))} disabled={same} onclick={pin}>
                    <Icon shape={Shape::Copy} />{ locale.t("compare-pin") }
                </button>
                { match pinned.is_some() {
                    true => html! { <>{ button(Action::Swap, Shape::Again, "compare-swap") }{ button(Action::Pin(None), Shape::Cross, "compare-unpin") }</> },
                    false => Html::default(),
                } }
            </div>
            <p class="compare__same" hidden={!same}><Icon shape={Shape::Info} />{ locale.t("compare-same") }</p>
            <details class="compare__more" hidden={lines.is_empty()}>
                <summary>{ locale.t("compare-difference") }</summary>
                <Diff lines={(*lines).clone()} />
            </details>
            <details class="compare__more">
                <summary>{ locale.t(if pinned.is_some() { "compare-a-text" } else { "compare-other" }) }</summary>
                <OtherText {pinned} />
            </details>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct OtherTextProps {
    pinned: Option<AttrValue>,
}

/// A field with the text of A: pasted, typed, or from a file. It is A as soon as the field is left, so that nothing that
/// was typed is lost.
#[component]
fn OtherText(props: &OtherTextProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let draft = use_state_eq(|| None::<String>);
    use_effect_with(props.pinned.clone(), {
        let draft = draft.clone();
        move |_| draft.set(None)
    });
    let text = draft.as_deref().or(props.pinned.as_deref()).unwrap_or_default().to_owned();
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| {
            draft.set(Some(event.target_unchecked_into::<HtmlTextAreaElement>().value()));
        })
    };
    let keep = {
        let (dispatch, text) = (dispatch.clone(), text.clone());
        move || {
            if !text.trim().is_empty() {
                dispatch.emit(Action::Pin(Some(text.clone())));
            }
        }
    };
    let onfile = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let file = input.files().and_then(|files| files.get(0));
        input.set_value("");
        if let Some(file) = file {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                if let Some(text) = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
                    dispatch.emit(Action::Pin(Some(text)));
                }
            });
        }
    });
    let (onchange, onclick) = {
        let (first, second) = (keep.clone(), keep);
        (Callback::from(move |_: Event| first()), Callback::from(move |_: MouseEvent| second()))
    };
    html! {
        <div class="compare__other">
            <textarea class="compare__text" rows="10" spellcheck="false" autocapitalize="off" aria-label={locale.t("compare-a-label")}
                placeholder={locale.t("compare-a-placeholder")} value={text} {oninput} {onchange} />
            <div class="what-if__buttons">
                <button type="button" class="button" {onclick}>{ locale.t("compare-use") }</button>
                <label class="button share__open">
                    { locale.t("compare-file") }
                    <input type="file" onchange={onfile} />
                </label>
            </div>
        </div>
    }
}
