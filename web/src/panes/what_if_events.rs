//! The list of what happened.

use report::Edit;
use session::{Action, Event, Moment, Run, State};
use yew::prelude::*;

use crate::components::{BasisMark, Icon, Of, Shape};
use crate::text::{Locale, bytes, duration};

/// The points that are drawn, the latest.
const MOST_POINTS: usize = 100;

/// Points that are drawn as one: edits of one file after one another, or the choosing of options.
struct Point {
    what: String,
    shape: Shape,
    run: Option<Run>,
    /// The events up to its end.
    count: usize,
}

/// What happened, the latest first, each with the way back to it.
pub fn events(locale: &Locale, state: &State, dispatch: &Callback<Action>) -> Html {
    let points = points(locale, &session::timeline(state));
    let now = points.last().map_or(0, |point| point.count);
    let left_out = points.len().saturating_sub(MOST_POINTS);
    html! {
        <section aria-labelledby="what-if-events">
            <h3 id="what-if-events">{ locale.t("what-if-events") }</h3>
            <p class="hint">{ locale.t("what-if-events-about") }</p>
            <ol class="events" reversed={true}>
                { points.iter().rev().take(MOST_POINTS).map(|point| row(locale, point, point.count == now, dispatch)).collect::<Html>() }
            </ol>
            <p class="hint" hidden={left_out == 0}>{ locale.f("what-if-more", &[("count", left_out.into())]) }</p>
        </section>
    }
}

fn points(locale: &Locale, moments: &[Moment]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for moment in moments {
        let (what, shape) = said(locale, moment.event.as_ref());
        let joins = moment.run.is_none() && matches!(moment.event, Some(Event::Edit { .. } | Event::Options(_)));
        match points.last_mut().filter(|last| joins && last.what == what) {
            Some(last) => last.count = moment.count,
            None => points.push(Point { what, shape, run: moment.run.clone(), count: moment.count }),
        }
    }
    points
}

fn row(locale: &Locale, point: &Point, is_now: bool, dispatch: &Callback<Action>) -> Html {
    let count = point.count;
    let onclick = dispatch.reform(move |_: MouseEvent| Action::ReturnTo(count));
    let label = locale.f("what-if-return-named", &[("what", point.what.as_str().into())]);
    let done = point.run.as_ref().map(|run| match run.built {
        true => locale.f(
            "what-if-run",
            &[
                ("ran", run.steps.into()),
                ("cached", run.cached.into()),
                ("time", duration(locale, run.ran.ms).into()),
                ("size", bytes(run.image_bytes).into()),
            ],
        ),
        false => locale.t("what-if-run-failed"),
    });
    html! {
        <li key={count} class={classes!("event", point.run.is_some().then_some("is-build"))} aria-current={is_now.then_some("step")}>
            <Icon shape={point.shape} />
            <span class="event__what">{ &point.what }</span>
            <span class="event__run">{ done }{ point.run.as_ref().filter(|run| run.built).map(|run| {
                // One mark for both figures: that of the less sure.
                let of = if run.image_basis > run.ran.basis { Of::Size } else { Of::Time };
                html! { <BasisMark basis={run.image_basis.max(run.ran.basis)} {of} /> }
            }).unwrap_or_default() }</span>
            { match is_now {
                true => html! { <span class="event__now">{ locale.t("what-if-here") }</span> },
                false => html! { <button type="button" class="link" aria-label={label} {onclick}>{ locale.t("what-if-return") }</button> },
            } }
        </li>
    }
}

/// An event in words, and its icon.
pub(super) fn said(locale: &Locale, event: Option<&Event>) -> (String, Shape) {
    let with = |name: &str, key: &'static str, value: &str| locale.f(name, &[(key, value.into())]).to_string();
    match event {
        None => (locale.t("event-opened").to_string(), Shape::Folder),
        Some(Event::Edit { edit, .. }) => edited(locale, edit),
        Some(Event::Change { edits, .. }) => {
            let first = edits.first().map(|(edit, _)| path(edit)).unwrap_or_default();
            let more = edits.len().saturating_sub(1);
            let what = locale.f("event-change", &[("path", first.into()), ("more", more.into())]);
            (what.to_string(), Shape::Edit)
        }
        Some(Event::Options(_)) => (locale.t("event-options").to_string(), Shape::Terminal),
        Some(Event::Measured(figures)) => {
            (locale.f("event-measured", &[("count", figures.len().into())]).to_string(), Shape::Clock)
        }
        Some(Event::Project(_)) => (locale.t("event-project").to_string(), Shape::Folder),
        Some(Event::Build) => (locale.t("event-build").to_string(), Shape::Play),
        Some(Event::Prune) => (locale.t("event-prune").to_string(), Shape::Bin),
        Some(Event::FreshMachine) => (locale.t("event-fresh").to_string(), Shape::Bin),
        Some(Event::Republish(image)) => (with("event-republish", "image", image), Shape::Again),
        Some(Event::TimePasses(days)) => {
            (locale.f("event-days", &[("days", (*days).into())]).to_string(), Shape::Clock)
        }
        Some(Event::Pin(Some(_))) => (locale.t("event-pin").to_string(), Shape::Copy),
        Some(Event::Pin(None)) => (locale.t("event-unpin").to_string(), Shape::Copy),
        Some(Event::Swap { .. }) => (locale.t("event-swap").to_string(), Shape::Again),
        Some(Event::Undo) => (locale.t("event-undo").to_string(), Shape::Undo),
        Some(Event::Redo) => (locale.t("event-redo").to_string(), Shape::Redo),
    }
}

fn edited(locale: &Locale, edit: &Edit) -> (String, Shape) {
    let (name, shape) = match edit {
        Edit::Write { .. } => ("event-write", Shape::Edit),
        Edit::Remove { .. } => ("event-remove", Shape::Bin),
        Edit::Rename { .. } => ("event-rename", Shape::Edit),
        Edit::Chmod { .. } => ("event-chmod", Shape::Terminal),
        Edit::Touch { .. } => ("event-touch", Shape::Clock),
    };
    (locale.f(name, &[("path", path(edit).into())]).to_string(), shape)
}

fn path(edit: &Edit) -> &str {
    match edit {
        Edit::Write { path, .. } | Edit::Remove { path } | Edit::Chmod { path, .. } | Edit::Touch { path } => path,
        Edit::Rename { to, .. } => to,
    }
}

/// The steps that come from the cache although their result would be another by now.
pub fn aged(locale: &Locale, state: &State) -> Html {
    let aged = session::aged(state);
    html! {
        <ul class="what-if__aged" hidden={aged.is_empty()}>
            { aged.iter().filter_map(|aged| {
                let step = state.shown.steps.get(aged.step)?;
                let sentence = locale.f(&format!("suggest-ages-{}", aged.ages.code()), &[("days", aged.days.into())]);
                Some(html! {
                    <li key={aged.step} class="is-run">
                        <span class="verdict"><Icon shape={Shape::Warning} /><span>{ locale.t("what-if-stale") }</span></span>
                        <span><code>{ &step.text }</code>{ " " }{ sentence }</span>
                    </li>
                })
            }).collect::<Html>() }
        </ul>
    }
}
