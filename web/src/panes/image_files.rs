use report::Report;
use yew::prelude::*;

use crate::shared::Shared;
use crate::text::{bytes, use_locale};
use crate::view::use_view;

/// The paths that are drawn.
const MOST_ROWS: usize = 500;

/// The properties of [`ImageFiles`].
#[derive(Properties, PartialEq)]
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

/// The files of the image as they are after one of its layers.
#[component]
pub fn ImageFiles(props: &ImageFilesProps) -> Html {
    let locale = use_locale();
    let chosen = use_view().and_then(|view| view.layer);
    let tree = use_memo((props.report.clone(), chosen), |(report, chosen)| {
        let layers = report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default();
        let newest = layers.len().saturating_sub(1);
        report::tree(layers, chosen.unwrap_or(newest).min(newest))
    });
    html! {
        <div class="image-files">
            <p class="hint is-empty" hidden={props.report.image.is_some()}>{ locale.t("layers-none") }</p>
            <ol class="image-files__rows">
                { tree.nodes.iter().take(MOST_ROWS).map(|node| html! {
                    <li key={node.path.clone()}><code>{ &node.path }</code>{ " " }{ bytes(node.bytes) }</li>
                }).collect::<Html>() }
            </ol>
        </div>
    }
}
