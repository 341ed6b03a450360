use report::{PathView, Report, Transfer};
use yew::prelude::*;

use crate::shared::Shared;
use crate::text::{Locale, bytes, duration, use_locale};

/// The parts of the critical path that are named; of more, those that take longest.
const NAMED: usize = 4;

/// The properties of [`Timeline`].
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step that is pointed at.
    pub focus: Option<usize>,
    /// Called with the step that is pointed at here.
    pub onfocus: Callback<Option<usize>>,
    /// Called with the line of a step, from 1, that is to be shown in the editor.
    pub online: Callback<usize>,
}

/// What the build's time is made of: its critical path, what the cache saves, and the sending of the context.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let locale = use_locale();
    let time = &props.report.time;
    let (named, others) = longest(&time.critical_path);
    let saved = time.saved_step_ms > 0;
    html! {
        <dl class="time" aria-label={locale.t("time-label")}
            hidden={named.is_empty() && !saved && time.transfer.is_none()}>
            <div class="time__row" hidden={named.is_empty()}>
                <dt title={locale.t("critical-hint")}>{ locale.t("critical-path") }</dt>
                <dd>
                    <ol class="time__path">
                        { named.iter().map(|part| path_part(&locale, props, part)).collect::<Html>() }
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

fn path_part(locale: &Locale, props: &TimelineProps, part: &PathView) -> Html {
    let step = part.step.and_then(|step| props.report.steps.get(step));
    let line = step.map_or(0, |step| step.line);
    let name = step.map_or(part.id.as_str(), |step| step.text.as_str());
    html! {
        <li key={part.id.clone()}>
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
