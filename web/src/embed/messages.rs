//! The messages between an embed and the page around it: `{source: "layerlab", v: 1, type, …}`.

use gloo::events::EventListener;
use js_sys::Reflect;
use session::{Language, Source, Theme};
use wasm_bindgen::prelude::*;
use web_sys::{Element, MessageEvent, ResizeObserver, Window};

use super::Content;
use super::options::{language, theme};
use crate::code_editor::object;

/// Who sends.
const SOURCE: &str = "layerlab";
/// The version of the messages.
const VERSION: f64 = 1.0;

/// What the page around an embed asks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Show something else.
    Load(Content),
    /// Other colours.
    Theme(Theme),
    /// Another language; `None`: the reader's.
    Language(Option<Language>),
    /// What was loaded last is to be as it was.
    Reset,
}

/// Reads an order of a type; `field` gives the texts and numbers that the message has. What is not understood is none.
#[must_use]
pub fn order(kind: &str, field: impl Fn(&str) -> Option<String>) -> Option<Order> {
    let text = |name: &str| field(name).filter(|value| !value.is_empty());
    match kind {
        "load" => {
            let content = if let Some(link) = text("state") {
                let code = link.split_once("#s=").map_or(link.as_str(), |(_, code)| code);
                Content::State(code.split('&').next().unwrap_or_default().to_owned())
            } else if let Some(dockerfile) = text("dockerfile") {
                Content::Dockerfile { text: dockerfile, project: text("project") }
            } else if let Some(address) = text("lessonUrl") {
                Content::Lesson(Source::Address(address), text("step"))
            } else {
                Content::Lesson(Source::Site(text("lesson")?), text("step"))
            };
            Some(Order::Load(content))
        }
        "set-theme" => Some(Order::Theme(theme(&text("theme").filter(|name| is_theme(name))?))),
        "set-lang" => {
            let name = text("lang")?;
            if name == "auto" {
                Some(Order::Language(None))
            } else {
                language(&name).map(|tag| Order::Language(Some(tag)))
            }
        }
        "reset" => Some(Order::Reset),
        _ => None,
    }
}

fn is_theme(name: &str) -> bool {
    matches!(name, "auto" | "light" | "dark")
}

/// The page around this one; `None` where there is none.
fn around() -> Option<Window> {
    let own = gloo::utils::window();
    let parent = own.parent().ok().flatten()?;
    (!js_sys::Object::is(&parent, &own)).then_some(parent)
}

/// Hears what the page around asks for. Messages from anywhere else (a frame within, a page that opened this one) are not
/// heard, nor what is no order.
pub fn listen(heard: impl Fn(Order) + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let from_around =
            around().is_some_and(|around| event.source().is_some_and(|source| js_sys::Object::is(&source, &around)));
        let data = event.data();
        if !from_around || !data.is_object() {
            return;
        }
        let value = |name: &str| Reflect::get(&data, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
        let field = |name: &str| {
            let value = value(name);
            value.as_string().or_else(|| value.as_f64().map(|number| number.to_string()))
        };
        let versioned = field("source").as_deref() == Some(SOURCE) && value("v").as_f64() == Some(VERSION);
        if let Some(order) = field("type").filter(|_| versioned).and_then(|kind| order(&kind, field)) {
            heard(order);
        }
    })
}

/// Tells the page around, whichever it is: nothing of it is a secret from who shows the embed.
pub fn post<'a>(kind: &str, fields: impl IntoIterator<Item = (&'a str, JsValue)>) {
    let Some(around) = around() else { return };
    let head =
        [("source", JsValue::from_str(SOURCE)), ("v", JsValue::from_f64(VERSION)), ("type", JsValue::from_str(kind))];
    let _ = around.post_message(&object(head.into_iter().chain(fields)), "*");
}

/// Tells the page around how high an element is, now and whenever that changes. It is watched until what this gives is called.
pub fn watch_height(element: &Element) -> impl FnOnce() + use<> {
    let last = std::cell::Cell::new(0.0);
    let watched = element.clone();
    let told = Closure::<dyn Fn()>::new(move || {
        let height = watched.get_bounding_client_rect().height().ceil();
        if (last.replace(height) - height).abs() > 0.5 {
            post("resize", [("height", JsValue::from_f64(height))]);
        }
    });
    let observer = ResizeObserver::new(told.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(element);
    }
    move || {
        if let Some(observer) = observer {
            observer.disconnect();
        }
        drop(told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: &str, fields: &[(&str, &str)]) -> Option<Order> {
        order(kind, |name| fields.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn orders_are_read() {
        let lesson = Content::Lesson(Source::Site("layers".into()), Some("2".into()));
        assert_eq!(read("load", &[("lesson", "layers"), ("step", "2")]), Some(Order::Load(lesson)));
        let state = Some(Order::Load(Content::State("v2.a".into())));
        assert_eq!(read("load", &[("state", "v2.a")]), state);
        assert_eq!(read("load", &[("state", "https://x.example/lab/#s=v2.a&view=graph")]), state);
        let dockerfile = Content::Dockerfile { text: "FROM a".into(), project: None };
        assert_eq!(read("load", &[("dockerfile", "FROM a")]), Some(Order::Load(dockerfile)));
        assert_eq!(read("set-theme", &[("theme", "dark")]), Some(Order::Theme(Theme::Dark)));
        assert_eq!(read("set-theme", &[("theme", "auto")]), Some(Order::Theme(Theme::System)));
        assert_eq!(read("set-lang", &[("lang", "ja")]), Some(Order::Language(Some(Language::Ja))));
        assert_eq!(read("set-lang", &[("lang", "auto")]), Some(Order::Language(None)));
        assert_eq!(read("reset", &[]), Some(Order::Reset));
    }

    #[test]
    fn what_is_malformed_is_no_order() {
        for (kind, fields) in [
            ("load", vec![]),
            ("load", vec![("lesson", "")]),
            ("load", vec![("step", "2")]),
            ("set-theme", vec![]),
            ("set-theme", vec![("theme", "pink")]),
            ("set-lang", vec![("lang", "xx")]),
            ("build", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(read(kind, &fields), None, "{kind} {fields:?}");
        }
    }
}
