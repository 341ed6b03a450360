use report::Report;
use session::Changes;
use yew::prelude::*;

use super::{Graph, Layers, Log, Steps, Summary, Time};
use crate::components::{Tab, Tabs, tab_id};
use crate::shared::Shared;
use crate::text::use_locale;

/// The properties of [`ResultPane`].
#[derive(Properties, PartialEq)]
pub struct ResultPaneProps {
    /// The build that is drawn.
    pub report: Shared<Report>,
    /// What is different from the build before it.
    pub changes: Option<Changes>,
    /// Whether it is an older result than the text beside it.
    pub older: bool,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the line of the Dockerfile that is to be shown.
    pub online: Callback<usize>,
}

/// What a build does: its figures, its stages, and its steps, image or log.
#[component]
pub fn ResultPane(props: &ResultPaneProps) -> Html {
    let locale = use_locale();
    let selected = use_state_eq(|| AttrValue::from("steps"));
    let tab = |id: &'static str, label: AttrValue, count: Option<usize>| Tab {
        id: AttrValue::from(id),
        label,
        mark: count.map(|count| AttrValue::from(count.to_string())),
        closable: false,
    };
    let layers = props.report.image.as_ref().map(|image| image.layers.len());
    let tabs = vec![
        tab("steps", locale.t("tab-steps"), Some(props.report.steps.len())),
        tab("image", locale.t("tab-image"), layers),
        tab("log", locale.t("tab-log"), None),
    ];
    let onselect = {
        let selected = selected.clone();
        Callback::from(move |id: AttrValue| selected.set(id))
    };
    let report = props.report.clone();
    html! {
        <section class={classes!("result", props.older.then_some("is-older"))} aria-labelledby="result-title">
            <h2 id="result-title" class="visually-hidden">{ locale.t("result-title") }</h2>
            <Summary report={report.clone()} changes={props.changes.clone()} />
            <Time report={report.clone()} online={props.online.clone()} />
            <details class="graph-box" open={true} hidden={props.report.stages.is_empty()}>
                <summary>{ locale.t("graph-title") }</summary>
                <Graph report={report.clone()} focus={props.focus} onfocus={props.onfocus.clone()} />
            </details>
            <Tabs label={locale.t("result-title")} panel="result" {tabs} selected={(*selected).clone()} {onselect} />
            <div class="result__panel" id="result" role="tabpanel" tabindex="0"
                aria-labelledby={tab_id("result", &selected)}>
                { match selected.as_str() {
                    "image" => html! { <Layers {report} focus={props.focus} onfocus={props.onfocus.clone()} /> },
                    "log" => html! { <Log {report} /> },
                    _ => html! {
                        <Steps {report} focus={props.focus} onfocus={props.onfocus.clone()} online={props.online.clone()} />
                    },
                } }
            </div>
        </section>
    }
}
