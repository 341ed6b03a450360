//! What both roots of the page do, the whole page and its embeds: carry out effects, follow the language, build, edit.

use std::rc::Rc;

use report::{ContextKind, Edit, StepState};
use session::{Action, Announcement, Content, Effect, Language, State, Theme};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::assist::Assist;
use crate::boot::{language_tag, load_locale};
use crate::effects::carry_out;
use crate::panes::Goto;
use crate::shared::Shared;
use crate::store::{Dispatch, Store};
use crate::text::{Locale, aim, announcement, notice, reason};
use crate::view::{Pane, Show, ViewHandle};

/// Carries out what the state machine asks for, as far as it is `wanted`; what is to be said is written into `spoken`.
#[hook]
pub fn use_effects(
    store: &UseReducerHandle<Store>,
    dispatch: &Rc<Dispatch>,
    locale: &UseStateHandle<Locale>,
    spoken: &UseStateHandle<String>,
    wanted: fn(&Effect) -> bool,
) {
    use_effect_with((**store).clone(), {
        let (dispatch, locale, spoken) = (dispatch.clone(), (**locale).clone(), spoken.clone());
        move |store| {
            for effect in store.take_effects().into_iter().filter(wanted) {
                carry_out(effect, &store.state, &dispatch, &|said| {
                    let mut text = sentence(&locale, &said, &store.state);
                    // The same sentence again is only read out when it is another text.
                    if text == *spoken {
                        text.push('\u{a0}');
                    }
                    spoken.set(text);
                });
            }
        }
    });
}

/// Gives the document its language and colours, and fetches the words of a language that is chosen.
#[hook]
pub fn use_dress(language: Option<Language>, theme: Theme, locale: &UseStateHandle<Locale>) {
    use_effect_with(language, {
        let locale = locale.clone();
        move |&language| {
            let tag = language_tag(language);
            if tag != locale.tag() {
                spawn_local(async move {
                    if let Ok(loaded) = load_locale(tag).await {
                        locale.set(loaded);
                    }
                });
            }
        }
    });
    use_effect_with(((**locale).clone(), theme), |(locale, theme)| dress(locale, *theme));
}

/// Builds, and shows the result. It never changes: who has it is not drawn again at every key.
#[hook]
pub fn use_build(dispatch: &Rc<Dispatch>, view: &ViewHandle) -> Callback<()> {
    use_callback((dispatch.clone(), view.dispatcher()), |(), (dispatch, view)| {
        view.dispatch(Show::Pane(Pane::Result));
        dispatch.send(Action::Build);
    })
}

/// Ctrl+Enter builds.
pub fn build_key(onbuild: &Callback<()>) -> Callback<KeyboardEvent> {
    let onbuild = onbuild.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() {
            event.prevent_default();
            onbuild.emit(());
        }
    })
}

/// Writes what is typed into a file.
pub fn typing(dispatch: &Rc<Dispatch>) -> Callback<(AttrValue, AttrValue)> {
    let dispatch = dispatch.clone();
    Callback::from(move |(path, text): (AttrValue, AttrValue)| {
        let kind = ContextKind::File(Content::text(&text));
        dispatch.send(Action::Edit(Edit::Write { path: path.to_string(), kind, mode: None }));
    })
}

/// Opens the Dockerfile at a line. Like [`use_build`] it never changes: every row of the result has it.
#[hook]
pub fn use_line(
    dispatch: &Rc<Dispatch>,
    view: &ViewHandle,
    assist: &Rc<Assist>,
    goto: UseStateSetter<Goto>,
) -> Callback<usize> {
    let wishes = use_mut_ref(|| 0_usize);
    use_callback((dispatch.clone(), goto, view.dispatcher()), {
        let assist = Rc::clone(assist);
        move |line: usize, (dispatch, goto, view)| {
            view.dispatch(Show::Pane(Pane::Source));
            if let Some(state) = assist.state().filter(|state| state.open != state.project.dockerfile()) {
                dispatch.send(Action::Open(state.project.dockerfile().to_string()));
            }
            *wishes.borrow_mut() += 1;
            goto.set(Goto { serial: *wishes.borrow(), line });
        }
    })
}

/// Points at the last step that begins at or above a line: instructions without a step belong to the one before.
pub fn pointing(focus: UseStateSetter<Option<usize>>, shown: Shared<report::Report>) -> Callback<usize> {
    Callback::from(move |line: usize| focus.set(shown.steps.iter().rposition(|step| step.line <= line)))
}

/// What is said of an announcement: of a notice what it says, of a build also the first step that ran, and why.
fn sentence(locale: &Locale, said: &Announcement, state: &State) -> String {
    if let (Announcement::Notice(_), Some(message)) = (said, &state.notice) {
        return notice(locale, message);
    }
    let mut text = announcement(locale, said);
    if let (Announcement::GoalsMet(goals), Some(step)) = (said, state.study.as_ref().and_then(|study| study.current()))
    {
        let met = goals.iter().filter_map(|goal| step.goals.get(*goal)).map(|goal| aim(locale, &goal.goal.aim()));
        text.push_str(&met.collect::<Vec<_>>().join(" · "));
    }
    let first = state.shown.steps.iter().find(|step| step.state == StepState::Ran && step.reason.is_some());
    if let (Announcement::Built { .. }, Some(step)) = (said, first) {
        let why = step.reason.as_ref().map(|why| reason(locale, why, &state.shown.steps)).unwrap_or_default();
        text.push_str(&locale.f("announce-first", &[("step", step.name.as_str().into()), ("why", why.into())]));
    }
    text
}

/// Gives the document its language and colours.
pub fn dress(locale: &Locale, theme: Theme) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("lang", locale.tag());
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light => root.set_attribute("data-theme", "light"),
            Theme::Dark => root.set_attribute("data-theme", "dark"),
        };
    }
}
