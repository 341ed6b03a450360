use report::Json;
use serde::Deserialize;

use super::builds::no_image;
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// Which user the container runs as: a given one, or any but root.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The name or number, without a group; any but root where none is given.
    #[serde(default)]
    pub is: Option<String>,
}

impl User {
    pub(crate) fn aim(&self) -> Aim {
        match &self.is {
            None => Aim { code: "user-not-root", args: Vec::new() },
            Some(user) => Aim { code: "user-is", args: vec![("user", Value::Text(user.clone()))] },
        }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        let user = match image.config.get("User") {
            Some(Json::String(user)) => user.split(':').next().unwrap_or_default(),
            _ => "",
        };
        let root = matches!(user, "" | "0" | "root");
        let met = match &self.is {
            None => !root,
            Some(wanted) => wanted == user || (wanted == "root" && root),
        };
        let found = if root { Found::bare("root") } else { Found::text("text", user) };
        found.met(met)
    }
}
