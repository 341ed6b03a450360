use report::{Outcome, Report};
use session::Changes;
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::shared::Shared;
use crate::text::use_locale;

/// The properties of [`Status`].
#[derive(Properties, PartialEq)]
pub struct StatusProps {
    /// What a build would do now, or did.
    pub report: Shared<Report>,
    /// Whether nothing was edited since the last build.
    pub up_to_date: bool,
    /// The number of the last build.
    pub build: usize,
    /// What was changed since.
    pub changes: Option<Changes>,
    /// Whether an older result is on the screen because there is none now.
    pub older: bool,
    /// Called with the line that is to be shown in the editor.
    pub online: Callback<usize>,
}

/// Says plainly what is on the screen: what a build did, what one would do, or why there is nothing.
#[component]
pub fn Status(props: &StatusProps) -> Html {
    let locale = use_locale();
    let build = props.build;
    let (class, shape, title) = match (&props.report.outcome, props.up_to_date) {
        (Outcome::Invalid { .. }, _) => ("is-error", Shape::Cross, locale.t("status-invalid")),
        (Outcome::Failed { .. }, true) => {
            ("is-error", Shape::Cross, locale.f("status-failed", &[("build", build.into())]))
        }
        (Outcome::Failed { .. }, false) => ("is-error", Shape::Cross, locale.t("status-would-fail")),
        (Outcome::Built, true) => ("is-done", Shape::Check, locale.f("status-built", &[("build", build.into())])),
        (Outcome::Built, false) => ("is-preview", Shape::Play, locale.t("status-preview")),
    };
    let (message, line) = match &props.report.outcome {
        Outcome::Built => (String::new(), 0),
        Outcome::Invalid { message } => {
            let error = props.report.problems.iter().find(|p| p.diagnostic.severity == report::Severity::Error);
            (message.clone(), error.map_or(0, |error| error.line))
        }
        Outcome::Failed { message, step } => {
            let step = step.and_then(|step| props.report.steps.get(step));
            (message.clone(), step.map_or(0, |step| step.line))
        }
    };
    let edited = props.changes.as_ref().filter(|_| !props.up_to_date).map(|changes| {
        let first = if changes.dockerfile { "Dockerfile" } else { changes.files.first().map_or("", String::as_str) };
        let others = (changes.files.len() + usize::from(changes.dockerfile)).saturating_sub(1);
        match (first, others) {
            ("", _) => locale.t("status-options-changed"),
            (first, 0) => locale.f("status-changed-one", &[("path", first.into())]),
            (first, others) => locale.f("status-changed", &[("path", first.into()), ("others", others.into())]),
        }
    });
    html! {
        <div class={classes!("status", class)}>
            <p class="status__line">
                <Icon {shape} />
                <strong class="status__title">{ title }</strong>
                <span class="status__edited">{ edited.unwrap_or_default() }</span>
            </p>
            <div class="status__message" hidden={message.is_empty()}>
                <code lang="en" tabindex="0">{ message }</code>
                <button type="button" class="link" hidden={line == 0} onclick={props.online.reform(move |_| line)}>
                    { locale.f("problem-line", &[("line", line.into())]) }
                </button>
            </div>
            <p class="status__older" hidden={!props.older}>{ locale.t("status-older") }</p>
        </div>
    }
}
