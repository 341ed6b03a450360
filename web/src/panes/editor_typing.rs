//! What is typed, and how it gets to the state and back: the browser owns the text.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Texts up to this many bytes are analysed at every key.
pub const AT_ONCE: usize = 20_000;
/// How long typing must rest before a larger text is analysed, in milliseconds for each 100 kB.
const REST_MS: usize = 150;
/// The longest rest, in milliseconds.
const LONGEST_REST_MS: usize = 1_200;

/// What is remembered between renders without drawing anything.
#[derive(Default)]
struct Memory {
    /// The text that the element had when it was last written to or reported: what the state is known to have.
    known: AttrValue,
    /// The file whose text is in the element.
    path: AttrValue,
    composing: bool,
    timer: Option<Timeout>,
}

/// What the element's events call.
pub struct Typing {
    /// Something was typed.
    pub on_text: Callback<()>,
    /// Reports what stands in the element, unless that is known already.
    pub flush: Callback<()>,
}

/// Reports typing in `area` through `ontype`, at once or after a rest, never during a composition; and writes `text`
/// into it where that is not what was typed: another file, undo. `frame` carries `data-stale` meanwhile.
#[hook]
pub fn use_typing(
    area: &NodeRef,
    frame: &NodeRef,
    path: &AttrValue,
    text: &AttrValue,
    ontype: &Callback<(AttrValue, AttrValue)>,
) -> Typing {
    let memory = use_mut_ref(Memory::default);
    let flush = {
        let (area, memory, ontype) = (area.clone(), Rc::clone(&memory), ontype.clone());
        Callback::from(move |()| report_text(&area, &memory, &ontype))
    };
    let on_text = {
        let (area, frame, memory, flush) = (area.clone(), frame.clone(), Rc::clone(&memory), flush.clone());
        Callback::from(move |()| {
            let Some(length) = area.cast::<HtmlTextAreaElement>().map(|area| area.text_length() as usize) else {
                return;
            };
            if memory.borrow().composing {
                set_stale(&frame, true);
            } else if length <= AT_ONCE {
                flush.emit(());
            } else {
                set_stale(&frame, true);
                let flush = flush.clone();
                let rest = (REST_MS * (1 + length / 100_000)).min(LONGEST_REST_MS);
                let rest = u32::try_from(rest).unwrap_or(u32::MAX);
                memory.borrow_mut().timer = Some(Timeout::new(rest, move || flush.emit(())));
            }
        })
    };
    use_effect_with((path.clone(), text.clone()), {
        let (area, frame, memory) = (area.clone(), frame.clone(), Rc::clone(&memory));
        move |(path, text)| {
            let mut memory = memory.borrow_mut();
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                if memory.path != *path || memory.known != *text {
                    area.set_value(text);
                    // Not `text`: the browser makes every line end a single \n.
                    memory.known = AttrValue::from(area.value());
                    memory.timer = None;
                    memory.composing = false;
                }
                if memory.path != *path {
                    area.set_scroll_top(0);
                    let _ = area.set_selection_range(0, 0);
                }
            }
            memory.path = path.clone();
            if memory.timer.is_none() && !memory.composing {
                set_stale(&frame, false);
            }
        }
    });
    // Yew has no events for compositions.
    use_effect_with((), {
        let (area, on_text, flush) = (area.clone(), on_text.clone(), flush.clone());
        move |()| {
            let listeners = area.cast::<HtmlElement>().map(|area| {
                let started = Rc::clone(&memory);
                let start = EventListener::new(&area, "compositionstart", move |_| {
                    started.borrow_mut().composing = true;
                });
                let end = EventListener::new(&area, "compositionend", move |_| {
                    memory.borrow_mut().composing = false;
                    on_text.emit(());
                });
                (start, end)
            });
            // The page may be left before typing rests.
            let leaving = {
                let flush = flush.clone();
                EventListener::new(&gloo::utils::window(), "pagehide", move |_| flush.emit(()))
            };
            let hiding = EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| flush.emit(()));
            move || drop((listeners, leaving, hiding))
        }
    });
    Typing { on_text, flush }
}

fn report_text(area: &NodeRef, memory: &RefCell<Memory>, ontype: &Callback<(AttrValue, AttrValue)>) {
    let Some(area) = area.cast::<HtmlTextAreaElement>() else {
        return;
    };
    let text = AttrValue::from(area.value());
    let news = {
        let mut memory = memory.borrow_mut();
        memory.timer = None;
        let news = text != memory.known;
        memory.known = text.clone();
        // The path of this text, which the state may have left by now.
        news.then(|| memory.path.clone())
    };
    if let Some(path) = news {
        ontype.emit((path, text));
    }
}

/// While the coloured copy is behind the text, the text itself is shown.
fn set_stale(frame: &NodeRef, stale: bool) {
    if let Some(frame) = frame.cast::<HtmlElement>() {
        let _ = frame.toggle_attribute_with_force("data-stale", stale);
    }
}
