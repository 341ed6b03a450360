//! The gallery: each of its projects builds, and says in both languages what it is.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use report::{CacheStore, Catalog, Inputs, Options, Outcome, Profile, Severity, analyze, parse_image};
use serde_json::{Map, Value, json};
use session::{GalleryEntry, GalleryKind, read_gallery, read_gallery_project};

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn projects() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder("lessons/gallery")).unwrap();
    let mut projects: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    projects.sort();
    projects
}

/// What web/js/pack.mjs makes of a project's folder: its line in the list, and its file.
fn packed(project: &Path) -> (Value, String) {
    let mut about: Value = serde_json::from_str(&fs::read_to_string(project.join("about.json")).unwrap()).unwrap();
    let fields = about.as_object_mut().unwrap();
    let texts: Map<String, Value> =
        ["en", "ja"].map(|code| (code.to_owned(), fields[code].clone())).into_iter().collect();
    let mut files = Map::new();
    collect(&project.join("start"), "", &mut files);
    let file = json!({ "files": files, "sized": fields.get("sized").cloned().unwrap_or(json!([])) });
    let id = project.file_name().unwrap().to_str().unwrap();
    let line = json!({ "id": id, "kind": fields["kind"], "tags": fields["tags"], "texts": texts });
    (line, file.to_string())
}

fn collect(folder: &Path, prefix: &str, files: &mut Map<String, Value>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(&path).unwrap().into());
        }
    }
}

fn catalog() -> Catalog {
    let mut catalog = Catalog::default();
    for entry in fs::read_dir(folder("crates/catalog/data/images")).unwrap() {
        catalog.insert(parse_image(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap());
    }
    catalog
}

#[test]
fn every_project_builds_and_is_told_of_in_both_languages() {
    let catalog = catalog();
    let (mut frameworks, mut mistakes) = (0, 0);
    for project in projects() {
        let (line, file) = packed(&project);
        let index = json!({ "projects": [line] }).to_string();
        let entry: GalleryEntry = read_gallery(&index).unwrap().remove(0);
        for language in ["en", "ja"] {
            let said = &entry.texts[language];
            let ends = said.text.matches(['。', '.']).count();
            assert!(!said.title.is_empty() && ends >= 2, "{}: two sentences in {language}", entry.id);
        }
        let context = read_gallery_project(&file).unwrap();
        let (report, _) = analyze(&Inputs {
            context: &context,
            options: &Options::default(),
            catalog: &catalog,
            profile: &Profile::default(),
            cache: &CacheStore::default(),
        });
        assert_eq!(report.outcome, Outcome::Built, "{}", entry.id);
        assert!(report.missing_images.is_empty(), "{}: {:?}", entry.id, report.missing_images);
        let warned = report.problems.iter().any(|problem| problem.diagnostic.severity == Severity::Warning);
        match entry.kind {
            GalleryKind::Framework => {
                assert!(!warned, "{}: {:?}", entry.id, report.problems);
                frameworks += 1;
            }
            GalleryKind::Mistake => mistakes += 1,
        }
    }
    assert!(frameworks + mistakes >= 20, "{frameworks} frameworks and {mistakes} mistakes");
}

#[test]
fn a_project_is_found_by_all_words_of_a_search() {
    let index = json!({ "projects": [{
        "id": "django", "kind": "framework", "tags": ["python", "gunicorn"],
        "texts": { "en": { "title": "Django", "text": "A site. Look at Files." }, "ja": { "title": "Django", "text": "サイトです。" } },
    }] });
    let entry = read_gallery(&index.to_string()).unwrap().remove(0);
    for (search, found) in [("", true), ("PYTHON files", true), ("python rails", false), ("サイト", false)] {
        assert_eq!(entry.matches(search, "en"), found, "{search}");
    }
    assert!(entry.matches("サイト", "ja"));
}

#[test]
fn what_is_no_project_is_refused() {
    for text in ["", "[]", "{}", r#"{"files":{"../x":""}}"#, r#"{"files":{"a":"","a/b":""}}"#] {
        assert!(read_gallery_project(text).is_err(), "{text}");
    }
}
