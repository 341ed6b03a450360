//! What happens around a project: everyday edits, another machine, time, a way back.

use std::rc::Rc;

use filesystem::Edit;
use report::Options;

use crate::difference::edits_between;
use crate::replay::apply;
use crate::timeline::{given, visited};
use crate::update::{path_of, remember};
use crate::{Action, Announcement, Effect, Event, Habit, Notice, State};

/// Carries out one of these actions; others are none of its business.
pub(crate) fn happen(state: &mut State, action: Action, now: i64, effects: &mut Vec<Effect>) {
    match action {
        Action::FreshMachine => {
            remember(state, Event::FreshMachine);
            effects.push(Effect::Announce(Announcement::FreshMachine));
        }
        Action::Republish(image) => {
            remember(state, Event::Republish(image.clone()));
            effects.push(Effect::Announce(Announcement::Republished(image)));
        }
        Action::PassTime(days) => {
            remember(state, Event::TimePasses(days));
            effects.push(Effect::Announce(Announcement::TimePassed(days)));
        }
        Action::Everyday(habit) => match edits_of(state, habit) {
            edits if edits.is_empty() => state.notice = Some(Notice::NothingToEdit),
            edits => change(state, edits, None, now, effects),
        },
        Action::Change { edits, options } => change(state, edits, options, now, effects),
        Action::Pin(text) => {
            let pinned: Option<Rc<str>> = text.map(Rc::from);
            if pinned != state.project.pinned {
                state.typing = None;
                let said = if pinned.is_some() { Announcement::Pinned } else { Announcement::Unpinned };
                remember(state, Event::Pin(pinned));
                effects.push(Effect::Announce(said));
            }
        }
        Action::Swap => {
            let path = state.project.dockerfile().to_owned();
            state.typing = None;
            match apply(state, Event::Swap { at: now }) {
                Ok(()) => effects.push(Effect::Announce(Announcement::Swapped)),
                Err(error) => state.notice = Some(Notice::EditRefused { path, error }),
            }
        }
        Action::OpenExample(scene) => {
            state.typing = None;
            remember(state, Event::Project(scene.project));
            for edits in scene.edits {
                let edits = edits.into_iter().map(|edit| (edit, now)).collect();
                remember(state, Event::Change { edits, options: None });
                remember(state, Event::Build);
            }
            state.open = state.project.dockerfile().to_owned();
            effects.push(Effect::Announce(Announcement::ProjectOpened));
        }
        Action::ReturnTo(count) => {
            let point = visited(state, count).project;
            let edits = edits_between(&state.project.context, &point.context);
            let options = (state.project.options != point.options).then_some(point.options);
            if !edits.is_empty() || options.is_some() {
                state.typing = None;
                remember(state, Event::Change { edits, options });
                effects.push(Effect::Announce(Announcement::Returned));
            }
        }
        _ => {}
    }
}

/// Several edits as one.
fn change(state: &mut State, edits: Vec<Edit>, options: Option<Options>, now: i64, effects: &mut Vec<Effect>) {
    let first = edits.first().map(path_of).unwrap_or_default().to_owned();
    let others = edits.len().saturating_sub(1);
    let edits = edits.into_iter().map(|edit| (edit, now)).collect();
    match apply(state, Event::Change { edits, options }) {
        Ok(()) => {
            state.typing = None;
            effects.push(Effect::Announce(Announcement::FilesChanged { first, others }));
        }
        Err(error) => state.notice = Some(Notice::EditRefused { path: first, error }),
    }
}

fn edits_of(state: &State, habit: Habit) -> Vec<Edit> {
    let everyday = suggest::everyday(&given(state));
    match habit {
        Habit::Source => everyday.source,
        Habit::Dependency => everyday.dependency,
        Habit::Comment => everyday.comment,
        Habit::Log => everyday.log,
    }
}
