//! The figures, as text and as JSON.

use std::collections::BTreeMap;

use report::{Catalog, StepState};
use serde_json::{Value, json};

use super::case::Case;
use super::compare::MEASURES;
use super::run::{self, MeasureResult};
use crate::reason;
use crate::table::table;

/// Agreeing builds and all builds.
type Tally = (usize, usize);

/// Builds that agree, and all, of those `belongs` says yes of.
fn tally(results: &[MeasureResult], belongs: impl Fn(&MeasureResult) -> bool) -> Tally {
    let counted = results.iter().filter(|result| belongs(result));
    counted.fold((0, 0), |(agree, total), result| (agree + usize::from(result.disagreement.is_none()), total + 1))
}

/// Cases of which everything agrees, and all.
fn tally_cases(results: &[MeasureResult], belongs: impl Fn(&MeasureResult) -> bool) -> Tally {
    let mut cases: BTreeMap<&str, bool> = BTreeMap::new();
    for result in results.iter().filter(|result| belongs(result)) {
        *cases.entry(&result.case).or_insert(true) &= result.disagreement.is_none();
    }
    (cases.values().filter(|agrees| **agrees).count(), cases.len())
}

pub fn as_json(cases: usize, results: &[MeasureResult]) -> Value {
    let measure = |measure: &&'static str| {
        let (agree, total) = tally(results, |result| result.measure == *measure);
        ((*measure).to_owned(), json!({"agree": agree, "total": total}))
    };
    let disagreement = |result: &MeasureResult| {
        let comparison = result.disagreement.as_ref()?;
        Some(json!({
            "case": result.case,
            "build": result.build,
            "measure": result.measure,
            "expected": comparison.expected,
            "actual": comparison.actual,
        }))
    };
    json!({
        "cases": cases,
        "measures": MEASURES.iter().map(measure).collect::<serde_json::Map<_, _>>(),
        "disagreements": results.iter().filter_map(disagreement).collect::<Vec<_>>(),
    })
}

pub fn as_text(cases: usize, results: &[MeasureResult]) -> String {
    let mut text = String::new();
    for result in results {
        let Some(comparison) = &result.disagreement else {
            continue;
        };
        text += &format!("{} build {}: {}\n", result.case, result.build + 1, result.measure);
        for (side, value) in [("expected", &comparison.expected), ("actual", &comparison.actual)] {
            text += &format!("  {side}:\n{}", lines(value));
        }
        text += "\n";
    }
    let cell = |(agree, total): Tally| {
        if total == 0 { "-".to_owned() } else { format!("{agree}/{total}") }
    };
    let mut heads = vec!["AREA", "CASES"];
    heads.extend(MEASURES);
    let row = |name: &str, belongs: &dyn Fn(&MeasureResult) -> bool| {
        let mut row = vec![name.to_owned(), cell(tally_cases(results, belongs))];
        row.extend(MEASURES.iter().map(|measure| cell(tally(results, |r| r.measure == *measure && belongs(r)))));
        row
    };
    let areas: std::collections::BTreeSet<&str> = results.iter().map(|result| result.area.as_str()).collect();
    let mut rows: Vec<_> = areas.iter().map(|area| row(area, &|result| result.area == *area)).collect();
    rows.push(row("all", &|_| true));
    let (agree, total) = tally(results, |_| true);
    format!("{}\n{cases} cases, {agree} of {total} measures agree\n\n{text}", table(&heads, rows)).trim_end().to_owned()
        + "\n"
}

/// Why each step ran in the second and later builds of a case, a line for each.
pub fn reasons(case: &Case, catalog: &Catalog) -> Result<String, String> {
    let mut text = String::new();
    for (build, report) in run::builds(case, catalog)?.iter().enumerate().skip(1) {
        let ran = report.steps.iter().filter(|step| matches!(step.state, StepState::Ran | StepState::Failed));
        for step in ran.filter(|step| step.reason.is_some()) {
            text += &format!("{} {}: {}: {}\n", case.name, build + 1, step.name, reason::sentence(report, step));
        }
    }
    Ok(text)
}

/// A value on as few lines as can be read: an array's items one a line.
fn lines(value: &Value) -> String {
    match value {
        Value::Array(items) if items.is_empty() => "    (none)\n".to_owned(),
        Value::Array(items) => items.iter().map(|item| format!("    {item}\n")).collect(),
        Value::Null => "    (none)\n".to_owned(),
        Value::String(text) => text.lines().map(|line| format!("    {line}\n")).collect(),
        other => format!("    {other}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::compare::Comparison;
    use super::*;

    fn results() -> Vec<MeasureResult> {
        let result = |case: &str, measure, disagreement| MeasureResult {
            case: case.to_owned(),
            area: "copy".to_owned(),
            build: 0,
            measure,
            disagreement,
        };
        let wrong = Comparison { expected: json!(1), actual: json!(2) };
        vec![result("a", "outcome", None), result("a", "size", Some(wrong)), result("b", "outcome", None)]
    }

    #[test]
    fn the_json_form() {
        let value = as_json(2, &results());
        assert_eq!(value["cases"], json!(2));
        assert_eq!(value["measures"]["outcome"], json!({"agree": 2, "total": 2}));
        assert_eq!(value["measures"]["size"], json!({"agree": 0, "total": 1}));
        assert_eq!(value["measures"].as_object().unwrap().len(), MEASURES.len());
        let disagreement = json!({"case": "a", "build": 0, "measure": "size", "expected": 1, "actual": 2});
        assert_eq!(value["disagreements"], json!([disagreement]));
    }

    #[test]
    fn the_text_form_has_areas_and_disagreements() {
        let text = as_text(2, &results());
        assert!(text.contains("copy  1/2"), "{text}");
        assert!(text.contains("2 cases, 2 of 3 measures agree"), "{text}");
        assert!(text.contains("a build 1: size\n  expected:\n    1\n  actual:\n    2\n"), "{text}");
    }
}
