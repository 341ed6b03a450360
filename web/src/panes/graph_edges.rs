use yew::prelude::*;

use crate::shared::Shared;
use crate::svg::{Edge, EdgeKind, Origin, Phase, Picture};

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

/// The lines of the graph: what each step takes from other steps, from images and from the build context.
#[component]
pub fn GraphEdges(props: &GraphEdgesProps) -> Html {
    // The paths stay while the build plays; they are not to be copied for every picture of it.
    let paths = use_memo(props.picture.clone(), |picture| {
        picture.edges.iter().map(|edge| AttrValue::from(edge.path.clone())).collect::<Vec<_>>()
    });
    let edges = props.picture.edges.iter().zip(paths.iter()).enumerate();
    html! {
        <g>{ edges.map(|(index, (edge, path))| draw_edge(index, edge, path, props)).collect::<Html>() }</g>
    }
}

fn draw_edge(index: usize, edge: &Edge, path: &AttrValue, props: &GraphEdgesProps) -> Html {
    let kind = match edge.kind {
        EdgeKind::Next => "edge is-next",
        EdgeKind::From => "edge is-from",
        EdgeKind::Copy => "edge is-copy",
        EdgeKind::Mount => "edge is-mount",
        EdgeKind::Context => "edge is-context",
    };
    let linked = |step: Option<usize>| step.is_some_and(|step| edge.to == step || edge.from == Origin::Step(step));
    let phase = props.phases.get(edge.to).copied().unwrap_or(Phase::Done);
    let played = match phase {
        Phase::Waiting => Some("is-waiting"),
        Phase::Running => Some("is-running"),
        Phase::Done => None,
    };
    html! {
        <path key={index} class={classes!(kind, played, (linked(props.focus) || linked(props.selected)).then_some("is-linked"))}
            d={path.clone()} marker-end="url(#arrow)" />
    }
}
