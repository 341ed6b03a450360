use report::{Report, StepState};
use yew::prelude::*;

use crate::components::{Icon, Shape, state_class, state_shape, state_word};
use crate::presenter::{Command, Presenter, Turn, asked, use_presenter};
use crate::shared::Shared;
use crate::text::{Locale, reason, use_locale};

/// The properties of [`PresenterPredict`].
#[derive(Properties, PartialEq)]
pub struct PresenterPredictProps {
    /// The build.
    pub report: Shared<Report>,
    /// Called with what is to be done.
    pub run: Callback<Command>,
}

/// What the room says of the next step, counted by the instructor; then what happens to it, and how many were right.
#[component]
pub fn PresenterPredict(props: &PresenterPredictProps) -> Html {
    let locale = use_locale();
    let Some(presenter) = use_presenter().filter(|presenter| presenter.predicting) else {
        return html! { <div hidden={true} /> };
    };
    let onnext = props.run.reform(|_: MouseEvent| Command::Next);
    let onend = props.run.reform(|_: MouseEvent| Command::Predict);
    let question = presenter.question();
    let step = question.and_then(|step| props.report.steps.get(step));
    let right = right_in_all(&presenter, &props.report);
    let next = match (question, presenter.asking) {
        (Some(_), true) => "present-reveal",
        _ => "present-ask-next",
    };
    html! {
        <section class="tally" aria-labelledby="tally-title">
            <div class="tally__head">
                <h2 id="tally-title">{ locale.t(if question.is_some() { "present-question" } else { "present-predict" }) }</h2>
                <code lang="en" class="tally__step" hidden={step.is_none()}>{ step.map(|step| step.text.clone()).unwrap_or_default() }</code>
                <button type="button" class="button is-icon" title={locale.t("present-predict-end")} aria-label={locale.t("present-predict-end")}
                    onclick={onend}><Icon shape={Shape::Cross} /></button>
            </div>
            <div class="tally__answers" hidden={question.is_none()}>
                { answer(&locale, &presenter, true, &props.report) }
                { answer(&locale, &presenter, false, &props.report) }
                <button type="button" class="button is-primary tally__next" onclick={onnext} hidden={presenter.at.is_none()}>
                    { locale.t(next) }<Icon shape={Shape::Right} />
                </button>
            </div>
            <p class="tally__result" role="status">{ result(&locale, &presenter, &props.report) }</p>
            <p class="tally__all" hidden={right.1 == 0}>
                { locale.f("present-right-all", &[("right", right.0.into()), ("count", right.1.into())]) }
            </p>
        </section>
    }
}

/// How many say so, with one more and one fewer.
fn answer(locale: &Locale, presenter: &UseReducerHandle<Presenter>, hit: bool, report: &Report) -> Html {
    let state = if hit { StepState::Cached } else { StepState::Ran };
    let step = presenter.question();
    let tally = step.and_then(|step| presenter.tally.get(&step)).copied().unwrap_or_default();
    let count = if hit { tally.hit } else { tally.miss };
    let word = locale.t(state_word(state));
    let shown = step.filter(|_| !presenter.asking).and_then(|step| asked(report, step));
    let right = shown.map(|asked| asked.hit == hit);
    let turn = |more: bool| {
        let presenter = presenter.dispatcher();
        move || presenter.dispatch(Turn::Count { hit, more })
    };
    let button = |more: bool| {
        let (shape, name) = if more { (Shape::Plus, "present-one-more") } else { (Shape::Minus, "present-one-fewer") };
        let name = locale.f(name, &[("answer", word.as_str().into())]);
        let turn = turn(more);
        html! {
            <button type="button" class="button is-icon" title={name.clone()} aria-label={name} disabled={!presenter.asking}
                onclick={move |_: MouseEvent| turn()}><Icon {shape} /></button>
        }
    };
    let onkeydown = {
        let (more, fewer) = (turn(true), turn(false));
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "+" | "=" | "ArrowUp" => {
                event.prevent_default();
                more();
            }
            "-" | "ArrowDown" => {
                event.prevent_default();
                fewer();
            }
            _ => {}
        })
    };
    html! {
        <div class={classes!("tally__answer", state_class(state), right.map(|right| if right { "is-right" } else { "is-wrong" }))} role="group"
            aria-label={word.clone()} {onkeydown}>
            <span class="tally__word"><Icon shape={state_shape(state)} />{ word.clone() }</span>
            { button(false) }
            <output class="tally__count">{ count }</output>
            { button(true) }
        </div>
    }
}

/// What happened to the step, why, and how many were right.
fn result(locale: &Locale, presenter: &Presenter, report: &Report) -> String {
    let Some(asked) = presenter.question().filter(|_| !presenter.asking).and_then(|step| asked(report, step)) else {
        return String::new();
    };
    let why = report.steps.get(asked.step).and_then(|step| step.reason.as_ref());
    let what = match why {
        _ if asked.hit => locale.t("lesson-was-hit").to_string(),
        Some(why) => {
            locale.f("lesson-was-miss-because", &[("why", reason(locale, why, &report.steps).into())]).to_string()
        }
        None => locale.t("lesson-was-miss").to_string(),
    };
    let tally = presenter.tally.get(&asked.step).copied().unwrap_or_default();
    let (right, all) = (if asked.hit { tally.hit } else { tally.miss }, tally.hit.saturating_add(tally.miss));
    if all == 0 {
        return what;
    }
    let right = locale.f("present-right", &[("right", right.into()), ("count", all.into())]);
    format!("{what} {right}")
}

/// How many were right, of how many, in all steps that are shown.
fn right_in_all(presenter: &Presenter, report: &Report) -> (u32, u32) {
    let shown = presenter.at.unwrap_or(presenter.stops.len());
    let shown =
        presenter.stops.iter().take(shown).filter_map(|step| Some((asked(report, *step)?, presenter.tally.get(step)?)));
    shown.fold((0, 0), |(right, all), (asked, tally)| {
        let of = if asked.hit { tally.hit } else { tally.miss };
        (right + of, all + tally.hit + tally.miss)
    })
}
