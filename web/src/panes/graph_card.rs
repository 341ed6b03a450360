use report::StepState;
use yew::prelude::*;

use super::fitted::fitted_in_the_middle;
use crate::components::{Shape, path, state_class, state_shape, state_word};
use crate::svg::{Card, Phase, Rect, share};
use crate::text::{bytes, duration, use_locale};

/// The characters that fit a card; wide ones count twice.
const CARD_TEXT: usize = 30;
/// From a card's edge to what is on it.
const INSET: i32 = 12;

/// The properties of [`GraphCard`].
#[derive(Properties, PartialEq)]
pub struct GraphCardProps {
    /// The step and its place.
    pub card: Card,
    /// The instruction.
    pub text: AttrValue,
    /// What happens to it.
    pub state: StepState,
    /// The bytes of its layer.
    pub bytes: u64,
    /// When it starts and how long it takes, in milliseconds.
    pub takes: (u64, u64),
    /// The bytes of the build's largest layer.
    pub largest: u64,
    /// The bytes of the image that the step takes, if it takes one.
    pub base: Option<u64>,
    /// Where the step is.
    pub phase: Phase,
    /// The build's time, while the step is at work.
    pub time: u64,
    /// Whether the build is over.
    pub finished: bool,
    /// Whether the step is pointed at.
    pub linked: bool,
    /// Whether it is chosen.
    pub selected: bool,
    /// Called with the step when it is pointed at.
    pub onpoint: Callback<Option<usize>>,
    /// Called with the step when it is chosen.
    pub onselect: Callback<usize>,
}

/// A step of the graph: what it is, what happens to it, what its layer weighs and how long it takes.
#[component]
pub fn GraphCard(props: &GraphCardProps) -> Html {
    let locale = use_locale();
    let index = props.card.step;
    let (state, (start_ms, ms)) = (props.state, props.takes);
    let Rect { x, y, width, height } = props.card.area;
    let room = width - 2 * INSET;
    let (class, shape, word) = match props.phase {
        Phase::Waiting => ("is-waiting", Shape::Pause, "play-waiting"),
        Phase::Running => ("is-running", Shape::Play, "play-running"),
        Phase::Done if state == StepState::Ran && !props.finished => ("is-done", state_shape(state), "play-done"),
        Phase::Done => ("is-done", state_shape(state), state_word(state)),
    };
    let tone = if props.phase == Phase::Waiting { "is-idle" } else { state_class(state) };
    let weight = props.base.or((props.bytes > 0).then_some(props.bytes)).map(bytes);
    let takes = (ms > 0).then(|| duration(&locale, ms));
    let figures = [weight, takes].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let bar = share(props.bytes, props.largest, room);
    let gone = match props.phase {
        Phase::Running => share(props.time.saturating_sub(start_ms).min(ms), ms, width),
        _ => 0,
    };
    let text = |place: (i32, i32)| (place.0.to_string(), place.1.to_string());
    let (left, name_y) = text((x + INSET, y + 20));
    let (right, state_y) = text((x + width - INSET + 2, y + 38));
    html! {
        <g class={classes!("card", tone, class, props.linked.then_some("is-linked"), props.selected.then_some("is-selected"))}
            data-step={index.to_string()}
            onmouseenter={props.onpoint.reform(move |_: MouseEvent| Some(index))}
            onclick={props.onselect.reform(move |_: MouseEvent| index)}>
            <title>{ props.text.clone() }</title>
            <rect class="card__area" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="6" />
            <rect class="card__gone" x={x.to_string()} y={y.to_string()} width={gone.to_string()} height={height.to_string()} rx="6" />
            <rect class="card__edge" x={x.to_string()} y={(y + 6).to_string()} width="3" height={(height - 12).to_string()} rx="1.5" />
            <text class="card__text" x={left} y={name_y}>{ fitted_in_the_middle(&props.text, CARD_TEXT) }</text>
            <path class="card__icon" transform={format!("translate({} {}) scale(0.5)", x + INSET - 1, y + 28)} d={path(shape)} />
            <text class="card__state" x={(x + INSET + 16).to_string()} y={state_y.clone()}>{ locale.t(word) }</text>
            <text class="card__size" x={right} y={state_y} text-anchor="end">{ figures }</text>
            <rect class="card__track" x={(x + INSET).to_string()} y={(y + height - 9).to_string()} width={room.to_string()} height="3" rx="1.5" />
            <rect class="card__weight" x={(x + INSET).to_string()} y={(y + height - 9).to_string()} width={bar.to_string()} height="3" rx="1.5" />
        </g>
    }
}
