use report::Json;
use serde::Deserialize;

use super::builds::no_image;
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// A field of the image's configuration, as `docker image inspect` names it: `Cmd`, `Entrypoint`, `Env`, `ExposedPorts`,
/// `Healthcheck`, `WorkingDir`, `Labels`, `StopSignal`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The field.
    pub field: String,
    /// What it has to be, as JSON; for the text of one value.
    #[serde(default)]
    pub is: Option<serde_json::Value>,
    /// A part of its JSON text.
    #[serde(default)]
    pub contains: Option<String>,
    /// A text that must not be a part of it.
    #[serde(default)]
    pub lacks: Option<String>,
    /// Whether it must not be set.
    #[serde(default)]
    pub absent: bool,
}

impl Config {
    pub(crate) fn aim(&self) -> Aim {
        let mut args = vec![("field", Value::Text(self.field.clone()))];
        let code = match (&self.is, &self.contains, &self.lacks) {
            (Some(value), ..) => {
                args.push(("value", Value::Text(value.to_string())));
                "config-is"
            }
            (_, Some(text), _) => {
                args.push(("value", Value::Text(text.clone())));
                "config-contains"
            }
            (.., Some(text)) => {
                args.push(("value", Value::Text(text.clone())));
                "config-lacks"
            }
            _ if self.absent => "config-absent",
            _ => "config-set",
        };
        Aim { code, args }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        let Some(value) = image.config.get(&self.field).map(json) else {
            let met = self.absent || (self.lacks.is_some() && self.is.is_none() && self.contains.is_none());
            return Found::bare("nothing").met(met);
        };
        let text = value.to_string();
        let met = !self.absent
            && self.is.as_ref().is_none_or(|wanted| *wanted == value)
            && self.contains.as_ref().is_none_or(|part| text.contains(part.as_str()))
            && self.lacks.as_ref().is_none_or(|part| !text.contains(part.as_str()));
        Found::text("text", text).met(met)
    }
}

fn json(value: &Json) -> serde_json::Value {
    match value {
        Json::Null => serde_json::Value::Null,
        Json::Bool(value) => (*value).into(),
        Json::Number(value) => (*value).into(),
        Json::String(value) => value.as_str().into(),
        Json::Array(values) => values.iter().map(json).collect::<Vec<_>>().into(),
        Json::Object(fields) => {
            serde_json::Value::Object(fields.iter().map(|(name, value)| (name.clone(), json(value))).collect())
        }
    }
}
