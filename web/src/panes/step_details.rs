use report::{Basis, FileChange, FileView, KeyKind, Report, StepState, StepView};
use yew::prelude::*;

use crate::components::Ask;
use crate::shared::Shared;
use crate::text::{Locale, bytes, duration, evidence, note, reason, use_locale};

/// The files of a layer, and the lines of output, that are drawn.
const MOST_FILES: usize = 500;
const MOST_LINES: usize = 500;

/// The properties of [`StepDetails`].
#[derive(Properties, PartialEq)]
pub struct StepDetailsProps {
    /// The build.
    pub report: Shared<Report>,
    /// The step.
    pub index: usize,
    /// Called with the line that is to be shown in the editor.
    pub online: Callback<usize>,
}

/// What a step printed, what its layer holds, and what was left out.
#[component]
pub fn StepDetails(props: &StepDetailsProps) -> Html {
    let locale = use_locale();
    let Some(step) = props.report.steps.get(props.index) else {
        return html! { <div /> };
    };
    let line = step.line;
    let hidden_lines = step.output.len().saturating_sub(MOST_LINES);
    let hidden_files = step.files.len().saturating_sub(MOST_FILES);
    html! {
        <div class="details">
            <p class="details__line">
                <button type="button" class="link" onclick={props.online.reform(move |_| line)}>
                    { locale.f("step-line", &[("line", line.into())]) }
                </button>
                <span class="details__basis">{ basis_sentence(&locale, step.bytes_basis) }</span>
                <span class="details__basis">{ time_sentence(&locale, step) }</span>
            </p>
            <ul class="details__evidence" aria-label={locale.t("evidence-label")} hidden={step.evidence.is_empty()}>
                { step.evidence.iter().map(|&source| html! { <li>{ evidence(&locale, source) }</li> }).collect::<Html>() }
            </ul>
            <ul class="details__notes" hidden={step.notes.is_empty()}>
                { step.notes.iter().map(|left_out| html! { <li>{ note(&locale, left_out) }</li> }).collect::<Html>() }
            </ul>
            <section class="key" hidden={step.key.is_empty()}>
                <h4>{ locale.t("key-title") }<Ask term="cache-key" /></h4>
                <p class="key__why">{ step.reason.as_ref().map(|why| reason(&locale, why, &props.report.steps)).unwrap_or_default() }</p>
                <p class="hint">{ locale.t("key-hint") }</p>
                { key_parts(&locale, &props.report, step) }
            </section>
            <section hidden={step.output.is_empty()}>
                <h4>{ locale.t("step-output") }</h4>
                <pre class="output" tabindex="0">
                    { step.output.iter().take(MOST_LINES).map(|line| html! { <>{ line }{ "\n" }</> }).collect::<Html>() }
                </pre>
                <p hidden={hidden_lines == 0}>{ locale.f("more-lines", &[("count", hidden_lines.into())]) }</p>
            </section>
            <section>
                <h4>{ locale.f("step-files", &[("count", step.files.len().into())]) }</h4>
                <ul class="layer-files" tabindex="0" hidden={step.files.is_empty()}>
                    { step.files.iter().take(MOST_FILES).enumerate().map(|(index, file)| file_row(&locale, index, &file)).collect::<Html>() }
                </ul>
                <p hidden={hidden_files == 0}>{ locale.f("more-files", &[("count", hidden_files.into())]) }</p>
            </section>
        </div>
    }
}

/// What the cache key is made of, the step that it stands on first.
fn key_parts(locale: &Locale, report: &Report, step: &StepView) -> Html {
    let before = step.inputs.first().and_then(|&before| report.steps.get(before));
    let before = before.map_or_else(|| "FROM scratch".to_string(), |before| before.name.clone());
    html! {
        <dl class="key__parts">
            <div class="key__part"><dt>{ locale.t("key-parent") }</dt><dd><code>{ before }</code></dd></div>
            { step.key.iter().enumerate().map(|(index, part)| html! {
                <div key={index} class="key__part">
                    <dt>{ locale.t(key_kind(part.kind)) }</dt><dd><code>{ &part.value }</code></dd>
                </div>
            }).collect::<Html>() }
        </dl>
    }
}

fn key_kind(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Command => "key-command",
        KeyKind::Variable => "key-variable",
        KeyKind::Directory => "key-directory",
        KeyKind::User => "key-user",
        KeyKind::Network => "key-network",
        KeyKind::Mount => "key-mount",
        KeyKind::Names => "key-names",
        KeyKind::Destination => "key-destination",
        KeyKind::Owner => "key-owner",
        KeyKind::Mode => "key-mode",
        KeyKind::Exclude => "key-exclude",
        KeyKind::Context => "key-context",
        KeyKind::Stage => "key-stage",
    }
}

fn basis_sentence(locale: &Locale, basis: Basis) -> AttrValue {
    match basis {
        Basis::Exact => locale.t("basis-exact"),
        Basis::Measured => locale.t("basis-measured"),
        Basis::Stated => locale.t("basis-stated"),
        Basis::Estimated => locale.t("basis-estimated"),
        Basis::NotModelled => locale.t("basis-not-modelled"),
    }
}

/// How sure a step's time is, or what its time was where it comes from the cache.
fn time_sentence(locale: &Locale, step: &StepView) -> AttrValue {
    let took = |name: &str| locale.f(name, &[("time", duration(locale, step.timing.built_ms).into())]);
    match (step.state, step.timing.basis) {
        (StepState::Cached, _) if step.timing.built_ms > 0 => took("time-cached"),
        (_, Basis::Measured) => locale.t("basis-time-measured"),
        (_, Basis::Stated) => locale.t("basis-time-stated"),
        (_, Basis::NotModelled) => locale.t("basis-time-not-modelled"),
        _ => AttrValue::default(),
    }
}

fn file_row(locale: &Locale, index: usize, file: &FileView) -> Html {
    let (class, sign, word) = match file.change {
        FileChange::Added => ("is-added", "+", "change-added"),
        FileChange::Changed => ("is-changed", "~", "change-changed"),
        FileChange::Removed => ("is-removed", "−", "change-removed"),
    };
    let link = file.link.as_ref().map(|target| format!(" → {target}")).unwrap_or_default();
    let kind = if file.kind == "dir" { "/" } else { "" };
    html! {
        <li key={index} class={classes!("layer-file", class)}>
            <span class="layer-file__sign" title={locale.t(word)} aria-label={locale.t(word)} role="img">{ sign }</span>
            <code class="layer-file__path">{ &file.path }{ kind }{ link }</code>
            <span class="layer-file__mode">{ format!("{:04o} {}:{}", file.mode, file.uid, file.gid) }</span>
            <span class="layer-file__size">{ if file.kind == "file" { bytes(file.bytes) } else { String::new() } }</span>
        </li>
    }
}
