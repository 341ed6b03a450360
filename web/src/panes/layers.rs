use report::{ImageView, LayerView, Report};
use yew::prelude::*;

use crate::components::BasisMark;
use crate::shared::Shared;
use crate::svg::heights;
use crate::text::{Locale, bytes, use_locale};

const STACK_HEIGHT: u32 = 420;
const LEAST_HEIGHT: u32 = 26;
/// The layers, and the rows of the history, that are drawn.
const MOST_ROWS: usize = 500;

/// The properties of [`Layers`].
#[derive(Properties, PartialEq)]
pub struct LayersProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
}

/// The image: its layers as a stack, and what `docker history` prints.
#[component]
pub fn Layers(props: &LayersProps) -> Html {
    let locale = use_locale();
    let image = props.report.image.as_ref();
    let older = image.map_or(0, |image| image.history.len().saturating_sub(MOST_ROWS));
    html! {
        <div class="layers" onmouseleave={props.onfocus.reform(|_| None)}>
            <p class="layers__none hint is-empty" hidden={image.is_some()}>{ locale.t("layers-none") }</p>
            <section hidden={image.is_none()}>
                <h3>{ locale.t("layers-title") }</h3>
                <p class="hint">{ locale.t("layers-hint") }</p>
                <p class="hint is-empty" hidden={image.is_none_or(|image| !image.layers.is_empty())}>
                    { locale.t("layers-empty") }
                </p>
                { image.filter(|image| !image.layers.is_empty()).map(|image| stack(&locale, image, props)) }
            </section>
            <section hidden={image.is_none()}>
                <h3><code>{ "docker history" }</code></h3>
                { image.map(|image| history(&locale, image, props)) }
                <p class="hint" hidden={older == 0}>{ locale.f("more-rows", &[("count", older.into())]) }</p>
            </section>
        </div>
    }
}

fn stack(locale: &Locale, image: &ImageView, props: &LayersProps) -> Html {
    // The top of the stack is the newest layer.
    let layers: Vec<&LayerView> = image.layers.iter().rev().take(MOST_ROWS).collect();
    let weights: Vec<u64> = layers.iter().map(|layer| layer.bytes).collect();
    let heights = heights(&weights, STACK_HEIGHT, LEAST_HEIGHT);
    html! {
        <ol class="stack">
            { layers.iter().zip(heights).enumerate().map(|(index, (layer, height))| {
                let owner = match &layer.base {
                    Some(_) => locale.t("layer-base"),
                    None => locale.t("layer-yours"),
                };
                let linked = layer.step.is_some() && layer.step == props.focus;
                let step = layer.step;
                html! {
                    <li key={index} style={format!("height: {height}px")}
                        class={classes!("layer", layer.base.is_some().then_some("is-base"), linked.then_some("is-linked"))}
                        onmouseenter={props.onfocus.reform(move |_| step)}>
                        <span class="layer__owner">{ owner }</span>
                        <code class="layer__what" title={layer.created_by.clone()}>{ &layer.created_by }</code>
                        <span class="layer__size">{ bytes(layer.bytes) }<BasisMark basis={layer.basis} /></span>
                    </li>
                }
            }).collect::<Html>() }
        </ol>
    }
}

fn history(locale: &Locale, image: &ImageView, props: &LayersProps) -> Html {
    html! {
        <div class="scroll-x" tabindex="0" role="group" aria-label="docker history">
            <table class="history">
                <thead>
                    <tr><th scope="col">{ "CREATED BY" }</th><th scope="col" class="number">{ "SIZE" }</th></tr>
                </thead>
                <tbody>
                    { image.history.iter().take(MOST_ROWS).enumerate().map(|(index, row)| {
                        let linked = row.step.is_some() && row.step == props.focus;
                        let step = row.step;
                        html! {
                            <tr key={index} class={classes!(row.empty.then_some("is-empty"), linked.then_some("is-linked"))}
                                onmouseenter={props.onfocus.reform(move |_| step)}>
                                <td><code>{ &row.created_by }</code></td>
                                <td class="number">{ bytes(row.bytes) }</td>
                            </tr>
                        }
                    }).collect::<Html>() }
                </tbody>
                <tfoot>
                    <tr><th scope="row">{ locale.t("history-sum") }</th><td class="number">{ bytes(image.bytes) }</td></tr>
                </tfoot>
            </table>
        </div>
    }
}
