//! What is kept of a state for the next visit. Writing takes long, so that it is not done at every key, but when the page
//! has the time; what came of it comes back as an action.

use super::{SAVED_LIMIT, save};
use crate::fold::fold;
use crate::{Action, Notice, State};

/// What came of an attempt to keep a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All of it is kept again.
    Whole,
    /// It is kept without what happened on the way, which would have been too long.
    Folded,
    /// It is too long also then: its length in bytes.
    Not(u64),
}

/// The text of a state that is to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The text, which [`crate::start`] opens again; `None` where it would be too long.
    pub text: Option<String>,
    /// What the state is to hear of it; most of the time nothing.
    pub answer: Option<Action>,
}

/// Writes a state that is to be kept.
#[must_use]
pub fn written(state: &State) -> Written {
    let (text, kept) = match save_within(state) {
        Ok(text) => (Some(text), Kept::Whole),
        Err(_) => {
            let mut folded = state.clone();
            fold(&mut folded, 0);
            match save_within(&folded) {
                Ok(text) => (Some(text), Kept::Folded),
                Err(bytes) => (None, Kept::Not(bytes)),
            }
        }
    };
    let known = match kept {
        Kept::Whole => !state.unsaved,
        Kept::Folded => false,
        Kept::Not(_) => state.unsaved,
    };
    Written { text, answer: (!known).then_some(Action::Kept(kept)) }
}

/// Takes note of what came of an attempt to keep the state. That it could not be kept is said once.
pub(crate) fn kept(state: &mut State, kept: Kept) {
    match kept {
        Kept::Whole => state.unsaved = false,
        Kept::Folded => {
            state.unsaved = false;
            fold(state, 0);
        }
        Kept::Not(bytes) => {
            if !std::mem::replace(&mut state.unsaved, true) {
                state.notice = Some(Notice::NotSaved { bytes, limit: SAVED_LIMIT });
            }
        }
    }
}

/// [`save`], where the text is not longer than a text to keep may be; else its length in bytes.
fn save_within(state: &State) -> Result<String, u64> {
    let too_long = |length: usize| u64::try_from(length).ok().filter(|length| *length > SAVED_LIMIT);
    if let Some(length) = state.texts.of(&state.start).and_then(|start| too_long(start.get().len())) {
        return Err(length);
    }
    let text = save(state);
    too_long(text.len()).map_or(Ok(text), Err)
}
