//! The address and the open lesson, each following the other.

use std::rc::Rc;

use gloo::timers::callback::Interval;
use session::{Action, LessonAction, Source, State};
use yew::prelude::*;

use crate::effects::fetch_text;
use crate::lesson_effects::{asked_address, is_local, read_progress};
use crate::route::{Route, replace, use_route};
use crate::store::Dispatch;
use crate::view::{Pane, Show, ViewHandle};

/// How often a lesson is fetched again that is being written, in milliseconds.
const AGAIN_MS: u32 = 1_000;

/// The address that the state has, where a lesson is open.
fn route_of(state: &State) -> Option<Route> {
    let study = state.study.as_ref()?;
    let step = study.current().map(|step| step.id.clone());
    Some(match &study.source {
        Source::Site(id) => Route::Lesson(id.clone(), step),
        Source::Address(_) | Source::File => Route::Own(step.unwrap_or_default()),
    })
}

/// Where the page is. A lesson's address opens the lesson; a lesson's step gives the page its address.
#[hook]
pub fn use_lesson_route(state: &Rc<State>, dispatch: &Rc<Dispatch>, view: &ViewHandle) -> Route {
    let route = use_route();
    let known = use_mut_ref(|| None::<Route>);
    let first = use_mut_ref(|| true);
    let mounted = use_mut_ref(|| true);
    // Once: what is kept of progress, and the lesson that the address asks for.
    use_effect_with((), {
        let dispatch = dispatch.clone();
        move |()| {
            read_progress(&dispatch);
            if let Some(address) = asked_address() {
                dispatch.send(Action::Lesson(LessonAction::Open(Source::Address(address), None)));
            }
        }
    });
    use_effect_with(route.clone(), {
        let (dispatch, state) = (dispatch.clone(), state.clone());
        move |route| {
            let opening = first.replace(false);
            let lesson = |action| dispatch.send(Action::Lesson(action));
            match route {
                Route::Lesson(id, step) => lesson(LessonAction::Open(Source::Site(id.clone()), step.clone())),
                Route::Own(step) => {
                    let steps = state.study.as_ref().and_then(|study| study.lesson.as_ref());
                    let at = steps.and_then(|lesson| lesson.steps.iter().position(|known| known.id == *step));
                    at.into_iter().for_each(|at| lesson(LessonAction::Go(at)));
                }
                // The plain address goes on with what was kept; left for it, a lesson is closed.
                Route::Sandbox if !opening && state.study.is_some() => lesson(LessonAction::Close),
                Route::FollowLesson(id, step) => lesson(LessonAction::Open(Source::Site(id.clone()), step.clone())),
                Route::Sandbox | Route::Lessons | Route::Gallery | Route::Follow(_) | Route::Speaker(_) => {}
            }
        }
    });
    let wanted = route_of(state);
    use_effect_with((wanted, route.clone()), {
        let known = known.clone();
        move |(wanted, _)| {
            let opening = mounted.replace(false);
            let before = known.replace(wanted.clone());
            if before == *wanted {
                return;
            }
            let here = Route::here();
            // A room's lesson stays at the address that it was given by.
            if here.is_followed() {
                return;
            }
            let same = matches!((&before, wanted), (Some(before), Some(wanted)) if same_lesson(before, wanted));
            match wanted {
                // the list stays, where it is what was asked for
                Some(_) if matches!(here, Route::Lessons | Route::Gallery) && (opening || same) => {}
                // another lesson is on its way
                Some(wanted) if (opening || same) && here != Route::Sandbox && !same_lesson(&here, wanted) => {}
                Some(wanted) if *wanted == here => {}
                Some(wanted) if opening || is_unfinished(&here) => replace(wanted),
                Some(wanted) => wanted.go(),
                None if matches!(here, Route::Lesson(..) | Route::Own(_)) && before.is_some() => Route::Sandbox.go(),
                _ => {}
            }
        }
    });
    // On a small screen a lesson that is opened is what is shown.
    let id = state.study.as_ref().map(|study| study.id.clone());
    use_effect_with(id, {
        let (view, dispatch) = (view.dispatcher(), dispatch.clone());
        move |id| {
            let pane = if id.is_some() { Pane::Lesson } else { Pane::default() };
            view.dispatch(Show::Pane(pane));
            if id.is_some() {
                dispatch.send(Action::Lesson(LessonAction::List));
            }
        }
    });
    let written = state.study.as_ref().and_then(|study| match &study.source {
        Source::Address(address) if is_local(address) => Some((address.clone(), study.text.clone())),
        _ => None,
    });
    // A lesson that has changed is watched anew, from what was opened of it.
    use_effect_with(written, {
        let dispatch = dispatch.clone();
        move |written| {
            let watch = written.clone().map(|(address, text)| watch(address, text, dispatch));
            move || drop(watch)
        }
    });
    route
}

/// Fetches a lesson again and again, and opens what its author has changed.
fn watch(address: String, opened: Rc<str>, dispatch: Rc<Dispatch>) -> Interval {
    // what cannot be opened is said once
    let last = Rc::new(std::cell::RefCell::new(opened.to_string()));
    Interval::new(AGAIN_MS, move || {
        let (address, dispatch, last) = (address.clone(), dispatch.clone(), last.clone());
        yew::platform::spawn_local(async move {
            let Ok(text) = fetch_text(&address).await else { return };
            if last.replace(text.clone()) != text {
                dispatch.send(Action::Lesson(LessonAction::Loaded(Source::Address(address), Ok(text))));
            }
        });
    })
}

fn same_lesson(a: &Route, b: &Route) -> bool {
    match (a, b) {
        (Route::Lesson(a, _), Route::Lesson(b, _)) => a == b,
        (Route::Own(_), Route::Own(_)) => true,
        _ => false,
    }
}

/// Whether an address leaves out the step that the page then puts in.
fn is_unfinished(route: &Route) -> bool {
    match route {
        Route::Lesson(_, step) => step.is_none(),
        Route::Own(step) => step.is_empty(),
        _ => false,
    }
}
