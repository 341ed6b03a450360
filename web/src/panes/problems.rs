use report::{Problem, Report, Severity};
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::shared::Shared;
use crate::text::{Locale, explanation, use_locale};

/// The problems that are drawn.
const MOST_PROBLEMS: usize = 100;

/// The properties of [`Problems`].
#[derive(Properties, PartialEq)]
pub struct ProblemsProps {
    /// The build, or what is wrong with it.
    pub report: Shared<Report>,
    /// Called with the line that is to be shown.
    pub online: Callback<usize>,
}

/// Errors, warnings and notes by line: Docker's words, and ours where there are some.
#[component]
pub fn Problems(props: &ProblemsProps) -> Html {
    let locale = use_locale();
    let problems = &props.report.problems;
    let left_out = problems.len().saturating_sub(MOST_PROBLEMS);
    html! {
        <section class="problems" aria-labelledby="problems-title" hidden={problems.is_empty()}>
            <h2 id="problems-title" class="problems__title">
                { locale.f("problems-title", &[("count", problems.len().into())]) }
            </h2>
            <ul class="problems__list" tabindex="0" aria-labelledby="problems-title">
                { problems.iter().take(MOST_PROBLEMS).enumerate().map(|(index, problem)| {
                    row(&locale, index, problem, &props.online)
                }).collect::<Html>() }
            </ul>
            <p hidden={left_out == 0}>{ locale.f("more-problems", &[("count", left_out.into())]) }</p>
        </section>
    }
}

fn row(locale: &Locale, index: usize, problem: &Problem, online: &Callback<usize>) -> Html {
    let (class, shape, word) = match problem.diagnostic.severity {
        Severity::Error => ("is-error", Shape::Cross, "severity-error"),
        Severity::Warning => ("is-run", Shape::Warning, "severity-warning"),
        Severity::Note => ("is-idle", Shape::Info, "severity-note"),
    };
    let line = problem.line;
    let place =
        if line == 0 { locale.t("problem-whole-file") } else { locale.f("problem-line", &[("line", line.into())]) };
    let ours = explanation(locale, &problem.diagnostic);
    let docker = problem.diagnostic.docker.clone();
    html! {
        <li key={index} class={classes!("problem", class)}>
            <span class="verdict"><Icon {shape} /><span>{ locale.t(word) }</span></span>
            <button type="button" class="link" disabled={line == 0} onclick={online.reform(move |_| line)}>{ place }</button>
            <span class="problem__text">
                <code class="problem__docker" lang="en">{ docker.unwrap_or_default() }</code>
                <span>{ ours.unwrap_or_default() }</span>
                <a href={problem.url.clone()} hidden={problem.url.is_none()} target="_blank" rel="noreferrer">
                    { locale.f("problem-docs", &[("rule", problem.diagnostic.code.into())]) }
                </a>
            </span>
        </li>
    }
}
