use report::{Basis, FileChange, FileView, Report, StepState, StepView};
use yew::prelude::*;

use crate::shared::Shared;
use crate::text::{Locale, bytes, duration, evidence, note, use_locale};

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
                    { step.files.iter().take(MOST_FILES).enumerate().map(|(index, file)| file_row(&locale, index, file)).collect::<Html>() }
                </ul>
                <p hidden={hidden_files == 0}>{ locale.f("more-files", &[("count", hidden_files.into())]) }</p>
            </section>
        </div>
    }
}

fn basis_sentence(locale: &Locale, basis: Basis) -> AttrValue {
    match basis {
        Basis::Exact => locale.t("basis-exact"),
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
