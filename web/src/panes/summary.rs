use report::{Outcome, Report};
use session::Changes;
use yew::prelude::*;

use crate::components::{BasisMark, Of};
use crate::shared::Shared;
use crate::text::{bytes, duration, signed_bytes, signed_duration, use_locale};

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

/// Four figures, each with what changed since the build before.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let locale = use_locale();
    let totals = &props.report.totals;
    let built = props.report.outcome == Outcome::Built;
    let size = props.report.image.as_ref().map(|image| image.bytes);
    let changes = props.changes.as_ref();
    let no_image = locale.t("figure-none");
    html! {
        <dl class="summary" aria-label={locale.t("summary-label")}>
            <div class="figure">
                <dt>{ locale.t("figure-size") }</dt>
                <dd class="figure__number">
                    { size.map_or_else(|| no_image.to_string(), bytes) }
                    <BasisMark basis={totals.basis} />
                </dd>
                <dd class={classes!("figure__change", changes.map(|c| direction(c.bytes)))}>
                    { changes.filter(|_| built).map(|c| signed_bytes(c.bytes)).unwrap_or_default() }
                </dd>
            </div>
            <div class="figure">
                <dt>{ locale.t("figure-time") }</dt>
                <dd class="figure__number">
                    { duration(&locale, totals.ms) }
                    <BasisMark basis={props.report.time.basis} of={Of::Time} />
                </dd>
                <dd class={classes!("figure__change", changes.map(|c| direction(c.ms)))}>
                    { changes.map(|c| signed_duration(&locale, c.ms)).unwrap_or_default() }
                </dd>
            </div>
            <div class="figure">
                <dt>{ locale.t("figure-cached") }</dt>
                <dd class="figure__number">{ format!("{} / {}", totals.cached, totals.steps) }</dd>
                <dd class="figure__change">{ locale.f("figure-ran", &[("count", totals.ran.into())]) }</dd>
            </div>
            <div class="figure">
                <dt>{ locale.t("figure-layers") }</dt>
                <dd class="figure__number">{ totals.layers }</dd>
                <dd class="figure__change">
                    { locale.f("figure-added", &[("size", bytes(totals.added_bytes).into())]) }
                </dd>
            </div>
        </dl>
    }
}

/// More is worse, of bytes and of time.
fn direction(difference: i64) -> &'static str {
    match difference {
        0 => "is-same",
        1.. => "is-worse",
        _ => "is-better",
    }
}
