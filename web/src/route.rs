//! Addresses within the page: what stands behind `#`.

use gloo::events::EventListener;
use yew::prelude::*;

/// Where the page is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// The sandbox: no fragment, or one that says nothing here.
    #[default]
    Sandbox,
    /// The list of lessons.
    Lessons,
    /// Projects to start from.
    Gallery,
    /// A lesson of the page's own, at a step.
    Lesson(String, Option<String>),
    /// A lesson from a file or an address, which a link cannot name.
    Own(String),
    /// A session to look at only: what follows the mark of a link with a session.
    Follow(String),
    /// A lesson of the page's own to look at only, at a step.
    FollowLesson(String, Option<String>),
    /// The speaker's window, in a language.
    Speaker(String),
}

/// What the fragment of a session to look at begins with, behind its `#`.
const FOLLOW: &str = "follow=";

impl Route {
    /// Reads a fragment, with its `#` or without.
    #[must_use]
    pub fn read(fragment: &str) -> Route {
        let path = fragment.trim_start_matches('#');
        if let Some(code) = path.strip_prefix(FOLLOW) {
            return Route::Follow(code.to_owned());
        }
        let mut parts = path.split('/').skip(1).filter(|part| !part.is_empty()).map(str::to_owned);
        match (parts.next().as_deref(), parts.next(), parts.next()) {
            (Some("lessons"), ..) => Route::Lessons,
            (Some("gallery"), ..) => Route::Gallery,
            (Some("lesson"), Some(id), step) => Route::Lesson(id, step),
            (Some("follow"), Some(id), step) => Route::FollowLesson(id, step),
            (Some("speaker"), language, _) => Route::Speaker(language.unwrap_or_default()),
            (Some("own-lesson"), step, _) => Route::Own(step.unwrap_or_default()),
            _ => Route::Sandbox,
        }
    }

    /// The fragment, with its `#`.
    #[must_use]
    pub fn fragment(&self) -> String {
        match self {
            Route::Sandbox => "#/".to_owned(),
            Route::Lessons => "#/lessons".to_owned(),
            Route::Gallery => "#/gallery".to_owned(),
            Route::Lesson(id, None) => format!("#/lesson/{id}"),
            Route::Lesson(id, Some(step)) => format!("#/lesson/{id}/{step}"),
            Route::Own(step) => format!("#/own-lesson/{step}"),
            Route::Follow(code) => format!("#{FOLLOW}{code}"),
            Route::FollowLesson(id, None) => format!("#/follow/{id}"),
            Route::FollowLesson(id, Some(step)) => format!("#/follow/{id}/{step}"),
            Route::Speaker(language) => format!("#/speaker/{language}"),
        }
    }

    /// Whether what is there is to be looked at only.
    #[must_use]
    pub fn is_followed(&self) -> bool {
        matches!(self, Route::Follow(_) | Route::FollowLesson(..))
    }

    /// Where the page is now.
    #[must_use]
    pub fn here() -> Route {
        let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
        Route::read(&hash)
    }

    /// Goes there.
    pub fn go(&self) {
        if let Some(window) = web_sys::window() {
            let _ = window.location().set_hash(&self.fragment());
        }
    }
}

/// Gives the page an address in the place of the present one: back leads past it.
pub fn replace(route: &Route) {
    if let Some(window) = web_sys::window()
        && let (Ok(history), Ok(address)) = (window.history(), window.location().href())
    {
        let plain = address.split('#').next().unwrap_or_default();
        let address = format!("{plain}{}", route.fragment());
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
    }
}

/// Where the page is, as the address says.
#[hook]
pub fn use_route() -> Route {
    let route = use_state_eq(Route::here);
    use_effect_with((), {
        let route = route.setter();
        move |()| {
            let window = gloo::utils::window();
            let listener = EventListener::new(&window, "hashchange", move |_| route.set(Route::here()));
            move || drop(listener)
        }
    });
    (*route).clone()
}

/// The properties of [`RouteLink`].
#[derive(Properties, PartialEq)]
pub struct RouteLinkProps {
    /// Where it leads.
    pub to: Route,
    /// Its class.
    #[prop_or_default]
    pub class: Classes,
    /// What it says.
    pub children: Html,
}

/// A link within the page. It changes the fragment alone, whatever file and question the address has before it.
#[component]
pub fn RouteLink(props: &RouteLinkProps) -> Html {
    let onclick = {
        let to = props.to.clone();
        Callback::from(move |event: MouseEvent| {
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                to.go();
            }
        })
    };
    html! { <a class={props.class.clone()} href={props.to.fragment()} {onclick}>{ props.children.clone() }</a> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for route in [
            Route::Sandbox,
            Route::Lessons,
            Route::Gallery,
            Route::Lesson("layers".into(), None),
            Route::Lesson("layers".into(), Some("look".into())),
            Route::Own("look".into()),
            Route::Follow("v2.abc".into()),
            Route::FollowLesson("layers".into(), Some("look".into())),
            Route::Speaker("ja".into()),
        ] {
            assert_eq!(Route::read(&route.fragment()), route);
        }
        for text in ["", "#", "#x", "#s=v1.abc", "#/nothing"] {
            assert_eq!(Route::read(text), Route::Sandbox, "{text}");
        }
    }
}
