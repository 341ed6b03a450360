//! What needs a DOM: typing, the caret, composition, and what is kept.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use gloo::utils::document;
use report::{Catalog, Content, Context, ContextEntry, ContextKind};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::text::Locale;
use web::{App, AppProps};
use web_sys::{
    CompositionEvent, Element, Event, EventInit, HtmlElement, HtmlTextAreaElement, InputEvent, InputEventInit,
};
use yew::scheduler::flush;

wasm_bindgen_test_configure!(run_in_browser);

fn file(context: &mut Context, path: &str, text: &str) {
    let entry = ContextEntry { kind: ContextKind::File(Content::text(text)), mode: 0o644, mtime: 0 };
    context.insert(path, entry).unwrap();
}

const DOCKERFILE: &str = "FROM scratch\nCOPY a.txt /\nCOPY b.txt /\n";
const KEPT: &str = "layerlab";

/// The app on a small project, in an element of its own.
async fn open(kept: Option<&str>) -> Element {
    let mut sample = Context::default();
    file(&mut sample, "Dockerfile", DOCKERFILE);
    file(&mut sample, "a.txt", "a\n");
    file(&mut sample, "b.txt", "b\n");
    let (state, effects) = session::start(sample, Catalog::default(), kept);
    let locale = Locale::new("en", include_str!("../locales/en.ftl"));
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    yew::Renderer::<App>::with_root_and_props(root.clone(), AppProps { state, effects, locale }).render();
    flush().await;
    root
}

fn area(root: &Element) -> HtmlTextAreaElement {
    root.query_selector("textarea").unwrap().unwrap().unchecked_into()
}

/// Puts a text in the editor as typing does.
async fn typed(area: &HtmlTextAreaElement, text: &str, composing: bool) {
    area.set_value(text);
    let init = InputEventInit::new();
    init.set_bubbles(true);
    init.set_is_composing(composing);
    area.dispatch_event(&InputEvent::new_with_event_init_dict("input", &init).unwrap()).unwrap();
    flush().await;
}

async fn click(root: &Element, selector: &str) {
    let element: HtmlElement = root.query_selector(selector).unwrap().unwrap().unchecked_into();
    element.click();
    flush().await;
}

fn text(root: &Element, selector: &str) -> String {
    root.query_selector(selector).unwrap().unwrap().text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn typing_keeps_the_text_and_the_caret_and_shows_a_preview() {
    let root = open(None).await;
    let area = area(&root);
    assert_eq!(area.value(), DOCKERFILE);
    assert!(text(&root, ".status__title").contains("Build #1"), "{}", text(&root, ".status__title"));
    let longer = DOCKERFILE.replace("b.txt /", "b.txt /b");
    area.focus().unwrap();
    area.set_value(&longer);
    area.set_selection_range(20, 20).unwrap();
    let init = EventInit::new();
    init.set_bubbles(true);
    area.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
    flush().await;
    assert_eq!(area.value(), longer);
    assert_eq!(area.selection_start().unwrap(), Some(20));
    assert!(text(&root, ".status__title").contains("Preview"));
    root.remove();
}

#[wasm_bindgen_test]
async fn a_composition_is_analysed_when_it_ends_and_never_written_over() {
    let root = open(None).await;
    let area = area(&root);
    area.dispatch_event(&CompositionEvent::new("compositionstart").unwrap()).unwrap();
    typed(&area, "# に\nFROM scratch\n", true).await;
    assert!(text(&root, ".status__title").contains("Build #1"));
    assert!(root.query_selector(".editor[data-stale]").unwrap().is_some());
    typed(&area, "# 日本\nFROM scratch\n", true).await;
    area.dispatch_event(&CompositionEvent::new("compositionend").unwrap()).unwrap();
    flush().await;
    assert_eq!(area.value(), "# 日本\nFROM scratch\n");
    assert!(!text(&root, ".status__title").contains("Build #1"));
    assert!(root.query_selector(".editor[data-stale]").unwrap().is_none());
    root.remove();
}

#[wasm_bindgen_test]
async fn a_composition_in_another_file_stays_in_that_file() {
    let root = open(None).await;
    click(&root, ".tree li:nth-child(2) button").await;
    let area = area(&root);
    area.dispatch_event(&CompositionEvent::new("compositionstart").unwrap()).unwrap();
    typed(&area, "日本\n", true).await;
    area.dispatch_event(&CompositionEvent::new("compositionend").unwrap()).unwrap();
    flush().await;
    click(&root, "#tab-source-Dockerfile").await;
    assert_eq!(area.value(), DOCKERFILE);
    root.remove();
}

#[wasm_bindgen_test]
async fn an_invalid_dockerfile_leaves_the_last_result_on_the_screen() {
    let root = open(None).await;
    let before = text(&root, ".steps");
    typed(&area(&root), &DOCKERFILE.replace("COPY b", "COYP b"), false).await;
    assert!(text(&root, ".status__message").contains("unknown instruction: COYP"));
    assert_eq!(text(&root, ".steps"), before);
    assert!(root.query_selector(".result.is-older").unwrap().is_some());
    root.remove();
}

#[wasm_bindgen_test]
async fn other_files_open_in_the_same_editor_and_undo_writes_into_it() {
    let root = open(None).await;
    click(&root, ".tree li:nth-child(2) button").await;
    let area = area(&root);
    assert_eq!(area.value(), "a\n");
    typed(&area, "other\n", false).await;
    click(&root, ".header__page button:nth-child(1)").await;
    assert_eq!(area.value(), "a\n");
    root.remove();
}

#[wasm_bindgen_test]
async fn what_was_typed_is_there_after_a_reload() {
    let storage = gloo::utils::window().local_storage().unwrap().unwrap();
    storage.remove_item(KEPT).unwrap();
    let root = open(None).await;
    let changed = format!("{DOCKERFILE}# kept\n");
    typed(&area(&root), &changed, false).await;
    root.remove();
    let kept = storage.get_item(KEPT).unwrap();
    let again = open(kept.as_deref()).await;
    assert_eq!(area(&again).value(), changed);
    again.remove();
    storage.remove_item(KEPT).unwrap();
}

#[wasm_bindgen_test]
async fn binary_junk_long_lines_and_ten_thousand_lines_are_survived() {
    let root = open(None).await;
    let area = area(&root);
    let ten_thousand = "RUN echo a\n".repeat(10_000);
    for junk in ["", "\u{0}\u{1}\u{fffd}", &"x".repeat(50_000), &ten_thousand] {
        area.set_value(junk);
        let init = EventInit::new();
        init.set_bubbles(true);
        area.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
        // Large texts are analysed after a rest, or when the editor is left.
        let blur = yew::events::FocusEvent::new("blur").unwrap();
        area.dispatch_event(&blur).unwrap();
        flush().await;
        assert_eq!(area.value().len(), junk.len());
    }
    assert!(root.query_selector_all(".gutter__line").unwrap().length() < 1_000);
    root.remove();
}
