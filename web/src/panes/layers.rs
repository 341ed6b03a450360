use std::rc::Rc;

use report::{LayerView, Report, Waste};
use yew::prelude::*;

use super::layers_config::LayersConfig;
use super::layers_history::LayersHistory;
use super::layers_stack::LayersStack;
use super::layers_waste::LayersWaste;
use crate::components::BasisMark;
use crate::shared::Shared;
use crate::svg::Part;
pub use crate::text::made_by;
use crate::text::{bytes, use_locale};

/// The properties of [`Layers`], and of its parts.
#[derive(Properties, PartialEq, Clone)]
pub struct LayersProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the line of the Dockerfile that is to be shown.
    #[prop_or_default]
    pub online: Callback<usize>,
}

/// The properties of the parts of [`Layers`].
#[derive(Properties, PartialEq, Clone)]
pub struct LayersPartProps {
    /// Those of the whole.
    pub all: LayersProps,
    /// What layers hide from each other.
    pub waste: Rc<Waste>,
    /// How high the rows are drawn, the newest first, where they share a scale with others'.
    #[prop_or_default]
    pub heights: Option<Rc<Vec<Part>>>,
}

/// The image: its layers as a stack, what they hide from each other, and what `docker history` prints.
#[component]
pub fn Layers(props: &LayersProps) -> Html {
    let locale = use_locale();
    let waste = use_memo(props.report.clone(), |report| {
        report::waste(report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default())
    });
    let image = props.report.image.as_ref();
    let sum = |base: bool| -> u64 {
        let layers = image.map(|image| image.layers.as_slice()).unwrap_or_default();
        layers.iter().filter(|layer| layer.base.is_some() == base).map(|layer| layer.bytes).fold(0, u64::saturating_add)
    };
    let figure = |class: &'static str, name: &'static str, amount: u64| {
        html! {
            <li key={class} class={classes!("stack-key", class)}>
                <span class="stack-key__swatch" aria-hidden="true"></span>
                <span class="stack-key__name">{ locale.t(name) }</span>
                <span class="stack-key__size">{ bytes(amount) }</span>
            </li>
        }
    };
    let basis = image.map(|image| image.basis).unwrap_or_default();
    let empty = image.is_none_or(|image| image.layers.is_empty());
    html! {
        <div class="layers" onmouseleave={props.onfocus.reform(|_| None)}>
            <p class="layers__none hint is-empty" hidden={image.is_some()}>{ locale.t("layers-none") }</p>
            <section class="layers__part" hidden={image.is_none()}>
                <h3>{ locale.t("layers-title") }</h3>
                <p class="hint is-empty" hidden={!empty}>{ locale.t("layers-empty") }</p>
                <ul class="stack-keys" hidden={empty}>
                    { figure("is-base", "layer-base", sum(true)) }
                    { figure("is-own", "layer-yours", sum(false)) }
                    { figure("is-wasted", "layer-wasted", waste.bytes) }
                    <li key="sum" class="stack-key">
                        <span class="stack-key__name">{ locale.t("history-sum") }</span>
                        <span class="stack-key__size">
                            { bytes(image.map_or(0, |image| image.bytes)) }<BasisMark {basis} />
                        </span>
                    </li>
                </ul>
                <p class="hint" hidden={empty}>{ locale.t("layers-hint") }</p>
                <LayersStack all={props.clone()} waste={waste.clone()} />
            </section>
            <LayersWaste all={props.clone()} waste={waste.clone()} />
            <LayersConfig ..props.clone() />
            <LayersHistory all={props.clone()} {waste} />
        </div>
    }
}

/// The line of the instruction that made a layer.
#[must_use]
pub fn made_in_line(report: &Report, layer: &LayerView) -> Option<usize> {
    layer.step.and_then(|step| report.steps.get(step)).map(|step| step.line)
}
