use std::rc::Rc;

use report::{BaseView, Report, StageView, StepState};
use yew::prelude::*;

use super::step_details::StepDetails;
use crate::components::{BasisMark, Icon, Shape, Verdict, state_class};
use crate::shared::Shared;
use crate::text::{Locale, bytes, duration, reason, use_locale};

/// The properties of [`Steps`].
#[derive(Properties, PartialEq)]
pub struct StepsProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the line of a step, from 1, that is to be shown in the editor.
    pub online: Callback<usize>,
}

/// The steps of the build, stage by stage: what happens to each, why, and what it costs.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    let locale = use_locale();
    let largest = props.report.steps.iter().map(|step| step.bytes).max().unwrap_or(0);
    html! {
        <div class="steps" onmouseleave={props.onfocus.reform(|_| None)}>
            for stage in props.report.stages.iter() {
                <section key={stage.index} class={classes!("stage", (!stage.needed).then_some("is-dim"))}
                    aria-labelledby={format!("stage-{}", stage.index)}>
                    { stage_head(&locale, stage, &props.report.stages) }
                    <ol class="stage__steps">
                        for &index in stage.steps.iter() {
                            <StepRow key={index} {index} report={props.report.clone()} {largest}
                                linked={props.focus == Some(index)} onfocus={props.onfocus.clone()}
                                online={props.online.clone()} />
                        }
                    </ol>
                </section>
            }
        </div>
    }
}

fn stage_head(locale: &Locale, stage: &StageView, stages: &[StageView]) -> Html {
    let title = match &stage.name {
        Some(name) => locale.f("stage-named", &[("name", name.as_str().into())]),
        // As the progress display calls it.
        None => AttrValue::from(format!("stage-{}", stage.index)),
    };
    let base = match &stage.base {
        BaseView::Scratch => locale.t("base-scratch").to_string(),
        BaseView::Stage(index) => {
            let name = stages.get(*index).and_then(|stage| stage.name.clone()).unwrap_or_else(|| index.to_string());
            locale.f("base-stage", &[("stage", name.into())]).to_string()
        }
        BaseView::Image { short, known, bytes: size, counted_as, .. } => {
            let size = if *known { bytes(*size) } else { locale.t("base-unknown").to_string() };
            match counted_as {
                Some(other) => locale.f(
                    "base-image-counted-as",
                    &[("image", short.as_str().into()), ("size", size.into()), ("other", other.as_str().into())],
                ),
                None => locale.f("base-image", &[("image", short.as_str().into()), ("size", size.into())]),
            }
            .to_string()
        }
    };
    html! {
        <header class="stage__head">
            <h3 class="stage__name" id={format!("stage-{}", stage.index)}>{ title }</h3>
            <span class="stage__base">{ base }</span>
            <span class="stage__badge" hidden={!stage.target}>{ locale.t("stage-target") }</span>
            <span class="stage__badge is-idle" hidden={stage.needed}>{ locale.t("stage-not-needed") }</span>
        </header>
    }
}

/// The properties of [`StepRow`].
#[derive(Properties, PartialEq)]
pub struct StepRowProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step.
    pub index: usize,
    /// The bytes of the largest step.
    pub largest: u64,
    /// Whether it is pointed at.
    pub linked: bool,
    /// Called when it is pointed at.
    pub onfocus: Callback<Option<usize>>,
    /// Called with its line.
    pub online: Callback<usize>,
}

/// A step: one line to see it at a glance, and its details to unfold.
#[component]
pub fn StepRow(props: &StepRowProps) -> Html {
    let locale = use_locale();
    let toggled = use_state(|| false);
    let Some(step) = props.report.steps.get(props.index) else {
        return html! { <li class="step" /> };
    };
    let failed = step.state == StepState::Failed;
    // A failed step stands open; opening and closing turns that round.
    let open = *toggled != failed;
    let point = {
        let (onfocus, index) = (props.onfocus.clone(), props.index);
        Rc::new(move || onfocus.emit(Some(index)))
    };
    let onclick = {
        let toggled = toggled.clone();
        Callback::from(move |_: MouseEvent| toggled.set(!*toggled))
    };
    let why = step.reason.as_ref().map(|why| reason(&locale, why, &props.report.steps));
    let ran = matches!(step.state, StepState::Ran | StepState::Failed);
    let share = step.bytes.saturating_mul(100).checked_div(props.largest).unwrap_or(0);
    html! {
        <li class={classes!("step", state_class(step.state), props.linked.then_some("is-linked"))}
            onmouseenter={let point = Rc::clone(&point); move |_: MouseEvent| point()}
            onfocusin={move |_: FocusEvent| point()}>
            <button type="button" class="step__row" aria-expanded={open.to_string()} {onclick}>
                <span class="step__arrow"><Icon shape={Shape::Right} /></span>
                <span class="step__what">
                    <code class="step__name">{ step.name.clone() }</code>
                    <span class="step__why">{ why.unwrap_or_default() }</span>
                </span>
                <span class="step__verdict"><Verdict state={step.state} /></span>
                <span class="step__bytes">
                    <span>
                        <span class="step__size">{ bytes(step.bytes) }</span>
                        <BasisMark basis={step.bytes_basis} />
                    </span>
                    <span class="bar" aria-hidden="true" hidden={step.bytes == 0}><span class="bar__fill" style={format!("width: {share}%")} /></span>
                </span>
                <span class="step__time">{ if ran { duration(&locale, step.ms) } else { "–".to_string() } }</span>
            </button>
            <div class="step__more" hidden={!open}>
                if open {
                    <StepDetails report={props.report.clone()} index={props.index} online={props.online.clone()} />
                }
            </div>
        </li>
    }
}
