use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use session::import::{Assembled, Found, Listing, assemble, give_dockerfile, read_listing};
use session::{Action, DOCKERFILE, Options, Project};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, DragEvent, FileSystemEntry, HtmlDialogElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::OwnFound;
use crate::components::{Dialog, Icon, Shape, show_dialog};
use crate::folder::{Folder, chosen, dropped, looked_through, read};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::use_locale;

/// The commands whose output can be pasted.
const COMMANDS: [&str; 4] = [
    "find . -type f -printf '%s %p\\n'",
    "find . -type f -exec stat -f '%z %N' {} +",
    "git ls-files -s",
    "tar tvf project.tar",
];

/// A listing of more bytes is not put into the text area when it is pasted, but read all the same.
const LONG_LISTING: usize = 100_000;
/// The lines of such a listing that are shown.
const LINES_SHOWN: usize = 100;

/// How far the reading of a folder is.
#[derive(Clone, PartialEq)]
enum At {
    Nothing,
    Looking(usize),
    Reading(usize, usize),
    Found(Shared<Assembled>, Rc<Rest>),
}

/// What is told of a project besides.
#[derive(Clone, Default, PartialEq)]
struct Rest {
    listing: Listing,
    lost: usize,
}

/// A button that opens the reader's own project, and the dialog in which it is chosen, dropped or pasted. A folder can be
/// dropped anywhere on the page.
#[component]
pub fn OwnProject() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let dialog = use_node_ref();
    let (listing, dockerfile) = (use_node_ref(), use_node_ref());
    let at = use_state_eq(|| At::Nothing);
    let given = use_state_eq(|| false);
    let dragging = use_state_eq(|| false);
    // What was begun later counts.
    let serial = use_mut_ref(|| 0_usize);
    let onfolder = {
        let (at, serial) = (at.setter(), Rc::clone(&serial));
        use_callback((), move |folder: Picking, ()| {
            *serial.borrow_mut() += 1;
            let mine = *serial.borrow();
            let tell = {
                let (at, serial) = (at.clone(), Rc::clone(&serial));
                move |now: At| {
                    if *serial.borrow() == mine {
                        at.set(now);
                    }
                }
            };
            spawn_local(async move {
                let folder = match folder {
                    Picking::Chosen(folder) => folder,
                    Picking::Dropped(entries) => looked_through(entries, &|count| tell(At::Looking(count))).await,
                };
                let count = folder.files.len();
                tell(At::Reading(0, count));
                let found = read(&folder.files, &|done| tell(At::Reading(done, count))).await;
                tell(made_of(found, folder.name, Rest { lost: folder.lost, ..Rest::default() }));
            });
        })
    };
    let onpage = {
        let (dialog, onfolder) = (dialog.clone(), onfolder.clone());
        use_callback((), move |entries: Vec<FileSystemEntry>, ()| {
            show_dialog(&dialog);
            onfolder.emit(Picking::Dropped(entries));
        })
    };
    use_drops(&onpage, &dragging);
    let onshow = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| show_dialog(&dialog))
    };
    let onchoose = onfolder.reform(|event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let folder = input.files().map(|files| chosen(&files)).unwrap_or_default();
        input.set_value("");
        Picking::Chosen(folder)
    });
    let cut = use_state_eq(|| 0_usize);
    let onlisting = {
        let at = at.clone();
        Callback::from(move |text: String| {
            *serial.borrow_mut() += 1;
            at.set(if text.trim().is_empty() {
                At::Nothing
            } else {
                let mut listing = read_listing(&text);
                let found = std::mem::take(&mut listing.found);
                made_of(found, String::new(), Rest { listing, lost: 0 })
            });
        })
    };
    let onlist = {
        let (cut, listing) = (cut.clone(), listing.clone());
        onlisting.reform(move |_: InputEvent| {
            cut.set(0);
            text_in(&listing)
        })
    };
    let onpaste = {
        let (cut, listing) = (cut.clone(), listing.clone());
        Callback::from(move |event: Event| {
            let text = pasted(&event);
            let Some(area) = listing.cast::<HtmlTextAreaElement>().filter(|_| text.len() > LONG_LISTING) else {
                return;
            };
            // A text area takes seconds over so many lines.
            event.prevent_default();
            let shown: Vec<&str> = text.lines().take(LINES_SHOWN).collect();
            area.set_value(&shown.join("\n"));
            cut.set(text.lines().count());
            onlisting.emit(text);
        })
    };
    let ondockerfile = {
        let (given, dockerfile) = (given.clone(), dockerfile.clone());
        Callback::from(move |_: InputEvent| given.set(!text_in(&dockerfile).trim().is_empty()))
    };
    let onopen = {
        let (at, given, dockerfile, listing) = (at.clone(), given.clone(), dockerfile.clone(), listing.clone());
        let (dialog, cut, name) = (dialog.clone(), cut.clone(), locale.t("own-name"));
        Callback::from(move |_: MouseEvent| {
            let now = now();
            let mut made = match &*at {
                At::Found(made, _) => (**made).clone(),
                _ => Assembled::default(),
            };
            if *given {
                give_dockerfile(&mut made, &text_in(&dockerfile), now);
            }
            let Some(path) = made.dockerfile else { return };
            let name = if made.folder.is_empty() { name.to_string() } else { made.folder };
            let file = if path == DOCKERFILE { String::new() } else { path };
            let options = Options { file, ..Options::default() };
            dispatch.emit(Action::OpenOwn(Box::new(Project {
                name,
                context: made.context,
                options,
                ..Project::default()
            })));
            at.set(At::Nothing);
            given.set(false);
            cut.set(0);
            for area in [&dockerfile, &listing] {
                if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                    area.set_value("");
                }
            }
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    let ready = *given || matches!(&*at, At::Found(made, _) if made.dockerfile.is_some());
    let busy = matches!(*at, At::Looking(_) | At::Reading(..));
    html! {
        <div class="own">
            <button type="button" class="button" onclick={onshow} aria-haspopup="dialog"
                aria-label={locale.t("own-button")} title={locale.t("own-title")}>
                <Icon shape={Shape::Folder} /><span>{ locale.t("own-button") }</span>
            </button>
            <div class="own__veil" hidden={!*dragging}><p>{ locale.t("own-drop-now") }</p></div>
            <Dialog node={dialog} id="own-title" title={locale.t("own-title")}>
                <p class="own__private"><Icon shape={Shape::Info} /><span>{ locale.t("own-private") }</span></p>
                <div class="own__drop">
                    <label class="button own__choose">
                        <Icon shape={Shape::Folder} /><span>{ locale.t("own-folder") }</span>
                        <input type="file" webkitdirectory={true} multiple={true} onchange={onchoose} />
                    </label>
                    <span class="hint">{ locale.t("own-drop") }</span>
                </div>
                <details class="own__paste">
                    <summary>{ locale.t("own-list") }</summary>
                    <p class="hint">{ locale.t("own-list-hint") }</p>
                    <ul class="own__commands">
                        { COMMANDS.iter().map(|command| html! { <li key={*command}><code>{ *command }</code></li> }).collect::<Html>() }
                    </ul>
                    <textarea ref={listing} class="own__text" rows="6" spellcheck="false" autocomplete="off" wrap="off"
                        aria-label={locale.t("own-list-label")} oninput={onlist} {onpaste} />
                    <p class="hint" hidden={*cut == 0}>
                        { locale.f("own-list-cut", &[("shown", LINES_SHOWN.into()), ("count", (*cut).into())]) }
                    </p>
                </details>
                <label class="own__label">
                    <span>{ locale.t("own-dockerfile") }</span><span class="hint">{ locale.t("own-dockerfile-hint") }</span>
                    <textarea ref={dockerfile} class="own__text" rows="5" spellcheck="false" autocomplete="off" wrap="off"
                        oninput={ondockerfile} />
                </label>
                <div class="own__result" role="status" aria-busy={busy.to_string()}>{ match &*at {
                    At::Nothing => Html::default(),
                    At::Looking(count) => html! { <p>{ locale.f("own-looking", &[("count", (*count).into())]) }</p> },
                    At::Reading(done, all) => html! {
                        <p>{ locale.f("own-reading", &[("done", (*done).into()), ("count", (*all).into())]) }</p>
                    },
                    At::Found(made, rest) => html! {
                        <OwnFound made={made.clone()} format={rest.listing.format} unread={rest.listing.unread.clone()}
                            unread_count={rest.listing.unread_count} lost={rest.lost} given={*given} />
                    },
                } }</div>
                <div class="own__foot">
                    <span class="hint">{ locale.t("own-undo") }</span>
                    <button type="button" class="button is-primary" disabled={!ready} onclick={onopen}>{ locale.t("own-open") }</button>
                </div>
            </Dialog>
        </div>
    }
}

/// A folder that was chosen, or what was dropped and is to be looked through.
enum Picking {
    Chosen(Folder),
    Dropped(Vec<FileSystemEntry>),
}

fn made_of(found: Vec<Found>, name: String, rest: Rest) -> At {
    let mut made = assemble(found, now());
    if !name.is_empty() {
        made.folder = name;
    }
    At::Found(Shared::new(Rc::new(made)), Rc::new(rest))
}

/// The text that is pasted.
fn pasted(event: &Event) -> String {
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    data.and_then(|data| data.get_data("text").ok()).unwrap_or_default()
}

fn text_in(area: &NodeRef) -> String {
    area.cast::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far from the end of an i64")]
fn now() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}

/// Calls `ondrop` with what is dropped on the page, and sets `dragging` while something hovers over it. The editor would
/// put a file's text in.
#[hook]
fn use_drops(ondrop: &Callback<Vec<FileSystemEntry>>, dragging: &UseStateHandle<bool>) {
    let dragging = dragging.setter();
    use_effect_with(ondrop.clone(), move |ondrop| {
        let listeners = ["dragenter", "dragover", "dragleave", "drop"].map(|name| {
            let (ondrop, dragging) = (ondrop.clone(), dragging.clone());
            let options = EventListenerOptions { passive: false, ..EventListenerOptions::run_in_capture_phase() };
            EventListener::new_with_options(&document(), name, options, move |event| {
                let Some(drag) = event.dyn_ref::<DragEvent>() else { return };
                let Some(transfer) = drag.data_transfer().filter(|t| t.types().includes(&"Files".into(), 0)) else {
                    return;
                };
                event.stop_propagation();
                event.prevent_default();
                match name {
                    "drop" => {
                        dragging.set(false);
                        ondrop.emit(dropped(&transfer));
                    }
                    // only what leaves the page itself goes nowhere
                    "dragleave" => dragging.set(drag.related_target().is_some()),
                    _ => dragging.set(true),
                }
            })
        });
        move || drop(listeners)
    });
}
