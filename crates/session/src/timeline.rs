//! What happened, point by point; what a point was like.

use std::rc::Rc;

use report::Catalog;
use suggest::{Given, aging};

use crate::replay::replay;
use crate::runs::{Aged, Run};
use crate::{Event, State};

/// A point of what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The events up to here, this one included: what [`visited`] and [`crate::Action::ReturnTo`] take.
    pub count: usize,
    /// What happened; `None` for the opening of the start project.
    pub event: Option<Event>,
    /// What the build did, where there was one.
    pub run: Option<Run>,
}

/// Everything that happened since the start project was opened, that first.
#[must_use]
pub fn timeline(state: &State) -> Vec<Moment> {
    // counted from the end: events that were folded away had builds, too
    let mut runs = state.runs.builds.iter().rev();
    let mut moments: Vec<Moment> = Vec::with_capacity(state.events.len() + 1);
    for (index, event) in state.events.iter().enumerate().rev() {
        let run = if builds(event) { runs.next().cloned() } else { None };
        moments.push(Moment { count: index + 1, event: Some(event.clone()), run });
    }
    moments.push(Moment { count: 0, event: None, run: runs.next().cloned() });
    moments.reverse();
    moments
}

fn builds(event: &Event) -> bool {
    matches!(event, Event::Build | Event::Project(_))
}

/// The state as it was after so many of its events.
#[must_use]
pub fn visited(state: &State, count: usize) -> State {
    let mut point = state.clone();
    point.typing = None;
    point.events = Rc::new(state.events.iter().take(count).cloned().collect());
    replay(&mut point);
    point
}

/// The steps of the shown report that come from the cache and whose result would be another today. Nobody tells you.
#[must_use]
pub fn aged(state: &State) -> Vec<Aged> {
    let ages = state.runs.ages(&state.shown, state.days);
    if ages.is_empty() {
        return Vec::new();
    }
    let text = state.project.context.text(state.project.dockerfile()).unwrap_or_default();
    let aging = aging(&state.shown, &text);
    let aged = aging.into_iter().filter_map(|(step, of)| {
        let (_, days) = ages.iter().find(|(index, _)| *index == step)?;
        Some(Aged { step, ages: of, days: *days })
    });
    aged.collect()
}

/// A state's project with what it is built with: what suggestions are searched for.
#[must_use]
pub fn given(state: &State) -> Given {
    Given {
        context: state.project.context.clone(),
        options: state.project.options.clone(),
        catalog: Catalog::clone(&state.catalog),
        profile: state.profile.clone(),
    }
}
