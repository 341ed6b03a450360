//! What happened, point by point; what a point was like; the same events on another Dockerfile.

use std::ops::Range;
use std::rc::Rc;

use report::{CacheStore, Catalog, Content, ContextKind, Edit, analyze};
use suggest::{Given, aging};

use crate::replay::{inputs, open_start, preview, replay, step};
use crate::runs::{Aged, Run, run};
use crate::{Event, Project, State};

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

/// A build of two Dockerfiles on the same events.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// The events that led to it since the build before, its own included, as indices into the state's events; empty for
    /// the opening of the start project.
    pub events: Range<usize>,
    /// Whether it is only what a build now would do.
    pub preview: bool,
    /// The build of the state's own Dockerfile.
    pub a: Run,
    /// The build of the other one.
    pub b: Run,
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

/// What happened, done again with another Dockerfile in the place of the state's own, whatever that was at the time:
/// each build of both.
#[must_use]
pub fn replayed_on(state: &State, dockerfile: &str) -> Vec<Round> {
    let mut a = state.clone();
    open_start(&mut a);
    let mut rounds = Vec::new();
    let mut cache = CacheStore::default();
    let mut first = 0;
    rounds.push(round(&a, dockerfile, &mut cache, 0..0));
    for (index, event) in state.events.iter().enumerate() {
        if matches!(event, Event::Prune | Event::FreshMachine | Event::Project(_)) {
            cache = CacheStore::default();
        }
        // Each was applied before, on the same project.
        let _ = step(&mut a, event);
        if builds(event) {
            rounds.push(round(&a, dockerfile, &mut cache, first..index + 1));
            first = index + 1;
        }
    }
    if !a.up_to_date {
        preview(&mut a);
        let mut last = round(&a, dockerfile, &mut cache, first..state.events.len());
        last.preview = true;
        rounds.push(last);
    }
    rounds
}

/// What the state's last build did, or what one would do, and the same build of the other Dockerfile.
fn round(a: &State, dockerfile: &str, cache: &mut CacheStore, events: Range<usize>) -> Round {
    let mut project = a.project.clone();
    replace_dockerfile(&mut project, dockerfile);
    let mut inputs = inputs(a);
    (inputs.context, inputs.cache) = (&project.context, &*cache);
    let (report, after) = analyze(&inputs);
    *cache = after;
    Round { events, preview: false, a: run(&a.shown, a.days), b: run(&report, a.days) }
}

fn replace_dockerfile(project: &mut Project, text: &str) {
    let path = project.dockerfile().to_owned();
    let mtime = project.context.get(&path).map_or(0, |entry| entry.mtime);
    let edit = Edit::Write { path, kind: ContextKind::File(Content::text(text)), mode: None };
    // what cannot be written is not there: the build says so
    let _ = project.context.apply(&edit, mtime);
}
