use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::Node;
use yew::prelude::*;

/// Calls `onleave` whenever something outside of the element is pressed, or gets the focus.
#[hook]
pub fn use_leaving(element: &NodeRef, onleave: &Callback<()>) {
    use_effect_with(onleave.clone(), {
        let element = element.clone();
        move |onleave| {
            let onleave = onleave.clone();
            let look = Rc::new(move |event: &Event| {
                let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                if element.cast::<Node>().is_some_and(|element| !element.contains(target.as_ref())) {
                    onleave.emit(());
                }
            });
            let listeners = ["pointerdown", "focusin"].map(|name| {
                let look = Rc::clone(&look);
                EventListener::new(&document(), name, move |event| look(event))
            });
            move || drop(listeners)
        }
    });
}
