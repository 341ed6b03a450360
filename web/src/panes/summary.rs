use report::{Outcome, Report, Severity, StepState};
use session::Changes;
use yew::prelude::*;

use crate::components::{Ask, BasisMark, Of};
use crate::shared::Shared;
use crate::text::{Locale, bytes, duration, reason, signed_bytes, signed_duration, use_locale};
use crate::view::{Part, Show, use_show};

/// The properties of [`Summary`].
#[derive(Properties, PartialEq)]
pub struct SummaryProps {
    /// The build.
    pub report: Shared<Report>,
    /// What would be built now, or what is wrong with it.
    pub shown: Shared<Report>,
    /// What is different from the build before it.
    pub changes: Option<Changes>,
}

/// Five figures, each with what changed since the build before, and each a way to the part that says more.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let locale = use_locale();
    let show = use_show();
    let totals = &props.report.totals;
    let built = props.report.outcome == Outcome::Built;
    let size = props.report.image.as_ref().map(|image| image.bytes);
    let changes = props.changes.as_ref();
    // A build that stops halfway is none the better for it.
    let gains = changes.filter(|_| built);
    let failed = props.report.steps.iter().filter(|step| step.state == StepState::Failed).count();
    let no_image = locale.t("figure-none");
    let name = |label: &str, part: Part, term: Option<&'static str>| {
        html! {
            <dt>
                <button type="button" class="figure__name" onclick={show.reform(move |_| Show::Part(part))}>
                    { locale.t(label) }
                </button>
                { term.map(|term| html! { <Ask {term} /> }) }
            </dt>
        }
    };
    let (problems, worst) = problems(&locale, &props.shown);
    html! {
        <dl class="summary" aria-label={locale.t("summary-label")}>
            <div class="figure">
                { name("figure-size", Part::Layers, Some("image")) }
                <dd class="figure__number">
                    { size.map_or_else(|| no_image.to_string(), bytes) }
                    <BasisMark basis={totals.basis} />
                </dd>
                <dd class={classes!("figure__change", gains.map(|c| direction(c.bytes)))}>
                    { gains.map(|c| signed_bytes(c.bytes)).unwrap_or_default() }
                </dd>
            </div>
            <div class="figure">
                { name("figure-layers", Part::Layers, Some("layer")) }
                <dd class="figure__number">{ totals.layers }</dd>
                <dd class="figure__change">
                    { locale.f("figure-added", &[("size", bytes(totals.added_bytes).into())]) }
                </dd>
            </div>
            <div class="figure">
                { name("figure-time", Part::Timeline, Some("build-time")) }
                <dd class="figure__number">
                    { duration(&locale, totals.ms) }
                    <BasisMark basis={props.report.time.basis} of={Of::Time} />
                </dd>
                <dd class={classes!("figure__change", gains.map(|c| direction(c.ms)))}>
                    { gains.map(|c| signed_duration(&locale, c.ms)).unwrap_or_default() }
                </dd>
            </div>
            <div class="figure is-wide">
                { name("figure-cached", Part::Steps, Some("build-cache")) }
                <dd class="figure__number">{ format!("{} / {}", totals.cached, totals.steps) }</dd>
                <dd class={classes!("figure__change", (failed > 0).then_some("is-error"))}>
                    { ran(&locale, &props.report, failed, changes) }
                </dd>
            </div>
            <div class="figure">
                { name("figure-problems", Part::Problems, None) }
                <dd class="figure__number">{ props.shown.problems.len() }</dd>
                <dd class={classes!("figure__change", worst)}>{ problems }</dd>
            </div>
        </dl>
    }
}

/// How many steps run, and why the first of those does that is not new; or how many of them fail.
fn ran(locale: &Locale, report: &Report, failed: usize, changes: Option<&Changes>) -> AttrValue {
    let count = report.totals.ran;
    if failed > 0 {
        let whole = count.saturating_sub(failed);
        return locale.f("figure-ran-failing", &[("count", whole.into()), ("failing", failed.into())]);
    }
    let first = report.steps.iter().find(|step| step.state == StepState::Ran);
    let why = first.and_then(|step| step.reason.as_ref()).filter(|_| changes.is_some() && count > 0);
    match why {
        Some(why) => {
            let why = reason(locale, why, &report.steps);
            locale.f("figure-ran-because", &[("count", count.into()), ("why", why.into())])
        }
        None => locale.f("figure-ran", &[("count", count.into())]),
    }
}

/// How many problems there are of each weight, and the tone of the worst.
fn problems(locale: &Locale, report: &Report) -> (AttrValue, Option<&'static str>) {
    let count = |severity: Severity| report.problems.iter().filter(|p| p.diagnostic.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    if errors + warnings + notes == 0 {
        return (locale.t("figure-no-problems"), None);
    }
    let mut said: Vec<String> = Vec::new();
    for (count, name) in [(errors, "count-errors"), (warnings, "count-warnings"), (notes, "count-tips")] {
        if count > 0 {
            said.push(locale.f(name, &[("count", count.into())]).to_string());
        }
    }
    let worst = match (errors, warnings) {
        (1.., _) => Some("is-error"),
        (0, 1..) => Some("is-worse"),
        _ => None,
    };
    (said.join(" · ").into(), worst)
}

/// More is worse, of bytes and of time.
fn direction(difference: i64) -> &'static str {
    match difference {
        0 => "is-same",
        1.. => "is-worse",
        _ => "is-better",
    }
}
