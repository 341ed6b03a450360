//! The keys of presenter mode: those that slides have, where slides have one.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::effects::{keeps_off, set_keeps_off};
use crate::panes::FIELDS;

/// The button that opens the list of keys.
const LIST: &str = ".keys > button";

/// Where it is kept that single keys are not to do anything: they are in the way of who speaks to the computer.
const OFF: &str = "layerlab-presenter-keys-off";

/// What has the arrow keys for itself.
const ARROWS: &str = "input, [role=tablist], [role=tree], .transport";
/// What has the space bar for itself.
const SPACE: &str = "button, a, summary, input, [role=treeitem]";
/// What is open over the page.
const OVER: &str = "dialog[open]";
/// What Escape closes before it leaves presenter mode.
const CLOSES: &str = "dialog[open], details.popover[open], .graph__aside:not([hidden])";

/// What Escape closes in the editor.
const OFFERS: &str = ".cm-tooltip, .cm-panel";

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Presenter mode on or off.
    Toggle,
    /// On, in the build or the lesson.
    Next,
    /// Back in it.
    Back,
    /// To its beginning.
    Start,
    /// To its end.
    End,
    /// Larger type, or smaller.
    Size(bool),
    /// The next arrangement of panes, or the one before.
    Arrange(bool),
    /// The next part of the result, or the one before.
    Part(bool),
    /// A blank screen, or not.
    Blank,
    /// The whole screen, or not.
    Fullscreen,
    /// The speaker's window.
    Speaker,
    /// Where to go is asked.
    GoTo,
    /// A link to this, and its code.
    Link,
    /// The room is asked before each step, or is not.
    Predict,
    /// Keeps a snapshot under a number.
    Keep(u8),
    /// Returns to the snapshot of a number.
    Return(u8),
    /// A workshop is to be chosen.
    Workshop,
    /// The next item of the workshop, or the one before.
    Item(bool),
    /// Back to the beginning.
    Reset,
    /// The list of keys, which has a key of its own.
    Keys,
}

/// A key that is pressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Press<'a> {
    /// What it means.
    pub key: &'a str,
    /// Which one it is, whatever stands on it.
    pub code: &'a str,
    /// Whether Shift is held.
    pub shift: bool,
}

/// What a key asks for in presenter mode.
#[must_use]
pub fn command(press: &Press<'_>) -> Option<Command> {
    let digit = press.code.strip_prefix("Digit").or_else(|| press.code.strip_prefix("Numpad"));
    if let Some(digit) = digit.and_then(|digit| digit.parse::<u8>().ok()) {
        return match (press.shift, digit) {
            (true, 1..=9) => Some(Command::Keep(digit)),
            (false, _) => Some(Command::Return(digit)),
            _ => None,
        };
    }
    Some(match press.key {
        "ArrowRight" | "PageDown" | "n" => Command::Next,
        "ArrowLeft" | "PageUp" => Command::Back,
        " " if press.shift => Command::Back,
        " " => Command::Next,
        "Home" => Command::Start,
        "End" => Command::End,
        "+" | "=" => Command::Size(true),
        "-" | "−" => Command::Size(false),
        "e" => Command::Arrange(true),
        "E" => Command::Arrange(false),
        "w" => Command::Part(true),
        "W" => Command::Part(false),
        "b" | "." => Command::Blank,
        "f" => Command::Fullscreen,
        "s" => Command::Speaker,
        "g" => Command::GoTo,
        "q" => Command::Link,
        "v" => Command::Predict,
        "o" => Command::Workshop,
        "]" => Command::Item(true),
        "[" => Command::Item(false),
        "r" => Command::Reset,
        "p" => Command::Toggle,
        _ => return None,
    })
}

/// The rows of the list of keys, as [`crate::panes::KEYS`] has them.
pub const ROWS: &[(&str, &[&str])] = &[
    ("keys-present", &["P", "Esc"]),
    ("keys-present-next", &["→", "Space", "PageDown"]),
    ("keys-present-back", &["←", "Shift+Space", "PageUp"]),
    ("keys-present-ends", &["Home", "End"]),
    ("keys-present-go", &["G"]),
    ("keys-present-size", &["+", "-"]),
    ("keys-present-arrange", &["E", "Shift+E"]),
    ("keys-present-part", &["W", "Shift+W"]),
    ("keys-present-predict", &["V"]),
    ("keys-present-keep", &["Shift+1 … 9"]),
    ("keys-present-return", &["1 … 9"]),
    ("keys-present-before", &["0"]),
    ("keys-present-reset", &["R"]),
    ("keys-present-speaker", &["S"]),
    ("keys-present-link", &["Q"]),
    ("keys-present-workshop", &["O"]),
    ("keys-present-item", &["]", "["]),
    ("keys-present-blank", &["B", "."]),
    ("keys-present-fullscreen", &["F"]),
];

/// Whether single keys do nothing.
pub fn keys_are_off() -> bool {
    keeps_off(OFF)
}

/// Has single keys do nothing, or something again.
pub fn set_keys_off(off: bool) {
    set_keeps_off(OFF, off);
}

/// Calls `run` with what is asked for by a key, and `leave` when Escape has nothing else to close. While presenter mode is
/// off, `p` alone does anything.
#[hook]
pub fn use_keys(on: bool, run: Callback<Command>, leave: Callback<()>) {
    use_effect_with((on, run, leave), |(on, run, leave)| {
        let (on, run, leave) = (*on, run.clone(), leave.clone());
        let document = gloo::utils::document();
        // Before anything in the page has a key, so that a number is a snapshot also where the graph has the focus.
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        // The editor takes Escape also for offers that are still on their way.
        let offers = Rc::new(Cell::new(false));
        let offered = Rc::clone(&offers);
        let asks = EventListener::new_with_options(&document, "keydown", options, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            // Most keys are typed: nothing is looked for in the whole page that they do not need.
            offers.set(event.key() == "Escape" && is_there(OFFERS));
            if let Some(command) = asked_by(event).filter(|command| on || *command == Command::Toggle) {
                event.prevent_default();
                event.stop_propagation();
                run.emit(command);
            }
        });
        // Escape is for what is open in the page first.
        let leaves = on.then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&gloo::utils::document(), "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let field = target(event).filter(is_field);
                let taken = event.default_prevented() && (field.is_none() || offered.get());
                if event.key() != "Escape" || event.is_composing() || taken || is_there(CLOSES) {
                    return;
                }
                match field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                    Some(field) => drop(field.blur()),
                    None => leave.emit(()),
                }
            })
        });
        move || drop((asks, leaves))
    });
}

/// Opens the list of keys.
pub fn show_keys() {
    let button = gloo::utils::document().query_selector(LIST).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

fn asked_by(event: &KeyboardEvent) -> Option<Command> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return None;
    }
    let (key, code) = (event.key(), event.code());
    let command = command(&Press { key: &key, code: &code, shift: event.shift_key() })?;
    let target = target(event);
    let within = |selector: &str| target.as_ref().is_some_and(|target| is_within(target, selector));
    let taken = within(FIELDS)
        || (key == " " && within(SPACE))
        || (key.starts_with("Arrow") || key == "Home" || key == "End") && within(ARROWS)
        // there it is one more and one fewer
        || (matches!(command, Command::Size(_)) && within(".tally__answer"));
    let is_character = key.chars().count() == 1 && key != " ";
    (!(taken || is_there(OVER) || is_character && keys_are_off())).then_some(command)
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into::<Element>().ok())
}

fn is_field(target: &Element) -> bool {
    is_within(target, FIELDS)
}

fn is_within(target: &Element, selector: &str) -> bool {
    target.closest(selector).ok().flatten().is_some()
}

fn is_there(selector: &str) -> bool {
    gloo::utils::document().query_selector(selector).ok().flatten().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str, code: &str, shift: bool) -> Option<Command> {
        command(&Press { key, code, shift })
    }

    #[test]
    fn numbers_are_snapshots_on_every_keyboard() {
        assert_eq!(of("3", "Digit3", false), Some(Command::Return(3)));
        assert_eq!(of("#", "Digit3", true), Some(Command::Keep(3)));
        assert_eq!(of("\"", "Digit3", false), Some(Command::Return(3)), "a French keyboard");
        assert_eq!(of("0", "Numpad0", false), Some(Command::Return(0)));
        assert_eq!(of(")", "Digit0", true), None, "what was left is not kept by hand");
    }

    #[test]
    fn the_keys_of_slides_do_what_they_do_there() {
        assert_eq!(of("PageDown", "PageDown", false), Some(Command::Next), "a remote control");
        assert_eq!(of(" ", "Space", true), Some(Command::Back));
        assert_eq!(of(".", "Period", false), Some(Command::Blank));
        assert_eq!(of("z", "KeyZ", false), None);
    }
}
