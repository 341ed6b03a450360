use report::BaseView;
use serde::Deserialize;

use crate::Situation;
use crate::check::{Check, Found};
use crate::goal::Aim;

/// Every base image of the file is named by more than a moving name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pinned {
    /// By what.
    pub by: By,
}

/// What names an image.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A tag that is not `latest`.
    Tag,
    /// A digest.
    Digest,
}

impl Pinned {
    pub(crate) fn aim(&self) -> Aim {
        let code = match self.by {
            By::Tag => "pinned-by-tag",
            By::Digest => "pinned-by-digest",
        };
        Aim { code, args: Vec::new() }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        if situation.report.stages.is_empty() {
            return Found::bare("no-stage").fails();
        }
        let names = situation.report.stages.iter().filter_map(|stage| match &stage.base {
            BaseView::Image { name, .. } => Some(name.as_str()),
            BaseView::Scratch | BaseView::Stage(_) => None,
        });
        let moving = |name: &&str| match self.by {
            By::Digest => !name.contains("@sha256:"),
            By::Tag => !name.contains('@') && tag(name).is_none_or(|tag| tag == "latest"),
        };
        match names.clone().find(moving) {
            Some(name) => Found::text("text", name).fails(),
            None => Found::bare("nothing").met(true),
        }
    }
}

/// The tag of a name: behind the last colon that no slash follows.
fn tag(name: &str) -> Option<&str> {
    name.rsplit_once(':').map(|(_, tag)| tag).filter(|tag| !tag.contains('/'))
}
