//! What is opened: a project, a session that was saved, a file in the editor.

use std::rc::Rc;

use filesystem::ContextKind;
use report::Context;

use crate::replay::replay;
use crate::save::load;
use crate::update::remember;
use crate::{Announcement, Effect, Event, Notice, Project, Saved, State, lessons};

/// Opens a project of these files.
pub(crate) fn open_project(state: &mut State, context: Context, effects: &mut Vec<Effect>) {
    open_own(state, Project { context, ..Project::default() }, effects);
}

/// Opens a project, with what it is called and its options.
pub(crate) fn open_own(state: &mut State, project: Project, effects: &mut Vec<Effect>) {
    state.typing = None;
    project.dockerfile().clone_into(&mut state.open);
    remember(state, Event::Project(project));
    effects.push(Effect::Announce(Announcement::ProjectOpened));
}

/// Puts what was saved in the place of what there is; the settings too. Whether that could be done.
pub(crate) fn restore(state: &mut State, text: &str, effects: &mut Vec<Effect>) -> bool {
    let saved = match load(text) {
        Ok(saved) => saved,
        Err(error) => {
            state.notice = Some(Notice::Unreadable { error });
            effects.push(Effect::SetAside(text.to_owned()));
            return false;
        }
    };
    state.settings = saved.settings;
    open_saved(state, saved, effects);
    true
}

/// Puts a session in the place of what there is.
pub(crate) fn open_saved(state: &mut State, saved: Saved, effects: &mut Vec<Effect>) {
    state.start = saved.start;
    state.profile = saved.profile;
    state.open = saved.open;
    state.typing = None;
    state.events = Rc::new(saved.events);
    state.start_built = saved.start_built;
    state.study = saved.study;
    if saved.shelved.is_some() {
        state.shelved = saved.shelved;
    }
    replay(state);
    keep_open_file(state);
    lessons::restored(state, effects);
}

/// The editor shows a file that is there.
pub(crate) fn keep_open_file(state: &mut State) {
    let is_file =
        |path: &str| state.project.context.get(path).is_some_and(|entry| matches!(entry.kind, ContextKind::File(_)));
    if !is_file(&state.open) {
        state.open = state.project.dockerfile().to_owned();
    }
}
