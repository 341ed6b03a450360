//! What the graph's steps take files from beside stages: the build context, and images.

use report::{BaseView, Report};
use yew::prelude::*;

use super::fitted::{fitted, fitted_in_the_middle};
use super::graph_picture::GraphPictureProps;
use crate::components::{Shape, path};
use crate::svg::{ImageCard, Phase, Rect};
use crate::text::{Locale, bytes, source};

/// The characters that fit beside the icon; wide ones count twice.
const NAME_TEXT: usize = 14;
const FACT_TEXT: usize = 17;

/// The build context.
pub fn draw_context(locale: &Locale, area: Rect, props: &GraphPictureProps) -> Html {
    let running = props.context == Phase::Running;
    let state = if running { locale.t("play-sending") } else { AttrValue::from(bytes(props.report.context.bytes)) };
    let linked = pointed(props, |step| props.report.steps.get(step).is_some_and(|step| step.reads_context));
    let class = classes!("card", "is-context", running.then_some("is-running"), linked.then_some("is-linked"));
    html! { <g {class}>{ draw(area, Shape::Folder, &locale.t("context-name"), &state) }</g> }
}

/// An image. Pressing it leads to the first step that takes files from it.
pub fn draw_image(locale: &Locale, index: usize, card: &ImageCard, props: &GraphPictureProps) -> Option<Html> {
    let taken = |(step, place): (usize, usize)| Some(&props.report.steps.get(step)?.images.get(place)?.0);
    let image = taken(card.input)?;
    let BaseView::Image { short, known, bytes: size, .. } = image else { return None };
    let fact = if *known { AttrValue::from(bytes(*size)) } else { locale.t("base-unknown") };
    let step = card.input.0;
    let linked = pointed(props, |step| takes(&props.report, step, image));
    Some(html! {
        <g key={index} class={classes!("card", "is-image", linked.then_some("is-linked"))}
            onmouseenter={props.onpoint.reform(move |_: MouseEvent| Some(step))}
            onclick={props.onselect.reform(move |_: MouseEvent| step)}>
            <title>{ source(locale, image) }</title>
            { draw(card.area, Shape::Layers, short, &fact) }
        </g>
    })
}

fn draw(area: Rect, shape: Shape, name: &str, fact: &str) -> Html {
    let Rect { x, y, width, height } = area;
    html! {
        <>
            <rect class="card__area" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="6" />
            <path class="card__icon" transform={format!("translate({} {}) scale(0.5)", x + 10, y + 12)} d={path(shape)} />
            <text class="card__text" x={(x + 28).to_string()} y={(y + 22).to_string()}>{ fitted_in_the_middle(name, NAME_TEXT) }</text>
            <text class="card__size" x={(x + 28).to_string()} y={(y + 41).to_string()}>{ fitted(fact, FACT_TEXT) }</text>
        </>
    }
}

/// Whether the step that is pointed at or chosen is one of those.
fn pointed(props: &GraphPictureProps, is_one: impl Fn(usize) -> bool) -> bool {
    [props.focus, props.selected].into_iter().flatten().any(is_one)
}

/// Whether a step takes files from an image.
fn takes(report: &Report, step: usize, image: &BaseView) -> bool {
    report.steps.get(step).is_some_and(|step| step.images.iter().any(|(taken, _)| taken == image))
}
