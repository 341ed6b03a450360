use report::{BaseView, Report};
use session::{Action, Event, Habit, State};
use yew::prelude::*;

use super::Order;
use super::what_if_events::{aged, events};
use crate::assist::Assist;
use crate::components::{BasisMark, Icon, Of, Shape};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::{Locale, duration, use_locale};

/// The days that pass at a press of the button.
const DAYS: u32 = 30;

/// The properties of [`WhatIf`].
#[derive(Properties, PartialEq)]
pub struct WhatIfProps {
    /// What would be built now.
    pub shown: Shared<Report>,
    /// What happened.
    pub events: Shared<Vec<Event>>,
    /// Whether nothing was edited since the last build.
    pub up_to_date: bool,
    /// Where the state is looked up.
    pub assist: Assist,
}

/// What happens to a project every day, at the press of a button; what happened so far, and the way back to any point.
#[component]
pub fn WhatIf(props: &WhatIfProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let state = props.assist.state();
    let base = props.shown.stages.iter().find_map(|stage| match &stage.base {
        BaseView::Image { short, .. } => Some(short.clone()),
        BaseView::Scratch | BaseView::Stage(_) => None,
    });
    let edit = |habit: Habit, shape: Shape, name: &'static str| {
        let onclick = dispatch.reform(move |_: MouseEvent| Action::Everyday(habit));
        html! { <button type="button" class="button" {onclick}><Icon {shape} />{ locale.t(name) }</button> }
    };
    let happen = |action: Action, name: AttrValue| {
        let onclick = dispatch.reform(move |_: MouseEvent| action.clone());
        html! { <button type="button" class="button" {onclick}>{ name }</button> }
    };
    html! {
        <div class="what-if">
            <section aria-labelledby="what-if-edit">
                <h3 id="what-if-edit">{ locale.t("what-if-edit") }</h3>
                <div class="what-if__buttons">
                    { edit(Habit::Source, Shape::Edit, "what-if-source") }
                    { edit(Habit::Dependency, Shape::Plus, "what-if-dependency") }
                    { edit(Habit::Comment, Shape::Edit, "what-if-comment") }
                    { edit(Habit::Log, Shape::File, "what-if-log") }
                </div>
            </section>
            <section aria-labelledby="what-if-world">
                <h3 id="what-if-world">{ locale.t("what-if-world") }</h3>
                <div class="what-if__buttons">
                    { happen(Action::FreshMachine, locale.t("what-if-fresh")) }
                    { happen(Action::PruneCache, locale.t("what-if-prune")) }
                    { happen(Action::PassTime(DAYS), locale.f("what-if-days", &[("days", DAYS.into())])) }
                    { base.map(|base| {
                        let name = locale.f("what-if-republish", &[("image", base.as_str().into())]);
                        happen(Action::Republish(base), name)
                    }) }
                </div>
            </section>
            <p class="what-if__now">
                <span>
                    { now(&locale, &props.shown, props.up_to_date) }
                    { if props.up_to_date { Html::default() } else { html! { <BasisMark basis={props.shown.time.basis} of={Of::Time} /> } } }
                </span>
                { " " }
                <button type="button" class="button" onclick={dispatch.reform(|_: MouseEvent| Action::Build)}>
                    <Icon shape={Shape::Play} />{ locale.t("build") }
                </button>
            </p>
            { state.as_deref().map(|state| aged(&locale, state)) }
            { state.as_deref().map(|state| order(state, &props.assist)) }
            { state.as_deref().map(|state| events(&locale, state, &dispatch)) }
        </div>
    }
}

/// What a build would do now.
fn now(locale: &Locale, shown: &Report, up_to_date: bool) -> AttrValue {
    let totals = &shown.totals;
    match shown.outcome {
        report::Outcome::Built if up_to_date => locale.t("what-if-built"),
        report::Outcome::Built => locale.f(
            "what-if-would",
            &[
                ("ran", totals.ran.into()),
                ("cached", totals.cached.into()),
                ("time", duration(locale, totals.ms).into()),
            ],
        ),
        _ => locale.t("what-if-fails"),
    }
}

fn order(state: &State, assist: &Assist) -> Html {
    let path = state.project.dockerfile().to_owned();
    let text = state.project.context.text(&path).unwrap_or_default();
    html! { <Order {path} {text} assist={assist.clone()} /> }
}
