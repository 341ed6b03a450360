use report::StepState;
use yew::prelude::*;

use crate::components::state_class;
use crate::svg::{Drawn, Rect};

/// The properties of [`TimelineBar`].
#[derive(Properties, PartialEq)]
pub struct TimelineBarProps {
    /// The bar and its place.
    pub bar: Drawn,
    /// What it stands for.
    pub name: AttrValue,
    /// What is written beside it.
    pub label: AttrValue,
    /// The step that it stands for, if it is one.
    pub step: Option<usize>,
    /// What happens to that.
    pub state: Option<StepState>,
    /// Whether it is on the critical path.
    pub critical: bool,
    /// Whether it is pointed at.
    pub linked: bool,
    /// Whether it shows the time that it would have taken without the cache.
    pub ghosts: bool,
    /// While the build plays: whether it has not begun.
    pub waits: bool,
    /// Called with the step that is pointed at.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the step whose line is to be shown.
    pub ongo: Callback<usize>,
}

/// A bar of a timeline.
#[component]
pub fn TimelineBar(props: &TimelineBarProps) -> Html {
    let TimelineBarProps { bar, step: index, critical, .. } = props;
    let (index, critical) = (*index, *critical);
    let area = |class: &'static str, Rect { x, y, width, height }: Rect| {
        html! {
            <rect {class} x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="2" />
        }
    };
    let state = props.state.map_or("is-run", state_class);
    let cached = props.state == Some(StepState::Cached);
    let anchor = if bar.ends { "end" } else { "start" };
    let Rect { x, y, width, height } = bar.area;
    let (linked, waits) = (props.linked.then_some("is-linked"), props.waits.then_some("is-waiting"));
    html! {
        <g class={classes!("chart__bar", state, critical.then_some("is-critical"), linked, waits)}
            onmouseenter={props.onfocus.reform(move |_: MouseEvent| index)}
            onclick={let ongo = props.ongo.clone(); move |_: MouseEvent| if let Some(index) = index { ongo.emit(index) }}>
            <title>{ props.name.clone() }</title>
            { bar.ghost.filter(|_| props.ghosts).map(|ghost| html! { <>{ area("chart__ghost-area", ghost) }{ area("chart__ghost", ghost) }</> }) }
            { area(if cached { "chart__tick-mark" } else { "chart__area" }, bar.area) }
            <path class="chart__critical" hidden={!critical}
                d={if critical { format!("M{x} {}h{width}", y + height + 2) } else { String::new() }} />
            <text class="chart__label" x={bar.label.0.to_string()} y={bar.label.1.to_string()} text-anchor={anchor}>
                { props.label.clone() }
            </text>
        </g>
    }
}
