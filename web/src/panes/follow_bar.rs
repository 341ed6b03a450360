use report::Report;
use session::{Action, State};
use yew::prelude::*;

use super::presenter_bar::step_of;
use crate::components::{Icon, Shape};
use crate::effects::{keep_before_link, kept};
use crate::presenter::{Turn, use_presenter};
use crate::route::{Route, replace};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::use_locale;

/// The properties of [`FollowBar`].
#[derive(Properties, PartialEq)]
pub struct FollowBarProps {
    /// The state.
    pub state: Shared<State>,
    /// The build that is drawn.
    pub report: Shared<Report>,
}

/// Says that what is open is a room's, to look at: where it is in the build, and the way to have it as one's own.
#[component]
pub fn FollowBar(props: &FollowBarProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let Some(presenter) = use_presenter().filter(|_| props.state.looking) else {
        return html! { <div hidden={true} /> };
    };
    let onown = dispatch.reform(|_: MouseEvent| {
        // What this browser had so far is put aside first.
        keep_before_link(kept().as_deref());
        match Route::here() {
            Route::FollowLesson(id, step) => replace(&Route::Lesson(id, step)),
            _ => replace(&Route::Sandbox),
        }
        Action::Look(false)
    });
    let turn = |shape: Shape, name: &str, turn: Turn| {
        let (presenter, name) = (presenter.dispatcher(), locale.t(name));
        html! {
            <button type="button" class="button is-icon" title={name.clone()} aria-label={name}
                onclick={move |_: MouseEvent| presenter.dispatch(turn.clone())}><Icon {shape} /></button>
        }
    };
    let count = presenter.stops.len();
    let place = match presenter.at {
        None => locale.t("present-whole"),
        Some(0) => locale.t("present-before"),
        Some(at) => step_of(&locale, at, count),
    };
    html! {
        <div class="follow" role="region" aria-label={locale.t("follow-title")}>
            <p><strong>{ locale.t("follow-title") }</strong>{ " " }{ locale.t("follow-about") }</p>
            <span class="follow__steps" hidden={count == 0}>
                { turn(Shape::StepBack, "present-back", Turn::Back) }
                <span class="follow__place" role="status">{ place }</span>
                { turn(Shape::StepForward, "present-next", Turn::Next) }
            </span>
            <button type="button" class="button is-primary" onclick={onown}>{ locale.t("follow-own") }</button>
        </div>
    }
}
