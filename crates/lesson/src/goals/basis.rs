use report::Basis;
use serde::Deserialize;

use super::builds::no_image;
use crate::Situation;
use crate::check::{Check, Found};
use crate::goal::Aim;

/// How sure the image's size has to be.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BasisAtLeast {
    /// At least this sure.
    pub at_least: Sureness,
}

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// As a real engine computes it.
    Exact,
    /// Said by the author in a comment.
    Stated,
    /// From measured data.
    Estimated,
}

impl BasisAtLeast {
    pub(crate) fn aim(&self) -> Aim {
        let code = match self.at_least {
            Sureness::Exact => "basis-exact",
            Sureness::Stated => "basis-stated",
            Sureness::Estimated => "basis-estimated",
        };
        Aim { code, args: Vec::new() }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        let limit = match self.at_least {
            Sureness::Exact => Basis::Exact,
            Sureness::Stated => Basis::Stated,
            Sureness::Estimated => Basis::Estimated,
        };
        Found::size(image.bytes).met(image.basis <= limit)
    }
}
