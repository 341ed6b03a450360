use yew::prelude::*;

use super::lesson::LessonProps;
use crate::components::{Icon, Shape};
use crate::text::{aim, found, use_locale};

/// What has to be true at the step's end; each goal ticks as it becomes so, and says what is there instead until then.
#[component]
pub fn LessonGoals(props: &LessonProps) -> Html {
    let locale = use_locale();
    let goals = props.study().and_then(|study| study.current()).map(|step| step.goals.as_slice()).unwrap_or_default();
    let checks = props.study().map(|study| study.checks.as_slice()).unwrap_or_default();
    html! {
        <section class="goals" aria-labelledby="goals-title" hidden={goals.is_empty()}>
            <h4 id="goals-title">{ locale.t("lesson-goals") }</h4>
            <ul class="goals__list">
                { goals.iter().enumerate().map(|(number, goal)| {
                    let check = checks.get(number).cloned().flatten();
                    let met = check.as_ref().is_some_and(|check| check.met);
                    let word = if met { "goal-met" } else { "goal-not-met" };
                    let now = check.as_ref().map(|check| found(&locale, &check.found));
                    html! {
                        <li key={goal.id.clone()} class={classes!("goal", if met { "is-hit" } else { "is-open" })} data-goal={goal.id.clone()}>
                            <span class="goal__mark"><Icon shape={if met { Shape::Check } else { Shape::Minus }} /></span>
                            <span class="goal__aim"><span class="visually-hidden">{ locale.t(word) }{ ": " }</span>{ aim(&locale, &goal.goal.aim()) }</span>
                            <span class="goal__found">
                                { now.map_or_else(|| locale.t("goal-waits").to_string(), |now| locale.f("goal-now", &[("found", now.into())]).to_string()) }
                            </span>
                        </li>
                    }
                }).collect::<Html>() }
            </ul>
        </section>
    }
}
