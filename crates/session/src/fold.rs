//! Forgetting what happened long ago, so that what is saved and replayed stays small.

use std::rc::Rc;

use crate::difference::edits_between;
use crate::{Event, Project, State};

/// Builds and prunes that are replayed at most.
const MARK_LIMIT: usize = 60;
/// Files, summed over all builds, that are replayed at most: a large project keeps fewer builds.
const REPLAYED_FILES: usize = 300_000;
/// Events that are kept at most.
const EVENT_LIMIT: usize = 500;

/// Folds what is too much to replay: a third of the builds stays, so that this is rare.
pub(crate) fn fold_old(state: &mut State) {
    let files = state.project.context.len().max(1);
    let marks = (REPLAYED_FILES / files).clamp(3, MARK_LIMIT);
    if state.marks.len() > marks || state.events.len() > EVENT_LIMIT {
        fold(state, marks / 3);
    }
}

/// Forgets the builds before the last `kept` ones: the start project is that of the build before these, and events
/// become the edits that make the difference from build to build. Project and cache stay as they are. After a reload
/// the cache is that of the builds that were kept; edits from before cannot be taken back any more.
pub(crate) fn fold(state: &mut State, kept: usize) {
    let mut marks = std::mem::take(&mut state.marks);
    // Opening the start project builds it, so that it has to be one that was built.
    let last = marks.len().checked_sub(kept.saturating_add(1));
    let first = last.and_then(|last| {
        (0..=last).rev().find(|at| matches!(marks.get(*at), Some((Event::Build | Event::Project(_), _))))
    });
    if let Some(first) = first {
        let mut rest = marks.split_off(first).into_iter();
        if let Some((_, start)) = rest.next() {
            state.start = start;
            state.start_built = true;
        }
        marks = rest.collect();
    }
    let mut events = Vec::new();
    let mut at = state.start.clone();
    for (event, project) in &marks {
        if !matches!(event, Event::Project(_)) {
            push_difference(&mut events, &at, project);
        }
        events.push(event.clone());
        at = project.clone();
    }
    push_difference(&mut events, &at, &state.project);
    state.marks = marks;
    state.events = Rc::new(events);
    state.undo.clear();
    state.redo.clear();
    state.typing = None;
    let Some(study) = &mut state.study else { return };
    study.visit.events = None;
    for attempt in study.attempts.values_mut() {
        attempt.begun = None;
        if let Some(revealed) = &mut attempt.revealed {
            revealed.at = None;
        }
    }
}

fn push_difference(events: &mut Vec<Event>, before: &Project, after: &Project) {
    let edits = edits_between(&before.context, &after.context);
    events.extend(edits.into_iter().map(|(edit, at)| Event::Edit { edit, at }));
    if before.options != after.options {
        events.push(Event::Options(after.options.clone()));
    }
    if before.pinned != after.pinned {
        events.push(Event::Pin(after.pinned.clone()));
    }
}
