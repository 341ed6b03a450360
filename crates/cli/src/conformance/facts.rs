//! What a build came to, in the form that it is recorded in: read from NAME.json, or made of a report.

use std::collections::{BTreeMap, BTreeSet};

use report::{BaseView, Outcome, Report, StepState};
use serde_json::{Value, json};

use super::traces::mount_targets;
use crate::check::warnings;
use crate::json;

/// What a build came to.
#[derive(Clone, Debug, Default)]
pub struct BuildFacts {
    /// Docker's message, where the build failed.
    pub error: Option<String>,
    pub steps: Vec<Step>,
    /// Rule, message and line.
    pub warnings: Vec<(String, String, usize)>,
    pub image: Option<ImageFacts>,
    /// The base images that several stages start from; known of a report only.
    pub shared_bases: BTreeSet<String>,
    /// The base images that a COPY or a mount takes from, too; known of a report only.
    pub copied_bases: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub name: String,
    pub cached: bool,
    pub error: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct ImageFacts {
    pub size: u64,
    pub config: Value,
    /// Newest first.
    pub history: Vec<Value>,
    /// Oldest first.
    pub layers: Vec<LayerFacts>,
}

#[derive(Clone, Debug, Default)]
pub struct LayerFacts {
    /// Which layer of a base image it is.
    pub base: Option<String>,
    pub entries: Vec<Value>,
    /// Whether a RUN made it.
    pub run: bool,
    /// The targets of that RUN's mounts; known of a report only.
    pub mounts: Vec<String>,
}

/// Reads NAME.json.
pub fn parse_recorded(text: &str) -> Result<Vec<BuildFacts>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    array(&value, "builds")?.iter().map(parse_build).collect()
}

fn array<'a>(value: &'a Value, name: &str) -> Result<&'a Vec<Value>, String> {
    value.get(name).and_then(Value::as_array).ok_or_else(|| format!("{name}: needs an array"))
}

fn text(value: &Value, name: &str) -> Result<String, String> {
    let text = value.get(name).and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| format!("{name}: needs a string"))
}

fn parse_build(build: &Value) -> Result<BuildFacts, String> {
    let ok = build.get("ok").and_then(Value::as_bool).ok_or("ok: needs true or false")?;
    let step = |step: &Value| {
        Ok(Step {
            name: text(step, "name")?,
            cached: step.get("cached").and_then(Value::as_bool).unwrap_or_default(),
            // Whether a step had begun when another failed is chance; record.py leaves it out, too.
            error: text(step, "error").ok().filter(|error| !error.contains("context canceled")),
        })
    };
    let warning = |warning: &Value| {
        let line = warning.get("line").and_then(Value::as_u64).unwrap_or_default();
        Ok((text(warning, "rule")?, text(warning, "message")?, usize::try_from(line).unwrap_or(usize::MAX)))
    };
    Ok(BuildFacts {
        error: if ok { None } else { Some(text(build, "error")?) },
        steps: array(build, "steps")?.iter().map(step).collect::<Result<_, String>>()?,
        warnings: array(build, "warnings")?.iter().map(warning).collect::<Result<_, String>>()?,
        image: build.get("image").map(parse_image).transpose()?,
        shared_bases: BTreeSet::new(),
        copied_bases: BTreeSet::new(),
    })
}

fn parse_image(image: &Value) -> Result<ImageFacts, String> {
    let history = array(image, "history")?.clone();
    // The rows that have a layer, oldest first, are the layers.
    let makers = history.iter().rev().filter(|row| row.get("empty") != Some(&Value::Bool(true)));
    let makers = makers.map(|row| text(row, "created_by").unwrap_or_default());
    let layers = array(image, "layers")?.iter().zip(makers.map(Some).chain(std::iter::repeat(None)));
    let layer = |(layer, maker): (&Value, Option<String>)| LayerFacts {
        base: text(layer, "base").ok(),
        entries: layer.get("entries").and_then(Value::as_array).cloned().unwrap_or_default(),
        run: maker.is_some_and(|maker| maker.starts_with("RUN ")),
        mounts: Vec::new(),
    };
    Ok(ImageFacts {
        size: image.get("size").and_then(Value::as_u64).ok_or("size: needs a number")?,
        config: image.get("config").cloned().unwrap_or_default(),
        layers: layers.map(layer).collect(),
        history,
    })
}

impl BuildFacts {
    /// The same of a report.
    pub fn of_report(report: &Report) -> BuildFacts {
        let failed_step = match &report.outcome {
            Outcome::Failed { step, .. } => *step,
            Outcome::Built | Outcome::Invalid { .. } => None,
        };
        let error = match &report.outcome {
            Outcome::Built => None,
            Outcome::Invalid { message } | Outcome::Failed { message, .. } => Some(message.clone()),
        };
        // What failed because an input could not be had is the build's error with an introduction.
        let step_error =
            error.as_ref().map(|error| error.strip_prefix("failed to compute cache key: ").unwrap_or(error));
        // An invalid Dockerfile is found before there are steps.
        let has_steps = !matches!(report.outcome, Outcome::Invalid { .. });
        let steps = report
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| has_steps && step.state != StepState::NotNeeded && step.name.starts_with('['));
        let steps = steps.map(|(index, step)| Step {
            name: step.name.clone(),
            cached: step.marked,
            error: step_error.filter(|_| failed_step == Some(index)).map(str::to_owned),
        });
        let warnings = warnings(report).into_iter().map(|warning| (warning.rule, warning.message, warning.line));
        BuildFacts {
            steps: steps.collect(),
            warnings: warnings.collect(),
            image: report.image.as_ref().filter(|_| error.is_none()).map(|image| image_facts(report, image)),
            error,
            shared_bases: shared_bases(report),
            copied_bases: copied_bases(report),
        }
    }
}

fn copied_bases(report: &Report) -> BTreeSet<String> {
    let words = report.steps.iter().flat_map(|step| step.text.split([' ', ',']));
    let sources: BTreeSet<&str> = words
        .filter_map(|word| word.trim_start_matches("--mount=").trim_start_matches("--").strip_prefix("from="))
        .collect();
    let bases = report.stages.iter().filter_map(|stage| match &stage.base {
        BaseView::Image { name, short, .. } => Some((name, short)),
        _ => None,
    });
    let copied = bases.filter(|(name, short)| {
        let untagged = short.strip_suffix(":latest").unwrap_or(short);
        [name.as_str(), short.as_str(), untagged].iter().any(|form| sources.contains(form))
    });
    copied.map(|(name, _)| name.clone()).collect()
}

fn shared_bases(report: &Report) -> BTreeSet<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for stage in report.stages.iter().filter(|stage| stage.needed) {
        if let BaseView::Image { name, .. } = &stage.base {
            *counts.entry(name).or_default() += 1;
        }
    }
    let shared = counts.into_iter().filter(|(_, count)| *count > 1);
    shared.map(|(name, _)| name.to_owned()).collect()
}

fn image_facts(report: &Report, image: &report::ImageView) -> ImageFacts {
    let history = image.history.iter();
    let layer = |layer: &report::LayerView| {
        let step = layer.step.and_then(|step| report.steps.get(step));
        let text = step.map_or("", |step| step.text.as_str());
        LayerFacts {
            base: layer.base.clone(),
            entries: match json::entries(layer) {
                Value::Array(entries) => entries,
                _ => Vec::new(),
            },
            run: layer.created_by.starts_with("RUN "),
            mounts: mount_targets(text),
        }
    };
    ImageFacts {
        size: image.bytes,
        config: json::config(image),
        history: history
            .map(|row| json!({"created_by": row.created_by, "size": row.bytes, "empty": row.empty}))
            .collect(),
        layers: image.layers.iter().map(layer).collect(),
    }
}
