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
    KeyboardEvent, KeyboardEventInit,
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
    yew::Renderer::<App>::with_root_and_props(root.clone(), AppProps { state, effects, locale, part: String::new() })
        .render();
    flush().await;
    root
}

fn area(root: &Element) -> HtmlTextAreaElement {
    root.query_selector(".editor__text").unwrap().unwrap().unchecked_into()
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

async fn pressed(element: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    element.dispatch_event(&event).unwrap();
    flush().await;
}

fn focused() -> String {
    document().active_element().and_then(|element| element.text_content()).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_menu_closes_on_escape_and_when_something_else_is_pressed() {
    let root = open(None).await;
    let menu = root.query_selector("details.popover:has(> .is-menu)").unwrap().unwrap();
    let button = menu.query_selector("summary").unwrap().unwrap().unchecked_into::<HtmlElement>();
    button.click();
    assert!(menu.has_attribute("open"));
    pressed(&menu.query_selector("button").unwrap().unwrap(), "Escape").await;
    assert!(!menu.has_attribute("open"));
    assert_eq!(focused(), "More");
    button.click();
    let init = EventInit::new();
    init.set_bubbles(true);
    let press = Event::new_with_event_init_dict("pointerdown", &init).unwrap();
    root.query_selector("h1").unwrap().unwrap().dispatch_event(&press).unwrap();
    assert!(!menu.has_attribute("open"));
    button.click();
    click(&menu, "button").await;
    assert!(!menu.has_attribute("open"), "a menu closes when something is chosen");
    root.remove();
}

#[wasm_bindgen_test]
async fn the_tree_is_walked_and_emptied_by_keys() {
    let root = open(None).await;
    let tree = root.query_selector(".tree").unwrap().unwrap();
    let names = || {
        let rows = tree.query_selector_all(".tree__name").unwrap();
        (0..rows.length()).filter_map(|row| rows.item(row)?.text_content()).collect::<Vec<_>>()
    };
    click(&root, ".tree li:nth-child(1) button").await;
    let first = root.query_selector(".tree li:nth-child(1) button").unwrap().unwrap().unchecked_into::<HtmlElement>();
    first.focus().unwrap();
    flush().await;
    pressed(&first, "ArrowDown").await;
    assert!(focused().starts_with("a.txt"), "{}", focused());
    assert!(text(&root, ".file-actions__target").contains("a.txt"));
    let second = document().active_element().unwrap();
    pressed(&second, "Delete").await;
    assert_eq!(names(), ["Dockerfile", "b.txt"]);
    assert!(focused().starts_with("b.txt"), "{}", focused());
    assert_eq!(area(&root).value(), DOCKERFILE, "the editor still has the Dockerfile");
    root.remove();
}

#[wasm_bindgen_test]
async fn a_folder_is_renamed_and_deleted_with_all_that_is_in_it() {
    let root = open(None).await;
    let named = |path: &'static str| {
        let root = root.clone();
        async move {
            let input = root.query_selector(".file-actions__form input").unwrap().unwrap();
            input.unchecked_into::<web_sys::HtmlInputElement>().set_value(path);
            click(&root, ".file-actions__form button").await;
        }
    };
    click(&root, ".file-actions__bar button:nth-child(1)").await;
    named("dir/sub/c.txt").await;
    let folder = ".tree__file[aria-expanded]";
    click(&root, folder).await;
    assert_eq!(root.query_selector_all(".tree__row").unwrap().length(), 4, "closed");
    click(&root, ".file-actions__bar button:nth-child(2)").await;
    named("other").await;
    assert!(text(&root, folder).starts_with("other"));
    assert_eq!(root.query_selector_all(".tree__row").unwrap().length(), 4, "still closed");
    let editor = root.query_selector(".editor__text").unwrap().unwrap().get_attribute("aria-label");
    assert!(editor.unwrap_or_default().contains("other/sub/c.txt"));
    click(&root, ".file-actions__bar button:nth-child(7)").await;
    assert_eq!(root.query_selector_all(".tree__row").unwrap().length(), 3);
    root.remove();
}

#[wasm_bindgen_test]
async fn opened_files_have_tabs_that_close() {
    let root = open(None).await;
    click(&root, ".tree li:nth-child(2) button").await;
    click(&root, "#tab-source-Dockerfile").await;
    assert_eq!(root.query_selector_all(".source [role=tab]").unwrap().length(), 3);
    let tab = root.query_selector("[id='tab-source-a.txt']").unwrap().unwrap();
    click(&root, "[id='tab-source-a.txt']").await;
    assert_eq!(area(&root).value(), "a\n");
    pressed(&tab, "Delete").await;
    assert_eq!(root.query_selector_all(".source [role=tab]").unwrap().length(), 2);
    assert_eq!(area(&root).value(), DOCKERFILE);
    root.remove();
}

#[wasm_bindgen_test]
async fn typing_makes_the_dockerignore_that_is_missing() {
    let root = open(None).await;
    click(&root, "[id='tab-source-.dockerignore']").await;
    assert!(root.query_selector(".source__draft:not([hidden])").unwrap().is_some());
    assert_eq!(root.query_selector_all(".tree__row").unwrap().length(), 3, "looking makes nothing");
    let area = area(&root);
    typed(&area, "a.txt\n", false).await;
    assert_eq!(area.value(), "a.txt\n");
    assert!(root.query_selector(".source__draft:not([hidden])").unwrap().is_none());
    assert_eq!(root.query_selector_all(".tree__row.is-ignored").unwrap().length(), 1);
    click(&root, "#tab-source-Dockerfile").await;
    assert_eq!(area.value(), DOCKERFILE);
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
    // What waits to be kept is kept as the page is left.
    let left = web_sys::Event::new("pagehide").unwrap();
    gloo::utils::window().dispatch_event(&left).unwrap();
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
