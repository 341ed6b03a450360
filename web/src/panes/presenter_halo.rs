use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A ring around the pointer, so that a room can follow it. It is drawn where the browser says that the pointer is, without
/// a component being drawn again.
#[component]
pub fn PresenterHalo() -> Html {
    let ring = use_node_ref();
    use_effect_with((), {
        let ring = ring.clone();
        move |()| {
            let window = gloo::utils::window();
            let follow = move |event: &Event| {
                let (Some(ring), Some(event)) = (ring.cast::<HtmlElement>(), event.dyn_ref::<PointerEvent>()) else {
                    return;
                };
                // Fingers point by themselves.
                let there = event.pointer_type() == "mouse" || event.pointer_type() == "pen";
                ring.set_hidden(!there);
                let place = format!("translate({}px, {}px)", event.client_x(), event.client_y());
                let _ = ring.style().set_property("transform", &place);
                let _ = ring.class_list().toggle_with_force("is-pressed", event.buttons() != 0);
            };
            let listen = |name: &'static str| EventListener::new(&window, name, follow.clone());
            let listeners = ["pointermove", "pointerdown", "pointerup"].map(listen);
            move || drop(listeners)
        }
    });
    html! { <div ref={ring} class="halo" aria-hidden="true" hidden={true} /> }
}
