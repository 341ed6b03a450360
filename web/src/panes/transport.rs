use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::play::{Move, Play, SPEEDS, wants_no_motion};
use crate::components::{Icon, Shape};
use crate::svg::Phase;
use crate::text::{duration, use_locale};

/// The properties of [`Transport`].
#[derive(Properties, PartialEq)]
pub struct TransportProps {
    /// How long the build takes, in milliseconds.
    pub total: u64,
    /// Where its playing is.
    pub play: Play,
    /// Called with what is to be done with it.
    pub onplay: Callback<Move>,
}

/// The controls of a build that plays: play and pause, moment by moment back and forward, anywhere, how fast.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let locale = use_locale();
    let play = &props.play;
    let (length, played) = (play.length(), play.played());
    let toggle = {
        let (playing, onplay) = (play.playing, props.onplay.clone());
        move || onplay.emit(if playing { Move::Pause } else { Move::Play { still: wants_no_motion() } })
    };
    let onkeydown = {
        let (toggle, onplay) = (toggle.clone(), props.onplay.clone());
        Callback::from(move |event: KeyboardEvent| {
            let target = event.target_dyn_into::<Element>();
            let is = |selector: &str| target.as_ref().is_some_and(|target| target.matches(selector).unwrap_or(false));
            // A list and a check box have these keys for themselves, a button its own space bar.
            if is("select, [type=checkbox]") || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            match event.key().as_str() {
                " " if is("[type=range]") => toggle(),
                "ArrowRight" | "ArrowUp" => onplay.emit(Move::Forward),
                "ArrowLeft" | "ArrowDown" => onplay.emit(Move::Back),
                "Home" => onplay.emit(Move::To(0)),
                "End" => onplay.emit(Move::To(u64::MAX)),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onscrub = props.onplay.reform(|event: InputEvent| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        Move::To(input.value().parse().unwrap_or(0))
    });
    let onspeed = props.onplay.reform(|event: Event| {
        let chosen = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        Move::Speed(chosen.and_then(|select| select.value().parse().ok()).unwrap_or(100))
    });
    let onafter = props
        .onplay
        .reform(|event: Event| Move::AfterBuild(event.target_unchecked_into::<HtmlInputElement>().checked()));
    let phases = play.phases();
    let done = phases.iter().filter(|phase| **phase == Phase::Done).count();
    let now = locale.f(
        "play-time",
        &[("time", duration(&locale, play.time()).into()), ("total", duration(&locale, props.total).into())],
    );
    let said =
        locale.f("play-said", &[("time", now.as_str().into()), ("done", done.into()), ("count", phases.len().into())]);
    let (shape, name) = if play.playing { (Shape::Pause, "play-pause") } else { (Shape::Play, "play-start") };
    // A button that is switched off at an end would lose the focus there: these do nothing then.
    let button = |shape: Shape, name: &str, at_end: bool, action: Move| {
        let text = locale.t(name);
        html! {
            <button type="button" class="button is-icon" aria-disabled={at_end.to_string()} title={text.clone()} aria-label={text}
                onclick={props.onplay.reform(move |_: MouseEvent| action.clone())}><Icon {shape} /></button>
        }
    };
    html! {
        <div class="transport" role="group" hidden={length == 0} aria-label={locale.t("play-label")} {onkeydown}>
            <button type="button" class="button transport__play" disabled={length == 0}
                onclick={move |_: MouseEvent| toggle()}>
                <Icon {shape} /><span>{ locale.t(name) }</span>
            </button>
            { button(Shape::StepBack, "play-back", played == 0, Move::Back) }
            { button(Shape::StepForward, "play-forward", play.at_end(), Move::Forward) }
            <input type="range" class="transport__slider" min="0" max={length.to_string()} step="1"
                value={played.to_string()} disabled={length == 0}
                aria-label={locale.t("play-position")} aria-valuetext={said} oninput={onscrub} />
            <span class="transport__time" aria-hidden="true">{ now }</span>
            <select class="select transport__speed" aria-label={locale.t("play-speed")} title={locale.t("play-speed")}
                onchange={onspeed}>
                { SPEEDS.iter().map(|&speed| html! {
                    <option key={speed} value={speed.to_string()} selected={speed == play.speed}>
                        { format!("{}{}×", speed / 100, if speed % 100 == 50 { ".5" } else { "" }) }
                    </option>
                }).collect::<Html>() }
            </select>
            <label class="transport__after">
                <input type="checkbox" checked={play.after_build} onchange={onafter} />
                { locale.t("play-after-build") }
            </label>
        </div>
    }
}
