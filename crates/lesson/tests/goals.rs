//! Each goal, met and not met.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::expect_file;
use lesson::{Check, Goal, Lesson, Situation, Trial, Value, check};
use report::{Catalog, Content, ContextEntry, ContextKind, parse_image};
use serde::Deserialize;

#[derive(Deserialize)]
struct Projects {
    project: Vec<Project>,
}

#[derive(Deserialize)]
struct Project {
    name: String,
    dockerfile: String,
    files: BTreeMap<String, String>,
    goals: Vec<toml::Table>,
}

fn trial(project: &Project) -> Trial {
    let mut catalog = Catalog::default();
    for text in [
        include_str!("../../catalog/data/images/alpine-3.20.json"),
        include_str!("../../catalog/data/images/alpine-latest.json"),
    ] {
        catalog.insert(parse_image(text).unwrap());
    }
    let mut trial = Trial { catalog, ..Trial::default() };
    let dockerfile = ("Dockerfile".to_owned(), project.dockerfile.clone());
    for (path, text) in project.files.clone().into_iter().chain([dockerfile]) {
        let entry = ContextEntry { kind: ContextKind::File(Content::text(&text)), mode: 0o644, mtime: 1 };
        trial.context.insert(&path, entry).unwrap();
    }
    trial
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Count(count) => count.to_string(),
        Value::Bytes(bytes) => report::human_size(*bytes),
        // times are those of the machine: that there is one is enough
        Value::Ms(_) => "some time".to_owned(),
        Value::Either(aims) => {
            let aims: Vec<String> = aims.iter().map(|aim| format!("{}{}", aim.code, args(&aim.args))).collect();
            format!("({})", aims.join(" | "))
        }
    }
}

fn args(args: &[(&'static str, Value)]) -> String {
    args.iter().map(|(name, found)| format!(" {name}={}", value(found))).collect()
}

#[test]
fn goals_are_judged_on_what_was_made() {
    let projects: Projects = toml::from_str(include_str!("goals.toml")).unwrap();
    let lesson = Lesson::default();
    let mut out = String::new();
    for project in &projects.project {
        let trial = trial(project);
        let report = trial.report();
        let situation = Situation { lesson: &lesson, project: &trial, report: &report, builds: 1 };
        let _ = writeln!(out, "# {}", project.name);
        for table in &project.goals {
            let goal: Goal = serde_json::from_value(serde_json::to_value(table).unwrap()).unwrap();
            let aim = goal.aim();
            let Check { met, found } = check(&goal, &situation);
            let met = if met { "met    " } else { "not met" };
            let _ = writeln!(out, "{met} {}{} | {}{}", aim.code, args(&aim.args), found.code, args(&found.args));
        }
        let _ = writeln!(out);
    }
    expect_file!["./goals.txt"].assert_eq(&out);
}

#[test]
fn a_goal_with_an_unknown_field_is_refused_and_named() {
    for (text, said) in [
        (r#"{"kind":"image-size","at-most":"5MB","below":1}"#, "below"),
        (r#"{"kind":"image-weight"}"#, "image-weight"),
        (r#"{"kind":"image-size","at-most":"5 parsecs"}"#, "5 parsecs"),
        (r#"{"kind":"step-cached"}"#, "step"),
    ] {
        let error = serde_json::from_str::<Goal>(text).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}
