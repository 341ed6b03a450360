use report::{PathView, Report, Transfer};
use yew::prelude::*;

use super::play::{Move, Play};
use super::timeline_chart::TimelineChart;
use super::timeline_table::TimelineTable;
use super::transport::Transport;
use crate::presenter::use_stepped;
use crate::shared::Shared;
use crate::svg::bars;
use crate::text::{Locale, bytes, duration, use_locale};

/// The parts of the critical path that are named; of more, those that take longest.
const NAMED: usize = 4;
/// Up to so many bars have a row each at first.
const ROWS: usize = 40;

/// The properties of [`Timeline`].
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The build.
    pub report: Shared<Report>,
    /// The build before it, and its number.
    #[prop_or_default]
    pub before: Option<(Shared<Report>, usize)>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the line of a step, from 1, that is to be shown in the editor.
    pub online: Callback<usize>,
    /// Where the build's playing is.
    pub play: Play,
    /// Called with what is to be done with it.
    pub onplay: Callback<Move>,
}

/// What the build's time is made of: its critical path, what the cache saves, and every step against time, beside the build
/// before it.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let locale = use_locale();
    let stepped = use_stepped(&props.report);
    let time = &props.report.time;
    let (named, others) = longest(&time.critical_path);
    let saved = time.saved_step_ms > 0;
    let ghosts = use_state_eq(|| true);
    let compared = use_state_eq(|| true);
    let packed = use_state_eq(|| None::<bool>);
    let all = use_memo(props.report.clone(), |report| bars(report));
    let packed_now = packed.unwrap_or(all.len() > ROWS);
    let before = props.before.clone().filter(|_| *compared);
    let without = time.saved_ms.saturating_add(props.report.totals.ms);
    let end = [
        props.report.totals.ms,
        if *ghosts { without } else { 0 },
        before.as_ref().map_or(0, |(report, _)| report.totals.ms),
    ];
    let end = end.into_iter().max().unwrap_or(0);
    let check = |name: &str, on: bool, hidden: bool, onchange: Callback<bool>| {
        let onchange =
            onchange.reform(|event: Event| event.target_unchecked_into::<web_sys::HtmlInputElement>().checked());
        html! {
            <label class="timeline__choice" {hidden}>
                <input type="checkbox" checked={on} {onchange} />{ locale.t(name) }
            </label>
        }
    };
    // Bars and rows are drawn anew where what they call is another: these stay, and look the step up in the newest build.
    let newest = use_mut_ref(|| props.report.clone());
    newest.replace(props.report.clone());
    let ongo = use_callback(props.online.clone(), move |step: usize, online| {
        let line = newest.borrow().steps.get(step).map(|step| step.line);
        if let Some(line) = line {
            online.emit(line);
        }
    });
    let (unheard, unmoved) = (use_callback((), |_: Option<usize>, ()| {}), use_callback((), |_: usize, ()| {}));
    html! {
        <div class="timeline" onmouseleave={props.onfocus.reform(|_| None)}>
            <Transport total={props.report.totals.ms} play={props.play.clone()} onplay={props.onplay.clone()} />
            <dl class="time" aria-label={locale.t("time-label")}
                hidden={named.is_empty() && !saved && time.transfer.is_none()}>
                <div class="time__row" hidden={named.is_empty()}>
                    <dt title={locale.t("critical-hint")}>{ locale.t("critical-path") }</dt>
                    <dd>
                        <ol class="time__path">
                            { named.iter().enumerate().map(|(index, part)| path_part(&locale, props, index, part)).collect::<Html>() }
                        </ol>
                        <span hidden={others == 0}>{ locale.f("critical-others", &[("count", others.into())]) }</span>
                    </dd>
                </div>
                <div class="time__row" hidden={!saved}>
                    <dt>{ locale.t("time-saved") }</dt>
                    <dd title={locale.t("time-saved-hint")}>
                        { locale.f("time-saved-of", &[
                            ("time", duration(&locale, time.saved_ms).into()),
                            ("work", duration(&locale, time.saved_step_ms).into()),
                        ]) }
                    </dd>
                </div>
                <div class="time__row" hidden={time.transfer.is_none()}>
                    <dt>{ locale.t("files-title") }</dt>
                    <dd>{ time.transfer.map(|transfer| sent(&locale, transfer)).unwrap_or_default() }</dd>
                </div>
            </dl>
            <p class="hint is-empty timeline__none" hidden={!all.is_empty()}>{ locale.t("timeline-none") }</p>
            <div class="timeline__choices" hidden={all.is_empty()}>
                { check("timeline-packed", packed_now, false, Callback::from({ let packed = packed.setter(); move |on: bool| packed.set(Some(on)) })) }
                { check("timeline-ghosts", *ghosts, !saved, Callback::from({ let ghosts = ghosts.setter(); move |on: bool| ghosts.set(on) })) }
                { check("timeline-before", *compared, props.before.is_none(), Callback::from({ let compared = compared.setter(); move |on: bool| compared.set(on) })) }
            </div>
            <div class="timeline__charts" hidden={all.is_empty()}>
                <h3 class="timeline__title">
                    <span>{ locale.t("timeline-this") }</span>
                    <span class="timeline__total">{ duration(&locale, props.report.totals.ms) }</span>
                </h3>
                <TimelineChart report={props.report.clone()} {end} packed={packed_now} ghosts={*ghosts}
                    playhead={stepped.map(|stepped| stepped.time).or((!props.play.at_end()).then(|| props.play.time()))}
                    focus={props.focus} onfocus={props.onfocus.clone()} ongo={ongo.clone()} />
                <div class="timeline__before" hidden={before.is_none()}>
                    if let Some((report, number)) = before {
                        <h3 class="timeline__title">
                            <span>{ locale.f("timeline-build", &[("build", number.into())]) }</span>
                            <span class="timeline__total">{ duration(&locale, report.totals.ms) }</span>
                        </h3>
                        <TimelineChart {report} {end} packed={packed_now} ghosts={false} playhead={None::<u64>}
                            focus={None::<usize>} onfocus={unheard} ongo={unmoved} />
                    }
                </div>
            </div>
            <TimelineTable report={props.report.clone()} all={Shared::new(all)} before={props.before.as_ref().map(|(report, _)| report.clone())}
                focus={props.focus} onfocus={props.onfocus.clone()} {ongo} />
        </div>
    }
}

fn sent(locale: &Locale, transfer: Transfer) -> AttrValue {
    locale.f(
        "time-transfer",
        &[
            ("size", bytes(transfer.file_bytes).into()),
            ("count", transfer.files.into()),
            ("time", duration(locale, transfer.ms).into()),
        ],
    )
}

fn path_part(locale: &Locale, props: &TimelineProps, index: usize, part: &PathView) -> Html {
    let step = part.step.and_then(|step| props.report.steps.get(step));
    let line = step.map_or(0, |step| step.line);
    let name = step.map_or(part.id.as_str(), |step| step.text.as_str());
    html! {
        <li key={index}>
            <button type="button" class="link time__step" disabled={line == 0} onclick={props.online.reform(move |_| line)}
                title={name.to_string()}><code>{ name }</code></button>
            <span class="time__ms">{ duration(locale, part.ms) }</span>
        </li>
    }
}

/// The parts that take longest, in the order in which they run, and how many are left out.
fn longest(path: &[PathView]) -> (Vec<&PathView>, usize) {
    let mut order: Vec<usize> = (0..path.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(path.get(index).map_or(0, |part| part.ms)));
    order.truncate(NAMED);
    order.sort_unstable();
    let named: Vec<&PathView> = order.into_iter().filter_map(|index| path.get(index)).collect();
    let others = path.len() - named.len();
    (named, others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_parts_of_a_long_path_are_named_in_their_order() {
        let part = |ms: u64| PathView { id: ms.to_string(), step: None, ms };
        let path: Vec<PathView> = [5, 40, 1, 30, 20, 2].map(part).into();
        let (named, others) = longest(&path);
        let times: Vec<u64> = named.iter().map(|part| part.ms).collect();
        assert_eq!((times, others), (vec![5, 40, 30, 20], 2));
        assert_eq!(longest(&[]), (Vec::new(), 0));
    }
}
