use report::{Basis, Outcome, Report, StepState, StepView};
use yew::prelude::*;

use super::step_details::StepDetails;
use crate::components::{BasisMark, Icon, Of, Shape, Verdict};
use crate::shared::Shared;
use crate::text::{Locale, bytes, duration, reason, source, use_locale};
use crate::view::{Show, use_show};

/// The steps that are named of those that a step waits for, or that wait for it.
const NAMED: usize = 6;

/// The properties of [`GraphDetails`].
#[derive(Properties, PartialEq)]
pub struct GraphDetailsProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step.
    pub step: usize,
    /// Called with the line that is to be shown in the editor.
    pub online: Callback<usize>,
    /// Called with another step to look at.
    pub onstep: Callback<usize>,
    /// Called when nothing more is to be said of it.
    pub onclose: Callback<()>,
}

/// What there is to say of the step that is chosen in the graph, with the ways to its line, its layer's files and the steps
/// around it.
#[component]
pub fn GraphDetails(props: &GraphDetailsProps) -> Html {
    let locale = use_locale();
    let show = use_show();
    let report = &props.report;
    let Some(step) = report.steps.get(props.step) else {
        return html! { <section /> };
    };
    let line = step.line;
    let layer =
        report.image.as_ref().and_then(|image| image.layers.iter().position(|layer| layer.step == Some(props.step)));
    let why = match (&step.reason, step.state, &report.outcome) {
        (Some(why), _, _) => reason(&locale, why, &report.steps),
        (None, StepState::NotReached, Outcome::Failed { step: Some(failed), .. }) => {
            let name = report.steps.get(*failed).map(|step| step.text.as_str()).unwrap_or_default();
            locale.f("graph-stopped", &[("step", name.into())]).to_string()
        }
        _ => String::new(),
    };
    let users: Vec<usize> = report
        .steps
        .iter()
        .enumerate()
        .filter(|(_, other)| other.inputs.contains(&props.step))
        .map(|(index, _)| index)
        .collect();
    let worked = matches!(step.state, StepState::Ran | StepState::Failed);
    let saved = step.state == StepState::Cached && step.timing.built_ms > 0;
    let row = |name: &str, value: Html, there: bool| {
        html! {
            <div class="chosen__row" hidden={!there}><dt>{ locale.t(name) }</dt><dd>{ value }</dd></div>
        }
    };
    html! {
        <section class="chosen" aria-label={locale.t("graph-details")}>
            <div class="chosen__head">
                <code class="chosen__name">{ step.name.clone() }</code>
                <button type="button" class="button is-icon" title={locale.t("graph-close")} aria-label={locale.t("graph-close")}
                    onclick={props.onclose.reform(|_: MouseEvent| ())}><Icon shape={Shape::Cross} /></button>
            </div>
            <p class="chosen__state"><Verdict state={step.state} /></p>
            <p class="chosen__why" hidden={why.is_empty()}>{ why }</p>
            <dl class="chosen__figures">
                { row("graph-layer", html! { <>{ bytes(step.bytes) }<BasisMark basis={step.bytes_basis} /></> }, step.bytes > 0 || layer.is_some()) }
                { row("timeline-takes", html! { <>{ duration(&locale, step.ms) }<BasisMark basis={time_basis(step.timing.basis)} of={Of::Time} /></> }, worked) }
                { row("timeline-starts", html! { duration(&locale, step.start_ms) }, worked) }
                { row("timeline-saved", html! { duration(&locale, step.timing.built_ms) }, saved) }
            </dl>
            <p class="chosen__critical" hidden={!step.timing.critical}>
                <Icon shape={Shape::Clock} />{ locale.t("critical-step") }
            </p>
            <div class="chosen__ways">
                <button type="button" class="button" onclick={props.online.reform(move |_: MouseEvent| line)}>
                    <Icon shape={Shape::Edit} />{ locale.f("step-line", &[("line", line.into())]) }
                </button>
                <button type="button" class="button" hidden={layer.is_none()}
                    onclick={show.reform(move |_: MouseEvent| Show::Layer(layer.unwrap_or(0)))}>
                    <Icon shape={Shape::Folder} />{ locale.t("graph-files") }
                </button>
            </div>
            { takes(&locale, report, step) }
            { neighbours(&locale, props, "graph-waits-for", &step.inputs) }
            { neighbours(&locale, props, "graph-needed-by", &users) }
            <details class="chosen__more">
                <summary>{ locale.t("graph-everything") }</summary>
                <StepDetails report={report.clone()} index={props.step} online={props.online.clone()} />
            </details>
        </section>
    }
}

/// That times are estimated is said once for all of them.
fn time_basis(basis: Basis) -> Basis {
    if basis == Basis::Estimated { Basis::Exact } else { basis }
}

/// What the step takes files from that is no stage.
fn takes(locale: &Locale, report: &Report, step: &StepView) -> Html {
    let context = step.reads_context.then(|| format!("{} ({})", locale.t("context-name"), bytes(report.context.bytes)));
    let images = step.images.iter().map(|(image, _)| source(locale, image));
    let sources: Vec<String> = context.into_iter().chain(images).collect();
    html! {
        <div class="chosen__steps" hidden={sources.is_empty()}>
            <h4>{ locale.t("graph-takes") }</h4>
            <ul>{ sources.into_iter().enumerate().map(|(index, source)| html! { <li key={index}>{ source }</li> }).collect::<Html>() }</ul>
        </div>
    }
}

fn neighbours(locale: &Locale, props: &GraphDetailsProps, name: &str, steps: &[usize]) -> Html {
    let more = steps.len().saturating_sub(NAMED);
    html! {
        <div class="chosen__steps" hidden={steps.is_empty()}>
            <h4>{ locale.t(name) }</h4>
            <ul>
                { steps.iter().take(NAMED).filter_map(|&step| Some((step, props.report.steps.get(step)?))).map(|(index, step)| html! {
                    <li key={index}>
                        <button type="button" class="link" onclick={props.onstep.reform(move |_: MouseEvent| index)}>
                            <code>{ step.name.clone() }</code>
                        </button>
                    </li>
                }).collect::<Html>() }
            </ul>
            <p class="hint" hidden={more == 0}>{ locale.f("more-problems", &[("count", more.into())]) }</p>
        </div>
    }
}
