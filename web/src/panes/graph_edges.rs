use yew::prelude::*;

use crate::shared::Shared;
use crate::svg::{Edge, EdgeKind, Phase, Picture};

/// The properties of [`GraphEdges`].
#[derive(Properties, PartialEq)]
pub struct GraphEdgesProps {
    /// The stages, laid out.
    pub picture: Shared<Picture>,
    /// Where each step is.
    pub phases: Shared<Vec<Phase>>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// The step that is chosen.
    pub selected: Option<usize>,
}

/// The lines of the graph: what each step takes from other steps and from the build context.
#[component]
pub fn GraphEdges(props: &GraphEdgesProps) -> Html {
    html! {
        <g>{ props.picture.edges.iter().enumerate().map(|(index, edge)| draw_edge(index, edge, props)).collect::<Html>() }</g>
    }
}

fn draw_edge(index: usize, edge: &Edge, props: &GraphEdgesProps) -> Html {
    let kind = match edge.kind {
        EdgeKind::Next => "edge is-next",
        EdgeKind::From => "edge is-from",
        EdgeKind::Copy => "edge is-copy",
        EdgeKind::Mount => "edge is-mount",
        EdgeKind::Context => "edge is-context",
    };
    let linked = |step: Option<usize>| step.is_some() && (Some(edge.to) == step || edge.from == step);
    let phase = props.phases.get(edge.to).copied().unwrap_or(Phase::Done);
    let played = match phase {
        Phase::Waiting => Some("is-waiting"),
        Phase::Running => Some("is-running"),
        Phase::Done => None,
    };
    html! {
        <path key={index} class={classes!(kind, played, (linked(props.focus) || linked(props.selected)).then_some("is-linked"))}
            d={edge.path.clone()} marker-end="url(#arrow)" />
    }
}
