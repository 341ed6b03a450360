//! Whether the goals are met, and what comes of that.

use std::rc::Rc;

use lesson::{Check, Lesson, Situation, Step, check as judged};

use super::walk::trial;
use super::{LessonEffect, Mark, Study};
use crate::timeline::visited;
use crate::{Announcement, Effect, State};

/// After so many builds without another goal the learner seems to be stuck.
const STUCK_BUILDS: usize = 3;
/// After so many seconds of edits, too.
const STUCK_SECONDS: i64 = 180;

/// Looks at the goals again where what they are judged on is another than before; those that take builds of their own only
/// where `all` is asked for.
pub(crate) fn judge(before: &State, state: &mut State, all: bool, now: i64, effects: &mut Vec<Effect>) {
    let Some(mut study) = state.study.take() else { return };
    if let Some(lesson) = study.lesson.clone()
        && let Some(step) = lesson.steps.get(study.step)
    {
        let last = before.study.as_ref();
        let known = Rc::ptr_eq(&before.shown, &state.shown) && before.is_waiting() == state.is_waiting();
        let same = known && last.is_some_and(|last| same_step(last, &study));
        if !same || (all && study.waits) {
            look(state, &mut study, (&lesson, step), all, effects);
        }
        if !state.is_waiting() {
            progress(state, &mut study, (&lesson, step), last, now, effects);
        }
    }
    state.study = Some(study);
}

fn same_step(a: &Study, b: &Study) -> bool {
    let builds = |study: &Study| study.attempts.get(&study.step).map(|attempt| attempt.builds);
    let lesson = match (&a.lesson, &b.lesson) {
        (Some(a), Some(b)) => Rc::ptr_eq(a, b),
        _ => false,
    };
    lesson && a.step == b.step && builds(a) == builds(b)
}

fn look(state: &State, study: &mut Study, (lesson, step): (&Rc<Lesson>, &Step), all: bool, effects: &mut Vec<Effect>) {
    // facts of a base image that have not come yet would make goals fail that are met
    if state.is_waiting() {
        study.checks = vec![None; step.goals.len()];
        study.waits = true;
        return;
    }
    study.checks.resize(step.goals.len(), None);
    let project = trial(state);
    let situation = situation(state, study, lesson, &project);
    let mut waits = false;
    let checks = step.goals.iter().zip(&study.checks).map(|(goal, old)| {
        if all || !goal.goal.tries_builds() {
            return Some(judged(&goal.goal, &situation));
        }
        waits = true;
        old.clone()
    });
    let checks: Vec<Option<Check>> = checks.collect();
    study.checks = checks;
    study.waits = waits;
    if waits {
        effects.push(Effect::Lesson(LessonEffect::CheckSoon));
    }
}

/// What goals and hints are judged on.
pub(super) fn situation<'a>(
    state: &'a State,
    study: &Study,
    lesson: &'a Lesson,
    project: &'a lesson::Trial,
) -> Situation<'a> {
    let builds = study.attempts.get(&study.step).map_or(0, |attempt| attempt.builds);
    Situation { lesson, project, report: &state.shown, builds }
}

/// The goals that are met, and were not when they were judged last. One that was not judged before, since it waited for facts
/// or for typing to rest, is held against what the learner came to: what is met from the start is nothing to be told, but
/// what an edit has met meanwhile is.
fn newly_met(state: &State, study: &mut Study, (lesson, step): (&Rc<Lesson>, &Step)) -> Vec<usize> {
    let was = std::mem::take(&mut study.visit.met);
    let was = |goal: usize| was.get(goal).copied().flatten();
    let events = study.visit.events.filter(|events| *events < state.events.len());
    let mut came_to = None;
    let mut new = Vec::new();
    for (goal, check) in study.checks.iter().enumerate() {
        let met = check.as_ref().map(|check| check.met);
        let mut failed = || match (was(goal), events, step.goals.get(goal)) {
            (Some(met), ..) => !met,
            (None, Some(events), Some(goal)) => {
                let there = came_to.get_or_insert_with(|| visited(state, events));
                let project = trial(there);
                let builds = study.visit.builds;
                !judged(&goal.goal, &Situation { builds, ..situation(there, study, lesson, &project) }).met
            }
            (None, ..) => false,
        };
        if met == Some(true) && failed() {
            new.push(goal);
        }
        study.visit.met.push(met.or(was(goal)));
    }
    new
}

/// Says which goals are newly met, notes that the step is done, and whether the learner seems to be stuck.
fn progress(
    state: &mut State,
    study: &mut Study,
    (lesson, step): (&Rc<Lesson>, &Step),
    last: Option<&Study>,
    now: i64,
    effects: &mut Vec<Effect>,
) {
    let last = last.filter(|last| last.id == study.id && last.step == study.step);
    let new = newly_met(state, study, (lesson, step));
    if !new.is_empty() {
        study.since = (0, now);
        study.stuck = false;
        effects.push(Effect::Announce(Announcement::GoalsMet(new.clone())));
    }
    if study.is_done() {
        study.stuck = false;
        let mark = if study.attempt().seen { Mark::Shown } else { Mark::Solved };
        let first = Rc::make_mut(&mut state.progress).mark(&study.key(), &step.id, mark);
        if first {
            let text = state.progress.write();
            effects.push(Effect::Lesson(LessonEffect::KeepProgress(text)));
        }
        // what only waited to be judged is not done anew
        let anew = |last: &Study| !last.is_done() && (first || !new.is_empty() || !last.waits);
        if last.is_some_and(anew) {
            let over = study.step + 1 == lesson.steps.len();
            effects.push(Effect::Announce(if over { Announcement::LessonDone } else { Announcement::StepDone }));
        }
        return;
    }
    if last.is_none() || study.since.1 == 0 {
        study.since = (0, now);
        return;
    }
    let (builds, at) = study.since;
    let tried = builds >= STUCK_BUILDS || now.saturating_sub(at) >= STUCK_SECONDS;
    let left = step.hints.iter().any(|hint| !study.attempt().hints.contains(&hint.id));
    if tried && left && !study.goals_met() && !std::mem::replace(&mut study.stuck, true) {
        effects.push(Effect::Announce(Announcement::HintOffered));
    }
}
