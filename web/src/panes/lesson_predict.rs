use report::StepState;
use session::{Action, LessonAction, Revealed};
use yew::prelude::*;

use super::lesson::{LessonProps, texts};
use super::lesson_prose::Prose;
use crate::components::{Icon, Shape, state_class, state_shape, state_word};
use crate::store::use_dispatch;
use crate::text::{Locale, reason, use_locale};

/// Hit or miss, said of each step before the build is run; then the build, and what was right.
#[component]
pub fn LessonPredict(props: &LessonProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let Some((study, predict)) = props.study().and_then(|study| Some((study, study.current()?.predict.as_ref()?)))
    else {
        return html! { <div hidden={true} /> };
    };
    let blocks = texts(&locale, study)
        .and_then(|texts| texts.steps.get(&study.current()?.id))
        .map(|step| step.predict.clone())
        .unwrap_or_default();
    let attempt = study.attempt();
    let revealed = attempt.revealed.as_ref();
    let ready = (0..predict.steps.len()).all(|step| attempt.predicted.contains_key(&step));
    let onreveal = dispatch.reform(|()| Action::Lesson(LessonAction::Reveal));
    let right = |step: usize, revealed: &Revealed| {
        revealed.hits.get(step).copied().flatten() == attempt.predicted.get(&step).copied()
    };
    let score = revealed.map(|revealed| (0..predict.steps.len()).filter(|step| right(*step, revealed)).count());
    html! {
        <section class="predict" aria-labelledby="predict-title">
            <h4 id="predict-title">{ locale.t("lesson-predict") }</h4>
            <Prose {blocks} report={props.report()} began={props.began()} />
            <ul class="predict__steps">
                { predict.steps.iter().enumerate().map(|(number, name)| {
                    let said = attempt.predicted.get(&number).copied();
                    html! {
                        <li key={number} class="predict__step">
                            <fieldset disabled={revealed.is_some()}>
                                <legend><code lang="en">{ name }</code></legend>
                                { choice(&locale, &dispatch, number, true, said) }
                                { choice(&locale, &dispatch, number, false, said) }
                            </fieldset>
                            <div class="predict__result">
                                { revealed.map(|revealed| result(&locale, revealed, number, name, right(number, revealed))).unwrap_or_default() }
                            </div>
                        </li>
                    }
                }).collect::<Html>() }
            </ul>
            <button type="button" class={classes!("button", ready.then_some("is-primary"))} hidden={revealed.is_some()}
                aria-disabled={(!ready).to_string()} onclick={move |_: MouseEvent| if ready { onreveal.emit(()) }}>
                <Icon shape={Shape::Play} /><span>{ locale.t("lesson-reveal") }</span>
            </button>
            <p class="hint" hidden={ready || revealed.is_some()}>{ locale.t("lesson-predict-first") }</p>
            <p class="predict__score" hidden={score.is_none()}>
                { score.map(|score| locale.f("lesson-score", &[("right", score.into()), ("count", predict.steps.len().into())])).unwrap_or_default() }
            </p>
        </section>
    }
}

fn choice(locale: &Locale, dispatch: &Callback<Action>, step: usize, hit: bool, said: Option<bool>) -> Html {
    let state = if hit { StepState::Cached } else { StepState::Ran };
    let onchange = dispatch.reform(move |_: Event| Action::Lesson(LessonAction::Predict(step, hit)));
    html! {
        <label class={classes!("predict__choice", state_class(state))}>
            <input type="radio" name={format!("predict-{step}")} checked={said == Some(hit)} {onchange} />
            <Icon shape={state_shape(state)} />
            <span>{ locale.t(state_word(state)) }</span>
        </label>
    }
}

/// Whether it was right, and why the step ran.
fn result(locale: &Locale, revealed: &Revealed, number: usize, name: &str, right: bool) -> Html {
    let hit = revealed.hits.get(number).copied().flatten();
    let why = revealed.report.as_ref().and_then(|report| {
        let step = lesson::find_step(report, name, None)?;
        Some(reason(locale, step.reason.as_ref()?, &report.steps))
    });
    let (class, shape, word) = match (hit, right) {
        (None, _) => ("is-idle", Shape::Minus, "lesson-no-step"),
        (_, true) => ("is-hit", Shape::Check, "lesson-right"),
        (_, false) => ("is-error", Shape::Cross, "lesson-wrong"),
    };
    let what = match hit {
        Some(true) => locale.t("lesson-was-hit").to_string(),
        Some(false) => match why {
            Some(why) => locale.f("lesson-was-miss-because", &[("why", why.into())]).to_string(),
            None => locale.t("lesson-was-miss").to_string(),
        },
        None => String::new(),
    };
    html! {
        <p>
            <span class={classes!("verdict", class)}><Icon {shape} /><span>{ locale.t(word) }</span></span>
            { " " }{ what }
        </p>
    }
}
