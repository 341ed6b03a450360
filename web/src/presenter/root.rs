use web_sys::Event;

/// What the style sheets know presenter mode by.
const MARK: &str = "data-presenting";

/// Gives the document the colours of presenter mode, or takes them from it.
pub fn mark_root(on: bool) {
    if let Some(root) = gloo::utils::document().document_element() {
        let _ = if on { root.set_attribute(MARK, "") } else { root.remove_attribute(MARK) };
    }
}

/// Has pictures fit their windows again: those have another size than before, and the browser's window has not.
pub fn refit() {
    if let Ok(event) = Event::new("resize") {
        let _ = gloo::utils::window().dispatch_event(&event);
    }
}

/// Takes the whole screen, or gives it back.
pub fn switch_fullscreen() {
    let document = gloo::utils::document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(root) = document.document_element() {
        // Where the browser refuses, nothing has changed.
        let _ = root.request_fullscreen();
    }
}
