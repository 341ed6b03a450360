use serde::Deserialize;

use super::builds::no_image;
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// A path is in the image: one that it is known to hold.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilePresent {
    /// The absolute path.
    pub path: String,
}

impl FilePresent {
    pub(crate) fn aim(&self) -> Aim {
        Aim { code: "file-present", args: vec![("path", Value::Text(self.path.clone()))] }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        match node(image, &self.path) {
            Some(_) => Found::text("there", &self.path).met(true),
            None => Found::text("missing", &self.path).fails(),
        }
    }
}

/// A path of the image's files.
pub(super) fn node(image: &report::ImageView, path: &str) -> Option<report::TreeNode> {
    let last = image.layers.len().checked_sub(1)?;
    let removed = Some(report::FileChange::Removed);
    report::tree(&image.layers, last).nodes.into_iter().find(|node| node.path == path && node.change != removed)
}
