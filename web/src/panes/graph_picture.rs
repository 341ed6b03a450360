use report::{BaseView, Outcome, Report, StageView};
use yew::prelude::*;

use super::fitted::fitted;
use super::graph_card::GraphCard;
use super::graph_edges::GraphEdges;
use super::graph_ghost::draw_ghosts;
use super::graph_source::{draw_context, draw_image};
use crate::shared::Shared;
use crate::svg::{Lane, Phase, Picture, Rect, scaled};
use crate::text::{Locale, bytes, stage_name, use_locale};

/// The characters that fit a lane's head; wide ones count twice.
const HEAD_TEXT: usize = 36;

/// Below this size, in percent, nothing can be read: names of stages are drawn larger, and all else is left out.
const TINY: u32 = 40;
const TINY_TEXT: usize = 9;

/// The properties of [`GraphPicture`].
#[derive(Properties, PartialEq)]
pub struct GraphPictureProps {
    /// The build.
    pub report: Shared<Report>,
    /// Its stages, laid out.
    pub picture: Shared<Picture>,
    /// How large it is drawn.
    pub percent: u32,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// The step that is chosen.
    pub selected: Option<usize>,
    /// Where each step is.
    pub phases: Shared<Vec<Phase>>,
    /// Where the sending of the context is.
    pub context: Phase,
    /// The build's time.
    pub time: u64,
    /// Whether the build is over.
    pub finished: bool,
    /// Called with the step that is pointed at.
    pub onpoint: Callback<Option<usize>>,
    /// Called with the step that is chosen.
    pub onselect: Callback<usize>,
}

/// The stages as lanes, their steps as cards, and what each takes from the others. Hidden from those who listen: the list of
/// steps has it all.
#[component]
pub fn GraphPicture(props: &GraphPictureProps) -> Html {
    let locale = use_locale();
    let (picture, report) = (&props.picture, &props.report);
    let size = |length: i32| scaled(length, props.percent).to_string();
    let largest = report.steps.iter().map(|step| step.bytes).max().unwrap_or(0);
    let tiny = props.percent < TINY;
    let leave = props.onpoint.reform(|_: MouseEvent| None);
    html! {
        <div class="graph__canvas">
            <svg class={classes!("graph__picture", tiny.then_some("is-tiny"))} aria-hidden="true" viewBox={format!("0 0 {} {}", picture.width, picture.height)}
                width={size(picture.width)} height={size(picture.height)} onmouseleave={leave}>
                <defs>
                    <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                        <path class="graph__head" d="M0 0.8L7 4L0 7.2z" />
                    </marker>
                </defs>
                <g>{ picture.lanes.iter().filter_map(|lane| {
                    let stage = report.stages.get(lane.stage)?;
                    Some(draw_lane(&locale, lane, stage, report, tiny))
                }).collect::<Html>() }</g>
                <GraphEdges picture={picture.clone()} phases={props.phases.clone()} focus={props.focus} selected={props.selected} />
                { draw_ghosts(&picture.ghosts, tiny) }
                <g>{ picture.context.map(|area| draw_context(&locale, area, props)) }</g>
                <g>{ picture.images.iter().enumerate().filter_map(|(index, card)| draw_image(&locale, index, card, props)).collect::<Html>() }</g>
                <g>{ picture.cards.iter().enumerate().filter_map(|(index, card)| {
                    let (step, facts) = (card.step, report.steps.get(card.step)?);
                    let phase = props.phases.get(step).copied().unwrap_or(Phase::Done);
                    Some(html! {
                        <GraphCard key={index} card={card.clone()} text={facts.text.clone()} state={facts.state}
                            bytes={facts.bytes} takes={(facts.start_ms, facts.ms)} {largest} {phase}
                            base={base_bytes(report, card.stage, step)}
                            time={if phase == Phase::Running { props.time } else { 0 }} finished={props.finished}
                            linked={props.focus == Some(step)} selected={props.selected == Some(step)}
                            onpoint={props.onpoint.clone()} onselect={props.onselect.clone()} />
                    })
                }).collect::<Html>() }</g>
            </svg>
            <p class="graph__more" hidden={picture.left_out == 0}>
                { locale.f("graph-left-out", &[("count", picture.left_out.into())]) }
            </p>
            <p class="graph__more" hidden={!picture.lanes.is_empty()}>{ locale.t("stages-none") }</p>
        </div>
    }
}

/// The bytes of the image that a stage starts from, for the step that takes it.
fn base_bytes(report: &Report, stage: usize, step: usize) -> Option<u64> {
    let stage = report.stages.get(stage).filter(|stage| stage.steps.first() == Some(&step))?;
    match stage.base {
        BaseView::Image { known: true, bytes, .. } => Some(bytes),
        _ => None,
    }
}

fn draw_lane(locale: &Locale, lane: &Lane, stage: &StageView, report: &Report, tiny: bool) -> Html {
    let Rect { x, y, width, height } = lane.area;
    let name = stage_name(stage);
    let base = match &stage.base {
        BaseView::Scratch => locale.t("base-scratch").to_string(),
        BaseView::Stage(index) => {
            let name = report.stages.get(*index).map(stage_name).unwrap_or_default();
            locale.f("base-stage", &[("stage", name.into())]).to_string()
        }
        BaseView::Image { short, counted_as: Some(other), bytes: size, .. } => {
            let args =
                [("image", short.as_str().into()), ("other", other.as_str().into()), ("size", bytes(*size).into())];
            locale.f("base-image-counted-as", &args).to_string()
        }
        BaseView::Image { short, bytes: size, known: true, .. } => format!("{short} · {}", bytes(*size)),
        BaseView::Image { short, .. } => short.clone(),
    };
    let state = if stage.target {
        locale.t("stage-target")
    } else if stage.needed {
        AttrValue::default()
    } else {
        locale.t("stage-not-needed")
    };
    let reason = if stage.needed { stopped(locale, stage, report) } else { locale.t("reason-stage-not-needed") };
    html! {
        <g key={lane.stage} class={classes!("lane", stage.target.then_some("is-target"), (!stage.needed).then_some("is-dim"))}>
            <title>{ format!("{name}\n{base}\n{reason}").trim_end().to_string() }</title>
            <rect class="lane__area" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="8" />
            <text class="lane__name" x={(x + 12).to_string()} y={(y + if tiny { 44 } else { 19 }).to_string()}>
                { fitted(&name, if tiny { TINY_TEXT } else { HEAD_TEXT - 14 }) }
            </text>
            <text class="lane__state" x={(x + width - 12).to_string()} y={(y + 19).to_string()} text-anchor="end">{ state }</text>
            <text class="lane__base" x={(x + 12).to_string()} y={(y + 35).to_string()}>{ fitted(&base, HEAD_TEXT) }</text>
            <text class="lane__reason" x={(x + 12).to_string()} y={(y + 50).to_string()}>{ fitted(&reason, HEAD_TEXT + 2) }</text>
        </g>
    }
}

/// Why steps of a stage that is needed are not reached.
fn stopped(locale: &Locale, stage: &StageView, report: &Report) -> AttrValue {
    let reached = |step: &usize| report.steps.get(*step).is_none_or(|step| step.state != report::StepState::NotReached);
    match &report.outcome {
        Outcome::Failed { step: Some(failed), .. } if !stage.steps.iter().all(reached) => {
            let name = report.steps.get(*failed).map(|step| step.text.as_str()).unwrap_or_default();
            locale.f("graph-stopped", &[("step", name.into())])
        }
        _ => AttrValue::default(),
    }
}
