//! A workshop that is given: where it comes from, what of it the tab keeps, and how it goes on from item to item.

use std::rc::Rc;

use lesson::workshop::{Item, Shown, Workshop, WorkshopError, read};
use session::State;

use crate::effects::{fetch_text, own_storage};

/// What the page's question names a workshop's address by.
const ADDRESS: &str = "workshop";
/// Where the workshop's text is kept for the tab, and the item that is shown.
const TEXT_KEY: &str = "layerlab-workshop";
const ITEM_KEY: &str = "layerlab-workshop-item";
/// And the address that it came from.
const FROM_KEY: &str = "layerlab-workshop-from";

/// Why there is no workshop.
#[derive(Clone, Debug, PartialEq)]
pub enum NoWorkshop {
    /// It cannot be had: what the browser says.
    Unavailable(String),
    /// It is not understood.
    Unreadable(WorkshopError),
}

/// The address of a workshop that the page's own address asks for.
#[must_use]
pub fn asked_workshop() -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    let address = web_sys::UrlSearchParams::new_with_str(&search).ok()?.get(ADDRESS)?;
    (!address.is_empty()).then_some(address)
}

/// Reads a workshop, and keeps its text for when the page is loaded again.
///
/// # Errors
/// [`NoWorkshop::Unreadable`]
pub fn open_workshop(text: &str, from: &str) -> Result<Rc<Workshop>, NoWorkshop> {
    let workshop = read(text).map_err(NoWorkshop::Unreadable)?;
    if let Some(storage) = own_storage() {
        let _ = storage.set_item(TEXT_KEY, text);
        let _ = storage.set_item(FROM_KEY, from);
    }
    Ok(Rc::new(workshop))
}

/// Gets a workshop from an address.
///
/// # Errors
/// See [`NoWorkshop`].
pub async fn fetch_workshop(address: &str) -> Result<Rc<Workshop>, NoWorkshop> {
    let text = fetch_text(address).await.map_err(NoWorkshop::Unavailable)?;
    open_workshop(&text, address)
}

/// The workshop that this tab had before it was loaded again, and the item that was shown: where the page's address asks for
/// that one, or for none.
#[must_use]
pub fn kept_workshop() -> Option<(Rc<Workshop>, usize)> {
    let storage = own_storage()?;
    let kept = |key: &str| storage.get_item(key).ok().flatten();
    if asked_workshop().is_some_and(|asked| kept(FROM_KEY).as_ref() != Some(&asked)) {
        return None;
    }
    let workshop = read(&kept(TEXT_KEY)?).ok()?;
    let item = kept(ITEM_KEY).and_then(|item| item.parse().ok()).filter(|item| *item < workshop.items.len());
    Some((Rc::new(workshop), item.unwrap_or(0)))
}

/// Keeps which item is shown.
pub fn keep_item(item: usize) {
    if let Some(storage) = own_storage() {
        let _ = storage.set_item(ITEM_KEY, &item.to_string());
    }
}

/// What an item is called: as the workshop says, else by its lesson.
#[must_use]
pub fn item_title(item: &Item, state: &State, language: &str) -> String {
    let by_lesson = || match &item.shown {
        Shown::Lesson { lesson, .. } => {
            let lessons = state.lessons.as_ref().map(|index| index.lessons.as_slice()).unwrap_or_default();
            let texts = lessons.iter().find(|entry| entry.id == *lesson).map(|entry| &entry.texts);
            let text = texts.and_then(|texts| texts.get(language).or_else(|| texts.get("en")));
            text.map_or_else(|| lesson.clone(), |text| text.title.clone())
        }
        Shown::State { .. } | Shown::Saved { .. } => String::new(),
    };
    item.heading.clone().unwrap_or_else(by_lesson)
}

/// The minutes from the start of a workshop to the end of an item.
#[must_use]
pub fn minutes_until(workshop: &Workshop, item: usize) -> u32 {
    workshop.items.iter().take(item + 1).map(|item| item.minutes).fold(0, u32::saturating_add)
}

/// The step of a lesson that belongs to the next item, where that goes on in the same lesson: the present item ends before it.
#[must_use]
pub fn next_begins_at(workshop: &Workshop, item: usize, lesson_id: &str, steps: &[lesson::Step]) -> Option<usize> {
    match &workshop.items.get(item + 1)?.shown {
        Shown::Lesson { lesson, step: Some(step) } if lesson == lesson_id => {
            steps.iter().position(|known| known.id == *step)
        }
        _ => None,
    }
}
