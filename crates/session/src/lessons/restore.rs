//! Leaving a session for another and coming back to it; a lesson that was saved.

use std::rc::Rc;

use lesson::{Lesson, read};

use super::walk::arrive;
use super::{LessonEffect, Revealed, Shelved, Source, Study};
use crate::opening::open_saved;
use crate::replay::open_start;
use crate::timeline::visited;
use crate::{Effect, Project, State, load, save};

/// What is open now, to be put aside: without what waits itself.
pub(super) fn shelve(state: &State) -> Shelved {
    let alone = State { shelved: None, settings: crate::Settings::default(), ..state.clone() };
    let lesson = state.study.as_ref().map(|study| (study.source.clone(), study.id.clone()));
    Shelved { lesson, text: save(&alone).into() }
}

/// Opens what waits. What is not there or cannot be read is the sample project.
pub(super) fn put_back(state: &mut State, effects: &mut Vec<Effect>) {
    let saved = state.shelved.take().and_then(|shelved| load(&shelved.text).ok());
    match saved {
        Some(saved) => open_saved(state, saved, effects),
        None => {
            state.study = None;
            state.start = Project { context: state.sample.clone(), ..Project::default() };
            state.start_built = true;
            state.typing = None;
            open_start(state);
        }
    }
}

/// Whether what is kept of lessons is another.
pub(crate) fn differ(a: &State, b: &State) -> bool {
    // not the reports, which follow from the rest
    let kept = |state: &State| {
        let study = state.study.as_ref()?;
        let attempts = study.attempts.iter().map(|(step, attempt)| {
            let counts = (attempt.builds, attempt.hints.len(), attempt.answers.len(), attempt.predicted.clone());
            (*step, attempt.begun, attempt.seen, attempt.revealed.is_some(), counts)
        });
        let attempts: Vec<_> = attempts.collect();
        Some((study.id.clone(), study.step, study.reached, study.lesson.is_some(), attempts))
    };
    let shelved = |state: &State| state.shelved.as_ref().map(|shelved| shelved.text.as_ptr());
    kept(a) != kept(b) || shelved(a) != shelved(b)
}

/// A lesson that was saved is there again: of one that has to be fetched the page is asked.
pub(crate) fn restored(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(study) = &mut state.study else { return };
    if study.text.is_empty() {
        effects.push(Effect::Lesson(LessonEffect::Fetch(study.source.clone())));
    } else if let Ok(lesson) = read(&study.text) {
        let text = study.text.clone();
        complete(state, Rc::new(lesson), &text, 0);
    } else {
        state.study = None;
    }
}

/// Gives an open lesson its text: after it was saved, and when its author has changed it.
pub(crate) fn complete(state: &mut State, lesson: Rc<Lesson>, text: &str, now: i64) {
    let events = state.events.len();
    state.typing = None;
    let Some(study) = &mut state.study else { return };
    let first = study.lesson.is_none();
    let id = match study.current() {
        Some(step) => step.id.clone(),
        None => study.step_id.clone(),
    };
    let at = lesson.steps.iter().position(|step| step.id == id);
    study.id.clone_from(&lesson.id);
    study.lesson = Some(lesson.clone());
    if !matches!(study.source, Source::Site(_)) {
        study.text = text.into();
    }
    match at {
        Some(at) if at <= study.reached => study.step = at,
        _ => return arrive(state, &lesson, at.unwrap_or(0), now),
    }
    study.visit(events);
    if !first {
        // the project that the step is begun again with is another one
        study.attempts.values_mut().for_each(|attempt| attempt.begun = None);
    }
    refresh(state);
}

/// Works out again what the step began with and what its prediction came to: more is known than then.
pub(crate) fn refresh(state: &mut State) {
    let Some(study) = &state.study else { return };
    let mut attempts = study.attempts.clone();
    for attempt in attempts.values_mut() {
        if let Some(count) = attempt.begun {
            attempt.began = Some(visited(state, count).shown);
        }
        if let Some(Revealed { at: Some(count), report, .. }) = &mut attempt.revealed {
            *report = Some(visited(state, *count).shown);
        }
    }
    if let Some(study) = &mut state.study {
        study.attempts = attempts;
    }
}

impl Study {
    /// What is known of a lesson that was saved.
    pub(crate) fn saved(source: Source, id: String, step_id: String, text: Rc<str>) -> Study {
        Study {
            source,
            id,
            lesson: None,
            step: 0,
            reached: 0,
            attempts: Default::default(),
            checks: Vec::new(),
            waits: false,
            stuck: false,
            text,
            step_id,
            since: (0, 0),
            visit: super::Visit::default(),
        }
    }

    /// Whom the step is called by when it is saved.
    pub(crate) fn saved_step(&self) -> &str {
        self.current().map_or(&self.step_id, |step| &step.id)
    }
}
