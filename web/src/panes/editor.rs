use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use report::{LineIndex, Report};
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::editor_lines::{Gutter, Overlay};
use crate::editing::{
    CHUNK, LINE_HEIGHT, drawn_lines, has_long_line, line_of_utf16, utf16_range_of_line,
};
use crate::shared::Shared;
use crate::text::use_locale;

/// Texts up to this many bytes are analysed at every key.
const AT_ONCE: usize = 20_000;
/// How long typing must rest before a text is analysed that is larger, in milliseconds for each 100 kB.
const REST_MS: u32 = 150;

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
    /// Called with the text after typing.
    pub ontype: Callback<AttrValue>,
    /// Called with the line, from 1, that the caret is moved to.
    pub online: Callback<usize>,
}

/// What the editor remembers between renders without drawing anything.
#[derive(Default)]
struct Memory {
    /// The text that the element had when it was last written to or reported: what the state is known to have.
    known: AttrValue,
    path: AttrValue,
    composing: bool,
    timer: Option<Timeout>,
}

/// A text area that the browser owns, with a coloured copy of the visible lines behind it.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let locale = use_locale();
    let area = use_node_ref();
    let frame = use_node_ref();
    let chunk = use_state(|| 0_usize);
    let memory = use_mut_ref(Memory::default);

    // Reports what stands in the element, unless that is known already.
    let flush = {
        let (area, memory, ontype) = (area.clone(), Rc::clone(&memory), props.ontype.clone());
        Callback::from(move |()| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else {
                return;
            };
            let text = AttrValue::from(area.value());
            let news = {
                let mut memory = memory.borrow_mut();
                memory.timer = None;
                let news = text != memory.known;
                memory.known = text.clone();
                news
            };
            if news {
                ontype.emit(text);
            }
        })
    };
    let on_text = {
        let (area, frame, memory, flush) = (
            area.clone(),
            frame.clone(),
            Rc::clone(&memory),
            flush.clone(),
        );
        Callback::from(move |()| {
            let Some(length) = area
                .cast::<HtmlTextAreaElement>()
                .map(|area| area.text_length())
            else {
                return;
            };
            let rest = (length as usize).checked_div(100_000).map_or(1, |n| n + 1);
            if memory.borrow().composing {
                set_stale(&frame, true);
            } else if length as usize <= AT_ONCE {
                flush.emit(());
            } else {
                set_stale(&frame, true);
                let flush = flush.clone();
                let rest = REST_MS.saturating_mul(u32::try_from(rest).unwrap_or(8).min(8));
                memory.borrow_mut().timer = Some(Timeout::new(rest, move || flush.emit(())));
            }
        })
    };

    // The state's text goes into the element only where it is not what the element reported: another file, undo.
    use_effect_with((props.path.clone(), props.text.clone()), {
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
    use_effect_with((), {
        let (area, memory, on_text) = (area.clone(), Rc::clone(&memory), on_text.clone());
        move |()| {
            let listeners = area.cast::<HtmlElement>().map(|area| {
                let started = Rc::clone(&memory);
                let start = EventListener::new(&area, "compositionstart", move |_| {
                    started.borrow_mut().composing = true
                });
                let end = EventListener::new(&area, "compositionend", move |_| {
                    memory.borrow_mut().composing = false;
                    on_text.emit(());
                });
                (start, end)
            });
            move || drop(listeners)
        }
    });
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
            let (Some(area), Some(frame)) =
                (area.cast::<HtmlElement>(), frame.cast::<HtmlElement>())
            else {
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
            let Some(area) = area
                .cast::<HtmlTextAreaElement>()
                .filter(|a| a.text_length() as usize <= AT_ONCE)
            else {
                return;
            };
            if let Ok(Some(at)) = area.selection_start() {
                online.emit(line_of_utf16(&area.value(), at as usize));
            }
        })
    };
    let onkeydown = {
        let flush = flush.clone();
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
                    oninput={on_text.reform(|_: InputEvent| ())} onblur={flush.reform(|_: FocusEvent| ())}
                    {onscroll} {onkeydown}
                    onkeyup={onmove.reform(|_: KeyboardEvent| ())} onclick={onmove.reform(|_: MouseEvent| ())} />
            </div>
            <p class="editor__limited" hidden={*coloured}>{ locale.t("editor-limited") }</p>
        </div>
    }
}

/// While the coloured copy is behind the text, the text itself is shown.
fn set_stale(frame: &NodeRef, stale: bool) {
    if let Some(frame) = frame.cast::<HtmlElement>() {
        let _ = frame.toggle_attribute_with_force("data-stale", stale);
    }
}
