use report::StepState;
use yew::prelude::*;

use crate::components::{Icon, Shape, Verdict};
use crate::text::{duration, use_locale};

/// The properties of [`TimelineRow`]. Times are in milliseconds.
#[derive(Properties, PartialEq)]
pub struct TimelineRowProps {
    /// The step that it is about, if it is one.
    pub step: Option<usize>,
    /// What it is about.
    pub name: AttrValue,
    /// What happens to the step.
    pub state: Option<StepState>,
    /// Whether it is on the critical path.
    pub critical: bool,
    /// When it starts.
    pub starts: Option<u64>,
    /// How long it takes.
    pub takes: Option<u64>,
    /// How long it would take without the cache.
    pub saved: Option<u64>,
    /// How long it took in the build before.
    pub earlier: Option<u64>,
    /// Whether there is a build before.
    pub compared: bool,
    /// Whether it is pointed at.
    pub linked: bool,
    /// Called with the step that is pointed at.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the step whose line is to be shown.
    pub ongo: Callback<usize>,
}

/// A row of the timeline as a table. Of most it is the same from key to key, so that it is not drawn again.
#[component]
pub fn TimelineRow(props: &TimelineRowProps) -> Html {
    let locale = use_locale();
    let index = props.step;
    let time = |ms: Option<u64>| ms.map_or_else(|| "–".to_string(), |ms| duration(&locale, ms));
    let point = props.onfocus.reform(move |()| index);
    html! {
        <tr class={classes!(props.linked.then_some("is-linked"))}
            onmouseenter={point.reform(|_: MouseEvent| ())} onfocusin={point.reform(|_: FocusEvent| ())}>
            <th scope="row">
                if let Some(index) = index {
                    <button type="button" class="link times__step" onclick={props.ongo.reform(move |_: MouseEvent| index)}><code>{ props.name.clone() }</code></button>
                } else {
                    <span class="times__step">{ props.name.clone() }</span>
                }
            </th>
            <td class="times__state">
                <Verdict state={props.state.unwrap_or(StepState::Ran)} />
                <span class="step__critical" hidden={!props.critical}>
                    <Icon shape={Shape::Clock} /><span>{ locale.t("timeline-critical") }</span>
                </span>
            </td>
            <td class="number">{ time(props.starts) }</td>
            <td class="number">{ time(props.takes) }</td>
            <td class="number">{ time(props.saved) }</td>
            <td class="number" hidden={!props.compared}>{ time(props.earlier) }</td>
        </tr>
    }
}
