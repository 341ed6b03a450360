use session::{Action, Notice};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{EmbedCode, LinkCode, ShareExports, is_file};
use crate::assist::Assist;
use crate::components::{Icon, Popover, Shape, show_dialog};
use crate::effects::{before_link, file_address};
use crate::presenter::{page_address, use_presenter};
use crate::store::use_dispatch;
use crate::text::{notice, use_locale};
use crate::view::use_view;

/// The name of the file that a session is downloaded as.
const FILE_NAME: &str = "layerlab-session.json";

/// The properties of [`Share`].
#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// Where the state is looked up when a link is asked for.
    pub assist: Assist,
}

/// What is passed on, made when the panel opens.
#[derive(Clone, Default, PartialEq)]
struct Made {
    link: String,
    /// Why there is no link.
    wrong: Option<Notice>,
    /// The address of the session as a file.
    file: String,
    /// What there was before a link was opened.
    before: Option<String>,
}

/// A link to exactly this: files, options, what happened, and the part of the result that is in sight; or a file of it.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let part = use_view().map_or("", |view| view.part.id());
    let made = use_state_eq(Made::default);
    let copied = use_state_eq(|| false);
    let field = use_node_ref();
    let onopen = {
        let (made, copied, assist) = (made.clone(), copied.clone(), props.assist.clone());
        let presenter = use_presenter();
        Callback::from(move |()| {
            copied.set(false);
            if let Some(state) = assist.state() {
                let file = file_address(&session::save(&state));
                let before = before_link();
                let place = presenter.as_ref().filter(|presenter| presenter.at.is_some());
                let place = place.map_or_else(|| part.to_owned(), |presenter| presenter.place(part));
                made.set(match session::link(&state, &place) {
                    Ok(fragment) => Made { link: format!("{}{fragment}", page_address()), wrong: None, file, before },
                    Err(error) => {
                        Made { wrong: Some(Notice::LinkUnreadable { error }), file, before, ..Made::default() }
                    }
                });
            }
        })
    };
    let oncopy = {
        let (made, copied, field) = (made.clone(), copied.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            // Where the clipboard is closed to pages, the text is chosen, to be copied with the keyboard.
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.select();
            }
            let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else { return };
            let (copied, writing) = (copied.clone(), window.navigator().clipboard().write_text(&made.link));
            spawn_local(async move { copied.set(JsFuture::from(writing).await.is_ok()) });
        })
    };
    let onfile = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let file = input.files().and_then(|files| files.get(0));
            input.set_value("");
            if let Some(file) = file {
                let dispatch = dispatch.clone();
                spawn_local(async move {
                    if let Ok(text) = JsFuture::from(file.text()).await {
                        dispatch.emit(Action::Restore(text.as_string().unwrap_or_default()));
                    }
                });
            }
        })
    };
    let onbefore = {
        let (made, dispatch) = (made.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(before) = made.before.clone() {
                dispatch.emit(Action::Restore(before));
            }
        })
    };
    let (dialog, embedded) = (use_node_ref(), use_state_eq(|| None));
    let onembed = {
        let (dialog, embedded, assist) = (dialog.clone(), embedded.clone(), props.assist.clone());
        Callback::from(move |_: MouseEvent| {
            embedded.set(assist.state());
            show_dialog(&dialog);
        })
    };
    let length = made.link.chars().count();
    let wrong = made.wrong.as_ref().map(|wrong| notice(&locale, wrong));
    html! {
        <div class="share-all">
        <Popover button={html! { <span>{ locale.t("share") }</span> }} {onopen}>
            <div class="share">
                <p>{ locale.t("share-about") }</p>
                <input ref={field} type="text" class="share__link" readonly={true} value={made.link.clone()}
                    aria-label={locale.t("share-link")} hidden={wrong.is_some()} />
                <p class="share__wrong" hidden={wrong.is_none()}>{ wrong.clone().unwrap_or_default() }</p>
                <div class="share__row" hidden={wrong.is_some()}>
                    <span class="hint">{ locale.f("share-length", &[("count", length.into())]) }</span>
                    <button type="button" class="button" onclick={oncopy}>
                        <Icon shape={if *copied { Shape::Check } else { Shape::Copy }} />
                        <span>{ locale.t(if *copied { "log-copied" } else { "share-copy" }) }</span>
                    </button>
                </div>
                <p class="hint" hidden={!is_file(&made.link)}>{ locale.t("share-from-disk") }</p>
                <details class="share__code" hidden={wrong.is_some() || is_file(&made.link)}>
                    <summary>{ locale.t("code-label") }</summary>
                    <LinkCode link={made.link.clone()} />
                </details>
                <div class="share__row">
                    <a class="button" download={FILE_NAME} href={made.file.clone()}>{ locale.t("share-download") }</a>
                    <label class="button share__open">
                        { locale.t("share-open") }
                        <input type="file" accept=".json,application/json" onchange={onfile} />
                    </label>
                </div>
                <div class="share__row">
                    <button type="button" class="button" onclick={onembed}>{ locale.t("share-embed") }</button>
                </div>
                <ShareExports assist={props.assist.clone()} />
                <div class="share__row" hidden={made.before.is_none()}>
                    <button type="button" class="button" onclick={onbefore}>{ locale.t("share-before") }</button>
                </div>
            </div>
        </Popover>
        <EmbedCode node={dialog} from={(*embedded).clone()} />
        </div>
    }
}
