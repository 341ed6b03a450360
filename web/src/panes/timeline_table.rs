use std::collections::BTreeMap;

use report::{Report, StepState};
use yew::prelude::*;

use super::timeline_bars::{bar_name, group_name, is_critical};
use super::timeline_row::TimelineRow;
use crate::shared::Shared;
use crate::svg::{Bar, What};
use crate::text::{Locale, use_locale};

/// The rows that are drawn at first, and how many more at each press.
const BATCH: usize = 200;

/// The properties of [`TimelineTable`].
#[derive(Properties, PartialEq)]
pub struct TimelineTableProps {
    /// The build.
    pub report: Shared<Report>,
    /// What of it takes time.
    pub all: Shared<Vec<Bar>>,
    /// The build before it.
    pub before: Option<Shared<Report>>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the step whose line is to be shown.
    pub ongo: Callback<usize>,
}

/// The timeline as a table: what takes time, when it starts and how long it takes, what the cache saves, and how long the
/// same took in the build before.
#[component]
pub fn TimelineTable(props: &TimelineTableProps) -> Html {
    let locale = use_locale();
    let report = &props.report;
    let all = &props.all;
    let batches = use_state_eq(|| 1_usize);
    let shown = batches.saturating_mul(BATCH);
    let left_out = all.len().saturating_sub(shown);
    let earlier = use_memo(props.before.clone(), |before| {
        let steps = before.iter().flat_map(|before| before.steps.iter());
        steps.map(|step| (step.id.clone(), step.ms)).collect::<BTreeMap<String, u64>>()
    });
    let mut groups: BTreeMap<Option<usize>, Vec<&Bar>> = BTreeMap::new();
    for bar in all.iter().take(shown) {
        groups.entry(bar.stage).or_default().push(bar);
    }
    let compared = props.before.is_some();
    let onmore = {
        let batches = batches.clone();
        Callback::from(move |_: MouseEvent| batches.set(batches.saturating_add(1)))
    };
    let head = |name: &str, class: &'static str| html! { <th scope="col" {class}>{ locale.t(name) }</th> };
    html! {
        <div class="timeline__table" hidden={all.is_empty()}>
            <div class="scroll-x" tabindex="0" role="group" aria-label={locale.t("timeline-table")}>
                <table class="times">
                    <caption class="visually-hidden">{ locale.t("timeline-table") }</caption>
                    <thead>
                        <tr>
                            { head("timeline-step", "") }
                            { head("timeline-state", "") }
                            { head("timeline-starts", "number") }
                            { head("timeline-takes", "number") }
                            { head("timeline-saved", "number") }
                            <th scope="col" class="number" hidden={!compared}>{ locale.t("timeline-earlier") }</th>
                        </tr>
                    </thead>
                    { groups.into_iter().map(|(stage, bars)| html! {
                        <tbody key={format!("{stage:?}")}>
                            <tr class="times__group">
                                <th scope="rowgroup" colspan={if compared { "6" } else { "5" }}>{ group_name(&locale, report, stage) }</th>
                            </tr>
                            { bars.into_iter().map(|bar| {
                                let step = match bar.what { What::Step(step) => report.steps.get(step), _ => None };
                                let earlier = step.and_then(|step| earlier.get(&step.id).copied());
                                table_row(&locale, props, bar, earlier)
                            }).collect::<Html>() }
                        </tbody>
                    }).collect::<Html>() }
                </table>
            </div>
            <button type="button" class="button steps__more" hidden={left_out == 0} onclick={onmore}>
                { locale.f("steps-more", &[("count", left_out.into())]) }
            </button>
        </div>
    }
}

fn table_row(locale: &Locale, props: &TimelineTableProps, bar: &Bar, earlier: Option<u64>) -> Html {
    let index = match bar.what {
        What::Step(step) => Some(step),
        What::Context | What::Pull(_) => None,
    };
    let state = index.and_then(|index| props.report.steps.get(index)).map(|step| step.state);
    let ran = state != Some(StepState::Cached);
    html! {
        <TimelineRow key={format!("{:?}", bar.what)} step={index} name={bar_name(locale, &props.report, bar.what)} {state}
            critical={is_critical(&props.report, bar.what)} starts={ran.then_some(bar.start)} takes={ran.then_some(bar.ms)}
            saved={bar.ghost.map(|ghost| ghost.1)} {earlier} compared={props.before.is_some()}
            linked={index.is_some() && index == props.focus} onfocus={props.onfocus.clone()} ongo={props.ongo.clone()} />
    }
}
