//! Upstream's tables of substitutions and word splitting: BuildKit's `frontend/dockerfile/shell` test data (Apache-2.0).

use plan::{Environment, Expander};
use serde_json::Value;

fn environment(pairs: &[(&str, &str)]) -> Environment {
    pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

#[test]
fn substitutions_come_out_as_in_buildkits_table() {
    let table: Vec<Value> = serde_json::from_str(include_str!("data/env_var.json")).unwrap();
    let environment = environment(&[("PWD", "/home"), ("SHELL", "bash"), ("KOREAN", "한국어"), ("NULL", "")]);
    let mut wrong = Vec::new();
    for row in table.iter().filter(|row| row["platform"] != "W") {
        let word = row["word"].as_str().unwrap();
        let result = Expander::new('\\').expand(word, &environment).map(|expanded| expanded.text);
        let text = result.as_deref().unwrap_or("error");
        if Some(text) != row["expected"].as_str() {
            wrong.push(format!("{word}: {text}, expected {}", row["expected"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_are_split_as_in_buildkits_table() {
    let table: Vec<Value> = serde_json::from_str(include_str!("data/words.json")).unwrap();
    let mut wrong = Vec::new();
    for row in &table {
        let word = row["word"].as_str().unwrap();
        let pairs = row["env"].as_object().unwrap();
        let environment = pairs.iter().map(|(k, v)| (k.clone(), v.as_str().unwrap().to_string())).collect();
        let result = Expander::new('\\').expand(word, &environment).map(|expanded| expanded.words.join(","));
        let words = result.unwrap_or_else(|_| "error".into());
        if Some(words.as_str()) != row["expected"].as_str() {
            wrong.push(format!("{word}: {words}, expected {}", row["expected"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    let text = "${a:-".repeat(10_000);
    let error = Expander::new('\\').expand(&text, &Environment::default()).unwrap_err();
    assert!(error.contains("missing") || error.contains("deep"), "{}", &error[error.len() - 80..]);
}
