use report::StepState;
use yew::prelude::*;

use super::{Icon, Shape};
pub use crate::text::state_word;
use crate::text::use_locale;

/// The properties of [`Verdict`].
#[derive(Properties, PartialEq)]
pub struct VerdictProps {
    /// What happened to the step.
    pub state: StepState,
}

/// What happened to a step: icon, word and colour.
#[component]
pub fn Verdict(props: &VerdictProps) -> Html {
    let locale = use_locale();
    html! {
        <span class={classes!("verdict", state_class(props.state))}>
            <Icon shape={state_shape(props.state)} />
            <span>{ locale.t(state_word(props.state)) }</span>
        </span>
    }
}

/// The class that carries the colour of a state.
#[must_use]
pub fn state_class(state: StepState) -> &'static str {
    match state {
        StepState::Cached => "is-hit",
        StepState::Ran => "is-run",
        StepState::Failed => "is-error",
        StepState::NotReached | StepState::NotNeeded => "is-idle",
    }
}

/// The icon of a state.
#[must_use]
pub fn state_shape(state: StepState) -> Shape {
    match state {
        StepState::Cached => Shape::Check,
        StepState::Ran => Shape::Again,
        StepState::Failed => Shape::Cross,
        StepState::NotReached => Shape::Pause,
        StepState::NotNeeded => Shape::Minus,
    }
}
