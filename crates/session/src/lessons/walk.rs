//! The way to a step: the project that a lesson begins with, what it plays, what its solutions change.

use std::rc::Rc;

use filesystem::Edit;
use lesson::{Happening, Lesson, Trial, overlaid, started};
use report::Report;

use super::{Attempt, FileDiff, Study};
use crate::opening::keep_open_file;
use crate::replay::{apply, open_start, preview, replay};
use crate::timeline::given;
use crate::update::remember;
use crate::{Event, Project, State};

/// Opens a step as if the ones before it were solved as the lesson solves them.
pub(super) fn arrive(state: &mut State, lesson: &Lesson, step: usize, now: i64) {
    let opened = (0..=step).rev().find_map(|number| Some((number, started(lesson, number)?)));
    let Some((first, context)) = opened else { return };
    open_unbuilt(state, Project { context, ..Project::default() });
    for (number, before) in lesson.steps.iter().enumerate().take(step).skip(first) {
        play(state, lesson, &before.play, now);
        if let Some(predict) = &before.predict {
            play(state, lesson, &predict.after, now);
            remember(state, Event::Build);
        }
        let edits = overlaid(lesson, &format!("solution/{}/", before.id));
        if !edits.is_empty() {
            change(state, edits, now);
            remember(state, Event::Build);
        }
        if let Some(study) = &mut state.study {
            study.attempts.remove(&number);
        }
    }
    begin(state, lesson, step, now);
}

/// Begins a step: opens its project where it has one, and lets happen what it plays.
pub(super) fn begin(state: &mut State, lesson: &Lesson, step: usize, now: i64) {
    if let Some(context) = started(lesson, step).filter(|_| step > 0) {
        open_unbuilt(state, Project { context, ..Project::default() });
    }
    if let Some(step) = lesson.steps.get(step) {
        play(state, lesson, &step.play, now);
    }
    begun(state, step, now);
}

/// Puts a step back to where it began.
pub(super) fn again(state: &mut State, lesson: &Lesson, step: usize, now: i64) {
    let begun_at = state.study.as_ref().filter(|study| study.reached == step);
    let begun_at = begun_at.and_then(|study| study.attempts.get(&step)?.begun);
    match begun_at.filter(|count| *count <= state.events.len()) {
        Some(count) => {
            Rc::make_mut(&mut state.events).truncate(count);
            state.typing = None;
            replay(state);
            begun(state, step, now);
        }
        None => arrive(state, lesson, step, now),
    }
}

fn begun(state: &mut State, step: usize, now: i64) {
    state.typing = None;
    preview(state);
    keep_open_file(state);
    let (count, shown) = (state.events.len(), state.shown.clone());
    if let Some(study) = &mut state.study {
        let hints = study.attempts.get(&step).map(|attempt| attempt.hints.clone()).unwrap_or_default();
        study.step = step;
        study.reached = step;
        study.since = (0, now);
        study.stuck = false;
        study.attempts.retain(|number, _| *number < step);
        study.attempts.insert(step, Attempt { begun: Some(count), began: Some(shown), hints, ..Attempt::default() });
        study.visit(count);
    }
}

fn open_unbuilt(state: &mut State, project: Project) {
    state.start = project;
    state.start_built = false;
    state.open = state.start.dockerfile().to_owned();
    open_start(state);
    if let Some(study) = &mut state.study {
        for attempt in study.attempts.values_mut() {
            attempt.begun = None;
            if let Some(revealed) = &mut attempt.revealed {
                revealed.at = None;
            }
        }
    }
}

/// Lets things happen, as events.
pub(super) fn play(state: &mut State, lesson: &Lesson, happenings: &[Happening], now: i64) {
    for happening in happenings {
        if let Some(edits) = happening.edits(lesson, &state.project.context) {
            change(state, edits, now);
            continue;
        }
        let event = match happening {
            Happening::Build => Event::Build,
            Happening::Prune => Event::Prune,
            Happening::FreshMachine => Event::FreshMachine,
            Happening::Republish(image) => Event::Republish(image.clone()),
            Happening::Days(days) => Event::TimePasses(*days),
            Happening::BuildArg { name, value } => {
                let mut options = state.project.options.clone();
                options.build_args.retain(|(known, _)| known != name);
                options.build_args.push((name.clone(), Some(value.clone())));
                Event::Options(options)
            }
            // these are edits
            _ => continue,
        };
        remember(state, event);
    }
}

/// One event of several edits. Those that cannot be made (the learner may have removed a file) are left out.
pub(super) fn change(state: &mut State, edits: Vec<Edit>, now: i64) {
    let mut trial = state.project.context.clone();
    let possible = edits.into_iter().filter(|edit| trial.apply(edit, now).is_ok());
    let edits: Vec<(Edit, i64)> = possible.map(|edit| (edit, now)).collect();
    if !edits.is_empty() {
        let _ = apply(state, Event::Change { edits, options: None });
    }
}

/// What the solution of the step changes in the learner's files.
#[must_use]
pub fn solution(state: &State) -> Vec<FileDiff> {
    let edits = solution_edits(state.study.as_ref());
    let files = edits.into_iter().filter_map(|edit| {
        let Edit::Write { path, .. } = &edit else { return None };
        let before = state.project.context.text(path).unwrap_or_default();
        let mut context = state.project.context.clone();
        context.apply(&edit, 0).ok()?;
        let after = context.text(path)?;
        (before != after).then(|| FileDiff { path: path.clone(), lines: suggest::line_diff(&before, &after) })
    });
    files.collect()
}

/// What a build of the solution would do: the graph that the step leads to. `None` where the step asks for no change.
#[must_use]
pub fn target(state: &State) -> Option<Report> {
    let edits = solution_edits(state.study.as_ref());
    if edits.is_empty() {
        return None;
    }
    let mut trial = trial(state);
    for edit in &edits {
        let _ = trial.context.apply(edit, 0);
    }
    Some(trial.report())
}

pub(super) fn solution_edits(study: Option<&Study>) -> Vec<Edit> {
    let step = study.and_then(|study| Some((study.lesson.as_ref()?, study.current()?)));
    step.map(|(lesson, step)| overlaid(lesson, &format!("solution/{}/", step.id))).unwrap_or_default()
}

/// The learner's project with what it is built with and on.
pub(super) fn trial(state: &State) -> Trial {
    let given = given(state);
    Trial {
        context: given.context,
        options: given.options,
        catalog: given.catalog,
        profile: given.profile,
        cache: state.cache.clone(),
    }
}
