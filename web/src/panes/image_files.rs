use std::rc::Rc;

use report::{ImageView, Report, Secret, Tree};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::image_rows::ImageRows;
use super::image_secrets::{ImageSecrets, use_secrets};
use super::image_tree::changes;
use super::layers::{made_by, made_in_line};
use crate::components::{Icon, Shape};
use crate::shared::Shared;
use crate::text::{Locale, bytes, use_locale};
use crate::view::{Show, use_show, use_view};

/// The properties of [`ImageFiles`].
#[derive(Properties, PartialEq, Clone)]
pub struct ImageFilesProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the line of the Dockerfile that is to be shown.
    pub online: Callback<usize>,
}

/// The files of the image as they are after one of its layers, or at last.
#[component]
pub fn ImageFiles(props: &ImageFilesProps) -> Html {
    let layers = props.report.image.as_ref().map_or(0, |image| image.layers.len());
    let layer = use_view().and_then(|view| view.layer).filter(|layer| *layer < layers);
    html! { <ImageFilesAt all={props.clone()} {layer} /> }
}

/// The properties of [`ImageFilesAt`].
#[derive(Properties, PartialEq)]
pub struct ImageFilesAtProps {
    /// Those of [`ImageFiles`].
    pub all: ImageFilesProps,
    /// The layer, as an index into the image's layers; `None` for the final image.
    pub layer: Option<usize>,
}

/// The files of the image after a layer.
#[component]
pub fn ImageFilesAt(props: &ImageFilesAtProps) -> Html {
    let locale = use_locale();
    let show = use_show();
    let report = &props.all.report;
    let tree = use_memo((report.clone(), props.layer), |(report, layer)| {
        let layers = report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default();
        let newest = layers.len().saturating_sub(1);
        report::tree(layers, layer.unwrap_or(newest).min(newest))
    });
    let secrets = use_secrets(report);
    let Some(image) = report.image.as_ref().filter(|image| !image.layers.is_empty()) else {
        let none = if report.image.is_some() { "layers-empty" } else { "layers-none" };
        return html! { <div class="image-files"><p class="hint is-empty">{ locale.t(none) }</p></div> };
    };
    // The row that a link asks for.
    html! {
        <div class="image-files" onmouseleave={props.all.onfocus.reform(|_: MouseEvent| None)}>
            <ImageSecrets all={props.all.clone()} secrets={secrets.clone()} />
            { chooser(&locale, report, image, props.layer, &show) }
            { summary(&locale, props, image, &tree) }
            <p class="hint image-files__outline" hidden={!tree.outline}>{ locale.t("image-outline") }</p>
            <ImageRows all={props.all.clone()} layer={props.layer} tree={Shared::new(tree)}
                secrets={secret_paths(&secrets, props.layer)} />
        </div>
    }
}

/// The files with secrets that are to be marked in the tree of a layer.
fn secret_paths(secrets: &Rc<Vec<Secret>>, at: Option<usize>) -> Rc<Vec<String>> {
    let path = |secret: &Secret| match &secret.place {
        report::SecretPlace::File { path, layer, .. } if at.is_none_or(|at| *layer <= at) => Some(path.clone()),
        _ => None,
    };
    Rc::new(secrets.iter().filter_map(path).collect())
}

fn chooser(locale: &Locale, report: &Report, image: &ImageView, at: Option<usize>, show: &Callback<Show>) -> Html {
    let last = image.layers.len() - 1;
    let (older, newer) = match at {
        None => (Some(Some(last)), None),
        Some(layer) => (layer.checked_sub(1).map(Some), Some(Some(layer + 1).filter(|next| *next <= last))),
    };
    let go = |to: Option<Option<usize>>| show.reform(move |_: MouseEvent| Show::ChooseLayer(to.flatten()));
    let onchange = show.reform(|event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        Show::ChooseLayer(value.parse().ok())
    });
    html! {
        <div class="image-files__bar">
            <button type="button" class="button is-icon is-back" disabled={older.is_none()} onclick={go(older)}
                aria-label={locale.t("image-older")} title={locale.t("image-older")}>
                <Icon shape={Shape::Right} />
            </button>
            <select class="select image-files__layer" aria-label={locale.t("image-layer")} {onchange}>
                <option key="final" value="" selected={at.is_none()}>{ locale.t("image-final") }</option>
                { image.layers.iter().enumerate().rev().map(|(number, layer)| html! {
                    <option key={number} value={number.to_string()} selected={at == Some(number)}>
                        { locale.f("layer-number", &[("number", (number + 1).into())]) }
                        { ": " }{ made_by(report, layer).chars().take(80).collect::<String>() }{ " · " }{ bytes(layer.bytes) }
                    </option>
                }).collect::<Html>() }
            </select>
            <button type="button" class="button is-icon" disabled={newer.is_none()} onclick={go(newer)}
                aria-label={locale.t("image-newer")} title={locale.t("image-newer")}>
                <Icon shape={Shape::Right} />
            </button>
        </div>
    }
}

/// What the layer did, and by which instruction; or how much there is in the end.
fn summary(locale: &Locale, props: &ImageFilesAtProps, image: &ImageView, tree: &Tree) -> Html {
    let Some((number, layer)) = props.layer.and_then(|number| Some((number, image.layers.get(number)?))) else {
        let gone = changes(tree)[2].0;
        let files = tree.nodes.iter().filter(|node| node.kind != "dir").count().saturating_sub(gone);
        let sums = [("count", files.into()), ("size", bytes(tree.bytes).into()), ("layers", bytes(image.bytes).into())];
        return html! { <p class="image-files__sum"><span>{ locale.f("image-sum", &sums) }</span></p> };
    };
    let line = made_in_line(&props.all.report, layer);
    let step = layer.step;
    let [added, changed, removed] = changes(tree);
    let part = |class: &'static str, sign: &'static str, name: &'static str, (count, size): (usize, u64)| {
        html! {
            <span class={classes!("change", class)} hidden={count == 0}>
                { format!("{sign}{count} ") }{ locale.t(name) }{ " " }<small>{ bytes(size) }</small>
            </span>
        }
    };
    html! {
        <p class="image-files__sum" onmouseenter={props.all.onfocus.reform(move |_: MouseEvent| step)}>
            <code class="image-files__made" title={layer.created_by.clone()}>{ made_by(&props.all.report, layer) }</code>
            <button type="button" class="link" hidden={line.is_none()}
                onclick={props.all.online.reform(move |_: MouseEvent| line.unwrap_or(1))}>
                { locale.f("problem-line", &[("line", line.unwrap_or(0).into())]) }
            </button>
            { part("is-added", "+", "change-added", added) }
            { part("is-changed", "~", "change-changed", changed) }
            { part("is-removed", "−", "change-removed", removed) }
            <span hidden={added.0 + changed.0 + removed.0 > 0}>
                { locale.f("image-no-changes", &[("number", (number + 1).into())]) }
            </span>
        </p>
    }
}
