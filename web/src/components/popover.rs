use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::use_leaving;

/// The properties of [`Popover`].
#[derive(Properties, PartialEq)]
pub struct PopoverProps {
    /// What stands on the button that opens it.
    pub button: Html,
    /// Whether it is a menu: it closes when one of its buttons is pressed.
    #[prop_or_default]
    pub menu: bool,
    /// Called when it opens.
    #[prop_or_default]
    pub onopen: Callback<()>,
    /// What it shows.
    pub children: Html,
}

/// A button with a panel below it. It closes on Escape, and when something outside is pressed or gets the focus.
#[component]
pub fn Popover(props: &PopoverProps) -> Html {
    let details = use_node_ref();
    let onleave = use_callback(details.clone(), |(), details| {
        if let Some(details) = details.cast::<Element>() {
            let _ = details.remove_attribute("open");
        }
    });
    use_leaving(&details, &onleave);
    let close = {
        let (details, onleave) = (details.clone(), onleave.clone());
        move || {
            onleave.emit(());
            let button = details.cast::<Element>().and_then(|details| details.query_selector("summary").ok().flatten());
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                let _ = button.focus();
            }
        }
    };
    let onkeydown = {
        let (details, close) = (details.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let open = details.cast::<Element>().is_some_and(|details| details.has_attribute("open"));
            if open && event.key() == "Escape" && !event.is_composing() {
                event.prevent_default();
                close();
            }
        })
    };
    let ontoggle = {
        let (details, onopen) = (details.clone(), props.onopen.clone());
        Callback::from(move |_: Event| {
            if details.cast::<Element>().is_some_and(|details| details.has_attribute("open")) {
                onopen.emit(());
            }
        })
    };
    let menu = props.menu;
    let onclick = Callback::from(move |event: MouseEvent| {
        let target = event.target_dyn_into::<Element>();
        if menu && target.is_some_and(|target| target.closest("button").ok().flatten().is_some()) {
            close();
        }
    });
    html! {
        <details ref={details} class="popover" {onkeydown} {ontoggle}>
            <summary class="button">{ props.button.clone() }</summary>
            <div class={classes!("popover__panel", menu.then_some("is-menu"))} {onclick}>{ props.children.clone() }</div>
        </details>
    }
}
