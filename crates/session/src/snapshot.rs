//! Snapshots: a session as it is now, to come back to after an experiment. The page keeps their texts.

use std::rc::Rc;

use crate::opening::open_saved;
use crate::save::{load_linked, save_viewed};
use crate::state::Left;
use crate::{Announcement, Effect, LessonEffect, Notice, State, lessons};

/// The session as it is now, lesson included, with `view`, which is the page's own: what [`crate::Action::Return`] takes.
#[must_use]
pub fn snapshot(state: &State, view: &str) -> String {
    save_viewed(state, view)
}

/// What the page showed of a snapshot; nothing where it cannot be read.
#[must_use]
pub fn snapshot_view(text: &str) -> String {
    load_linked(text).map(|linked| linked.view).unwrap_or_default()
}

/// Goes to a snapshot. Where it cannot be read, all stays.
pub(crate) fn return_to(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    let left = save_viewed(state, "");
    if open(state, text, effects) {
        state.left = Some(Left { text: left.into(), events: Rc::clone(&state.events) });
        effects.push(Effect::Announce(Announcement::Returned));
    }
}

/// Goes back to what was left for the snapshot.
pub(crate) fn come_back(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(text) = state.just_left() {
        state.left = None;
        open(state, &text, effects);
        effects.push(Effect::Announce(Announcement::Undone));
    }
}

fn open(state: &mut State, text: &str, effects: &mut Vec<Effect>) -> bool {
    let saved = match load_linked(text) {
        Ok(linked) => linked.saved,
        Err(error) => {
            state.notice = Some(Notice::Unreadable { error });
            return false;
        }
    };
    let known = state.study.as_ref().and_then(|study| Some((study.source.clone(), study.lesson.clone()?)));
    open_saved(state, saved, effects);
    // A lesson that is there already is not fetched again: there may be no network in the room.
    if let (Some((source, lesson)), Some(study)) = (known, &state.study)
        && study.source == source
        && study.lesson.is_none()
    {
        let text = Rc::clone(&study.text);
        effects.retain(|effect| !matches!(effect, Effect::Lesson(LessonEffect::Fetch(_))));
        lessons::complete(state, lesson, &text, 0);
    }
    true
}
