use report::{LineIndex, Report};
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::editor_lines::{Gutter, Overlay};
use super::editor_typing::{AT_ONCE, use_typing};
use crate::editing::{CHUNK, LINE_HEIGHT, drawn_lines, has_long_line, line_of_utf16, utf16_range_of_line};
use crate::shared::Shared;
use crate::text::use_locale;

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
    /// The step that is pointed at elsewhere.
    pub focus: Option<usize>,
    /// A line to show.
    pub goto: Goto,
    /// Called with the path and the text of the file that was typed in.
    pub ontype: Callback<(AttrValue, AttrValue)>,
    /// Called with the line, from 1, that the caret is moved to.
    pub online: Callback<usize>,
}

/// A text area that the browser owns, with a coloured copy of the visible lines behind it.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let locale = use_locale();
    let area = use_node_ref();
    let frame = use_node_ref();
    let chunk = use_state(|| 0_usize);
    let typing = use_typing(&area, &frame, &props.path, &props.text, &props.ontype);

    use_effect_with(props.goto, {
        let area = area.clone();
        move |goto| {
            if let (Some(area), true) = (area.cast::<HtmlTextAreaElement>(), goto.serial > 0) {
                let (start, end) = utf16_range_of_line(&area.value(), goto.line);
                let _ = area.focus();
                let _ = area.set_selection_range(start, end);
                let above = goto.line.saturating_sub(4) * LINE_HEIGHT as usize;
                area.set_scroll_top(i32::try_from(above).unwrap_or(i32::MAX));
            }
        }
    });

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
        let flush = typing.flush.clone();
        // Builds are asked for with Ctrl+Enter: what was typed until then belongs to them.
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                flush.emit(());
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
            <Gutter start={lines.start} end={lines.end} report={props.report.clone()} />
            <div class="editor__area">
                <div class="editor__behind" aria-hidden="true">
                    <Overlay text={props.text.clone()} start={lines.start} end={lines.end} {report}
                        linked={props.focus} />
                </div>
                <textarea ref={area} class="editor__text" spellcheck="false" autocomplete="off" autocapitalize="off"
                    autocorrect="off" wrap="off"
                    aria-label={locale.f("editor-label", &[("path", props.path.to_string().into())])}
                    aria-describedby="editor-help"
                    oninput={typing.on_text.reform(|_: InputEvent| ())} onblur={typing.flush.reform(|_: FocusEvent| ())}
                    {onscroll} {onkeydown}
                    onkeyup={onmove.reform(|_: KeyboardEvent| ())} onclick={onmove.reform(|_: MouseEvent| ())} />
            </div>
            <p class="editor__limited" hidden={*coloured}>{ locale.t("editor-limited") }</p>
        </div>
    }
}
