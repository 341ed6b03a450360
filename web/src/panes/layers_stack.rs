use report::LayerView;
use yew::prelude::*;

use super::layers::{LayersPartProps, made_by, made_in_line};
use crate::components::BasisMark;
use crate::svg::{Part, heights};
use crate::text::{Locale, bytes, use_locale};
use crate::view::{Show, use_show};

/// The height of all bars together; a row is as high as its bar, or as its words need.
const STACK_HEIGHT: u32 = 360;
/// The layers that are drawn.
const MOST_ROWS: usize = 500;

/// The layers on top of each other, the newest first; as high as they are heavy.
#[component]
pub fn LayersStack(props: &LayersPartProps) -> Html {
    let locale = use_locale();
    let show = use_show();
    let layers = props.all.report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default();
    let shown: Vec<(usize, &LayerView)> = layers.iter().enumerate().rev().take(MOST_ROWS).collect();
    let weights: Vec<u64> = shown.iter().map(|(_, layer)| layer.bytes).collect();
    let parts = match &props.heights {
        Some(parts) => Vec::clone(parts),
        None => heights(&weights, STACK_HEIGHT),
    };
    let older = layers.len().saturating_sub(MOST_ROWS);
    html! {
        <div class="stack-frame" hidden={layers.is_empty()}>
            <ol class="stack" reversed={true}>
                { shown.iter().zip(parts).map(|(&(number, layer), part)| {
                    draw(&locale, props, (number, layer), part, &show)
                }).collect::<Html>() }
            </ol>
            <p class="hint" hidden={older == 0}>{ locale.f("more-rows", &[("count", older.into())]) }</p>
        </div>
    }
}

fn draw(
    locale: &Locale,
    props: &LayersPartProps,
    (number, layer): (usize, &LayerView),
    part: Part,
    show: &Callback<Show>,
) -> Html {
    let all = &props.all;
    let is_base = layer.base.is_some();
    let wasted = props.waste.by_layer.get(number).copied().unwrap_or(0);
    let share = (u128::from(wasted) * 100).checked_div(u128::from(layer.bytes)).unwrap_or(0);
    let linked = layer.step.is_some() && layer.step == all.focus;
    let step = layer.step;
    let line = made_in_line(&all.report, layer);
    let owner = locale.t(if is_base { "layer-base" } else { "layer-yours" });
    let point = all.onfocus.reform(move |_: FocusEvent| step);
    html! {
        <li key={number} style={format!("--height: {}px", part.height)} onfocusin={point}
            class={classes!("layer", if is_base { "is-base" } else { "is-own" }, linked.then_some("is-linked"),
                part.broken.then_some("is-broken"))}
            onmouseenter={all.onfocus.reform(move |_: MouseEvent| step)}>
            <span class="layer__bar" aria-hidden="true">
                <span class="layer__bytes">
                    <span class="layer__wasted" hidden={wasted == 0} style={format!("height: max(3px, {share}%)")}></span>
                </span>
            </span>
            <span class="layer__number">{ locale.f("layer-number", &[("number", (number + 1).into())]) }</span>
            <code class="layer__what" title={layer.created_by.clone()}>{ made_by(&all.report, layer) }</code>
            <span class="layer__facts">
                <span class="layer__owner">{ owner }</span>
                <span class="layer__size">{ bytes(layer.bytes) }<BasisMark basis={layer.basis} /></span>
                <span class="layer__notes">
                    <span class="layer__break" hidden={!part.broken}>{ locale.t("layer-broken") }</span>
                    <span class="layer__waste" hidden={wasted == 0}>
                        { locale.f("layer-wastes", &[("size", bytes(wasted).into())]) }
                    </span>
                </span>
            </span>
            <span class="layer__actions">
                <button type="button" class="link" hidden={line.is_none()}
                    onclick={all.online.reform(move |_: MouseEvent| line.unwrap_or(1))}>
                    { locale.f("problem-line", &[("line", line.unwrap_or(0).into())]) }
                </button>
                <button type="button" class="link" onclick={show.reform(move |_: MouseEvent| Show::Layer(number))}
                    aria-label={locale.f("layer-files-of", &[("number", (number + 1).into())])}>
                    { locale.t("tab-files") }
                </button>
            </span>
        </li>
    }
}
