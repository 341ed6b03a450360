//! What is said of a place in a Dockerfile.

use report::{Hover, Problem, Report, Severity, StepView, Subject, Topic};

use super::{Locale, base, bytes, duration, explanation, reason, stage_name, state_word};

/// A part of what is said: the class that it is drawn with, its text, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `note__title`, `note__text`, `note__fact`, `note__error`, `note__warning`,
    /// `note__tip` or `note__link`.
    pub class: &'static str,
    /// What it says.
    pub text: String,
    /// The address of a link.
    pub address: Option<String>,
}

fn part(class: &'static str, text: impl Into<String>) -> Part {
    Part { class, text: text.into(), address: None }
}

/// The explanation of something of the language: the sentence `about-…`.
#[must_use]
pub fn about(locale: &Locale, topic: Topic) -> String {
    locale.t(&format!("about-{}", topic.code())).to_string()
}

/// What is said of a problem: Docker's words, ours, and Docker's page.
#[must_use]
pub fn note_of_problem(locale: &Locale, problem: &Problem) -> Vec<Part> {
    let class = match problem.diagnostic.severity {
        Severity::Error => "note__error",
        Severity::Warning => "note__warning",
        Severity::Note => "note__tip",
    };
    let docker = problem.diagnostic.docker.iter().filter(|words| !words.is_empty()).cloned();
    let words = docker.chain(explanation(locale, &problem.diagnostic));
    let mut parts: Vec<Part> = words.map(|words| part(class, words)).collect();
    if let Some(url) = &problem.url {
        let text = match problem.diagnostic.severity {
            Severity::Note => locale.t("problem-more"),
            _ => locale.f("problem-docs", &[("rule", problem.diagnostic.code.into())]),
        };
        parts.push(Part { class: "note__link link", text: text.to_string(), address: Some(url.clone()) });
    }
    parts
}

/// What is said of a place.
#[must_use]
pub fn note_of(locale: &Locale, hover: &Hover, report: &Report) -> Vec<Part> {
    match &hover.subject {
        Subject::Instruction { name, step } => {
            let mut parts =
                vec![part("note__title", *name), part("note__text", about(locale, Topic::Instruction(name)))];
            let step = step.and_then(|step| report.steps.get(step));
            parts.extend(step.map(|step| part("note__fact", step_fact(locale, step))));
            let why = step.and_then(|step| step.reason.as_ref());
            parts.extend(why.map(|why| part("note__fact", reason(locale, why, &report.steps))));
            parts
        }
        Subject::Word { name, topic } => vec![part("note__title", name), part("note__text", about(locale, *topic))],
        Subject::Variable { name, value, argument } => {
            let said = match value {
                Some(value) if value.is_empty() => locale.t("note-variable-empty"),
                Some(value) => locale.f("note-variable", &[("value", value.as_str().into())]),
                None => locale.t("note-variable-unset"),
            };
            let mut parts = vec![part("note__title", format!("${name}")), part("note__text", said.to_string())];
            if value.is_some() {
                let from = if *argument { "note-variable-argument" } else { "note-variable-environment" };
                parts.push(part("note__fact", locale.t(from).to_string()));
            }
            parts
        }
        Subject::Stage(index) => {
            let Some(stage) = report.stages.get(*index) else {
                return Vec::new();
            };
            let name = stage_name(stage);
            let mut parts = vec![part("note__title", locale.f("stage-named", &[("name", name.into())]).to_string())];
            parts.push(part("note__text", base(locale, &stage.base, &report.stages)));
            if !stage.needed {
                parts.push(part("note__fact", locale.t("stage-not-needed").to_string()));
            }
            parts
        }
        Subject::Image(image) => vec![part("note__text", base(locale, image, &report.stages))],
        Subject::Path { path, bytes: size, files, ignored_by } => {
            let mut parts = vec![part("note__title", path)];
            parts.push(match ignored_by {
                Some(pattern) => {
                    part("note__text", locale.f("file-ignored", &[("pattern", pattern.as_str().into())]).to_string())
                }
                None => {
                    let arguments = [("count", (*files).into()), ("size", bytes(*size).into())];
                    part("note__text", locale.f("note-path", &arguments).to_string())
                }
            });
            parts
        }
    }
}

/// What a step does, weighs and takes.
fn step_fact(locale: &Locale, step: &StepView) -> String {
    let mut facts = vec![locale.t(state_word(step.state)).to_string()];
    facts.extend((step.bytes > 0).then(|| bytes(step.bytes)));
    facts.extend((step.ms > 0).then(|| duration(locale, step.ms)));
    facts.join(" · ")
}
