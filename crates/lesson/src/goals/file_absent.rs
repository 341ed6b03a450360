use filesystem::EntryKind;
use serde::Deserialize;

use super::builds::no_image;
use super::file_present::node;
use crate::Situation;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;

/// A path is not among the image's files, or in none of its layers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileAbsent {
    /// The absolute path.
    pub path: String,
    /// Where it must not be.
    #[serde(default)]
    pub from: From,
}

/// Where a path must not be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum From {
    /// Among the files that a container sees.
    #[default]
    Image,
    /// In any layer, one that hides it later or not.
    Layers,
}

impl FileAbsent {
    pub(crate) fn aim(&self) -> Aim {
        let code = match self.from {
            From::Image => "file-absent",
            From::Layers => "file-absent-from-layers",
        };
        Aim { code, args: vec![("path", Value::Text(self.path.clone()))] }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        if node(image, &self.path).is_some() {
            return Found::text("there", &self.path).fails();
        }
        let holds = |layer: &&report::LayerView| {
            let real = |kind: &EntryKind| !matches!(kind, EntryKind::Whiteout | EntryKind::Opaque);
            layer.contents.entries().iter().any(|entry| *entry.path == *self.path && real(&entry.kind))
        };
        match image.layers.iter().find(holds) {
            Some(layer) if self.from == From::Layers => Found::text("in-layer", &layer.created_by).fails(),
            _ => Found::text("missing", &self.path).met(true),
        }
    }
}
