//! Comparing what a build came to with what was recorded, measure by measure.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::facts::{BuildFacts, ImageFacts, LayerFacts, Step};
use super::traces::is_trace;

/// The measures, in the order that they are printed.
pub const MEASURES: [&str; 7] = ["outcome", "steps", "warnings", "config", "history", "size", "layers"];

/// A disagreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub expected: Value,
    pub actual: Value,
}

/// Compares the measures that there are: those of an image only where one was recorded.
pub fn compare(expected: &BuildFacts, actual: &BuildFacts) -> Vec<(&'static str, Option<Comparison>)> {
    let mut results = vec![
        ("outcome", differ(json!(expected.error), json!(first_line(actual.error.as_deref())))),
        ("steps", compare_steps(expected, actual)),
        ("warnings", compare_warnings(expected, actual)),
    ];
    if let Some(expected) = &expected.image {
        let none = ImageFacts::default();
        let found = actual.image.as_ref();
        let actual = found.unwrap_or(&none);
        let mut image = [
            ("config", differ(without_empty(&expected.config), without_empty(&actual.config))),
            ("history", differ(json!(expected.history), json!(actual.history))),
            ("size", differ(json!(expected.size), json!(actual.size))),
            ("layers", compare_layers(&expected.layers, &actual.layers)),
        ];
        if found.is_none() {
            let recorded =
                [json!(expected.config), json!(expected.history), json!(expected.size), all_layers(&expected.layers)];
            for ((_, comparison), expected) in image.iter_mut().zip(recorded) {
                *comparison = Some(Comparison { expected, actual: Value::Null });
            }
        }
        results.extend(image);
    }
    results
}

fn differ(expected: Value, actual: Value) -> Option<Comparison> {
    (expected != actual).then_some(Comparison { expected, actual })
}

/// The progress display's order: by stage name, then number. `[build  1/10] RUN x` → (`build`, 1, `RUN x`).
fn parts(name: &str) -> (&str, u64, &str) {
    let Some((place, text)) = name.strip_prefix('[').and_then(|rest| rest.split_once("] ")) else {
        return ("", 0, name);
    };
    let (stage, numbers) = place.rsplit_once(' ').unwrap_or(("", place));
    let number = numbers.split('/').next().and_then(|number| number.parse().ok()).unwrap_or_default();
    (stage.trim_end(), number, text)
}

fn is_from(step: &Step) -> bool {
    parts(&step.name).2.starts_with("FROM ")
}

/// Of a message over several lines only the first is recorded.
fn first_line(error: Option<&str>) -> Option<&str> {
    error.map(|error| error.lines().next().unwrap_or_default())
}

/// A FROM is compared without `cached`. A base that several stages share is one step in the display, named after any of
/// them, so that its name is not compared; one that is also taken from directly may be named after that, which is no
/// step, so that it may be missing.
fn compare_steps(expected: &BuildFacts, actual: &BuildFacts) -> Option<Comparison> {
    let (shared, copied) = (&actual.shared_bases, &actual.copied_bases);
    let (expected, actual) = (expected.steps.as_slice(), actual.steps.as_slice());
    let others = |steps: &[Step]| {
        let mut steps: Vec<Step> = steps.iter().filter(|step| !is_from(step)).cloned().collect();
        steps.sort_by(|a, b| (parts(&a.name), a.cached, &a.error).cmp(&(parts(&b.name), b.cached, &b.error)));
        steps
    };
    let is_one_of = |text: &str, bases: &BTreeSet<String>| {
        bases.iter().any(|base| text.strip_suffix(base.as_str()) == Some("FROM "))
    };
    let bases = |steps: &[Step]| -> BTreeSet<String> {
        let bases = steps.iter().filter(|step| is_from(step)).map(|step| (step, parts(&step.name).2));
        let bases = bases.filter(|(_, text)| !is_one_of(text, copied));
        bases.map(|(step, text)| if is_one_of(text, shared) { text } else { &step.name }.to_owned()).collect()
    };
    if others(expected) == others(actual) && bases(expected) == bases(actual) {
        return None;
    }
    let all = |steps: &[Step]| {
        let mut steps: Vec<&Step> = steps.iter().collect();
        steps.sort_by_key(|step| parts(&step.name));
        steps.into_iter().map(step_as_json).collect()
    };
    Some(Comparison { expected: all(expected), actual: all(actual) })
}

fn step_as_json(step: &Step) -> Value {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), json!(step.name));
    if !is_from(step) {
        fields.insert("cached".to_owned(), json!(step.cached));
    }
    if let Some(error) = &step.error {
        fields.insert("error".to_owned(), json!(error));
    }
    Value::Object(fields)
}

fn compare_warnings(expected: &BuildFacts, actual: &BuildFacts) -> Option<Comparison> {
    let sorted = |side: &BuildFacts| -> Value {
        let warnings: BTreeSet<_> = side.warnings.iter().map(|(rule, message, line)| (line, rule, message)).collect();
        warnings.iter().map(|(line, rule, message)| json!({"rule": rule, "message": message, "line": line})).collect()
    };
    differ(sorted(expected), sorted(actual))
}

/// Without the fields that say nothing.
fn without_empty(config: &Value) -> Value {
    let empty = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    match config {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !empty(value))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        other => other.clone(),
    }
}

/// Of layers that differ only the entries that differ are given.
fn compare_layers(expected: &[LayerFacts], actual: &[LayerFacts]) -> Option<Comparison> {
    let mut comparison = Comparison { expected: json!([]), actual: json!([]) };
    let mut agree = true;
    for index in 0..expected.len().max(actual.len()) {
        let (old, new) = (expected.get(index), actual.get(index));
        let run = old.is_none_or(|layer| layer.run) && new.is_none_or(|layer| layer.run);
        let mounts = new.map(|layer| layer.mounts.as_slice()).unwrap_or_default();
        let (old, new) = (layer_facts(old, run, mounts), layer_facts(new, run, mounts));
        if old == new {
            continue;
        }
        agree = false;
        let (only_old, only_new) = differing(&old, &new);
        for (side, value) in [(&mut comparison.expected, only_old), (&mut comparison.actual, only_new)] {
            if let Value::Array(layers) = side {
                layers.push(json!({"layer": index, "is": value}));
            }
        }
    }
    (!agree).then_some(comparison)
}

fn all_layers(layers: &[LayerFacts]) -> Value {
    layers.iter().map(|layer| layer_facts(Some(layer), false, &[])).collect()
}

/// `null` for a layer that is not there, a string for a base's, else its entries without traces, sorted by path.
fn layer_facts(layer: Option<&LayerFacts>, run: bool, mounts: &[String]) -> Value {
    let Some(layer) = layer else {
        return Value::Null;
    };
    if let Some(base) = &layer.base {
        return json!(base);
    }
    let mut entries: Vec<&Value> = layer.entries.iter().filter(|entry| !(run && is_trace(entry, mounts))).collect();
    entries.sort_by_key(|entry| entry.get("path").and_then(Value::as_str).unwrap_or_default());
    json!(entries)
}

fn differing(old: &Value, new: &Value) -> (Value, Value) {
    let (Value::Array(old_entries), Value::Array(new_entries)) = (old, new) else {
        return (old.clone(), new.clone());
    };
    let without = |entries: &[Value], others: &[Value]| -> Value {
        entries.iter().filter(|entry| !others.contains(entry)).cloned().collect()
    };
    (without(old_entries, new_entries), without(new_entries, old_entries))
}

#[cfg(test)]
mod tests {
    use super::super::facts::parse_recorded;
    use super::*;

    fn step(name: &str, cached: bool) -> Step {
        Step { name: name.to_owned(), cached, error: None }
    }

    fn agree(expected: &[Step], actual: &[Step], shared: &[&str]) -> bool {
        let facts = |steps: &[Step]| BuildFacts { steps: steps.to_vec(), ..BuildFacts::default() };
        let shared_bases = shared.iter().map(|&base| base.to_owned()).collect();
        compare_steps(&facts(expected), &BuildFacts { shared_bases, ..facts(actual) }).is_none()
    }

    #[test]
    fn a_base_that_is_also_copied_from_may_be_no_step() {
        let copied_bases = BTreeSet::from(["docker.io/x/y:1".to_owned()]);
        let actual = BuildFacts {
            steps: vec![step("[1/2] FROM docker.io/x/y:1", false)],
            copied_bases,
            ..BuildFacts::default()
        };
        assert_eq!(compare_steps(&BuildFacts::default(), &actual), None);
        let other = BuildFacts { copied_bases: BTreeSet::new(), ..actual.clone() };
        assert!(compare_steps(&BuildFacts::default(), &other).is_some());
    }

    #[test]
    fn the_order_of_stages_does_not_matter_and_numbers_are_padded() {
        let a = [step("[a 2/2] RUN x", true), step("[b  2/10] RUN y", false)];
        let b = [step("[b  2/10] RUN y", false), step("[a 2/2] RUN x", true)];
        assert!(agree(&a, &b, &[]));
        assert_eq!(parts("[b  2/10] RUN y"), ("b", 2, "RUN y"));
        assert!(!agree(&a, &b[..1], &[]));
        assert!(!agree(&a, &[step("[a 2/2] RUN x", false), step("[b  2/10] RUN y", false)], &[]));
    }

    #[test]
    fn a_shared_base_has_the_name_of_any_of_its_stages() {
        let recorded = [step("[b 1/2] FROM docker.io/x/y:1", true)];
        let other = [step("[a 1/3] FROM docker.io/x/y:1", false)];
        assert!(agree(&recorded, &other, &["docker.io/x/y:1"]));
        assert!(!agree(&recorded, &other, &["docker.io/x/y:2"]));
        assert!(!agree(&recorded, &[], &["docker.io/x/y:1"]));
        assert!(!agree(&recorded, &[step("[b 1/2] FROM docker.io/x/z:1", true)], &["docker.io/x/y:1"]));
    }

    #[test]
    fn traces_are_left_out_on_both_sides_of_run_layers_only() {
        let dir = |path: &str| json!({"path": path, "kind": "dir", "mode": "755", "uid": 0, "gid": 0});
        let layer = |paths: &[&str], run: bool| LayerFacts {
            entries: paths.iter().map(|path| dir(path)).collect(),
            run,
            ..LayerFacts::default()
        };
        assert_eq!(compare_layers(&[layer(&["/a", "/dev"], true)], &[layer(&["/a", "/proc"], true)]), None);
        let differing = compare_layers(&[layer(&["/a", "/dev"], false)], &[layer(&["/a"], false)]).unwrap();
        assert_eq!(differing.expected, json!([{"layer": 0, "is": [dir("/dev")]}]));
        assert!(compare_layers(&[layer(&[], true)], &[]).is_some());
    }

    #[test]
    fn what_was_recorded_is_compared_with_itself() {
        let text = r#"{"builds": [{"ok": true, "steps": [{"name": "[1/1] RUN x", "cached": false}],
            "warnings": [{"rule": "R", "message": "m", "line": 1, "url": null}],
            "image": {"size": 3, "config": {"Cmd": ["sh"], "User": ""},
                "history": [{"created_by": "RUN /bin/sh -c x # buildkit", "size": 3, "empty": false}],
                "layers": [{"entries": [{"path": "/a", "kind": "file", "mode": "644", "uid": 0, "gid": 0, "size": 3}]}]}}]}"#;
        let recorded = parse_recorded(text).unwrap().remove(0);
        let results = compare(&recorded, &recorded);
        assert_eq!(results.iter().map(|(measure, _)| *measure).collect::<Vec<_>>(), MEASURES);
        assert!(results.iter().all(|(_, disagreement)| disagreement.is_none()));
        assert!(recorded.image.as_ref().unwrap().layers[0].run);
        let failed = BuildFacts { error: Some("no".to_owned()), ..BuildFacts::default() };
        assert_eq!(compare(&recorded, &failed).iter().filter(|(_, d)| d.is_some()).count(), 7);
        assert_eq!(compare(&failed, &recorded).len(), 3);
    }

    #[test]
    fn empty_fields_of_a_config_do_not_count() {
        assert_eq!(without_empty(&json!({"A": "", "B": [], "C": false, "D": 0})), json!({"D": 0}));
    }
}
