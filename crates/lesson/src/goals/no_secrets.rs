use report::SecretPlace;
use serde::Deserialize;

use super::builds::no_image;
use crate::Situation;
use crate::check::{Check, Found};
use crate::goal::Aim;

/// No layer, variable or row of the history gives a secret away.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoSecrets {}

impl NoSecrets {
    pub(crate) fn aim(&self) -> Aim {
        Aim { code: "no-secrets", args: Vec::new() }
    }

    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        let Some(image) = &situation.report.image else { return no_image(situation) };
        match report::secrets(image).first().map(|secret| &secret.place) {
            None => Found::bare("nothing").met(true),
            Some(SecretPlace::File { path, .. }) => Found::text("secret", path).fails(),
            Some(SecretPlace::Env { name, .. } | SecretPlace::History { name, .. }) => {
                Found::text("secret", name).fails()
            }
        }
    }
}
