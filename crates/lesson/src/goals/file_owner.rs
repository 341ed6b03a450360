use serde::Deserialize;

use super::builds::no_image;
use super::file_present::node;
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// Whom a path of the image belongs to.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileOwner {
    /// The absolute path.
    pub path: String,
    /// The owner's number.
    pub uid: u32,
}

impl FileOwner {
    pub(crate) fn aim(&self) -> Aim {
        let args = vec![("path", Value::Text(self.path.clone())), ("uid", Value::Count(u64::from(self.uid)))];
        Aim { code: "file-owner", args }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        match node(image, &self.path) {
            None => Found::text("missing", &self.path).fails(),
            Some(node) => Found::text("text", format!("{}:{}", node.uid, node.gid)).met(node.uid == self.uid),
        }
    }
}
