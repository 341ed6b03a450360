//! What lessons ask the browser for.

use std::cell::{Cell, RefCell};

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use session::{Action, LessonAction, LessonEffect, Source};
use wasm_bindgen::JsCast;
use yew::platform::spawn_local;

use crate::effects::{fetch_text, storage};
use crate::store::Dispatch;

/// The key that is kept what is done of all lessons.
const PROGRESS_KEY: &str = "layerlab-progress";
/// How long typing rests before goals are judged that take builds of their own, in milliseconds.
const REST_MS: u32 = 250;
/// What the page's question may name a lesson's address by.
const ADDRESS: &str = "lesson-url";

thread_local! {
    /// Counts what was asked for: only the last is done.
    static ASKED: Cell<u32> = const { Cell::new(0) };
    /// Hears of what other tabs keep.
    static OTHERS: RefCell<Option<EventListener>> = const { RefCell::new(None) };
}

/// Carries out one effect.
pub fn carry_out(effect: LessonEffect, dispatch: &Dispatch) {
    match effect {
        LessonEffect::FetchList => {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                let answer = fetch_text("lessons/index.json").await;
                dispatch.send(Action::Lesson(LessonAction::Listed(answer)));
            });
        }
        LessonEffect::Fetch(source) => fetch(source, dispatch.clone()),
        LessonEffect::CheckSoon => {
            let number = ASKED.with(|asked| {
                asked.set(asked.get().wrapping_add(1));
                asked.get()
            });
            let dispatch = dispatch.clone();
            let last = move || {
                if ASKED.with(Cell::get) == number {
                    dispatch.send(Action::Lesson(LessonAction::Check));
                }
            };
            Timeout::new(REST_MS, last).forget();
        }
        LessonEffect::KeepProgress(text) => {
            if let Some(storage) = storage() {
                let _ = storage.set_item(PROGRESS_KEY, &text);
            }
        }
    }
}

/// Gets a lesson, and answers with it.
pub fn fetch(source: Source, dispatch: Dispatch) {
    let Some(address) = address(&source) else { return };
    spawn_local(async move {
        let answer = fetch_text(&address).await;
        dispatch.send(Action::Lesson(LessonAction::Loaded(source, answer)));
    });
}

/// Where a lesson is fetched from; `None` for a file.
pub fn address(source: &Source) -> Option<String> {
    match source {
        Source::Site(id) => {
            let name: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            Some(format!("lessons/{name}.json"))
        }
        Source::Address(address) => Some(address.clone()),
        Source::File => None,
    }
}

/// Adds what is kept of what is done, now and when another tab keeps more.
pub fn read_progress(dispatch: &Dispatch) {
    let send = |dispatch: &Dispatch, text: String| dispatch.send(Action::Lesson(LessonAction::Progress(text)));
    if let Some(text) = storage().and_then(|storage| storage.get_item(PROGRESS_KEY).ok().flatten()) {
        send(dispatch, text);
    }
    let dispatch = dispatch.clone();
    let listener = EventListener::new(&gloo::utils::window(), "storage", move |event| {
        let event = event.dyn_ref::<web_sys::StorageEvent>();
        let kept = event.filter(|event| event.key().as_deref() == Some(PROGRESS_KEY));
        if let Some(text) = kept.and_then(web_sys::StorageEvent::new_value) {
            send(&dispatch, text);
        }
    });
    OTHERS.with(|others| others.replace(Some(listener)));
}

/// The address of a lesson that the page's own address asks for.
pub fn asked_address() -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    let address = web_sys::UrlSearchParams::new_with_str(&search).ok()?.get(ADDRESS)?;
    (!address.is_empty()).then_some(address)
}

/// Whether an address is of this machine: of who is writing a lesson.
pub fn is_local(address: &str) -> bool {
    let host = web_sys::Url::new(address).map(|url| url.hostname()).unwrap_or_default();
    matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
}
