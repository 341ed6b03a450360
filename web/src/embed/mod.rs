//! The page in a frame of another site: what its address asks for, and the messages that it exchanges with that site.
//!
//! `embed/index.html` is made of the built page by a hook of Trunk's (`web/js/embed-page.mjs`) and runs the same program;
//! [`crate::pages::Embed`] composes the panes. EMBEDDING.md is for who writes such addresses.
//!
//! It keeps no session: what an author shows is there again at the next visit, and the reader's own project on the whole
//! page stays as it is. What is done of lessons is kept, where the browser keeps anything.

mod code;
mod content;
mod messages;
mod options;
mod percent;

pub use code::{Form, code, element};
pub use content::{apply, begin, whole_page};
pub use messages::{Order, listen, order, post, watch_height};
pub use options::{Content, Options, Shown};

use report::Catalog;
use session::{Action, Effect, State};
use wasm_bindgen::JsValue;

/// Whether this document is the one for frames.
#[must_use]
pub fn is_embed() -> bool {
    let root = gloo::utils::document().document_element();
    root.is_some_and(|root| root.has_attribute("data-embed"))
}

/// What this document's address asks for.
#[must_use]
pub fn asked() -> Options {
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    let location = gloo::utils::window().location();
    Options::read(&part(location.search()), &part(location.hash()))
}

/// The state that an embed opens with, and what starting asks for.
pub async fn start(options: &Options, catalog: Catalog) -> (State, Vec<Effect>) {
    let (state, mut effects) = begin(&options.content, catalog).await;
    let mut state = state;
    for action in [Action::SetTheme(options.theme), Action::SetLanguage(options.language)] {
        state = act(&state, action, &mut effects);
    }
    (state, effects)
}

fn act(state: &State, action: Action, effects: &mut Vec<Effect>) -> State {
    let (next, more) = session::update(state, action, 0);
    effects.extend(more);
    next
}
