//! The addresses that a room is given.

use session::{LinkError, Source, State};

use crate::route::Route;

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct To {
    /// The step of the lesson as it begins, and not what was made of it.
    pub lesson: bool,
    /// To look at only.
    pub follow: bool,
}

/// The page's address without question and fragment.
#[must_use]
pub fn page_address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// Whether a lesson of the site is open: its steps have links of their own.
#[must_use]
pub fn has_lesson(state: &State) -> bool {
    lesson_route(state, false).is_some()
}

/// The fragment of a link to what is shown: `place` is what the page shows of it.
///
/// # Errors
/// [`LinkError::TooLarge`]
pub fn fragment(state: &State, place: &str, to: To) -> Result<String, LinkError> {
    if let Some(route) = lesson_route(state, to.follow).filter(|_| to.lesson) {
        return Ok(route.fragment());
    }
    let link = session::link(state, place)?;
    Ok(match link.strip_prefix("#s=").filter(|_| to.follow) {
        Some(code) => Route::Follow(code.to_owned()).fragment(),
        None => link,
    })
}

fn lesson_route(state: &State, follow: bool) -> Option<Route> {
    let study = state.study.as_ref()?;
    let step = study.current().map(|step| step.id.clone());
    match &study.source {
        Source::Site(id) if follow => Some(Route::FollowLesson(id.clone(), step)),
        Source::Site(id) => Some(Route::Lesson(id.clone(), step)),
        Source::Address(_) | Source::File => None,
    }
}
