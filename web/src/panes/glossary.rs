use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::text::{TERMS, use_locale};

/// A button that opens all explanations, and the dialog that holds them.
#[component]
pub fn Glossary() -> Html {
    let locale = use_locale();
    let dialog = use_node_ref();
    let open = use_state_eq(|| false);
    let call = {
        let dialog = dialog.clone();
        move |method: &str| {
            let dialog = dialog.cast::<HtmlElement>();
            let method = dialog.as_ref().and_then(|dialog| js_sys::Reflect::get(dialog, &method.into()).ok());
            if let (Some(dialog), Some(Ok(method))) = (&dialog, method.map(JsCast::dyn_into::<js_sys::Function>)) {
                let _ = method.call0(dialog);
            }
        }
    };
    let onopen = {
        let (open, call) = (open.clone(), call.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(true);
            call("showModal");
        })
    };
    let onclose = Callback::from(move |_: MouseEvent| call("close"));
    // A press beside the dialog's content is one on the dialog itself.
    let onbackdrop = {
        let (dialog, onclose) = (dialog.clone(), onclose.clone());
        Callback::from(move |event: MouseEvent| {
            let outside = event.target_dyn_into::<HtmlElement>() == dialog.cast::<HtmlElement>();
            if outside {
                onclose.emit(event);
            }
        })
    };
    html! {
        <div class="glossary">
            <button type="button" class="button" onclick={onopen} aria-haspopup="dialog">
                <Icon shape={Shape::Help} /><span>{ locale.t("glossary-button") }</span>
            </button>
            <dialog ref={dialog} class="dialog" aria-labelledby="glossary-title" onclick={onbackdrop}>
                <div class="dialog__content">
                    <div class="dialog__head">
                        <h2 id="glossary-title">{ locale.t("glossary-title") }</h2>
                        <button type="button" class="button is-icon" aria-label={locale.t("glossary-close")} onclick={onclose}>
                            <Icon shape={Shape::Cross} />
                        </button>
                    </div>
                    <dl class="glossary__terms" hidden={!*open}>
                        { TERMS.iter().map(|(name, title, text)| html! {
                            <div key={*name} class="glossary__term">
                                <dt>{ locale.t(title) }</dt>
                                <dd>{ locale.t(text) }</dd>
                            </div>
                        }).collect::<Html>() }
                    </dl>
                </div>
            </dialog>
        </div>
    }
}
