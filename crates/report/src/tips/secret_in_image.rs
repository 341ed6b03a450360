//! A secret in a layer, the environment or the history: whoever has the image has it.

use crate::secrets::SecretPlace;

use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-secret-in-layer", page: "building/secrets/", find: files };
pub(super) const VARIABLE: Tip = Tip { code: "tip-secret-in-history", page: "building/secrets/", find: variables };

fn files(facts: &Facts<'_>) -> Vec<Finding> {
    let found = facts.secrets().iter().filter_map(|secret| match &secret.place {
        SecretPlace::File { path, layer, hidden_by, .. } => {
            let deleted =
                hidden_by.as_ref().and_then(|&by| facts.place_of_layer(by)).map_or(0, |range| facts.line(range));
            Some(Finding::at(facts.place_of_layer(*layer)?).text("path", path).count("deleted", deleted))
        }
        SecretPlace::Env { .. } | SecretPlace::History { .. } => None,
    });
    found.collect()
}

/// Of variables Docker's own check speaks; here is only what it cannot see: a value that was given on the command line,
/// and stands in the row of a RUN.
fn variables(facts: &Facts<'_>) -> Vec<Finding> {
    let mut named: Vec<String> = Vec::new();
    let found = facts.secrets().iter().filter_map(|secret| match &secret.place {
        SecretPlace::History { row, name } if !named.contains(name) => {
            let view = facts.image.history.get(*row).filter(|view| view.created_by.starts_with("RUN "))?;
            named.push(name.clone());
            Some(Finding::at(view.range).text("name", name))
        }
        _ => None,
    });
    found.collect()
}
