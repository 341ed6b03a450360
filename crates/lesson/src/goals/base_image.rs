use report::{BaseView, Report};
use serde::Deserialize;

use super::bounds::within;
use crate::check::{Check, Found, Value};
use crate::goal::Aim;
use crate::{Bytes, Situation};

/// What the image is built on, through stages that are built on stages.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BaseImage {
    /// What its name holds: `node:22-alpine`, `distroless`; `scratch` for none.
    #[serde(default)]
    pub name: Option<String>,
    /// At most this.
    #[serde(default)]
    pub at_most: Option<Bytes>,
}

impl BaseImage {
    pub(crate) fn aim(&self) -> Aim {
        let name = self.name.iter().map(|name| ("name", Value::Text(name.clone())));
        let most = self.at_most.iter().map(|most| ("most", Value::Bytes(most.0)));
        let code = match (&self.name, self.at_most) {
            (Some(_), None) => "base-image-name",
            (None, _) => "base-image-at-most",
            (Some(_), Some(_)) => "base-image-name-at-most",
        };
        Aim { code, args: name.chain(most).collect() }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let (name, bytes) = match base(situation.report) {
            None => return Found::bare("no-stage").fails(),
            Some(BaseView::Image { short, bytes, .. }) => (short.as_str(), *bytes),
            Some(_) => ("scratch", 0),
        };
        let named = self.name.as_ref().is_none_or(|wanted| name.contains(wanted.as_str()));
        let args = vec![("text", Value::Text(name.to_owned())), ("bytes", Value::Bytes(bytes))];
        Found::new("text", args).met(named && within(Bytes(bytes), None, self.at_most))
    }
}

/// What the target is built on in the end.
fn base(report: &Report) -> Option<&BaseView> {
    let mut stage = report.stages.iter().find(|stage| stage.target)?;
    // A stage is built on an earlier one: this ends.
    while let BaseView::Stage(index) = stage.base {
        stage = report.stages.get(index).filter(|below| below.index < stage.index)?;
    }
    Some(&stage.base)
}
