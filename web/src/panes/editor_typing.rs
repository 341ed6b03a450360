//! What is typed, and how it gets to the state and back: the browser owns the text.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::editor_surface::Surface;

/// Texts up to this many bytes are analysed at every key.
pub const AT_ONCE: usize = 20_000;
/// The same of the files of a build context: a copy of many takes longer than who types waits.
const FILES_AT_ONCE: usize = 5_000;
/// How long typing must rest before more than that is analysed, in milliseconds for each 100 kB and each 50,000 files.
const REST_MS: usize = 150;
/// The files that take as long as 100 kB of text.
const FILES_OF_A_REST: usize = 50_000;
/// The longest rest, in milliseconds.
const LONGEST_REST_MS: usize = 1_200;

/// What is remembered between renders without drawing anything.
#[derive(Default)]
struct Memory {
    /// The text that the element had when it was last written to or reported: what the state is known to have.
    known: AttrValue,
    /// The file whose text is in the element.
    path: AttrValue,
    timer: Option<Timeout>,
}

/// What the events of the text area and of the editor call.
#[derive(Clone)]
pub struct Typing {
    /// Something was typed.
    pub on_text: Callback<()>,
    /// Reports what stands in the element, unless that is known already.
    pub flush: Callback<()>,
}

/// Reports typing through `ontype`, at once or after a rest, never during a composition; and writes `text`
/// into it where that is not what was typed: another file, undo. `frame` carries `data-stale` meanwhile. `files` is the
/// number of files in the build context.
#[hook]
pub fn use_typing(
    surface: &Surface,
    frame: &NodeRef,
    path: &AttrValue,
    text: &AttrValue,
    files: usize,
    ontype: &Callback<(AttrValue, AttrValue)>,
) -> Typing {
    let memory = use_mut_ref(Memory::default);
    let flush = {
        let (surface, memory, ontype) = (surface.clone(), Rc::clone(&memory), ontype.clone());
        Callback::from(move |()| report_text(&surface, &memory, &ontype))
    };
    let on_text = {
        let (surface, frame, memory, flush) = (surface.clone(), frame.clone(), Rc::clone(&memory), flush.clone());
        Callback::from(move |()| {
            let Some(length) = surface.length() else {
                return;
            };
            if surface.composing() {
                set_stale(&frame, true);
            } else if length <= AT_ONCE && files <= FILES_AT_ONCE {
                flush.emit(());
            } else {
                set_stale(&frame, true);
                let flush = flush.clone();
                let rest = (REST_MS * (1 + length / 100_000 + files / FILES_OF_A_REST)).min(LONGEST_REST_MS);
                let rest = u32::try_from(rest).unwrap_or(u32::MAX);
                memory.borrow_mut().timer = Some(Timeout::new(rest, move || flush.emit(())));
            }
        })
    };
    use_effect_with((path.clone(), text.clone()), {
        let (surface, frame, memory) = (surface.clone(), frame.clone(), Rc::clone(&memory));
        move |(path, text)| {
            let mut memory = memory.borrow_mut();
            if memory.path != *path || memory.known != *text {
                surface.write(text, memory.path != *path);
                // Not `text`: every line end is a single \n now.
                memory.known = surface.text().unwrap_or_default();
                memory.timer = None;
            }
            memory.path = path.clone();
            if memory.timer.is_none() && !surface.composing() {
                set_stale(&frame, false);
            }
        }
    });
    // Yew has no events for compositions.
    use_effect_with((), {
        let (surface, on_text, flush) = (surface.clone(), on_text.clone(), flush.clone());
        move |()| {
            let listeners = surface.plain().map(|area| {
                let started = surface.clone();
                let start = EventListener::new(&area, "compositionstart", move |_| started.set_composing(true));
                let end = EventListener::new(&area, "compositionend", move |_| {
                    surface.set_composing(false);
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

fn report_text(surface: &Surface, memory: &RefCell<Memory>, ontype: &Callback<(AttrValue, AttrValue)>) {
    let Some(text) = surface.text() else {
        return;
    };
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
