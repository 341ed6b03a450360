use std::rc::Rc;

use report::Report;
use session::Event;
use yew::prelude::*;

use super::{Compare, Graph, ImageFiles, Layers, Log, Move, Problems, Steps, Suggestions, Timeline, WhatIf, use_play};
use crate::assist::Assist;
use crate::components::{Tab, Tabs, tab_id};
use crate::shared::Shared;
use crate::text::use_locale;
use crate::view::{Pane, Part, Show, is_wide, use_show, use_view};

/// The properties of [`ResultPane`].
#[derive(Properties, PartialEq)]
pub struct ResultPaneProps {
    /// The build that is drawn.
    pub report: Shared<Report>,
    /// What would be built now, or what is wrong with it.
    pub shown: Shared<Report>,
    /// Whether it is an older result than the text beside it.
    pub older: bool,
    /// The build before it, and its number.
    #[prop_or_default]
    pub before: Option<(Shared<Report>, usize)>,
    /// The number of the last build.
    pub build: usize,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the line of the Dockerfile that is to be shown.
    pub online: Callback<usize>,
    /// Where the state is looked up.
    #[prop_or_default]
    pub assist: Assist,
    /// What happened.
    #[prop_or_else(|| Shared::new(Rc::default()))]
    pub events: Shared<Vec<Event>>,
    /// Whether nothing was edited since the last build.
    #[prop_or_default]
    pub up_to_date: bool,
    /// The parts that there are; of one alone there is no tab.
    #[prop_or_else(|| Part::ALL.to_vec())]
    pub parts: Vec<Part>,
    /// How many base images have been loaded: with another one, more can be tried.
    #[prop_or_default]
    pub images: usize,
}

/// What a build does, one part of it at a time.
#[component]
pub fn ResultPane(props: &ResultPaneProps) -> Html {
    let locale = use_locale();
    let show = use_show();
    let view = use_view();
    let part = view.as_ref().map_or(Part::Steps, |view| view.part);
    let part = if props.parts.contains(&part) { part } else { props.parts.first().copied().unwrap_or(part) };
    let pane = view.map_or(Pane::Result, |view| view.pane);
    // Nobody watches a build play that is behind something else.
    let seen = matches!(part, Part::Graph | Part::Timeline) && (pane == Pane::Result || is_wide());
    let playing = use_play(&props.report, props.build, seen);
    // What is called stays the same, so that who calls it is not drawn again at every key.
    let onplay = use_callback(playing.dispatcher(), |action: Move, playing| playing.dispatch(action));
    let play = (*playing).clone();
    let report = props.report.clone();
    let panel = use_node_ref();
    // Each part begins at its top.
    use_effect_with(part, {
        let panel = panel.clone();
        move |_| {
            if let Some(panel) = panel.cast::<web_sys::Element>() {
                panel.set_scroll_top(0);
            }
        }
    });
    let count = |part: Part| match part {
        Part::Steps => Some(report.steps.len()),
        Part::Layers => report.image.as_ref().map(|image| image.layers.len()),
        Part::Problems => Some(props.shown.problems.len()).filter(|count| *count > 0),
        Part::Graph | Part::Files | Part::Timeline | Part::Log | Part::Suggestions | Part::WhatIf | Part::Compare => {
            None
        }
    };
    let tabs: Vec<Tab> = props
        .parts
        .iter()
        .map(|&part| Tab {
            id: AttrValue::from(part.id()),
            label: locale.t(part.label()),
            mark: count(part).map(|count| AttrValue::from(count.to_string())),
            closable: false,
        })
        .collect();
    let onselect = use_callback(show, |id: AttrValue, show| {
        let part = Part::ALL.into_iter().find(|part| part.id() == id.as_str());
        show.emit(Show::Part(part.unwrap_or(Part::Steps)));
    });
    let alone = props.parts.len() < 2;
    let (focus, onfocus, online) = (props.focus, props.onfocus.clone(), props.online.clone());
    html! {
        <section class={classes!("result", props.older.then_some("is-older"))} aria-labelledby="result-title">
            <h2 id="result-title" class="visually-hidden">{ locale.t("result-title") }</h2>
            <div class="result__tabs" hidden={alone}>
                <Tabs label={locale.t("result-title")} panel="result" {tabs} selected={part.id()} {onselect} />
            </div>
            <div ref={panel} class={classes!("result__panel", format!("is-{}", part.id()))} id="result" tabindex="0"
                role={if alone { "group" } else { "tabpanel" }} aria-labelledby={if alone { "result-title".to_owned() } else { tab_id("result", part.id()) }}>
                { match part {
                    Part::Graph => html! { <Graph {report} {focus} {onfocus} {online} {play} {onplay} /> },
                    Part::Steps => html! { <Steps {report} {focus} {onfocus} {online} /> },
                    Part::Layers => html! { <Layers {report} {focus} {onfocus} {online} /> },
                    Part::Files => html! { <ImageFiles {report} {focus} {onfocus} {online} /> },
                    Part::Timeline => html! { <Timeline {report} before={props.before.clone()} {focus} {onfocus} {online} {play} {onplay} /> },
                    Part::Log => html! { <Log {report} /> },
                    Part::Problems => html! { <Problems report={props.shown.clone()} {online} /> },
                    Part::Suggestions => html! { <Suggestions shown={props.shown.clone()} assist={props.assist.clone()} images={props.images} /> },
                    Part::WhatIf => html! {
                        <WhatIf shown={props.shown.clone()} events={props.events.clone()} up_to_date={props.up_to_date} assist={props.assist.clone()} />
                    },
                    Part::Compare => html! {
                        <Compare shown={props.shown.clone()} events={props.events.clone()} {online} assist={props.assist.clone()} images={props.images} />
                    },
                } }
            </div>
        </section>
    }
}
