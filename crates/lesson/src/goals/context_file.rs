use serde::Deserialize;

use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// Whether a file of the project is sent as build context.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextFile {
    /// Its path in the project.
    pub path: String,
    /// Whether it is to be sent.
    pub sent: bool,
}

impl ContextFile {
    pub(crate) fn aim(&self) -> Aim {
        let code = if self.sent { "context-file-sent" } else { "context-file-kept" };
        Aim { code, args: vec![("path", Value::Text(self.path.clone()))] }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let file = situation.report.context.files.iter().find(|file| *file.path == *self.path);
        match file {
            // Removing the file from the project is no way to keep it out of the context.
            None => Found::text("missing", &self.path).fails(),
            Some(file) => match &file.ignored_by {
                Some(pattern) => Found::text("text", pattern).met(!self.sent),
                None => Found::text("there", &self.path).met(self.sent),
            },
        }
    }
}
