//! The speaker's window, seen from the room's: opening it, telling it what is shown, hearing what it asks for.

use std::rc::Rc;

use web_sys::Window;
use yew::prelude::*;

use super::messages::{Fields, TO_ROOM, TO_SPEAKER, hear, post};
use super::{Press, page_address};
use crate::presenter::{Command, command};
use crate::route::Route;

/// The name of the window: asked for again, it is the same one.
const NAME: &str = "layerlab-speaker";
/// What it looks like.
const LOOK: &str = "popup,width=960,height=680";

/// What is asked for there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// What a key asks for.
    Run(Command),
    /// One more, or one fewer, says that it is a hit, or a miss.
    Count {
        /// That it is a hit.
        hit: bool,
        /// One more.
        more: bool,
    },
}

/// Tells the speaker's window what the room sees, and calls `heard` with what is asked for there. Gives what opens it, in a
/// language: whether the browser allowed that.
#[hook]
pub fn use_speaker(room: Rc<Fields>, heard: Callback<Word>) -> Rc<dyn Fn(&str) -> bool> {
    let window = use_mut_ref(|| None::<Window>);
    let said = use_mut_ref(|| room.clone());
    use_effect_with(room, {
        let (window, said) = (window.clone(), said.clone());
        move |room| {
            said.replace(room.clone());
            if let Some(window) = window.borrow().as_ref() {
                post(window, TO_SPEAKER, room);
            }
        }
    });
    use_effect_with(heard, {
        let window = window.clone();
        move |heard| {
            let heard = heard.clone();
            let listener = hear(TO_ROOM, move |from, fields| {
                post(&from, TO_SPEAKER, &said.borrow());
                window.replace(Some(from));
                word(&fields).into_iter().for_each(|word| heard.emit(word));
            });
            move || drop(listener)
        }
    });
    Rc::new(move |language: &str| {
        let address = format!("{}{}", page_address(), Route::Speaker(language.to_owned()).fragment());
        let opened = gloo::utils::window().open_with_url_and_target_and_features(&address, NAME, LOOK);
        let opened = opened.ok().flatten();
        if let Some(opened) = &opened {
            let _ = opened.focus();
        }
        let allowed = opened.is_some();
        window.replace(opened);
        allowed
    })
}

fn word(fields: &Fields) -> Option<Word> {
    let text = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let is = |name: &str| !text(name).is_empty();
    match text("do") {
        "press" => command(&Press { key: text("key"), code: text("code"), shift: is("shift") }).map(Word::Run),
        "count" => Some(Word::Count { hit: is("hit"), more: is("more") }),
        _ => None,
    }
}
