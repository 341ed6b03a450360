//! What the learner does in lessons.

use std::rc::Rc;

use lesson::{Index, Lesson, find_step, hints, read};
use report::{Profile, StepState};

use super::judge::situation;
use super::restore::{put_back, shelve};
use super::walk::{again, arrive, begin, change, play, solution_edits, trial};
use super::{LessonAction, LessonEffect, LessonError, Opening, Progress, Revealed, Source, Study};
use crate::replay::preview;
use crate::update::{remember, result_of};
use crate::{Action, Announcement, Effect, Event, Notice, State};

/// Carries out an action.
pub(crate) fn act(state: &mut State, action: LessonAction, now: i64, effects: &mut Vec<Effect>) {
    match action {
        LessonAction::List if state.lessons.is_none() => effects.push(Effect::Lesson(LessonEffect::FetchList)),
        LessonAction::List | LessonAction::Check => {}
        LessonAction::Listed(answer) => list(state, answer),
        LessonAction::Open(source, step) => open(state, source, step, now, effects),
        LessonAction::Loaded(source, answer) => loaded(state, source, answer, now, effects),
        LessonAction::Close => close(state, effects),
        LessonAction::Progress(text) => add_progress(state, &text, effects),
        LessonAction::Go(step) => with_lesson(state, |state, lesson| go(state, lesson, step, now)),
        LessonAction::Reset => with_lesson(state, |state, lesson| {
            let step = state.study.as_ref().map_or(0, |study| study.step);
            again(state, lesson, step, now);
            effects.push(Effect::Announce(Announcement::StepBegun));
        }),
        LessonAction::Hint => with_lesson(state, |state, lesson| hint(state, lesson, now)),
        LessonAction::ShowSolution => attempt(state, |study| study.attempt_mut().seen = true),
        LessonAction::ApplySolution => {
            let edits = solution_edits(state.study.as_ref());
            attempt(state, |study| study.attempt_mut().seen = true);
            change(state, edits, now);
            state.typing = None;
        }
        LessonAction::Predict(step, hit) => attempt(state, |study| {
            if study.attempt_mut().revealed.is_none() {
                study.attempt_mut().predicted.insert(step, hit);
            }
        }),
        LessonAction::Reveal => with_lesson(state, |state, lesson| reveal(state, lesson, now, effects)),
        LessonAction::Answer(option) => attempt(state, |study| {
            if study.current().and_then(|step| step.quiz.as_ref()).is_some_and(|quiz| quiz.options.contains(&option)) {
                study.attempt_mut().answers.push(option);
            }
        }),
    }
}

/// Whether an action leaves nothing to wait for: all goals are judged at once.
pub(crate) fn settles(action: &Action) -> bool {
    use LessonAction::{ApplySolution, Check, Reveal};
    matches!(action, Action::Build | Action::Lesson(Check | Reveal | ApplySolution))
}

/// Notes a build of the learner's in the step.
pub(crate) fn note_build(state: &mut State) {
    if let Some(study) = &mut state.study {
        study.since.0 = study.since.0.saturating_add(1);
        let attempt = study.attempt_mut();
        attempt.builds = attempt.builds.saturating_add(1);
    }
}

fn attempt(state: &mut State, change: impl FnOnce(&mut Study)) {
    if let Some(study) = &mut state.study {
        change(study);
    }
}

fn with_lesson(state: &mut State, then: impl FnOnce(&mut State, &Lesson)) {
    if let Some(lesson) = state.study.as_ref().and_then(|study| study.lesson.clone()) {
        then(state, &lesson);
    }
}

fn list(state: &mut State, answer: Result<String, String>) {
    let index =
        answer.map_err(LessonError::Unavailable).and_then(|text| Index::read(&text).map_err(LessonError::Unreadable));
    match index {
        Ok(index) => state.lessons = Some(Rc::new(index)),
        Err(error) => state.notice = Some(Notice::NoLessons { error }),
    }
}

fn open(state: &mut State, source: Source, step: Option<String>, now: i64, effects: &mut Vec<Effect>) {
    if state.study.as_ref().is_some_and(|study| study.source == source) {
        return go_to(state, step, now);
    }
    let left = state.shelved.as_ref().and_then(|shelved| shelved.lesson.as_ref());
    if source != Source::File && left.is_some_and(|(left, _)| *left == source) {
        let waiting = shelve(state);
        put_back(state, effects);
        state.shelved = Some(waiting);
        effects.push(Effect::Announce(Announcement::LessonOpened));
        if let Some(study) = &mut state.study
            && study.lesson.is_none()
        {
            study.step_id = step.unwrap_or_else(|| study.step_id.clone());
            effects.push(Effect::Lesson(LessonEffect::Fetch(source)));
            return;
        }
        return go_to(state, step, now);
    }
    state.opening = Some((source.clone(), step));
    effects.push(Effect::Lesson(LessonEffect::Fetch(source)));
}

fn go_to(state: &mut State, step: Option<String>, now: i64) {
    let found = state.study.as_ref().and_then(|study| {
        let (lesson, id) = (study.lesson.as_ref()?, step.as_ref()?);
        step_named(lesson, id).filter(|step| *step != study.step)
    });
    if let Some(step) = found {
        with_lesson(state, |state, lesson| go(state, lesson, step, now));
    }
}

/// The step that is meant: by its id, or by its number from 1.
fn step_named(lesson: &Lesson, name: &str) -> Option<usize> {
    let number = || name.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < lesson.steps.len());
    lesson.steps.iter().position(|step| step.id == name).or_else(number)
}

fn loaded(state: &mut State, source: Source, answer: Result<String, String>, now: i64, effects: &mut Vec<Effect>) {
    let wanted: Option<Opening> = state.opening.take_if(|(opening, _)| *opening == source);
    let text = match answer {
        Ok(text) => text,
        Err(why) => {
            state.notice = Some(Notice::NoLesson { error: LessonError::Unavailable(why) });
            return;
        }
    };
    let lesson = match read(&text) {
        Ok(lesson) => Rc::new(lesson),
        Err(error) => {
            state.notice = Some(Notice::NoLesson { error: LessonError::Unreadable(error) });
            return;
        }
    };
    if let Some(Notice::NoLesson { .. }) = state.notice {
        state.notice = None;
    }
    if state.study.as_ref().is_some_and(|study| study.source == source) && source != Source::File {
        return super::complete(state, lesson, &text, now);
    }
    if wanted.is_none() && source != Source::File {
        return;
    }
    if state.study.is_none() {
        state.shelved = Some(shelve(state));
    }
    state.profile = Profile::default();
    let kept: &str = if matches!(source, Source::Site(_)) { "" } else { &text };
    let step = wanted.and_then(|(_, step)| step);
    let step = step.and_then(|name| step_named(&lesson, &name)).unwrap_or(0);
    state.study = Some(Study {
        source,
        id: lesson.id.clone(),
        lesson: Some(lesson.clone()),
        step,
        reached: step,
        attempts: Default::default(),
        checks: Vec::new(),
        waits: false,
        stuck: false,
        text: kept.into(),
        step_id: String::new(),
        since: (0, now),
        visit: super::Visit::default(),
    });
    arrive(state, &lesson, step, now);
    effects.push(Effect::Announce(Announcement::LessonOpened));
}

fn go(state: &mut State, lesson: &Lesson, step: usize, now: i64) {
    let events = state.events.len();
    state.typing = None;
    let Some(study) = &mut state.study else { return };
    if step >= lesson.steps.len() || step == study.step {
        return;
    }
    study.stuck = false;
    if step <= study.reached {
        // looking back, or forth again: the files stay as they are
        study.step = step;
        study.visit(events);
    } else if step == study.reached + 1 && study.step == study.reached && study.is_done() {
        study.step = step;
        begin(state, lesson, step, now);
    } else {
        arrive(state, lesson, step, now);
    }
}

/// The first hint that fits and was not shown.
fn hint(state: &mut State, lesson: &Lesson, now: i64) {
    preview(state);
    let Some(study) = &state.study else { return };
    let Some(step) = study.current() else { return };
    let project = trial(state);
    let situation = situation(state, study, lesson, &project);
    let checks: Vec<lesson::Check> = step.goals.iter().map(|goal| lesson::check(&goal.goal, &situation)).collect();
    let shown = study.attempts.get(&study.step).map(|attempt| attempt.hints.as_slice()).unwrap_or_default();
    let fitting = hints(step, &checks, &situation);
    let next = fitting.iter().find(|hint| !shown.contains(&hint.id)).map(|hint| hint.id.clone());
    attempt(state, |study| {
        study.stuck = false;
        study.since = (0, now);
        study.attempt_mut().hints.extend(next);
    });
}

/// Lets happen what the prediction is about, builds, and compares.
fn reveal(state: &mut State, lesson: &Lesson, now: i64, effects: &mut Vec<Effect>) {
    let Some(study) = &state.study else { return };
    let Some(predict) = lesson.steps.get(study.step).and_then(|step| step.predict.clone()) else { return };
    if study.attempt().revealed.is_some() {
        return;
    }
    state.typing = None;
    play(state, lesson, &predict.after, now);
    remember(state, Event::Build);
    note_build(state);
    let hits = outcomes(&state.shown, &predict);
    let (at, report) = (Some(state.events.len()), Some(state.shown.clone()));
    attempt(state, |study| study.attempt_mut().revealed = Some(Revealed { hits, at, report }));
    effects.push(Effect::Announce(result_of(&state.shown)));
}

/// Of each step of a prediction whether it came from the cache.
fn outcomes(report: &report::Report, predict: &lesson::Predict) -> Vec<Option<bool>> {
    let hit = |name: &String| Some(find_step(report, name, None)?.state == StepState::Cached);
    predict.steps.iter().map(hit).collect()
}

fn close(state: &mut State, effects: &mut Vec<Effect>) {
    if state.study.is_some() {
        let left = shelve(state);
        put_back(state, effects);
        state.shelved = Some(left);
        effects.push(Effect::Announce(Announcement::LessonClosed));
    }
    state.opening = None;
}

fn add_progress(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    match Progress::read(text) {
        Ok(other) => {
            if Rc::make_mut(&mut state.progress).add(&other) {
                effects.push(Effect::Lesson(LessonEffect::KeepProgress(state.progress.write())));
            }
        }
        Err(error) => state.notice = Some(Notice::NoProgress { error }),
    }
}
