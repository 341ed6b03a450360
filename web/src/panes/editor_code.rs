//! The editor takes the place of the text area: when the page is at rest, or as soon as the text area gets the focus.
//! Without it (it cannot be fetched, the browser is too old for it) the text area stays.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use report::Report;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event};
use yew::prelude::*;

use super::editor_signs::signs;
use super::editor_surface::Surface;
use crate::code_editor::{Fresh, answering, function, function_of, load, mount};
use crate::components::path;
use crate::editing::{CLASSES, Places, colours, has_long_line, marks};
use crate::shared::Shared;
use crate::text::Locale;

/// How long after it was drawn the page is at rest at the latest, in milliseconds.
const REST_MS: u32 = 1_500;

/// What the editor calls. It is asked for at each call, because it changes with every render.
#[derive(Clone)]
pub struct Listener {
    /// Something was typed.
    pub changed: Callback<()>,
    /// What was typed is needed now.
    pub flush: Callback<()>,
    /// The caret went to a line, from 1.
    pub moved: Callback<usize>,
    /// The session's undo is asked for.
    pub undo: Callback<()>,
    /// The session's redo is asked for.
    pub redo: Callback<()>,
    /// What could stand at an offset of the editor's, and whether it was asked for by key.
    pub complete: Callback<(usize, bool), JsValue>,
    /// What there is to say of an offset.
    pub hover: Callback<usize, JsValue>,
    /// The instruction at an offset is to go up, or down; whether there is one that can.
    pub reorder: Callback<(usize, bool), bool>,
}

/// What the editor is to say of itself.
#[derive(Clone, PartialEq)]
pub struct Names {
    /// What it is called.
    pub label: AttrValue,
    /// The ids of the elements that explain it.
    pub description: &'static str,
    /// The language of its own words.
    pub locale: Locale,
}

/// Fetches the editor and puts it into `host`. Gives whether it is there; the text area is to be hidden then.
#[hook]
pub fn use_code_editor(surface: &Surface, host: &NodeRef, names: &Names, listener: Listener) -> bool {
    let there = use_state_eq(|| false);
    let current = use_mut_ref(|| listener.clone());
    *current.borrow_mut() = listener;
    let newest = use_mut_ref(|| names.clone());
    *newest.borrow_mut() = names.clone();
    use_effect_with((), {
        let (surface, host, there) = (surface.clone(), host.clone(), there.setter());
        move |()| {
            let start = Rc::new(move || {
                let (surface, host, there) = (surface.clone(), host.clone(), there.clone());
                let (current, newest) = (Rc::clone(&current), Rc::clone(&newest));
                spawn_local(async move {
                    if let Ok(module) = load().await {
                        surface.clone().when_still(move || {
                            let names = newest.borrow().clone();
                            if take_place(&surface, &host, &names, &current, &module).is_some() {
                                there.set(true);
                            }
                        });
                    }
                });
            });
            when_at_rest(start)
        }
    });
    use_effect_with(names.clone(), {
        let surface = surface.clone();
        move |names| {
            if let Some(code) = surface.code() {
                code.rename(&names.label, &names.locale);
            }
        }
    });
    *there
}

/// Calls `start` once: after a rest, or when the focus comes to a text area.
fn when_at_rest(start: Rc<dyn Fn()>) -> impl FnOnce() {
    let waiting = Rc::new(RefCell::new(Some(start)));
    let begin = {
        let waiting = Rc::clone(&waiting);
        move || {
            if let Some(start) = waiting.borrow_mut().take() {
                start();
            }
        }
    };
    let timeout = Timeout::new(REST_MS, begin.clone());
    let focused = EventListener::new(&gloo::utils::document(), "focusin", move |event: &Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.has_attribute("data-editor")) {
            begin();
        }
    });
    move || drop((timeout, focused, waiting))
}

/// Makes the editor of what stands in the text area: its text, selection and focus.
fn take_place(
    surface: &Surface,
    host: &NodeRef,
    names: &Names,
    listener: &Rc<RefCell<Listener>>,
    module: &JsValue,
) -> Option<()> {
    let area = surface.plain()?;
    let host = host.cast::<Element>()?;
    let text = area.value();
    let end = |found: Result<Option<u32>, JsValue>| found.ok().flatten().unwrap_or_default();
    let fresh = Fresh {
        host: &host,
        text: &text,
        selection: (end(area.selection_start()), end(area.selection_end())),
        label: &names.label,
        description: names.description,
        classes: &CLASSES,
        locale: &names.locale,
    };
    let told = |pick: fn(&Listener) -> &Callback<()>| {
        let listener = Rc::clone(listener);
        function(move || {
            let called = pick(&listener.borrow()).clone();
            called.emit(());
        })
    };
    let moved = Rc::clone(listener);
    let complete = Rc::clone(listener);
    let hover = Rc::clone(listener);
    let reorder = Rc::clone(listener);
    let functions = vec![
        ("changed", told(|listener| &listener.changed)),
        ("flush", told(|listener| &listener.flush)),
        ("left", told(|listener| &listener.flush)),
        ("undo", told(|listener| &listener.undo)),
        ("redo", told(|listener| &listener.redo)),
        (
            "moved",
            function_of(move |line| {
                let called = moved.borrow().moved.clone();
                called.emit(line as usize);
            }),
        ),
        (
            "complete",
            answering(move |at, explicit| {
                let called = complete.borrow().complete.clone();
                called.emit((at as usize, explicit.is_truthy()))
            }),
        ),
        (
            "hover",
            answering(move |at, _| {
                let called = hover.borrow().hover.clone();
                called.emit(at as usize)
            }),
        ),
        (
            "reorder",
            answering(move |at, up| {
                let called = reorder.borrow().reorder.clone();
                JsValue::from(called.emit((at as usize, up.is_truthy())))
            }),
        ),
    ];
    let focused = gloo::utils::document().active_element().is_some_and(|active| area.is_same_node(Some(&active)));
    let top = area.scroll_top();
    // The one goes as the other comes: an editor that is hidden cannot place its caret.
    let around = area.parent_element()?;
    let _ = host.remove_attribute("hidden");
    let _ = around.set_attribute("hidden", "");
    let Ok(editor) = mount(module.clone(), &fresh, functions) else {
        let _ = around.remove_attribute("hidden");
        let _ = host.set_attribute("hidden", "");
        return None;
    };
    surface.replace(editor.clone());
    editor.go_on(top, focused);
    Some(())
}

/// Colours the editor as the report says. Where the report is of another text than stands there, the next one will do.
#[hook]
pub fn use_painting(
    surface: &Surface,
    there: bool,
    text: &AttrValue,
    report: Option<Shared<Report>>,
    focus: Option<usize>,
    locale: &Locale,
) {
    use_effect_with((there, text.clone(), report, focus, locale.clone()), {
        let surface = surface.clone();
        move |(_, text, report, focus, locale)| {
            let Some(code) = surface.code() else { return };
            let Some(report) = report else {
                code.show(&[], &[], &[], "");
                return;
            };
            let places = Places::new(text);
            if places.unit(text.len()) != as_unit(code.length()) {
                return;
            }
            let coloured = !has_long_line(text);
            let colours = if coloured { colours(&places, report) } else { Vec::new() };
            let marks = if coloured { marks(&places, report) } else { Vec::new() };
            let pointed = focus.and_then(|step| report.steps.get(step)).map(|step| step.range);
            let pointed: Vec<u32> =
                pointed.map(|range| vec![places.unit(range.start), places.unit(range.end)]).unwrap_or_default();
            let beside: Vec<String> = signs(report, locale)
                .into_iter()
                .map(|(line, sign)| {
                    format!("{line}\t{}\t{}\t{}\t{}", sign.class, path(sign.shape), sign.words, sign.share)
                })
                .collect();
            code.show(&colours, &marks, &pointed, &beside.join("\n"));
        }
    });
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length is a whole number")]
fn as_unit(length: f64) -> u32 {
    length as u32
}
