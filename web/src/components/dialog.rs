use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use super::{Icon, Shape};
use crate::text::use_locale;

/// The properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Its element, for [`show_dialog`].
    pub node: NodeRef,
    /// The id of its title.
    pub id: AttrValue,
    /// What it is about.
    pub title: AttrValue,
    /// What it shows.
    pub children: Html,
}

/// A dialog over the page. It closes with its cross, on Escape, and when something beside it is pressed.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let locale = use_locale();
    let close = {
        let node = props.node.clone();
        move || {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    // A press beside the dialog's content is one on the dialog itself.
    let onbackdrop = {
        let (node, close) = (props.node.clone(), close.clone());
        Callback::from(move |event: MouseEvent| {
            if event.target_dyn_into::<HtmlElement>() == node.cast::<HtmlElement>() {
                close();
            }
        })
    };
    html! {
        <dialog ref={props.node.clone()} class="dialog" aria-labelledby={props.id.clone()} onclick={onbackdrop}>
            <div class="dialog__content">
                <div class="dialog__head">
                    <h2 id={props.id.clone()}>{ props.title.clone() }</h2>
                    <button type="button" class="button is-icon" aria-label={locale.t("dialog-close")} title={locale.t("dialog-close")}
                        onclick={move |_: MouseEvent| close()}>
                        <Icon shape={Shape::Cross} />
                    </button>
                </div>
                { props.children.clone() }
            </div>
        </dialog>
    }
}

/// Opens a dialog, unless there is one already that everything else lies behind.
pub fn show_dialog(node: &NodeRef) {
    let open = gloo::utils::document().query_selector("dialog[open]").ok().flatten();
    if let (None, Some(dialog)) = (open, node.get().and_then(|node| node.dyn_into::<HtmlDialogElement>().ok())) {
        let _ = dialog.show_modal();
    }
}
