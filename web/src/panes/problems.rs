use report::{Problem, Report, Severity};
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::shared::Shared;
use crate::text::{Locale, explanation, use_locale};

/// The problems that are drawn of each kind.
const MOST_PROBLEMS: usize = 100;

/// The properties of [`Problems`].
#[derive(Properties, PartialEq)]
pub struct ProblemsProps {
    /// The build, or what is wrong with it.
    pub report: Shared<Report>,
    /// Called with the line that is to be shown.
    pub online: Callback<usize>,
}

/// What kind of thing a problem is: each has a heading of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Error,
    Check,
    Tip,
    Note,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Error, Kind::Check, Kind::Tip, Kind::Note];

    fn of(problem: &Problem) -> Kind {
        match problem.diagnostic.severity {
            Severity::Error => Kind::Error,
            Severity::Warning => Kind::Check,
            Severity::Note if problem.diagnostic.code.starts_with("tip-") => Kind::Tip,
            Severity::Note => Kind::Note,
        }
    }

    /// Class, icon, and the messages of the word on each problem, the heading, and what the heading means.
    fn looks(self) -> (&'static str, Shape, &'static str, &'static str, &'static str) {
        match self {
            Kind::Error => ("is-error", Shape::Cross, "severity-error", "problems-errors", "problems-errors-hint"),
            Kind::Check => ("is-run", Shape::Warning, "severity-warning", "problems-checks", "problems-checks-hint"),
            Kind::Tip => ("is-tip", Shape::Tip, "severity-tip", "problems-tips", "problems-tips-hint"),
            Kind::Note => ("is-idle", Shape::Info, "severity-note", "problems-notes", "problems-notes-hint"),
        }
    }
}

/// Errors, Docker's build checks, tips and notes, by line: what, why, what to do, and where to read more.
#[component]
pub fn Problems(props: &ProblemsProps) -> Html {
    let locale = use_locale();
    let problems = &props.report.problems;
    html! {
        <div class="problems">
            <p class="hint is-empty" hidden={!problems.is_empty()}>{ locale.t("problems-none") }</p>
            { Kind::ALL.into_iter().map(|kind| {
                let of_kind: Vec<&Problem> = problems.iter().filter(|problem| Kind::of(problem) == kind).collect();
                section(&locale, kind, &of_kind, &props.online)
            }).collect::<Html>() }
        </div>
    }
}

fn section(locale: &Locale, kind: Kind, problems: &[&Problem], online: &Callback<usize>) -> Html {
    let (class, _, _, title, hint) = kind.looks();
    let left_out = problems.len().saturating_sub(MOST_PROBLEMS);
    html! {
        <section key={title} class={class} aria-labelledby={title} hidden={problems.is_empty()}>
            <h3 id={title} class="problems__title">
                { locale.t(title) }<span class="problems__count">{ problems.len() }</span>
            </h3>
            <p class="hint">{ locale.t(hint) }</p>
            <ul class="problems__list">
                { problems.iter().take(MOST_PROBLEMS).enumerate().map(|(index, problem)| {
                    row(locale, kind, index, problem, online)
                }).collect::<Html>() }
            </ul>
            <p class="hint" hidden={left_out == 0}>{ locale.f("more-problems", &[("count", left_out.into())]) }</p>
        </section>
    }
}

fn row(locale: &Locale, kind: Kind, index: usize, problem: &Problem, online: &Callback<usize>) -> Html {
    let (class, shape, word, ..) = kind.looks();
    let line = problem.line;
    let place =
        if line == 0 { locale.t("problem-whole-file") } else { locale.f("problem-line", &[("line", line.into())]) };
    let ours = explanation(locale, &problem.diagnostic);
    let docker = problem.diagnostic.docker.clone().filter(|docker| !docker.is_empty());
    let more = match kind {
        Kind::Tip => locale.t("problem-more"),
        _ => locale.f("problem-docs", &[("rule", problem.diagnostic.code.into())]),
    };
    html! {
        <li key={index} class={classes!("problem", class)}>
            <span class="verdict"><Icon {shape} /><span>{ locale.t(word) }</span></span>
            <button type="button" class="link" disabled={line == 0} onclick={online.reform(move |_| line)}>{ place }</button>
            <span class="problem__text">
                <code class="problem__docker" lang="en" hidden={docker.is_none()}>{ docker.unwrap_or_default() }</code>
                <span>{ ours.unwrap_or_default() }</span>
                <a href={problem.url.clone()} hidden={problem.url.is_none()} target="_blank" rel="noreferrer">{ more }</a>
            </span>
        </li>
    }
}
