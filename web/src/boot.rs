//! Starts the page: what was kept, the language, then the app.

use std::panic;

use report::{Catalog, parse_index};
use session::{Action, Theme};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::hooks::dress;
use crate::pages::{Embed, EmbedProps, Speaker, SpeakerProps};
use crate::route::Route;
use crate::text::{LANGUAGES, Locale};
use crate::{App, AppProps, effects, embed, sample};

#[wasm_bindgen]
extern "C" {
    /// Of the script in `index.html`: shows the panel that asks to load the page again, with a message.
    #[wasm_bindgen(js_namespace = layerlab, js_name = failed, catch)]
    fn show_failure(message: &str) -> Result<(), JsValue>;
}

/// Starts the page.
pub fn run() {
    // What was typed is kept at every edit, so the panel has nothing to save: it says so and offers to load again.
    panic::set_hook(Box::new(|info| {
        let _ = show_failure(&info.to_string());
    }));
    if embed::is_embed() {
        return spawn_local(run_embed());
    }
    spawn_local(async {
        let route = Route::here();
        if let Route::Speaker(language) = &route {
            return open_speaker(language).await;
        }
        let kept = effects::kept();
        let (mut state, mut waiting) = session::start(sample::sample(), known_images().await, kept.as_deref());
        let mut part = String::new();
        if route.is_followed() {
            state.looking = true;
            if let Route::Follow(code) = &route {
                let link = format!("#s={code}");
                part = session::read_link(&link).map(|linked| linked.view).unwrap_or_default();
                let opened = session::update(&state, Action::OpenLink(link), 0);
                state = opened.0;
                waiting.extend(opened.1);
            }
        } else if let Some(fragment) = effects::take_link() {
            part = session::read_link(&fragment).map(|linked| linked.view).unwrap_or_default();
            let opened = session::update(&state, Action::OpenLink(fragment), 0);
            state = opened.0;
            waiting.extend(opened.1);
            if state.notice.is_none() {
                effects::keep_before_link(kept.as_deref());
            }
        }
        effects::open_later_links();
        let tag = language_tag(state.settings.language);
        match load_locale(tag).await {
            Ok(locale) => {
                let props = AppProps { state, effects: waiting, locale, part };
                if let Some(root) = root() {
                    yew::Renderer::<App>::with_root_and_props(root, props).render();
                }
            }
            Err(message) => {
                let _ = show_failure(&message);
            }
        }
    });
}

/// Starts the page as a frame of another site.
async fn run_embed() {
    let options = embed::asked();
    let (state, effects) = embed::start(&options, known_images().await).await;
    match load_locale(language_tag(state.settings.language)).await {
        Ok(locale) => {
            if let Some(root) = root() {
                let props = EmbedProps { state, effects, locale, options };
                yew::Renderer::<Embed>::with_root_and_props(root, props).render();
            }
        }
        Err(message) => {
            let _ = show_failure(&message);
        }
    }
}

/// The element that the page goes into.
fn root() -> Option<web_sys::Element> {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"));
    if root.is_none() {
        let _ = show_failure("#app");
    }
    root
}

/// Opens the speaker's window: it has no session.
async fn open_speaker(language: &str) {
    let known = LANGUAGES.iter().map(|(known, _)| *known).find(|known| *known == language);
    match load_locale(known.unwrap_or_else(|| language_tag(None))).await {
        Ok(locale) => {
            dress(&locale, Theme::System);
            if let Some(root) = root() {
                yew::Renderer::<Speaker>::with_root_and_props(root, SpeakerProps { locale }).render();
            }
        }
        Err(message) => {
            let _ = show_failure(&message);
        }
    }
}

/// The base images by name. Their facts are fetched when a Dockerfile needs them; without the list, an image is asked for
/// by the name that it is written by.
async fn known_images() -> Catalog {
    let mut catalog = Catalog::default();
    let index = effects::fetch_text("catalog/index.json").await.and_then(|text| parse_index(&text));
    if let Ok(index) = index {
        catalog.insert_index(&index);
    }
    catalog
}

/// Fetches the sentences of a language.
///
/// # Errors
/// What the browser says.
pub async fn load_locale(tag: &'static str) -> Result<Locale, String> {
    let text = effects::fetch_text(&format!("locales/{tag}.ftl")).await?;
    Ok(Locale::new(tag, &text))
}

/// The tag of the language that was chosen, else of the first of the browser's that there is.
pub fn language_tag(chosen: Option<session::Language>) -> &'static str {
    match chosen {
        Some(session::Language::En) => "en",
        Some(session::Language::Ja) => "ja",
        None => {
            let preferred = web_sys::window().map(|window| window.navigator().languages()).unwrap_or_default();
            let known = |tag: &JsValue| {
                let tag = tag.as_string()?;
                LANGUAGES.iter().map(|(known, _)| *known).find(|known| tag.split('-').next() == Some(known))
            };
            preferred.iter().find_map(|tag| known(&tag)).unwrap_or("en")
        }
    }
}
