//! From events to projects, builds and cache.

use std::collections::BTreeSet;
use std::rc::Rc;

use filesystem::ContextError;
use report::{Inputs, Options, Outcome, analyze};

use crate::changes::compare;
use crate::{Built, Event, Project, State};

/// Edits that can be taken back. Older ones are forgotten.
const UNDO_LIMIT: usize = 300;

/// Makes of `state` what it is right after its start project was opened and built. The events are empty after it.
pub(crate) fn open_start(state: &mut State) {
    state.project = state.start.clone();
    state.events = Rc::default();
    state.undo.clear();
    state.redo.clear();
    state.marks.clear();
    state.lacked.clear();
    state.lacked_tables.clear();
    state.built = None;
    state.good = None;
    state.valid = (None, None);
    state.cache = state.cache.emptied();
    state.days = 0;
    state.runs = Rc::default();
    if let Some(catalog) = state.published_first.take() {
        state.catalog = catalog;
    }
    if state.start_built {
        build(state);
    } else {
        outdate(state);
    }
}

/// Does the start and every event again: the catalog may know more images now.
pub(crate) fn replay(state: &mut State) {
    let events = std::mem::take(&mut state.events);
    open_start(state);
    for event in events.iter() {
        // Each was applied before, on the same project.
        let _ = apply(state, event.clone());
    }
    preview(state);
}

/// Applies one event and remembers it. Nothing is analysed but builds: [`preview`] follows.
///
/// # Errors
/// The context's, where an edit cannot be made. The state is as it was then.
pub(crate) fn apply(state: &mut State, event: Event) -> Result<(), ContextError> {
    step(state, &event)?;
    Rc::make_mut(&mut state.events).push(event);
    Ok(())
}

/// What an event does to everything but the list of events.
///
/// # Errors
/// As of [`apply`].
pub(crate) fn step(state: &mut State, event: &Event) -> Result<(), ContextError> {
    match event {
        Event::Edit { edit, at } => {
            let mut project = state.project.clone();
            project.context.apply(edit, *at)?;
            replace_project(state, project);
        }
        Event::Options(options) => {
            let project = Project { options: options.clone(), ..state.project.clone() };
            replace_project(state, project);
        }
        Event::Project(project) => {
            replace_project(state, project.clone());
            state.cache = state.cache.emptied();
            state.built = None;
            state.good = None;
            state.valid = (None, None);
            build(state);
            state.marks.push((event.clone(), project.clone()));
        }
        Event::Measured(measured) => {
            let options = Options { measured: Rc::clone(measured), ..state.project.options.clone() };
            replace_project(state, Project { options, ..state.project.clone() });
        }
        Event::Change { edits, options } => {
            let mut project = state.project.clone();
            edits.iter().try_for_each(|(edit, at)| project.context.apply(edit, *at))?;
            project.options = options.clone().unwrap_or(project.options);
            replace_project(state, project);
        }
        Event::Pin(pinned) => {
            replace_project(state, Project { pinned: pinned.clone(), ..state.project.clone() });
        }
        Event::Swap { at } => {
            let mut project = state.project.clone();
            if let Some(pinned) = project.pinned.take() {
                project.pinned = Some(project.dockerfile_text().into());
                project.write_dockerfile(&pinned, *at)?;
                replace_project(state, project);
            }
        }
        Event::Republish(image) => {
            let first = state.published_first.take().unwrap_or_else(|| Rc::clone(&state.catalog));
            state.published_first = Some(first);
            Rc::make_mut(&mut state.catalog).publish_again(image);
            state.marks.push((event.clone(), state.project.clone()));
            outdate(state);
        }
        Event::TimePasses(days) => {
            state.days = state.days.saturating_add(*days);
            state.marks.push((event.clone(), state.project.clone()));
            outdate(state);
        }
        Event::Build => {
            build(state);
            state.marks.push((event.clone(), state.project.clone()));
        }
        Event::Prune | Event::FreshMachine => {
            state.cache = state.cache.emptied();
            state.marks.push((event.clone(), state.project.clone()));
            outdate(state);
        }
        Event::Undo => {
            if let Some(project) = state.undo.pop() {
                let before = put_project(state, project);
                state.redo.push(before);
            }
        }
        Event::Redo => {
            if let Some(project) = state.redo.pop() {
                let before = put_project(state, project);
                state.undo.push(before);
            }
        }
    }
    Ok(())
}

fn replace_project(state: &mut State, project: Project) {
    if state.undo.len() >= UNDO_LIMIT {
        state.undo.remove(0);
    }
    let before = put_project(state, project);
    state.undo.push(before);
    state.redo.clear();
}

/// Puts a project in the place of the one there is, and gives that.
fn put_project(state: &mut State, project: Project) -> Project {
    if !state.project.builds_as(&project) {
        outdate(state);
    }
    std::mem::replace(&mut state.project, project)
}

/// Builds the project and keeps the cache.
fn build(state: &mut State) {
    let (report, cache) = analyze(&inputs(state));
    let report = Rc::new(report);
    state.cache = cache;
    state.lacked.extend(report.missing_images.iter().cloned());
    state.lacked_tables.extend(&report.missing_tables);
    let number = state.built.as_ref().map_or(0, |built| built.number).saturating_add(1);
    Rc::make_mut(&mut state.runs).note(&report, state.days);
    let built = Rc::new(Built { project: state.project.clone(), report: report.clone(), number });
    state.built = Some(built.clone());
    state.changes = None;
    if !is_invalid(&report.outcome) {
        let before = state.valid.1.take();
        state.changes = before.as_ref().map(|before| compare(before, &state.project, &report));
        state.valid = (before, Some(built));
        state.good = Some(report.clone());
    }
    state.shown = report;
    state.up_to_date = true;
    state.stale = false;
}

/// Notes that the last build is no longer what a build now would be.
pub(crate) fn outdate(state: &mut State) {
    state.up_to_date = false;
    state.stale = true;
}

/// Works out what a build would do now, where that may be another than what is shown.
pub(crate) fn preview(state: &mut State) {
    if !state.stale {
        return;
    }
    state.stale = false;
    let (report, _) = analyze(&inputs(state));
    let report = Rc::new(report);
    state.changes = None;
    if !is_invalid(&report.outcome) {
        state.changes = state.valid.1.as_ref().map(|before| compare(before, &state.project, &report));
        state.good = Some(report.clone());
    }
    state.shown = report;
}

/// The images that the last build or the preview lacks.
pub(crate) fn missing_images(state: &State) -> BTreeSet<String> {
    state.lacked.iter().chain(&state.shown.missing_images).cloned().collect()
}

/// The tables of packages that the last build or the preview lacks.
pub(crate) fn missing_tables(state: &State) -> BTreeSet<&'static str> {
    state.lacked_tables.union(&state.shown.missing_tables).copied().collect()
}

fn is_invalid(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Invalid { .. })
}

pub(crate) fn inputs(state: &State) -> Inputs<'_> {
    Inputs {
        context: &state.project.context,
        options: &state.project.options,
        catalog: &state.catalog,
        profile: &state.profile,
        cache: &state.cache,
    }
}
