use session::{Language, Source, State, Theme};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::texts;
use crate::components::{Choice, Dialog, Icon, Shape};
use crate::embed::{Content, Form, Options, Shown, code, whole_page};
use crate::text::{LANGUAGES, Locale, use_locale};
use crate::view::{Part, use_view};

/// How high a frame is at first, in pixels.
const HEIGHT: u32 = 480;
/// The heights that can be asked for.
const HEIGHTS: (u32, u32) = (160, 2_000);

/// The views, and what they are called.
const VIEWS: [(Shown, &str); 7] = [
    (Shown::Lesson, "pane-lesson"),
    (Shown::Split, "embed-view-split"),
    (Shown::Editor, "embed-view-editor"),
    (Shown::Part(Part::Graph), "tab-graph"),
    (Shown::Part(Part::Layers), "tab-layers"),
    (Shown::Part(Part::Timeline), "tab-timeline"),
    (Shown::Part(Part::Log), "tab-log"),
];

/// The properties of [`EmbedCode`].
#[derive(Properties, PartialEq)]
pub struct EmbedCodeProps {
    /// The dialog's element, for who opens it.
    pub node: NodeRef,
    /// What the page shows as the dialog opens.
    pub from: Option<std::rc::Rc<State>>,
}

/// Makes the code that shows this, or the open lesson's step, in another page; with the embed itself as it will be there.
#[component]
pub fn EmbedCode(props: &EmbedCodeProps) -> Html {
    let locale = use_locale();
    let part = use_view().map_or("", |view| view.part.id());
    let as_lesson = use_state_eq(|| true);
    let form = use_state_eq(Form::default);
    let height = use_state_eq(|| HEIGHT);
    let chosen = use_state_eq(|| Options { shown: Shown::Lesson, ..Options::default() });
    let copied = use_state_eq(String::new);
    let field = use_node_ref();
    let made =
        use_memo((props.from.clone(), *as_lesson, (*chosen).clone(), part), |(from, as_lesson, chosen, part)| {
            let state = from.as_ref()?;
            let lesson = lesson_of(state);
            let is_lesson = *as_lesson && lesson.is_some();
            let content = match lesson.filter(|_| *as_lesson) {
                Some(lesson) => lesson,
                None => Content::State(session::link(state, part).ok()?.strip_prefix("#s=")?.to_owned()),
            };
            let shown = if chosen.shown == Shown::Lesson && !is_lesson { Shown::Split } else { chosen.shown };
            let link = match &content {
                Content::State(code) => format!("#s={code}"),
                _ => whole_page(state, part),
            };
            Some((Options { content, shown, ..chosen.clone() }, link))
        });
    let title = props.from.as_ref().map(|state| title(&locale, state)).unwrap_or_default();
    let base = base();
    let (text, preview) = match made.as_ref() {
        Some((options, link)) => {
            let link = match &options.content {
                Content::Lesson(Source::Site(id), step) => {
                    crate::route::Route::Lesson(id.clone(), step.clone()).fragment()
                }
                _ => link.clone(),
            };
            let (question, fragment) = options.write();
            let written = code(*form, options, &base, &format!("{base}{link}"), &title, *height);
            (written, format!("{base}embed/{question}{fragment}"))
        }
        None => (String::new(), String::new()),
    };
    let has_lesson = props.from.as_deref().is_some_and(|state| lesson_of(state).is_some());
    let options = made.as_ref().as_ref().map(|(options, _)| options.clone()).unwrap_or_default();
    let change = |with: fn(&mut Options, String)| {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            let mut options = (*chosen).clone();
            with(&mut options, event.target_unchecked_into::<HtmlSelectElement>().value());
            chosen.set(options);
        })
    };
    let check = |name: &str, on: bool, set: fn(&mut Options, bool)| {
        let chosen = chosen.clone();
        let onchange = Callback::from(move |event: Event| {
            let mut options = (*chosen).clone();
            set(&mut options, event.target_unchecked_into::<HtmlInputElement>().checked());
            chosen.set(options);
        });
        html! { <label class="field is-check"><input type="checkbox" checked={on} {onchange} />{ locale.t(name) }</label> }
    };
    let onheight = {
        let height = height.clone();
        Callback::from(move |event: Event| {
            let asked = event.target_unchecked_into::<HtmlInputElement>().value().parse().unwrap_or(HEIGHT);
            height.set(asked.clamp(HEIGHTS.0, HEIGHTS.1));
        })
    };
    let oncopy = {
        let (copied, field, text) = (copied.clone(), field.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            // Where the clipboard is closed to pages, the text is chosen, to be copied with the keyboard.
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                field.select();
            }
            let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else { return };
            let (copied, text) = (copied.clone(), text.clone());
            let writing = window.navigator().clipboard().write_text(&text);
            spawn_local(async move {
                if JsFuture::from(writing).await.is_ok() {
                    copied.set(text);
                }
            });
        })
    };
    let is_copied = !text.is_empty() && *copied == text;
    let what = vec![
        (AttrValue::from("lesson"), locale.t("embed-code-lesson")),
        (AttrValue::from("state"), locale.t("embed-code-state")),
    ];
    let forms = vec![
        (AttrValue::from("frame"), locale.t("embed-code-frame")),
        (AttrValue::from("element"), AttrValue::from("<layer-lab>")),
    ];
    html! {
        <Dialog node={props.node.clone()} id="embed-code-title" title={locale.t("embed-code-title")}>
            if props.from.is_some() {
            <div class="embed-code">
                <div class="embed-code__choices">
                    <div hidden={!has_lesson}>
                        <Choice label={locale.t("embed-code-what")} options={what} chosen={if *as_lesson { "lesson" } else { "state" }}
                            onchoose={let as_lesson = as_lesson.clone(); move |id: AttrValue| as_lesson.set(id == "lesson")} />
                    </div>
                    <label class="field">{ locale.t("embed-code-view") }
                        <select class="select" onchange={change(|options, name| {
                            if let Some((_, shown)) = Shown::ALL.into_iter().find(|(known, _)| *known == name) {
                                options.shown = shown;
                            }
                        })}>
                            { VIEWS.iter().filter(|(shown, _)| *shown != Shown::Lesson || (has_lesson && *as_lesson)).map(|(shown, name)| html! {
                                <option key={shown.name()} value={shown.name()} selected={options.shown == *shown}>{ locale.t(name) }</option>
                            }).collect::<Html>() }
                        </select>
                    </label>
                    <label class="field">{ locale.t("theme") }
                        <select class="select" onchange={change(|options, name| options.theme = match name.as_str() {
                            "light" => Theme::Light,
                            "dark" => Theme::Dark,
                            _ => Theme::System,
                        })}>
                            <option value="system" selected={options.theme == Theme::System}>{ locale.t("theme-system") }</option>
                            <option value="light" selected={options.theme == Theme::Light}>{ locale.t("theme-light") }</option>
                            <option value="dark" selected={options.theme == Theme::Dark}>{ locale.t("theme-dark") }</option>
                        </select>
                    </label>
                    <label class="field">{ locale.t("language") }
                        <select class="select" onchange={change(|options, name| options.language = match name.as_str() {
                            "en" => Some(Language::En),
                            "ja" => Some(Language::Ja),
                            _ => None,
                        })}>
                            <option value="" selected={options.language.is_none()}>{ locale.t("embed-code-readers") }</option>
                            for (tag, name) in LANGUAGES {
                                <option key={tag} value={tag} lang={tag}
                                    selected={options.language.is_some_and(|language| (language == Language::Ja) == (tag == "ja"))}>{ name }</option>
                            }
                        </select>
                    </label>
                    <label class="field">{ locale.t("embed-code-height") }
                        <input type="number" class="embed-code__height" min={HEIGHTS.0.to_string()} max={HEIGHTS.1.to_string()} step="20"
                            value={height.to_string()} disabled={options.auto_height} onchange={onheight} />
                    </label>
                    { check("embed-code-auto", options.auto_height, |options, on| options.auto_height = on) }
                    { check("embed-code-read-only", options.read_only, |options, on| options.read_only = on) }
                    { check("embed-code-click", options.on_click, |options, on| options.on_click = on) }
                </div>
                <div class="embed-code__written">
                    <Choice label={locale.t("embed-code-form")} options={forms} chosen={if *form == Form::Frame { "frame" } else { "element" }}
                        onchoose={let form = form.clone(); move |id: AttrValue| form.set(if id == "frame" { Form::Frame } else { Form::Element })} />
                    <button type="button" class="button is-primary" onclick={oncopy}>
                        <Icon shape={if is_copied { Shape::Check } else { Shape::Copy }} />
                        <span>{ locale.t(if is_copied { "log-copied" } else { "embed-code-copy" }) }</span>
                    </button>
                </div>
                <textarea ref={field} class="embed-code__text" readonly={true} rows="5" spellcheck="false" aria-label={locale.t("embed-code-code")} value={text} />
                <p class="hint">{ locale.t("embed-code-about") }</p>
                if !preview.is_empty() {
                    <iframe key={preview.clone()} class="embed-code__preview" src={preview.clone()} title={locale.t("embed-code-preview")}
                        style={format!("height: {}px", if options.auto_height { HEIGHT } else { *height })}></iframe>
                }
            </div>
            }
        </Dialog>
    }
}

/// The lesson that is open, at its step; of a file there is no address.
fn lesson_of(state: &State) -> Option<Content> {
    let study = state.study.as_ref().filter(|study| study.source != Source::File)?;
    Some(Content::Lesson(study.source.clone(), study.current().map(|step| step.id.clone())))
}

fn title(locale: &Locale, state: &State) -> String {
    match &state.study {
        Some(study) => texts(locale, study).map_or_else(|| study.id.clone(), |texts| texts.title.clone()),
        None if state.project.name.is_empty() => state.project.dockerfile().to_owned(),
        None => state.project.name.clone(),
    }
}

/// The address of the folder that the page is in.
fn base() -> String {
    let base = gloo::utils::document().base_uri().ok().flatten().unwrap_or_default();
    let plain = base.split(['#', '?']).next().unwrap_or_default();
    plain.rfind('/').and_then(|end| plain.get(..=end)).unwrap_or(plain).to_owned()
}
