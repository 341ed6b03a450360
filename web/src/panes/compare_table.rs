use report::{Basis, Report, StepState};
use session::{Round, Side};
use yew::prelude::*;

use crate::components::{BasisMark, Of};
use crate::shared::Shared;
use crate::text::{Locale, bytes, duration, signed_bytes, signed_count, signed_duration, use_locale};

/// The steps that are named of a build.
const MOST_STEPS: usize = 12;

/// The properties of [`CompareTable`].
#[derive(Properties, PartialEq)]
pub struct CompareTableProps {
    /// The builds of both.
    pub rounds: Shared<Vec<Round>>,
    /// What happened before each.
    pub labels: Vec<AttrValue>,
}

/// What both come to: the image, the first build, and after each event how long a build takes and which steps it runs
/// again.
#[component]
pub fn CompareTable(props: &CompareTableProps) -> Html {
    let locale = use_locale();
    let head = |name: &str| html! { <th scope="col" class="number">{ locale.t(name) }</th> };
    let (first, last) = (props.rounds.first(), props.rounds.last());
    html! {
        <table class="times versus">
            <caption class="visually-hidden">{ locale.t("compare-table") }</caption>
            <thead>
                <tr>
                    <td></td>
                    <th scope="col" class="number"><span class="side is-a">{ "A" }</span><span class="versus__side">{ locale.t("compare-a") }</span></th>
                    <th scope="col" class="number"><span class="side is-b">{ "B" }</span><span class="versus__side">{ locale.t("compare-b") }</span></th>
                    { head("compare-delta") }
                </tr>
            </thead>
            <tbody>
                { last.map(|round| sizes(&locale, round)).unwrap_or_default() }
                { first.map(|round| time(&locale, locale.t("compare-first"), round)).unwrap_or_default() }
            </tbody>
            { props.rounds.iter().zip(&props.labels).enumerate().skip(1).map(|(number, (round, label))| html! {
                <tbody key={number} class="versus__round">
                    { time(&locale, label.clone(), round) }
                    { steps(&locale, round) }
                </tbody>
            }).collect::<Html>() }
        </table>
    }
}

/// The image's bytes and layers.
fn sizes(locale: &Locale, round: &Round) -> Html {
    let size = |side: &Side| match &side.report.image {
        Some(image) if side.run.built => html! { <>{ bytes(image.bytes) }<BasisMark basis={image.basis} /></> },
        _ => html! { locale.t("figure-none") },
    };
    let layers = |side: &Side| match side.run.built {
        true => side.report.totals.layers.to_string(),
        false => "–".to_string(),
    };
    let both = round.a.run.built && round.b.run.built;
    let more_bytes = difference(round.a.run.image_bytes, round.b.run.image_bytes);
    let more_layers = difference(round.a.report.totals.layers as u64, round.b.report.totals.layers as u64);
    html! {
        <>
            <tr>
                <th scope="row">{ locale.t("figure-size") }</th>
                <td class="number">{ size(&round.a) }</td>
                <td class="number">{ size(&round.b) }</td>
                { delta(both, more_bytes, &signed_bytes(more_bytes)) }
            </tr>
            <tr>
                <th scope="row">{ locale.t("figure-layers") }</th>
                <td class="number">{ layers(&round.a) }</td>
                <td class="number">{ layers(&round.b) }</td>
                { delta(both, 0, &signed_count(more_layers)) }
            </tr>
        </>
    }
}

/// How long a build takes.
fn time(locale: &Locale, label: AttrValue, round: &Round) -> Html {
    let takes = |side: &Side| match side.run.built {
        true => {
            html! { <>{ duration(locale, side.report.totals.ms) }<BasisMark basis={side.report.time.basis} of={Of::Time} /></> }
        }
        false => html! { <span class="is-error versus__failed">{ locale.t("compare-fails") }</span> },
    };
    let more = difference(round.a.report.totals.ms, round.b.report.totals.ms);
    html! {
        <tr class="versus__time">
            <th scope="row">{ label }</th>
            <td class="number">{ takes(&round.a) }</td>
            <td class="number">{ takes(&round.b) }</td>
            { delta(round.a.run.built && round.b.run.built, more, &signed_duration(locale, more)) }
        </tr>
    }
}

/// More is worse, of bytes and of time.
fn delta(both: bool, more: i64, words: &str) -> Html {
    let class = match more {
        0 => "is-same",
        1.. => "is-worse",
        _ => "is-better",
    };
    html! { <td class={classes!("number", "figure__change", class)}>{ if both { words } else { "–" } }</td> }
}

fn difference(a: u64, b: u64) -> i64 {
    let size = i64::try_from(a.abs_diff(b)).unwrap_or(i64::MAX);
    if b < a { -size } else { size }
}

/// The steps that run again in one of the two, beside what the other does with them.
fn steps(locale: &Locale, round: &Round) -> Html {
    let (a, b) = (by_text(&round.a.report), by_text(&round.b.report));
    let mut texts: Vec<&str> = Vec::new();
    for Step { text, state, .. } in a.iter().chain(&b) {
        if matches!(state, StepState::Ran | StepState::Failed) && !texts.contains(text) {
            texts.push(text);
        }
    }
    let left_out = texts.len().saturating_sub(MOST_STEPS);
    let cell = |steps: &[Step<'_>], text: &str| match steps.iter().find(|step| step.text == text) {
        Some(Step { state: StepState::Ran, ms, basis, .. }) => {
            let unknown = *basis == Basis::NotModelled;
            html! {
                <td class="number is-run">
                    { duration(locale, *ms) }
                    { if unknown { html! { <BasisMark basis={*basis} of={Of::Time} /> } } else { Html::default() } }
                </td>
            }
        }
        Some(Step { state: StepState::Cached, .. }) => {
            html! { <td class="number is-hit">{ locale.t("compare-cached") }</td> }
        }
        Some(Step { state: StepState::Failed, .. }) => {
            html! { <td class="number is-error">{ locale.t("state-failed") }</td> }
        }
        _ => html! { <td class="number">{ "–" }</td> },
    };
    html! {
        <>
            { texts.iter().take(MOST_STEPS).map(|text| html! {
                <tr key={*text} class="versus__step">
                    <th scope="row"><code>{ text }</code></th>
                    { cell(&a, text) }
                    { cell(&b, text) }
                    <td></td>
                </tr>
            }).collect::<Html>() }
            <tr key=" none" class="versus__step" hidden={!texts.is_empty()}><td colspan="4">{ locale.t("compare-nothing-runs") }</td></tr>
            <tr key=" more" class="versus__step" hidden={left_out == 0}>
                <td colspan="4">{ locale.f("compare-more-steps", &[("count", left_out.into())]) }</td>
            </tr>
        </>
    }
}

/// The steps of one instruction: several stages may have the same.
struct Step<'r> {
    text: &'r str,
    state: StepState,
    ms: u64,
    basis: Basis,
}

fn by_text(report: &Report) -> Vec<Step<'_>> {
    let mut all: Vec<Step<'_>> = Vec::new();
    for step in &report.steps {
        match all.iter_mut().find(|other| other.text == step.text) {
            None => all.push(Step { text: &step.text, state: step.state, ms: step.ms, basis: step.timing.basis }),
            Some(other) => {
                // What fails or runs in any stage is what is said.
                let weight = |state: StepState| match state {
                    StepState::Failed => 3,
                    StepState::Ran => 2,
                    StepState::Cached => 1,
                    StepState::NotReached | StepState::NotNeeded => 0,
                };
                other.ms = other.ms.saturating_add(step.ms);
                other.basis = other.basis.max(step.timing.basis);
                if weight(step.state) > weight(other.state) {
                    other.state = step.state;
                }
            }
        }
    }
    all
}
