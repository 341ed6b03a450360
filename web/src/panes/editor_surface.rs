//! Where the text stands: in the text area, or in the editor that has taken its place. The browser owns it there.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::code_editor::CodeEditor;
use crate::editing::{LINE_HEIGHT, utf16_range_of_line};

/// The text area, and the editor once there is one.
#[derive(Clone)]
pub struct Surface {
    /// The text area.
    pub area: NodeRef,
    code: Rc<RefCell<Option<CodeEditor>>>,
    /// Whether an input method is at work in the text area, and what waits for it to be done.
    composing: Rc<Cell<bool>>,
    waiting: Rc<RefCell<Option<Waiting>>>,
}

type Waiting = Box<dyn FnOnce()>;

impl PartialEq for Surface {
    fn eq(&self, other: &Surface) -> bool {
        Rc::ptr_eq(&self.code, &other.code)
    }
}

/// The surface of a component.
#[hook]
pub fn use_surface() -> Surface {
    let (area, code, waiting) = (use_node_ref(), use_mut_ref(|| None), use_mut_ref(|| None));
    let composing = use_memo((), |()| Cell::new(false));
    Surface { area, code, composing, waiting }
}

impl Surface {
    /// The editor, where it has taken the place of the text area.
    pub fn code(&self) -> Option<CodeEditor> {
        self.code.borrow().clone()
    }

    /// Gives the editor the place of the text area.
    pub fn replace(&self, editor: CodeEditor) {
        *self.code.borrow_mut() = Some(editor);
    }

    /// The text area.
    pub fn plain(&self) -> Option<HtmlTextAreaElement> {
        self.area.cast::<HtmlTextAreaElement>()
    }

    /// The text that stands there; every line end is a single `\n`.
    pub fn text(&self) -> Option<AttrValue> {
        match self.code() {
            Some(code) => Some(AttrValue::from(code.text())),
            None => self.plain().map(|area| AttrValue::from(area.value())),
        }
    }

    /// The length of the text in UTF-16 units.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length is a whole number")]
    pub fn length(&self) -> Option<usize> {
        match self.code() {
            Some(code) => Some(code.length() as usize),
            None => self.plain().map(|area| area.text_length() as usize),
        }
    }

    /// Whether an input method is at work: what is being composed must not be written into.
    pub fn composing(&self) -> bool {
        self.code().map_or_else(|| self.composing.get(), |code| code.composing())
    }

    /// Notes that a composition began in the text area, or ended: what waited for that is done then.
    pub fn set_composing(&self, composing: bool) {
        self.composing.set(composing);
        if !composing && let Some(waiting) = self.waiting.take() {
            // Behind the event, whose text is not all there yet.
            Timeout::new(0, waiting).forget();
        }
    }

    /// Does something at once, or once nothing is composed in the text area any more.
    pub fn when_still(&self, done: impl FnOnce() + 'static) {
        if self.composing.get() {
            *self.waiting.borrow_mut() = Some(Box::new(done));
        } else {
            done();
        }
    }

    /// Puts a text there: of another file, which is seen from its start, or of the same one.
    pub fn write(&self, text: &str, another: bool) {
        if let Some(code) = self.code() {
            code.write(text, another);
        } else if let Some(area) = self.plain() {
            area.set_value(text);
            if another {
                area.set_scroll_top(0);
                let _ = area.set_selection_range(0, 0);
            }
        }
    }

    /// Puts the caret at an offset in UTF-16 units, and brings it into sight.
    pub fn put_caret(&self, unit: u32) {
        if let Some(code) = self.code() {
            code.caret(unit);
        } else if let Some(area) = self.plain() {
            let _ = area.set_selection_range(unit, unit);
        }
    }

    /// Brings a line, from 1, into sight, and leaves caret and focus where they are.
    pub fn reveal(&self, line: usize) {
        if let Some(code) = self.code() {
            code.reveal(u32::try_from(line).unwrap_or(u32::MAX));
        } else if let Some(area) = self.plain() {
            let above = line.saturating_sub(4) * LINE_HEIGHT as usize;
            area.set_scroll_top(i32::try_from(above).unwrap_or(i32::MAX));
        }
    }

    /// Selects a line, from 1, and brings it into sight.
    pub fn goto(&self, line: usize) {
        if let Some(code) = self.code() {
            code.goto(u32::try_from(line).unwrap_or(u32::MAX));
        } else if let Some(area) = self.plain() {
            let (start, end) = utf16_range_of_line(&area.value(), line);
            let _ = area.focus();
            let _ = area.set_selection_range(start, end);
            let above = line.saturating_sub(4) * LINE_HEIGHT as usize;
            area.set_scroll_top(i32::try_from(above).unwrap_or(i32::MAX));
        }
    }
}
