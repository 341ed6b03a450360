use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Focuses the child of a list with that index, or the button in it.
pub fn focus_item(list: &NodeRef, index: usize) {
    let children = list.cast::<Element>().map(|list| list.children());
    let child = u32::try_from(index).ok().and_then(|index| children.and_then(|children| children.item(index)));
    let button = child.map(|child| child.query_selector("button").ok().flatten().unwrap_or(child));
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// The index of the child of a list in which an event happened.
pub fn item_of(list: &NodeRef, event: &Event) -> Option<usize> {
    let children = list.cast::<Element>()?.children();
    let target = event.target_dyn_into::<Element>()?;
    let index = (0..children.length()).find(|&index| {
        let child = children.item(index);
        child.is_some_and(|child| child.contains(Some(&target)))
    })?;
    usize::try_from(index).ok()
}
