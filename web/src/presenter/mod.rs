//! Presenter mode: what a room is shown, how far it is in the build, and what it said would happen.
//!
//! `state` is a plain reducer; `stops` the order in which a build is stepped through; `keys` what is pressed for what;
//! `snapshots` what is kept for the tab; `link` and `code` are what a room is given to follow by; `messages` and `room` what
//! the speaker's window hears; `workshop` what is given item by item. The page's project is none of its business: that is changed by actions only.

mod code;
mod keys;
mod link;
mod messages;
mod room;
mod root;
mod snapshots;
mod speaker;
mod state;
mod stops;
mod workshop;

pub use code::{Code, FAR, MOST, code};
pub use keys::{Command, Press, ROWS, command, keys_are_off, set_keys_off, show_keys, use_keys};
pub use link::{To, fragment, has_lesson, page_address};
pub use messages::{Fields, TO_ROOM, TO_SPEAKER, hear, post};
pub use room::room;
pub use root::{mark_root, refit, switch_fullscreen};
pub use snapshots::{BEFORE, SLOTS, keep, kept, kept_slots};
pub use speaker::{Word, use_speaker};
pub use state::{
    Arrangement, LARGEST, Presenter, PresenterHandle, SMALLEST, Tally, Turn, read_place, use_presenter_at_root,
};
pub use stops::{Asked, asked, stops};
pub use workshop::{
    NoWorkshop, asked_workshop, fetch_workshop, item_title, keep_item, kept_workshop, minutes_until, next_begins_at,
    open_workshop,
};

use report::Report;
use session::State;
use yew::prelude::*;

use crate::svg::Phase;

/// Presenter mode, from a context; `None` where a component is drawn alone, as in tests.
#[hook]
pub fn use_presenter() -> Option<PresenterHandle> {
    use_context::<PresenterHandle>()
}

/// How far a build is, where it is stepped through.
#[derive(Clone, Debug, PartialEq)]
pub struct Stepped {
    /// The step that is spotlighted.
    pub spot: Option<usize>,
    /// Where each step is.
    pub phases: Vec<Phase>,
    /// The build's time.
    pub time: u64,
}

/// How far a report is stepped through; `None` where all of it is shown.
#[hook]
pub fn use_stepped(report: &Report) -> Option<Stepped> {
    use_presenter()?.stepped(report)
}

/// Enters presenter mode with a session, which it comes back to at a reset.
pub fn enter(presenter: &PresenterHandle, state: &State) {
    presenter.dispatch(Turn::Enter(session::snapshot(state, "").into(), state.study.is_some()));
}

/// A report after so many stops; `asking`: the room is asked about the next one.
#[must_use]
pub fn stepped(report: &Report, stops: &[usize], at: usize, asking: bool) -> Stepped {
    let (done, left) = stops.split_at(at.min(stops.len()));
    let spot = if asking { left.first() } else { done.last() };
    let mut phases = vec![Phase::Done; report.steps.len()];
    for step in left {
        if let Some(phase) = phases.get_mut(*step) {
            *phase = Phase::Waiting;
        }
    }
    let ends = done.iter().filter_map(|step| report.steps.get(*step));
    let time = ends.map(|step| step.start_ms.saturating_add(step.ms)).max().unwrap_or(0);
    Stepped { spot: spot.copied(), phases, time }
}
