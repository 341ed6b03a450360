use std::rc::Rc;

use report::{BaseView, Basis, Report, StageView, StepState};
use yew::prelude::*;

use super::step_details::StepDetails;
use crate::components::{BasisMark, Icon, Of, Shape, Verdict, state_class};
use crate::shared::Shared;
use crate::text::{Locale, base, bytes, duration, note, reason, stage_name, use_locale};

/// The steps that are drawn at first, and how many more at each press: many thousands would stop the page.
const BATCH: usize = 300;

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
    let report = &props.report;
    let marked = |basis: Basis| report.steps.iter().any(|step| step.bytes_basis == basis);
    let batches = use_state_eq(|| 1_usize);
    let (stages, left_out) = first_steps(&report.stages, batches.saturating_mul(BATCH));
    let onmore = {
        let batches = batches.clone();
        Callback::from(move |_: MouseEvent| batches.set(batches.saturating_add(1)))
    };
    let largest = props.report.steps.iter().map(|step| step.bytes).max().unwrap_or(0);
    html! {
        <div class="steps" onmouseleave={props.onfocus.reform(|_| None)}>
            <p class="hint is-empty" hidden={!report.stages.is_empty()}>{ locale.t("stages-none") }</p>
            for (stage, drawn) in stages {
                <section key={stage.index} class={classes!("stage", (!stage.needed).then_some("is-dim"))}
                    aria-labelledby={format!("stage-{}", stage.index)}>
                    { stage_head(&locale, stage, &props.report.stages) }
                    <ol class="stage__steps">
                        { stage.steps.iter().take(drawn).enumerate().map(|(place, &index)| html! {
                            <StepRow key={index} {index} report={report.clone()} {largest}
                                shared={owner(report, stage, index)} base={base_size(stage).filter(|_| place == 0)}
                                linked={props.focus == Some(index)} onfocus={props.onfocus.clone()}
                                online={props.online.clone()} />
                        }).collect::<Html>() }
                    </ol>
                    <p class="hint stage__none" hidden={!stage.steps.is_empty()}>{ locale.t("steps-none") }</p>
                </section>
            }
            <button type="button" class="button steps__more" hidden={left_out == 0} onclick={onmore}>
                { locale.f("steps-more", &[("count", left_out.into())]) }
            </button>
            <ul class="steps__legend hint" hidden={report.stages.is_empty()}>
                <li hidden={!marked(Basis::Measured)}><span aria-hidden="true">{ "✓ " }</span>{ locale.t("basis-measured") }</li>
                <li hidden={!marked(Basis::Stated)}><span aria-hidden="true">{ "= " }</span>{ locale.t("basis-stated") }</li>
                <li hidden={!marked(Basis::Estimated)}><span aria-hidden="true">{ "≈ " }</span>{ locale.t("basis-estimated") }</li>
                <li hidden={!marked(Basis::NotModelled)}><span aria-hidden="true">{ "? " }</span>{ locale.t("basis-not-modelled") }</li>
                <li>{ locale.t("basis-time") }</li>
            </ul>
        </div>
    }
}

/// The stages that are drawn, each with the number of its steps that are, when there is room for `room` of stages and
/// steps together; and the number of steps that are left out.
fn first_steps(stages: &[StageView], room: usize) -> (Vec<(&StageView, usize)>, usize) {
    let (mut shown, mut left, mut left_out) = (Vec::new(), room, 0);
    for stage in stages {
        let drawn = stage.steps.len().min(left.saturating_sub(1));
        left_out += stage.steps.len() - drawn;
        if left > 0 {
            shown.push((stage, drawn));
        }
        left = left.saturating_sub(drawn + 1);
    }
    (shown, left_out)
}

/// The name of the stage that a step is listed under first, where that is another one: alike steps are one.
fn owner(report: &Report, stage: &StageView, step: usize) -> Option<String> {
    let owner = report.steps.get(step).map(|step| step.stage).filter(|&owner| owner != stage.index)?;
    report.stages.get(owner).map(stage_name)
}

/// The size of the image that a stage starts from: its first step takes it, and makes no layer. `None` in it where
/// the size is not known.
fn base_size(stage: &StageView) -> Option<Option<u64>> {
    match stage.base {
        BaseView::Image { known, bytes, .. } => Some(known.then_some(bytes)),
        BaseView::Scratch | BaseView::Stage(_) => None,
    }
}

fn stage_head(locale: &Locale, stage: &StageView, stages: &[StageView]) -> Html {
    let title = match &stage.name {
        Some(name) => locale.f("stage-named", &[("name", name.as_str().into())]),
        None => AttrValue::from(stage_name(stage)),
    };
    let base = base(locale, &stage.base, stages);
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
    /// The name of the stage that it is the same step as.
    #[prop_or_default]
    pub shared: Option<String>,
    /// Of the step that takes a base image: that image's size, `Some(None)` where it is not known.
    #[prop_or_default]
    pub base: Option<Option<u64>>,
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
    let (size, basis) = match props.base {
        Some(Some(size)) => (locale.f("step-base", &[("size", bytes(size).into())]).to_string(), step.bytes_basis),
        Some(None) => (locale.t("layer-base").to_string(), Basis::NotModelled),
        None => (bytes(step.bytes), step.bytes_basis),
    };
    // that times are estimated is said once for all of them
    let time_basis = Some(step.timing.basis).filter(|basis| ran && *basis != Basis::Estimated).unwrap_or_default();
    let notes: Vec<String> = step.notes.iter().map(|left_out| note(&locale, left_out)).collect();
    let shared = props.shared.as_ref().map(|stage| locale.f("step-shared", &[("stage", stage.as_str().into())]));
    html! {
        <li class={classes!("step", state_class(step.state), props.linked.then_some("is-linked"))}
            onmouseenter={let point = Rc::clone(&point); move |_: MouseEvent| point()}
            onfocusin={move |_: FocusEvent| point()}>
            <button type="button" class="step__row" aria-expanded={open.to_string()} {onclick}>
                <span class="step__arrow"><Icon shape={Shape::Right} /></span>
                <span class="step__what">
                    <code class="step__name">{ step.name.clone() }</code>
                    <span class="step__why">{ why.unwrap_or_default() }</span>
                    <span class="step__shared">{ shared.unwrap_or_default() }</span>
                </span>
                <span class="step__verdict"><Verdict state={step.state} /></span>
                <span class="step__bytes">
                    <span>
                        <span class="step__size">{ size }</span>
                        <BasisMark {basis} {notes} />
                    </span>
                    <span class="bar" aria-hidden="true" hidden={step.bytes == 0}><span class="bar__fill" style={format!("width: {share}%")} /></span>
                </span>
                <span class="step__time">
                    <span class="step__critical" hidden={!step.timing.critical} title={locale.t("critical-step")}>
                        <Icon shape={Shape::Clock} />
                        <span class="visually-hidden">{ locale.t("critical-step") }</span>
                    </span>
                    { if ran { duration(&locale, step.ms) } else { "–".to_string() } }
                    <BasisMark basis={time_basis} of={Of::Time} />
                </span>
            </button>
            <div class="step__more" hidden={!open}>
                if open {
                    <StepDetails report={props.report.clone()} index={props.index} online={props.online.clone()} />
                }
            </div>
        </li>
    }
}
