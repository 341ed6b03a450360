use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::components::{Dialog, Icon, Shape, show_dialog};
use crate::effects::{keeps_off, set_keeps_off};
use crate::presenter::{ROWS, keys_are_off, set_keys_off, use_presenter};
use crate::text::use_locale;

/// The key that opens the list, and where it is kept that it is not to: single keys are in the way of who speaks to the
/// computer.
const LIST: &str = "?";
const LIST_OFF: &str = "layerlab-list-key-off";

/// Where one types: there a single key is a character.
pub const FIELDS: &str = "input:not([type=checkbox], [type=range]), textarea, select, [contenteditable=true]";

/// Something that keys do: the message that says it, and the ways to do it. The keys of one press are joined by `+`; `Mod`
/// is Ctrl, and Command on a Mac.
type Row = (&'static str, &'static [&'static str]);

/// What keys do, part by part of the page: the message of the part's name, and its rows.
pub const KEYS: [(&str, &[Row]); 7] = [
    ("keys-page", &[("keys-build", &["Mod+Enter"]), ("keys-list", &[LIST]), ("keys-close", &["Esc"])]),
    (
        "keys-editor",
        &[
            ("keys-offer", &["Ctrl+Space"]),
            ("keys-explain", &["Mod+I"]),
            ("keys-find", &["Mod+F"]),
            ("keys-find-next", &["F3", "Shift+F3"]),
            ("keys-undo", &["Mod+Z"]),
            ("keys-redo", &["Mod+Y", "Ctrl+Shift+Z"]),
            ("keys-indent", &["Mod+]", "Mod+["]),
            ("keys-comment", &["Mod+/"]),
            ("keys-move-line", &["Alt+↑", "Alt+↓"]),
            ("keys-copy-line", &["Shift+Alt+↑", "Shift+Alt+↓"]),
            ("keys-delete-line", &["Shift+Mod+K"]),
            ("keys-leave", &["Tab", "Shift+Tab"]),
        ],
    ),
    ("keys-tabs", &[("keys-tab", &["←", "→", "Home", "End"]), ("keys-close-tab", &["Delete"])]),
    (
        "keys-files",
        &[
            ("keys-file", &["↑", "↓", "Home", "End"]),
            ("keys-fold", &["←", "→"]),
            ("keys-open", &["Enter"]),
            ("keys-rename", &["F2"]),
            ("keys-delete", &["Delete"]),
        ],
    ),
    (
        "keys-graph",
        &[
            ("keys-scroll", &["←", "→", "↑", "↓"]),
            ("keys-zoom", &["+", "-"]),
            ("keys-fit", &["0"]),
            ("keys-whole", &["1"]),
        ],
    ),
    ("keys-play", &[("keys-moment", &["←", "→"]), ("keys-ends", &["Home", "End"]), ("keys-toggle", &["Space"])]),
    ("keys-presenter", ROWS),
];

/// A button that opens the list of what keys do, and the dialog that holds it; `?` opens it, too.
#[component]
pub fn Keys() -> Html {
    let locale = use_locale();
    let dialog = use_node_ref();
    let open = use_state_eq(|| false);
    let off = use_state_eq(|| false);
    let presenter_off = use_state_eq(|| false);
    let show = {
        let (open, off, dialog) = (open.setter(), off.setter(), dialog.clone());
        let presenter_off = presenter_off.setter();
        move || {
            off.set(keeps_off(LIST_OFF));
            presenter_off.set(keys_are_off());
            open.set(true);
            show_dialog(&dialog);
        }
    };
    use_effect_with((), {
        let show = show.clone();
        move |()| {
            let options = EventListenerOptions::enable_prevent_default();
            let listener =
                EventListener::new_with_options(&gloo::utils::document(), "keydown", options, move |event: &Event| {
                    if event.dyn_ref::<KeyboardEvent>().is_some_and(asks_for_list) && !keeps_off(LIST_OFF) {
                        event.prevent_default();
                        show();
                    }
                });
            move || drop(listener)
        }
    });
    let onoff = {
        let off = off.clone();
        Callback::from(move |event: Event| {
            let is_off = !event.target_unchecked_into::<HtmlInputElement>().checked();
            set_keeps_off(LIST_OFF, is_off);
            off.set(is_off);
        })
    };
    let onpresenter = {
        let off = presenter_off.clone();
        Callback::from(move |event: Event| {
            let is_off = !event.target_unchecked_into::<HtmlInputElement>().checked();
            set_keys_off(is_off);
            off.set(is_off);
        })
    };
    let name = locale.t("keys-button");
    html! {
        <div class="keys">
            <button type="button" class="button is-icon" title={name.clone()} aria-label={name} aria-haspopup="dialog"
                aria-keyshortcuts={LIST} onclick={move |_: MouseEvent| show()}><Icon shape={Shape::Keyboard} /></button>
            <Dialog node={dialog} id="keys-title" title={locale.t("keys-title")}>
                if *open {
                    <KeyList mac={is_mac()} />
                    <label class="field is-check">
                        <input type="checkbox" checked={!*off} onchange={onoff} />{ locale.t("keys-list-on") }
                    </label>
                    <label class="field is-check">
                        <input type="checkbox" checked={!*presenter_off} onchange={onpresenter} />{ locale.t("keys-presenter-on") }
                    </label>
                }
            </Dialog>
        </div>
    }
}

/// The properties of [`KeyList`].
#[derive(Properties, PartialEq)]
pub struct KeyListProps {
    /// Whether the keys are those of a Mac.
    pub mac: bool,
}

/// What keys do, part by part of the page.
#[component]
pub fn KeyList(props: &KeyListProps) -> Html {
    let locale = use_locale();
    let press = |press: &'static str| {
        let keys = press.split('+').filter(|key| !key.is_empty());
        // The plus itself is what is left of it.
        let keys: Vec<&str> = if press == "+" { vec!["+"] } else { keys.collect() };
        html! { <span key={press} class="press">{ for keys.into_iter().map(|key| html! { <kbd>{ named(key, props.mac) }</kbd> }) }</span> }
    };
    // What is wanted in presenter mode comes first there.
    let mut parts = KEYS;
    if use_presenter().is_some_and(|presenter| presenter.on) {
        parts.rotate_right(1);
    }
    html! {
        <div class="keys__parts">
            { parts.into_iter().map(|(part, rows)| html! {
                <section key={part}>
                    <h3>{ locale.t(part) }</h3>
                    <dl class="keys__rows">
                        { rows.iter().map(|(what, presses)| html! {
                            <div key={*what} class="keys__row">
                                <dt>{ locale.t(what) }</dt>
                                <dd lang="en">{ presses.iter().map(|keys| press(keys)).collect::<Html>() }</dd>
                            </div>
                        }).collect::<Html>() }
                    </dl>
                </section>
            }).collect::<Html>() }
        </div>
    }
}

/// What is written on a key.
fn named(key: &'static str, mac: bool) -> &'static str {
    match (key, mac) {
        ("Mod", true) => "⌘",
        ("Mod", false) => "Ctrl",
        ("Alt", true) => "⌥",
        ("Shift", true) => "⇧",
        ("-", _) => "−",
        _ => key,
    }
}

fn is_mac() -> bool {
    let agent = gloo::utils::window().navigator().user_agent().unwrap_or_default();
    ["Macintosh", "iPhone", "iPad"].iter().any(|name| agent.contains(name))
}

/// Whether a key asks for the list, and is not typed.
fn asks_for_list(event: &KeyboardEvent) -> bool {
    let with_others = event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let typed = target.is_some_and(|target| target.closest(FIELDS).ok().flatten().is_some());
    event.key() == LIST && !with_others && !typed
}
