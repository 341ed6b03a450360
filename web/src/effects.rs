//! What the state machine asks the browser for. Everything that leaves the page or stays after it happens here.

use report::parse_image;
use session::{Action, Announcement, Effect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use yew::platform::spawn_local;

use crate::store::Dispatch;

/// The key that the session is kept under.
const KEY: &str = "layerlab";
/// The key that a text is kept under which could not be opened.
const ASIDE_KEY: &str = "layerlab-unreadable";

/// Carries out one effect.
pub fn carry_out(effect: Effect, dispatch: &Dispatch, announce: &dyn Fn(Announcement)) {
    match effect {
        Effect::Persist(text) => keep(KEY, &text),
        Effect::SetAside(text) => keep(ASIDE_KEY, &text),
        Effect::FetchImage(reference) => fetch_image(reference, dispatch.clone()),
        Effect::Announce(announcement) => announce(announcement),
    }
}

/// The session that was kept by an earlier visit.
pub fn kept() -> Option<String> {
    storage()?.get_item(KEY).ok().flatten()
}

/// The text behind an address that is relative to the page's base.
///
/// # Errors
/// What the browser says, or the status of an answer that is not a success.
pub async fn fetch_text(address: &str) -> Result<String, String> {
    let shown = |error: JsValue| format!("{error:?}");
    let window = web_sys::window().ok_or("no window")?;
    let response = JsFuture::from(window.fetch_with_str(address)).await.map_err(shown)?;
    let response: web_sys::Response = response.dyn_into().map_err(shown)?;
    if !response.ok() {
        return Err(format!("{address}: {}", response.status()));
    }
    let text = JsFuture::from(response.text().map_err(shown)?).await.map_err(shown)?;
    text.as_string().ok_or_else(|| format!("{address}: not a text"))
}

fn fetch_image(reference: String, dispatch: Dispatch) {
    spawn_local(async move {
        let address = format!("catalog/images/{}", report::file_name(&reference));
        let image = fetch_text(&address).await.and_then(|text| parse_image(&text));
        dispatch.send(match image {
            Ok(image) => Action::ImageLoaded(Box::new(image)),
            Err(_) => Action::ImageUnavailable(reference),
        });
    });
}

/// Keeps a text. Where the browser refuses (no room, no permission) the visit goes on without.
fn keep(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
