use std::collections::BTreeSet;
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
    let toggled = use_reducer(Toggled::default);
    let ontoggle = use_callback(toggled.dispatcher(), |step: usize, toggled| toggled.dispatch(step));
    html! {
        <div class="steps" onmouseleave={props.onfocus.reform(|_| None)}>
            <p class="hint is-empty" hidden={!report.stages.is_empty()}>{ locale.t("stages-none") }</p>
            for (stage, drawn) in stages {
                <section key={stage.index} class={classes!("stage", (!stage.needed).then_some("is-dim"))}
                    aria-labelledby={format!("stage-{}", stage.index)}>
                    { stage_head(&locale, stage, &props.report.stages) }
                    <ol class="stage__steps">
                        { stage.steps.iter().take(drawn).enumerate().filter_map(|(place, &index)| {
                            let row = row(&locale, report, index, largest)?;
                            // a failed step stands open; opening and closing turns that round
                            let open = toggled.0.contains(&index) != (row.state == StepState::Failed);
                            Some(html! {
                                <StepRow key={index} {index} {row} details={open.then(|| report.clone())}
                                    shared={owner(report, stage, index)} base={base_size(stage).filter(|_| place == 0)}
                                    linked={props.focus == Some(index)} ontoggle={ontoggle.clone()}
                                    onfocus={props.onfocus.clone()} online={props.online.clone()} />
                            })
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

/// The steps that were opened or closed.
#[derive(Clone, Default)]
struct Toggled(BTreeSet<usize>);

impl Reducible for Toggled {
    type Action = usize;

    fn reduce(self: Rc<Toggled>, step: usize) -> Rc<Toggled> {
        let mut toggled = (*self).clone();
        if !toggled.0.remove(&step) {
            toggled.0.insert(step);
        }
        Rc::new(toggled)
    }
}

/// What the row of a step says: of most steps the same from key to key, so that their rows are not drawn again.
#[derive(Clone, PartialEq)]
pub struct RowText {
    name: String,
    state: StepState,
    why: Option<String>,
    bytes: u64,
    basis: Basis,
    /// Its bytes in percent of the largest step's.
    share: u64,
    /// How long it takes, where it runs.
    ms: Option<u64>,
    time_basis: Basis,
    critical: bool,
    notes: Vec<String>,
}

fn row(locale: &Locale, report: &Report, index: usize, largest: u64) -> Option<RowText> {
    let step = report.steps.get(index)?;
    let ran = matches!(step.state, StepState::Ran | StepState::Failed);
    Some(RowText {
        name: step.name.clone(),
        state: step.state,
        why: step.reason.as_ref().map(|why| reason(locale, why, &report.steps)),
        bytes: step.bytes,
        basis: step.bytes_basis,
        share: step.bytes.saturating_mul(100).checked_div(largest).unwrap_or(0),
        ms: ran.then_some(step.ms),
        // that times are estimated is said once for all of them
        time_basis: Some(step.timing.basis).filter(|basis| ran && *basis != Basis::Estimated).unwrap_or_default(),
        critical: step.timing.critical,
        notes: step.notes.iter().map(|left_out| note(locale, left_out)).collect(),
    })
}

/// The properties of [`StepRow`].
#[derive(Properties, PartialEq)]
pub struct StepRowProps {
    /// The step, as an index into the build's.
    pub index: usize,
    /// What it says.
    pub row: RowText,
    /// The build, where the row is open: its details are in there.
    pub details: Option<Shared<Report>>,
    /// The name of the stage that it is the same step as.
    #[prop_or_default]
    pub shared: Option<String>,
    /// Of the step that takes a base image: that image's size, `Some(None)` where it is not known.
    #[prop_or_default]
    pub base: Option<Option<u64>>,
    /// Whether it is pointed at.
    pub linked: bool,
    /// Called with the step, to open or close it.
    pub ontoggle: Callback<usize>,
    /// Called when it is pointed at.
    pub onfocus: Callback<Option<usize>>,
    /// Called with its line.
    pub online: Callback<usize>,
}

/// A step: one line to see it at a glance, and its details to unfold.
#[component]
pub fn StepRow(props: &StepRowProps) -> Html {
    let locale = use_locale();
    let (row, index) = (&props.row, props.index);
    let open = props.details.is_some();
    let point = {
        let onfocus = props.onfocus.clone();
        Rc::new(move || onfocus.emit(Some(index)))
    };
    let onclick = props.ontoggle.reform(move |_: MouseEvent| index);
    let (size, basis) = match props.base {
        Some(Some(size)) => (locale.f("step-base", &[("size", bytes(size).into())]).to_string(), row.basis),
        Some(None) => (locale.t("layer-base").to_string(), Basis::NotModelled),
        None => (bytes(row.bytes), row.basis),
    };
    let shared = props.shared.as_ref().map(|stage| locale.f("step-shared", &[("stage", stage.as_str().into())]));
    html! {
        <li class={classes!("step", state_class(row.state), props.linked.then_some("is-linked"))}
            onmouseenter={let point = Rc::clone(&point); move |_: MouseEvent| point()}
            onfocusin={move |_: FocusEvent| point()}>
            <button type="button" class="step__row" aria-expanded={open.to_string()} {onclick}>
                <span class="step__arrow"><Icon shape={Shape::Right} /></span>
                <span class="step__what">
                    <code class="step__name">{ row.name.clone() }</code>
                    <span class="step__why">{ row.why.clone().unwrap_or_default() }</span>
                    <span class="step__shared">{ shared.unwrap_or_default() }</span>
                </span>
                <span class="step__verdict"><Verdict state={row.state} /></span>
                <span class="step__bytes">
                    <span>
                        <span class="step__size">{ size }</span>
                        <BasisMark {basis} notes={row.notes.clone()} />
                    </span>
                    <span class="bar" aria-hidden="true" hidden={row.bytes == 0}><span class="bar__fill" style={format!("width: {}%", row.share)} /></span>
                </span>
                <span class="step__time">
                    <span class="step__critical" hidden={!row.critical} title={locale.t("critical-step")}>
                        <Icon shape={Shape::Clock} />
                        <span class="visually-hidden">{ locale.t("critical-step") }</span>
                    </span>
                    { row.ms.map_or_else(|| "–".to_string(), |ms| duration(&locale, ms)) }
                    <BasisMark basis={row.time_basis} of={Of::Time} />
                </span>
            </button>
            <div class="step__more" hidden={!open}>
                if let Some(report) = props.details.clone() {
                    <StepDetails {report} {index} online={props.online.clone()} />
                }
            </div>
        </li>
    }
}
