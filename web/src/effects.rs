//! What the state machine asks the browser for. Everything that leaves the page or stays after it happens here.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use report::parse_image;
use session::{Action, Announcement, Effect, State, Written, written};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use yew::platform::spawn_local;

use crate::lesson_effects;
use crate::route::Route;
use crate::store::Dispatch;

/// The key that the session is kept under.
const KEY: &str = "layerlab";
/// How long the session waits to be kept, in milliseconds: some keys of who types fast.
const REST_MS: u32 = 400;
/// The key that a text is kept under which could not be opened.
const ASIDE_KEY: &str = "layerlab-unreadable";

/// The key of what a tab had before a link was opened in it.
const BEFORE_KEY: &str = "layerlab-before-link";
/// What the fragment of a link with a session begins with.
const LINK_MARK: &str = "#s=";

/// Takes the fragment of a link with a session out of the address, so that loading again shows what was edited since.
pub fn take_link() -> Option<String> {
    let window = web_sys::window()?;
    let fragment = window.location().hash().ok().filter(|hash| hash.starts_with(LINK_MARK))?;
    let address = window.location().href().ok()?;
    let plain = address.split('#').next();
    let _ = window.history().ok()?.replace_state_with_url(&JsValue::NULL, "", plain);
    Some(fragment)
}

/// Opens links that are put into the address later, as loading the page anew does.
pub fn open_later_links() {
    let Some(window) = web_sys::window() else { return };
    let location = window.location();
    let listener = EventListener::new(&window, "hashchange", move |event| {
        let event = event.dyn_ref::<web_sys::HashChangeEvent>();
        let left = event.map(web_sys::HashChangeEvent::old_url).unwrap_or_default();
        let left = left.split_once('#').is_some_and(|(_, left)| Route::read(left).is_followed());
        // What is to be looked at only is opened, and left, as a page of its own.
        if left || Route::here().is_followed() || location.hash().is_ok_and(|hash| hash.starts_with(LINK_MARK)) {
            let _ = location.reload();
        }
    });
    listener.forget();
}

/// Keeps what there was before a link was opened.
pub fn keep_before_link(kept: Option<&str>) {
    if let (Some(storage), Some(kept)) = (storage(), kept) {
        let _ = storage.set_item(BEFORE_KEY, kept);
    }
}

/// What there was before a link was opened.
pub fn before_link() -> Option<String> {
    storage()?.get_item(BEFORE_KEY).ok().flatten()
}

/// Carries out one effect.
pub fn carry_out(effect: Effect, state: &Rc<State>, dispatch: &Dispatch, announce: &dyn Fn(Announcement)) {
    match effect {
        Effect::Persist if state.looking => {}
        Effect::Persist => keep_soon(Rc::clone(state), dispatch.clone()),
        Effect::SetAside(text) => keep(ASIDE_KEY, &text),
        Effect::FetchImage(reference) => fetch_image(reference, dispatch.clone()),
        Effect::FetchTable(name) => fetch_table(name, dispatch.clone()),
        Effect::Lesson(effect) => lesson_effects::carry_out(effect, dispatch),
        Effect::Announce(announcement) => announce(announcement),
    }
}

/// The session that this tab had before it was loaded again, else the one that was kept last by any tab: two tabs with
/// different projects each find their own again.
pub fn kept() -> Option<String> {
    [own_storage(), storage()].into_iter().flatten().find_map(|storage| storage.get_item(KEY).ok().flatten())
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

/// An address of a text as a file.
pub fn file_address(text: &str) -> String {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence(&parts);
    blob.and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob)).unwrap_or_default()
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

fn fetch_table(name: &'static str, dispatch: Dispatch) {
    spawn_local(async move {
        dispatch.send(match fetch_text(&format!("catalog/packages/{name}.txt")).await {
            Ok(text) => Action::TableLoaded { name, text },
            Err(_) => Action::TableUnavailable(name),
        });
    });
}

/// Keeps the session a while after a key, and with it what came of the keys in between: writing takes long. A page that is
/// left before keeps it as it goes.
fn keep_soon(state: Rc<State>, dispatch: Dispatch) {
    PENDING.with(|pending| {
        let waits = pending.replace(Some((state, dispatch))).is_some();
        if !waits {
            Timeout::new(REST_MS, keep_pending).forget();
        }
    });
    LEAVING.with(|_| ());
}

fn keep_pending() {
    let Some((state, dispatch)) = PENDING.with(RefCell::take) else { return };
    let Written { text, answer } = written(&state);
    if let Some(text) = text {
        keep(KEY, &text);
    }
    if let Some(answer) = answer {
        dispatch.send(answer);
    }
}

thread_local! {
    /// The session that is to be kept.
    static PENDING: RefCell<Option<(Rc<State>, Dispatch)>> = const { RefCell::new(None) };
    /// Keeps what waits when the page is left or hidden; a phone may end a hidden page without another word.
    static LEAVING: Option<[EventListener; 2]> = web_sys::window().and_then(|window| {
        let document = window.document()?;
        let hidden = EventListener::new(&document, "visibilitychange", |_| keep_pending());
        Some([EventListener::new(&window, "pagehide", |_| keep_pending()), hidden])
    });
}

/// Keeps a text, for this tab and for the next visit. Where the browser refuses (no room, no permission) the visit goes on
/// without.
fn keep(key: &str, text: &str) {
    if let Some(own) = own_storage()
        && own.set_item(key, text).is_err()
    {
        // An older text of this tab must not be taken for its last one.
        let _ = own.remove_item(key);
    }
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

/// Whether something that the reader can do without is switched off in this browser.
pub fn keeps_off(key: &str) -> bool {
    storage().is_some_and(|storage| storage.get_item(key).is_ok_and(|kept| kept.is_some()))
}

/// Switches it off, or on again.
pub fn set_keeps_off(key: &str, off: bool) {
    if let Some(storage) = storage() {
        let _ = if off { storage.set_item(key, "off") } else { storage.remove_item(key) };
    }
}

/// What stays in this browser; `None` where it keeps nothing.
pub fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// What only this tab sees, and what it still has when it is loaded again.
pub fn own_storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
