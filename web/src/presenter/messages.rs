//! What the room's window and the speaker's window say to each other: words by name, within one origin.
//!
//! The speaker's window asks by and by, so that either may be loaded again without the other losing it.

use std::collections::BTreeMap;

use gloo::events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

use crate::code_editor::object;

/// What says which way a message goes.
const KIND: &str = "layerlab";
/// To the speaker's window.
pub const TO_SPEAKER: &str = "speaker";
/// To the room's window.
pub const TO_ROOM: &str = "room";

/// What a message says, by name.
pub type Fields = BTreeMap<String, String>;

/// Says something to another window of the same origin.
pub fn post(to: &Window, kind: &str, fields: &Fields) {
    let words = fields.iter().map(|(name, value)| (name.as_str(), JsValue::from_str(value)));
    let message = object(words.chain([(KIND, JsValue::from_str(kind))]));
    let _ = to.post_message(&message, &target_origin());
}

/// Hears what other windows of the same origin say of a kind.
pub fn hear(kind: &'static str, heard: impl Fn(Window, Fields) + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>().filter(|event| is_own(event)) else { return };
        let Some(fields) = read(&event.data(), kind) else { return };
        if let Some(from) = event.source() {
            heard(from.unchecked_into(), fields);
        }
    })
}

fn read(data: &JsValue, kind: &str) -> Option<Fields> {
    let data = data.dyn_ref::<Object>()?;
    let text = |name: &str| Reflect::get(data, &JsValue::from_str(name)).ok()?.as_string();
    if text(KIND)? != kind {
        return None;
    }
    let names = Object::keys(data).into_iter().filter_map(|name| name.as_string());
    Some(names.filter_map(|name| Some((name.clone(), text(&name)?))).collect())
}

/// Files have no origin of their own that could be named: from one, all of them are let in.
fn is_own(event: &MessageEvent) -> bool {
    let own = gloo::utils::window().location().origin().unwrap_or_default();
    event.origin() == own || (is_file() && event.origin() == "null")
}

fn target_origin() -> String {
    if is_file() { "*".to_owned() } else { gloo::utils::window().location().origin().unwrap_or_default() }
}

fn is_file() -> bool {
    gloo::utils::window().location().protocol().is_ok_and(|protocol| protocol == "file:")
}
