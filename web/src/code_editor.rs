//! The editor of `web/js`, which takes the place of the text area once it is there: loading it, and its functions.
//!
//! Offsets are its own: UTF-16 units, a line end counts one ([`crate::editing::Places`]).

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::text::Locale;

#[wasm_bindgen]
extern "C" {
    /// Of the script in `index.html`: imports `editor.js`.
    #[wasm_bindgen(js_namespace = layerlab, js_name = editor, catch)]
    fn import() -> Result<Promise, JsValue>;

    type Module;
    #[wasm_bindgen(method, catch)]
    fn mount(this: &Module, host: &Element, options: &Object, listener: &Object) -> Result<CodeEditor, JsValue>;

    /// An editor in the page.
    #[derive(Clone)]
    pub type CodeEditor;
    /// Its text.
    #[wasm_bindgen(method)]
    pub fn text(this: &CodeEditor) -> String;
    /// The length of its text.
    #[wasm_bindgen(method)]
    pub fn length(this: &CodeEditor) -> f64;
    /// Whether an input method is at work.
    #[wasm_bindgen(method)]
    pub fn composing(this: &CodeEditor) -> bool;
    /// Puts another text into it: of another file, or of the same one at another time.
    #[wasm_bindgen(method)]
    pub fn write(this: &CodeEditor, text: &str, another: bool);
    #[wasm_bindgen(method, js_name = rename)]
    fn rename_in(this: &CodeEditor, label: &str, phrases: &Object);
    /// Goes on where the text area was: with its scrolled pixels, and the focus where it had it.
    #[wasm_bindgen(method, js_name = goOn)]
    pub fn go_on(this: &CodeEditor, top: i32, focused: bool);
    /// Puts the caret at an offset and brings it into sight.
    #[wasm_bindgen(method)]
    pub fn caret(this: &CodeEditor, at: u32);
    /// Lets nothing be typed, or lets it again.
    #[wasm_bindgen(method)]
    pub fn lock(this: &CodeEditor, locked: bool);
    /// Brings a line, from 1, into sight, and leaves caret and focus where they are.
    #[wasm_bindgen(method)]
    pub fn reveal(this: &CodeEditor, line: u32);
    /// Selects a line, from 1, brings it into sight and takes the focus.
    #[wasm_bindgen(method)]
    pub fn goto(this: &CodeEditor, line: u32);
    /// Colours and marks the text: triples of from, to and an index into the classes; the ends of what is pointed at;
    /// a line for each sign beside the text, with its line from 1, class, icon, words and share, tabs between them.
    #[wasm_bindgen(method)]
    pub fn show(this: &CodeEditor, colours: &[u32], marks: &[u32], pointed: &[u32], signs: &str);
}

/// What an editor is made with.
pub struct Fresh<'a> {
    /// Where it goes.
    pub host: &'a Element,
    /// Its text.
    pub text: &'a str,
    /// What of it is selected.
    pub selection: (u32, u32),
    /// What it is called.
    pub label: &'a str,
    /// The ids of the elements that explain it.
    pub description: &'a str,
    /// The classes that [`CodeEditor::show`] counts through.
    pub classes: &'a [&'a str],
    /// The reader's language.
    pub locale: &'a Locale,
}

/// Words of CodeMirror's own, and the names of the sentences that they are in the locales.
const PHRASES: [(&str, &str); 18] = [
    ("Completions", "editor-offers"),
    ("Control character", "editor-control-character"),
    ("Selection deleted", "editor-selection-deleted"),
    ("Find", "search-find"),
    ("Replace", "search-replace"),
    ("next", "search-next"),
    ("previous", "search-previous"),
    ("all", "search-all"),
    ("match case", "search-case"),
    ("regexp", "search-regexp"),
    ("by word", "search-word"),
    ("replace", "search-replace-one"),
    ("replace all", "search-replace-all"),
    ("close", "search-close"),
    ("current match", "search-current"),
    ("on line", "search-on-line"),
    // `$` is where the number goes.
    ("replaced match on line $", "search-replaced-one"),
    ("replaced $ matches", "search-replaced"),
];

fn phrases(locale: &Locale) -> Object {
    object(PHRASES.iter().map(|(words, name)| (*words, JsValue::from_str(&locale.t(name)))))
}

impl CodeEditor {
    /// Calls it otherwise, in this language.
    pub fn rename(&self, label: &str, locale: &Locale) {
        self.rename_in(label, &phrases(locale));
    }
}

/// Fetches the editor's program.
///
/// # Errors
/// What the browser says.
pub async fn load() -> Result<JsValue, JsValue> {
    JsFuture::from(import()?).await
}

/// Puts an editor into the page. `listener` has the functions that it calls, by name.
///
/// # Errors
/// What goes wrong in it.
pub fn mount(module: JsValue, fresh: &Fresh<'_>, listener: Vec<(&str, Function)>) -> Result<CodeEditor, JsValue> {
    let functions: Vec<(&str, JsValue)> =
        listener.into_iter().map(|(name, function)| (name, function.into())).collect();
    let options = object([
        ("text", JsValue::from_str(fresh.text)),
        ("from", JsValue::from(fresh.selection.0)),
        ("to", JsValue::from(fresh.selection.1)),
        ("label", JsValue::from_str(fresh.label)),
        ("description", JsValue::from_str(fresh.description)),
        ("classes", fresh.classes.iter().map(|class| JsValue::from_str(class)).collect::<Array>().into()),
        ("phrases", phrases(fresh.locale).into()),
    ]);
    module.unchecked_into::<Module>().mount(fresh.host, &options, &object(functions))
}

/// A JavaScript object of these fields.
pub fn object<'a>(fields: impl IntoIterator<Item = (&'a str, JsValue)>) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
    }
    object
}

/// A function for the editor to call. It stays for as long as the page does.
pub fn function(called: impl Fn() + 'static) -> Function {
    Closure::<dyn Fn()>::new(called).into_js_value().unchecked_into()
}

/// The same with a number.
pub fn function_of(called: impl Fn(u32) + 'static) -> Function {
    Closure::<dyn Fn(u32)>::new(called).into_js_value().unchecked_into()
}

/// The same, which answers.
pub fn answering(called: impl Fn(u32, JsValue) -> JsValue + 'static) -> Function {
    Closure::<dyn Fn(u32, JsValue) -> JsValue>::new(called).into_js_value().unchecked_into()
}
