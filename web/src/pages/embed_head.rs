use report::{Outcome, Severity};
use session::State;
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::panes::texts;
use crate::shared::Shared;
use crate::text::{bytes, duration, use_locale};

/// The properties of [`EmbedHead`].
#[derive(Properties, PartialEq)]
pub struct EmbedHeadProps {
    /// The state.
    pub state: Shared<State>,
    /// Whether nothing can be edited: there is nothing to build then.
    pub read_only: bool,
    /// The address of the whole page with exactly this.
    pub address: AttrValue,
    /// Called to build.
    pub onbuild: Callback<()>,
    /// Called to have what was there at first.
    pub onreset: Callback<()>,
}

/// The bar above an embed: what it is, and the way to the whole page.
#[component]
pub fn EmbedHead(props: &EmbedHeadProps) -> Html {
    let locale = use_locale();
    let state = &props.state;
    let title = match &state.study {
        Some(study) => texts(&locale, study).map_or_else(|| study.id.clone(), |texts| texts.title.clone()),
        None if state.project.name.is_empty() => state.project.dockerfile().to_owned(),
        None => state.project.name.clone(),
    };
    html! {
        <header class="embed__head">
            <svg class="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path class="logo__a" d="M12 3l9 4.5-9 4.5-9-4.5z" />
                <path class="logo__b" d="M3 12l9 4.5 9-4.5" />
                <path class="logo__c" d="M3 16.5L12 21l9-4.5" />
            </svg>
            <h1 class="embed__title" title={title.clone()}>{ title.clone() }</h1>
            <span class="embed__ways">
                <button type="button" class="button is-icon" hidden={props.read_only} title={locale.t("embed-reset")} aria-label={locale.t("embed-reset")}
                    onclick={props.onreset.reform(|_: MouseEvent| ())}><Icon shape={Shape::Undo} /></button>
                <a class="button" href={props.address.clone()} target="_blank" rel="noopener" title={locale.t("embed-open")}>
                    <Icon shape={Shape::Outside} /><span class="embed__open">{ locale.t("embed-open") }</span>
                </a>
                <button type="button" class="button is-primary" hidden={props.read_only} onclick={props.onbuild.reform(|_: MouseEvent| ())}
                    title={locale.t("build-hint")} aria-keyshortcuts="Control+Enter Meta+Enter">
                    <Icon shape={Shape::Play} /><span>{ locale.t("build") }</span>
                </button>
            </span>
        </header>
    }
}

/// The properties of [`EmbedFoot`].
#[derive(Properties, PartialEq)]
pub struct EmbedFootProps {
    /// The state.
    pub state: Shared<State>,
}

/// One line below an embed: what the build did, or would do, or why there is none.
#[component]
pub fn EmbedFoot(props: &EmbedFootProps) -> Html {
    let locale = use_locale();
    let state = &props.state;
    let build = state.built.as_ref().map_or(0, |built| built.number);
    let (class, shape, title) = match (&state.shown.outcome, state.up_to_date) {
        (Outcome::Invalid { .. }, _) => ("is-error", Shape::Cross, locale.t("status-invalid")),
        (Outcome::Failed { .. }, true) => {
            ("is-error", Shape::Cross, locale.f("status-failed", &[("build", build.into())]))
        }
        (Outcome::Failed { .. }, false) => ("is-error", Shape::Cross, locale.t("status-would-fail")),
        (Outcome::Built, true) => ("is-hit", Shape::Check, locale.f("status-built", &[("build", build.into())])),
        (Outcome::Built, false) => ("is-run", Shape::Play, locale.t("status-preview")),
    };
    let totals = &state.drawn().totals;
    let size = state.drawn().image.as_ref().map(|image| bytes(image.bytes));
    let said = match &state.shown.outcome {
        Outcome::Invalid { message } | Outcome::Failed { message, .. } => {
            html! { <code lang="en">{ message.clone() }</code> }
        }
        Outcome::Built => {
            let warnings =
                state.shown.problems.iter().filter(|problem| problem.diagnostic.severity == Severity::Warning).count();
            let figures = [
                Some(AttrValue::from(size.unwrap_or_else(|| locale.t("figure-none").to_string()))),
                Some(locale.f("embed-layers", &[("count", totals.layers.into())])),
                Some(AttrValue::from(duration(&locale, totals.ms))),
                Some(locale.f("embed-cached", &[("cached", totals.cached.into()), ("steps", totals.steps.into())])),
                (warnings > 0).then(|| locale.f("count-warnings", &[("count", warnings.into())])),
            ];
            html! {
                <ul class="embed__figures">
                    { figures.into_iter().flatten().enumerate().map(|(at, figure)| html! { <li key={at}>{ figure }</li> }).collect::<Html>() }
                </ul>
            }
        }
    };
    html! {
        <footer class={classes!("embed__foot", class)}>
            <p class="embed__status"><Icon {shape} /><strong>{ title }</strong></p>
            { said }
        </footer>
    }
}
