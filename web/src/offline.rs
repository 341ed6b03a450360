//! Whether the page opens without a network: the door to `js/offline.js`, which keeps its files in the browser.

use gloo::events::EventListener;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Of the script in `index.html`: imports `offline.js` once the page is at rest, which begins with its work then.
    #[wasm_bindgen(js_namespace = layerlab, js_name = offline, catch)]
    fn import() -> Result<Promise, JsValue>;

    type Module;
    #[wasm_bindgen(method)]
    fn turn(this: &Module, on: bool);
    #[wasm_bindgen(method)]
    fn reload(this: &Module);
}

/// The event that tells of a change.
const CHANGED: &str = "layerlab-kept";

/// Whether the page is kept in the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// It is not known yet, or it is being fetched.
    #[default]
    Filling,
    /// All of it.
    Ready,
    /// Not all of it could be fetched, or there is no room.
    Failed,
    /// The reader does not want it.
    Off,
    /// This browser does not do it here.
    Unsupported,
    /// The page is one file, with everything in it.
    File,
}

/// How it stands with use without a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offline {
    /// Whether the page is kept.
    pub kept: Kept,
    /// Whether another version waits to take the place of this one.
    pub update: bool,
}

fn read() -> Offline {
    let root = gloo::utils::document_element();
    let kept = match root.get_attribute("data-kept").as_deref() {
        Some("ready") => Kept::Ready,
        Some("failed") => Kept::Failed,
        Some("off") => Kept::Off,
        Some("unsupported") => Kept::Unsupported,
        Some("file") => Kept::File,
        _ => Kept::Filling,
    };
    Offline { kept, update: root.has_attribute("data-update") }
}

/// How it stands, and what comes of it: the page is kept as soon as somebody asks.
#[hook]
pub fn use_offline() -> Offline {
    let seen = use_state_eq(Offline::default);
    use_effect_with((), {
        let seen = seen.setter();
        move |()| {
            seen.set(read());
            let listener = EventListener::new(&gloo::utils::document(), CHANGED, move |_| seen.set(read()));
            with_module(|_| ());
            move || drop(listener)
        }
    });
    *seen
}

/// Keeps the page from now on, or no longer.
pub fn turn(on: bool) {
    with_module(move |module| module.turn(on));
}

/// Loads the page anew, in the version that waits.
pub fn reload() {
    with_module(|module| module.reload());
}

/// Where it cannot be fetched the page goes on without.
fn with_module(then: impl FnOnce(&Module) + 'static) {
    spawn_local(async move {
        let Ok(coming) = import() else { return };
        if let Ok(module) = JsFuture::from(coming).await {
            then(module.unchecked_ref());
        }
    });
}
