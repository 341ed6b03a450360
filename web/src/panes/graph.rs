use report::{BaseView, Report, StageView};
use yew::prelude::*;

use crate::components::{state_class, state_shape, state_word};
use crate::shared::Shared;
use crate::svg::{Card, Edge, EdgeKind, Lane, Rect, lay_out};
use crate::text::{Locale, bytes, use_locale};

/// The characters that fit a card and a lane's head; wide ones count twice.
const CARD_TEXT: usize = 29;
const HEAD_TEXT: usize = 29;

/// The properties of [`Graph`].
#[derive(Properties, PartialEq)]
pub struct GraphProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the line of the Dockerfile that is to be shown.
    pub online: Callback<usize>,
}

/// The stages as lanes. Who cannot see it has the same in the list of steps.
#[component]
pub fn Graph(props: &GraphProps) -> Html {
    let locale = use_locale();
    let picture = use_memo(props.report.clone(), |report| lay_out(report));
    let view_box = format!("0 0 {} {}", picture.width, picture.height);
    html! {
        <div class="graph" aria-hidden="true" onmouseleave={props.onfocus.reform(|_| None)}>
            <svg class="graph__picture" viewBox={view_box}
                width={picture.width.to_string()} height={picture.height.to_string()}>
                <defs>
                    <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                        <path class="graph__head" d="M0 0.8L7 4L0 7.2z" />
                    </marker>
                </defs>
                <g>{ picture.lanes.iter().filter_map(|lane| {
                    let stage = props.report.stages.get(lane.stage)?;
                    Some(draw_lane(&locale, lane, stage, &props.report.stages))
                }).collect::<Html>() }</g>
                <g>{ picture.edges.iter().enumerate().map(|(index, edge)| draw_edge(index, edge, props.focus)).collect::<Html>() }</g>
                <g>{ picture.context.map(|area| draw_context(&locale, area, props.report.context.bytes)) }</g>
                <g>{ picture.cards.iter().enumerate().map(|(index, card)| draw_card(&locale, index, card, props)).collect::<Html>() }</g>
            </svg>
            <p class="graph__more" hidden={picture.left_out == 0}>
                { locale.f("graph-left-out", &[("count", picture.left_out.into())]) }
            </p>
        </div>
    }
}

fn draw_lane(locale: &Locale, lane: &Lane, stage: &StageView, stages: &[StageView]) -> Html {
    let Rect { x, y, width, height } = lane.area;
    let name = name_of(stage);
    let base = match &stage.base {
        BaseView::Scratch => "scratch".to_string(),
        BaseView::Stage(index) => {
            let name = stages.get(*index).map(name_of).unwrap_or_default();
            locale.f("stage-from-stage", &[("stage", name.into())]).to_string()
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
    html! {
        <g key={lane.stage} class={classes!("lane", stage.target.then_some("is-target"), (!stage.needed).then_some("is-dim"))}>
            <rect class="lane__area" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="8" />
            <text class="lane__name" x={(x + 12).to_string()} y={(y + 19).to_string()}>{ fitted(&name, HEAD_TEXT - 12) }</text>
            <text class="lane__state" x={(x + width - 12).to_string()} y={(y + 19).to_string()} text-anchor="end">{ state }</text>
            <text class="lane__base" x={(x + 12).to_string()} y={(y + 35).to_string()}>{ fitted(&base, HEAD_TEXT) }</text>
        </g>
    }
}

fn draw_edge(index: usize, edge: &Edge, focus: Option<usize>) -> Html {
    let kind = match edge.kind {
        EdgeKind::Next => "edge is-next",
        EdgeKind::Stage => "edge is-stage",
        EdgeKind::Context => "edge is-context",
    };
    let linked = focus.is_some() && (Some(edge.to) == focus || edge.from == focus);
    html! {
        <path key={index} class={classes!(kind, linked.then_some("is-linked"))}
            d={edge.path.clone()} marker-end="url(#arrow)" />
    }
}

fn draw_context(locale: &Locale, area: Rect, size: u64) -> Html {
    let Rect { x, y, width, height } = area;
    html! {
        <g class="card is-context">
            <rect class="card__area" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="6" />
            <text class="card__text" x={(x + 12).to_string()} y={(y + 17).to_string()}>{ locale.t("context-name") }</text>
            <text class="card__state" x={(x + 12).to_string()} y={(y + 33).to_string()}>{ bytes(size) }</text>
        </g>
    }
}

fn draw_card(locale: &Locale, key: usize, card: &Card, props: &GraphProps) -> Html {
    let Some(step) = props.report.steps.get(card.step) else {
        return html! { <g {key} /> };
    };
    let Rect { x, y, width, height } = card.area;
    let index = card.step;
    let point = props.onfocus.reform(move |_: MouseEvent| Some(index));
    let size = if step.bytes > 0 { bytes(step.bytes) } else { String::new() };
    html! {
        <g {key} class={classes!("card", state_class(step.state), (props.focus == Some(index)).then_some("is-linked"))}
            onmouseenter={point.clone()} onclick={point}>
            <title>{ step.text.clone() }</title>
            <rect class="card__area" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="6" />
            <rect class="card__edge" x={x.to_string()} y={(y + 6).to_string()} width="3" height={(height - 12).to_string()} rx="1.5" />
            <text class="card__text" x={(x + 12).to_string()} y={(y + 17).to_string()}>{ fitted(&step.text, CARD_TEXT) }</text>
            <path class="card__icon" transform={format!("translate({} {}) scale(0.75)", x + 11, y + 23)}
                d={crate::components::path(state_shape(step.state))} />
            <text class="card__state" x={(x + 28).to_string()} y={(y + 33).to_string()}>{ locale.t(state_word(step.state)) }</text>
            <text class="card__size" x={(x + width - 10).to_string()} y={(y + 33).to_string()} text-anchor="end">{ size }</text>
        </g>
    }
}

/// A stage's name; without one as the progress display calls it.
fn name_of(stage: &StageView) -> String {
    stage.name.clone().unwrap_or_else(|| format!("stage-{}", stage.index))
}

/// The beginning of a text that fits into so many columns. Characters that are not ASCII count for two.
fn fitted(text: &str, columns: usize) -> String {
    let mut left = columns;
    let mut kept = String::new();
    for c in text.chars() {
        let width = if c.is_ascii() { 1 } else { 2 };
        if width > left {
            kept.pop();
            kept.push('…');
            break;
        }
        left -= width;
        kept.push(if c.is_control() { ' ' } else { c });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_the_columns_that_there_are() {
        assert_eq!(fitted("RUN npm ci", 10), "RUN npm ci");
        assert_eq!(fitted("RUN npm ci ", 10), "RUN npm c…");
        assert_eq!(fitted("あいう", 4), "あ…");
    }
}
