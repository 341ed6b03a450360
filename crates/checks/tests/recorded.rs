//! The warnings that a real engine gave for the conformance cases' first builds.

use std::fs;
use std::path::{Path, PathBuf};

use catalog::{Catalog, parse_image};
use checks::{Inputs, check, url};
use filesystem::parse_ignore;
use plan::PlanOptions;

/// Rule, message, line and page of a warning, sorted as the records are.
type Warning = (usize, String, String, String);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance")
}

fn bases() -> Catalog {
    let mut catalog = Catalog::default();
    for entry in fs::read_dir(folder().join("bases")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        catalog.insert(parse_image(&text).unwrap());
    }
    catalog
}

/// The build arguments and the target of a command line; none where there are other flags.
fn options(arguments: &[String]) -> Option<(Vec<(String, String)>, Option<String>)> {
    let (mut build_args, mut target) = (Vec::new(), None);
    let mut rest = arguments.iter();
    while let Some(flag) = rest.next() {
        let (flag, value) = match flag.split_once('=') {
            Some((flag, value)) => (flag, value.to_owned()),
            None => (flag.as_str(), rest.next().cloned().unwrap_or_default()),
        };
        match flag {
            "--build-arg" => {
                build_args.extend(value.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
            }
            "--target" => target = Some(value),
            _ => return None,
        }
    }
    Some((build_args, target))
}

fn strings(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(toml::Value::as_array);
    let texts = list.into_iter().flatten().filter_map(toml::Value::as_str);
    texts.map(str::to_owned).collect()
}

/// What the case's first build warns of here, and the error of the checks; none where it needs other flags.
fn checked(case: &toml::Value, catalog: &Catalog) -> Option<(Vec<Warning>, Option<String>)> {
    let build = case.get("build").and_then(|builds| builds.get(0));
    let edit = build.and_then(|build| build.get("edit"));
    let text = edit.and_then(|edit| edit.get("dockerfile")).or_else(|| case.get("dockerfile"))?.as_str()?;
    let (build_args, target) = options(&strings(build.and_then(|build| build.get("args"))))?;
    let ignore = case.get("context").and_then(|context| context.get(".dockerignore")).and_then(toml::Value::as_str);
    let file = dockerfile::parse(text);
    let plan = plan::plan(
        &file,
        &PlanOptions { build_args: &build_args, target: target.as_deref(), platform: "", catalog, all_stages: false },
    );
    let checked = check(&Inputs {
        file: &file,
        plan: &plan,
        ignore: &parse_ignore(ignore.unwrap_or_default()),
        build_args: &build_args,
        all_stages: false,
    });
    let pairs = checked.lines.iter().zip(&checked.warnings);
    let mut warnings: Vec<Warning> = pairs
        .map(|(&line, warning)| {
            let message = warning.docker.clone().unwrap_or_default();
            (line, warning.code.to_owned(), message, url(warning.code))
        })
        .collect();
    warnings.sort();
    Some((warnings, checked.error))
}

/// The recorded warnings and error.
fn recorded(path: &Path) -> (Vec<Warning>, Option<String>) {
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let build = &json["builds"][0];
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = build["warnings"].as_array().cloned().unwrap_or_default();
    let mut warnings: Vec<Warning> = list
        .iter()
        .map(|warning| {
            let line = warning["line"].as_u64().unwrap_or_default();
            (
                usize::try_from(line).unwrap_or_default(),
                text(&warning["rule"]),
                text(&warning["message"]),
                text(&warning["url"]),
            )
        })
        .collect();
    warnings.sort();
    let error = build["error"].as_str().map(str::to_owned);
    (warnings, error.filter(|error| error.starts_with("lint violation")))
}

#[test]
fn warnings_are_those_of_a_real_engine() {
    let catalog = bases();
    let (mut compared, mut wrong) = (0, Vec::new());
    let mut paths: Vec<PathBuf> = fs::read_dir(folder().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    for path in &paths {
        let case: toml::Value = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let Some(here) = checked(&case, &catalog) else {
            continue;
        };
        compared += 1;
        let there = recorded(&path.with_extension("json"));
        if here != there {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            wrong.push(format!("{name}\n  here:  {here:?}\n  there: {there:?}"));
        }
    }
    assert!(compared > 300, "{compared} of {} cases", paths.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
