//! The warnings that a real engine gave in the builds of the conformance cases.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use catalog::{Catalog, parse_image};
use checks::{Inputs, check, url};
use filesystem::parse_ignore;
use plan::PlanOptions;

/// Rule, message, line and page of a warning, sorted as the records are.
type Warning = (usize, String, String, String);

/// Names and values.
type BuildArgs = Vec<(String, String)>;

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

/// The build arguments and the target of a command line; none where there are flags that change what is built.
fn options(arguments: &[String]) -> Option<(BuildArgs, Option<String>)> {
    let (mut build_args, mut target) = (Vec::new(), None);
    let mut rest = arguments.iter();
    while let Some(flag) = rest.next() {
        let (flag, value) = match flag.split_once('=') {
            Some((flag, value)) => (flag, value.to_owned()),
            None if flag == "--no-cache" => continue,
            None => (flag.as_str(), rest.next().cloned().unwrap_or_default()),
        };
        match flag {
            "--build-arg" => {
                build_args.extend(value.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
            }
            "--target" => target = Some(value),
            "--no-cache" | "--no-cache-filter" | "--secret" | "--network" => {}
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

/// The Dockerfile, the `.dockerignore` and the flags of each build of a case.
fn builds(case: &toml::Value) -> Vec<(String, String, Vec<String>)> {
    let text = |value: Option<&toml::Value>| value.and_then(toml::Value::as_str).map(str::to_owned);
    let mut dockerfile = text(case.get("dockerfile")).unwrap_or_default();
    let of = |files: Option<&toml::Value>| files.and_then(|files| text(files.get(".dockerignore")));
    let mut ignore = of(case.get("context")).unwrap_or_default();
    let one = vec![toml::Value::Table(toml::Table::new())];
    let builds = case.get("build").and_then(toml::Value::as_array);
    let edited = builds.unwrap_or(&one).iter().map(|build| {
        if let Some(edit) = build.get("edit") {
            dockerfile = text(edit.get("dockerfile")).unwrap_or_else(|| dockerfile.clone());
            ignore = of(edit.get("write")).unwrap_or_else(|| ignore.clone());
            if strings(edit.get("remove")).contains(&".dockerignore".to_owned()) {
                ignore.clear();
            }
        }
        (dockerfile.clone(), ignore.clone(), strings(build.get("args")))
    });
    edited.collect()
}

/// What a build warns of here, and the error of the checks; none where its flags make it another build.
fn checked(
    (text, ignore, arguments): &(String, String, Vec<String>),
    catalog: &Catalog,
) -> Option<(Vec<Warning>, Option<String>)> {
    let (build_args, target) = options(arguments)?;
    let file = dockerfile::parse(text);
    let plan = plan::plan(
        &file,
        &PlanOptions {
            build_args: &build_args,
            target: target.as_deref(),
            platform: "",
            catalog,
            all_stages: false,
            link: false,
            ignore_error: None,
        },
    );
    let checked = check(&Inputs {
        file: &file,
        plan: &plan,
        ignore: &parse_ignore(ignore),
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

/// The recorded warnings and error of a build.
fn recorded(build: &serde_json::Value) -> (Vec<Warning>, Option<String>) {
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
        let records = fs::read_to_string(path.with_extension("json")).unwrap();
        let records: serde_json::Value = serde_json::from_str(&records).unwrap();
        for (index, build) in builds(&case).iter().enumerate() {
            let Some(here) = checked(build, &catalog) else {
                continue;
            };
            compared += 1;
            let there = recorded(&records["builds"][index]);
            if here != there {
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                wrong.push(format!("{name} {index}\n  here:  {here:?}\n  there: {there:?}"));
            }
        }
    }
    assert!(compared > 400, "{compared} builds");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
