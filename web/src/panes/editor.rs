use report::{LineIndex, Report};
use session::Action;
use wasm_bindgen::JsValue;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::editor_code::{Listener, Names, use_code_editor, use_painting};
use super::editor_lines::{Gutter, Overlay};
use super::editor_moving::use_moving;
use super::editor_surface::use_surface;
use super::editor_typing::{AT_ONCE, use_typing};
use crate::assist::Assist;
use crate::editing::{CHUNK, LINE_HEIGHT, drawn_lines, has_long_line, line_of_utf16};
use crate::presenter::use_presenter;
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::use_locale;

/// The id of the text that says how to work in the editor.
const HELP: &str = "editor-help";
/// The same, and that of the text about the keys that the text area has not got.
const HELP_AND_KEYS: &str = "editor-help editor-keys";

/// A wish to see a line: each has its own number, so that the same line can be wished for again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goto {
    /// Counts wishes; 0 is none.
    pub serial: usize,
    /// The line, from 1.
    pub line: usize,
}

/// The properties of [`Editor`].
#[derive(Properties, PartialEq)]
pub struct EditorProps {
    /// The path of the file.
    pub path: AttrValue,
    /// Its text, as the state has it.
    pub text: AttrValue,
    /// What is known of the text, where it is the Dockerfile.
    pub report: Option<Shared<Report>>,
    /// Whether nothing can be typed.
    #[prop_or_default]
    pub locked: bool,
    /// The step that is pointed at elsewhere.
    pub focus: Option<usize>,
    /// A line to show.
    pub goto: Goto,
    /// Called with the path and the text of the file that was typed in.
    pub ontype: Callback<(AttrValue, AttrValue)>,
    /// Called with the line, from 1, that the caret is moved to.
    pub online: Callback<usize>,
    /// What can be asked of the Dockerfile.
    #[prop_or_default]
    pub assist: Assist,
}

/// A text area that the browser owns, with a coloured copy of the visible lines behind it; and the editor that takes its
/// place once it is there.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let surface = use_surface();
    let (frame, host) = (use_node_ref(), use_node_ref());
    let chunk = use_state(|| 0_usize);
    let files = props.assist.state().map_or(0, |state| state.project.context.len());
    let typing = use_typing(&surface, &frame, &props.path, &props.text, files, &props.ontype);
    let moving = use_moving(&surface, props, &typing.flush);
    let label = locale.f("editor-label", &[("path", props.path.to_string().into())]);
    let names = Names { label: label.clone(), description: HELP_AND_KEYS, locale: locale.clone() };
    let of_session = |action: Action| {
        let (flush, dispatch) = (typing.flush.clone(), dispatch.clone());
        Callback::from(move |()| {
            flush.emit(());
            dispatch.emit(action.clone());
        })
    };
    let listener = Listener {
        reorder: moving.onmove.clone(),
        changed: typing.on_text.clone(),
        flush: typing.flush.clone(),
        moved: props.online.clone(),
        undo: of_session(Action::Undo),
        redo: of_session(Action::Redo),
        complete: {
            let (assist, report) = (props.assist.clone(), props.report.clone());
            let (surface, locale) = (surface.clone(), locale.clone());
            Callback::from(move |(at, explicit): (usize, bool)| match (&report, surface.text()) {
                (Some(_), Some(text)) => assist.offers(&locale, &text, at, explicit),
                _ => js_sys::Array::new().into(),
            })
        },
        hover: {
            let (assist, report, text) = (props.assist.clone(), props.report.clone(), props.text.clone());
            let locale = locale.clone();
            Callback::from(move |at: usize| match &report {
                Some(report) => assist.note(&locale, &text, at, report),
                None => JsValue::UNDEFINED,
            })
        },
    };
    let there = use_code_editor(&surface, &host, &names, listener);
    use_painting(&surface, there, &props.text, props.report.clone(), props.focus, &locale);

    use_effect_with((there, props.locked), {
        let surface = surface.clone();
        move |(_, locked)| surface.code().iter().for_each(|code| code.lock(*locked))
    });

    use_effect_with(props.goto, {
        let surface = surface.clone();
        move |goto| {
            if goto.serial > 0 {
                surface.goto(goto.line);
            }
        }
    });

    let presenter = use_presenter();
    let spot = presenter
        .as_ref()
        .zip(props.report.as_ref())
        .and_then(|(presenter, report)| report.steps.get(presenter.stepped(report)?.spot?).map(|step| step.line));
    use_effect_with(spot, {
        let surface = surface.clone();
        move |spot| spot.iter().for_each(|line| surface.reveal(*line))
    });

    let area = &surface.area;
    let onscroll = {
        let (area, frame, chunk) = (area.clone(), frame.clone(), chunk.clone());
        Callback::from(move |_: Event| {
            let (Some(area), Some(frame)) = (area.cast::<HtmlElement>(), frame.cast::<HtmlElement>()) else {
                return;
            };
            let style = frame.style();
            let _ = style.set_property("--scroll-y", &format!("{}px", -area.scroll_top()));
            let _ = style.set_property("--scroll-x", &format!("{}px", -area.scroll_left()));
            let line = usize::try_from(area.scroll_top()).unwrap_or(0) / LINE_HEIGHT as usize;
            if *chunk != line / CHUNK {
                chunk.set(line / CHUNK);
            }
        })
    };
    let onmove = {
        let (area, online) = (area.clone(), props.online.clone());
        Callback::from(move |()| {
            let Some(area) = area.cast::<HtmlTextAreaElement>().filter(|a| a.text_length() as usize <= AT_ONCE) else {
                return;
            };
            if let Ok(Some(at)) = area.selection_start() {
                online.emit(line_of_utf16(&area.value(), at as usize));
            }
        })
    };
    let onkeydown = {
        let (flush, area, onmove) = (typing.flush.clone(), area.clone(), moving.onmove.clone());
        // Builds are asked for with Ctrl+Enter: what was typed until then belongs to them.
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                flush.emit(());
            }
            let arrow = matches!(event.key().as_str(), "ArrowUp" | "ArrowDown");
            let alone = !(event.shift_key() || event.ctrl_key() || event.meta_key() || event.is_composing());
            if let Some(area) = area.cast::<HtmlTextAreaElement>().filter(|_| arrow && event.alt_key() && alone) {
                let at = area.selection_start().ok().flatten().unwrap_or_default();
                if onmove.emit((at as usize, event.key() == "ArrowUp")) {
                    event.prevent_default();
                }
            }
        })
    };

    let index = use_memo(props.text.clone(), |text| LineIndex::new(text));
    let coloured = use_memo(props.text.clone(), |text| !has_long_line(text));
    let lines = drawn_lines(*chunk, index.line_count());
    let report = props.report.clone().filter(|_| *coloured);
    html! {
        <div class="editor" ref={frame} data-coloured={report.is_some().to_string()}
            style={format!("--line-height: {LINE_HEIGHT}px")}>
            <div class="editor__code" ref={host} hidden={!there} />
            <Gutter start={lines.start} end={if there { lines.start } else { lines.end }} report={props.report.clone().filter(|_| !there)} />
            <div class="editor__area" hidden={there}>
                <div class="editor__behind" aria-hidden="true">
                    <Overlay text={props.text.clone()} start={lines.start} end={lines.end} report={report.filter(|_| !there)}
                        linked={props.focus} />
                </div>
                <textarea ref={area} class="editor__text" data-editor="" spellcheck="false" autocomplete="off" autocapitalize="off"
                    autocorrect="off" wrap="off" readonly={props.locked}
                    aria-label={label} aria-describedby={HELP}
                    oninput={typing.on_text.reform(|_: InputEvent| ())} onblur={typing.flush.reform(|_: FocusEvent| ())}
                    {onscroll} {onkeydown}
                    onkeyup={onmove.reform(|_: KeyboardEvent| ())} onclick={onmove.reform(|_: MouseEvent| ())} />
            </div>
            <p class="editor__limited" hidden={*coloured}>{ locale.t("editor-limited") }</p>
            <p class="editor__moved" hidden={moving.said.is_empty()}>{ moving.said.clone() }</p>
        </div>
    }
}
