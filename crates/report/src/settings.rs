//! The image's config, value by value, and where each was set.

use std::collections::BTreeMap;

use plan::{Base, Stage};

use crate::analyze::Analysis;
use crate::json::Json;

/// A value of the config.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingView {
    /// The field: `Env`.
    pub field: &'static str,
    /// What has this value in a field that has several: a variable, port, volume, label, or part of a health
    /// check; else empty.
    pub name: String,
    /// The value; of a port and a volume an empty object.
    pub value: Json,
    /// What it comes to in milliseconds, where it is a time.
    pub ms: Option<u64>,
    /// Where it was set last.
    pub set_by: SetBy,
}

/// Where a value of the config comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy {
    /// A line of the Dockerfile, from 1.
    Line(usize),
    /// The base image.
    Base,
    /// The builder, which gives every image a `PATH` and a directory.
    Builder,
}

/// The fields in the order in which one looks for them: what is started and how, then what is only said.
const ORDER: [&str; 12] = [
    "Entrypoint",
    "Cmd",
    "User",
    "WorkingDir",
    "Env",
    "ExposedPorts",
    "Volumes",
    "Healthcheck",
    "StopSignal",
    "Shell",
    "OnBuild",
    "Labels",
];

/// A row for each value of the config of an image that is built from this chain of stages, the lowest first. Variables,
/// ports, volumes, labels and the parts of a health check have a row each.
pub(crate) fn settings(analysis: &Analysis<'_>, chain: &[&Stage], config: &BTreeMap<String, Json>) -> Vec<SettingView> {
    let on_image = matches!(chain.first().map(|stage| &stage.base), Some(Base::Image(_)));
    let set_by = |field: &'static str, name: &str| {
        let key = (field, name.to_string());
        let instruction = chain.iter().rev().find_map(|stage| stage.settings.get(&key));
        match instruction.and_then(|index| analysis.file.instructions.get(*index)) {
            Some(instruction) => SetBy::Line(analysis.lines.line(instruction.range.start) + 1),
            None if on_image => SetBy::Base,
            None => SetBy::Builder,
        }
    };
    let row = |field: &'static str, name: &str, value: Json| SettingView {
        field,
        name: name.to_string(),
        value,
        ms: None,
        set_by: set_by(field, name),
    };
    let mut rows = Vec::new();
    for field in ORDER {
        match (field, config.get(field)) {
            ("Env", Some(Json::Array(variables))) => {
                for variable in variables {
                    let Json::String(text) = variable else { continue };
                    let (name, value) = text.split_once('=').unwrap_or((text, ""));
                    rows.push(row(field, name, Json::String(value.to_string())));
                }
            }
            ("ExposedPorts" | "Volumes" | "Labels", Some(Json::Object(names))) => {
                rows.extend(names.iter().map(|(name, value)| row(field, name, value.clone())));
            }
            ("Healthcheck", Some(Json::Object(parts))) => rows.extend(parts.iter().map(|(name, value)| {
                let ms = match value {
                    // times are in nanoseconds
                    Json::Number(time) if name != "Retries" => u64::try_from(time / 1_000_000).ok(),
                    _ => None,
                };
                SettingView { name: name.clone(), ms, ..row(field, "", value.clone()) }
            })),
            (_, Some(value)) => rows.push(row(field, "", value.clone())),
            (_, None) => {}
        }
    }
    rows
}
