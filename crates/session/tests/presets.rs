//! Every project in `lessons/presets` shows what it is there for: each Dockerfile builds with nothing left out of the model,
//! the ordered one builds faster after an edit of the source, the one of several stages makes the smaller image.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use catalog::{file_name, parse_image};
use report::{Basis, Note, Outcome, Report};
use session::{Action, Catalog, Comparison, Context, Round, Scene, compared, read_example, start, update};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The texts of a folder by their paths, as `web/js/pack.mjs` packs them.
fn collect(folder: &Path, inside: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{inside}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// Opens a scene where the base images that it needs are known.
fn played(scene: Scene) -> Vec<Round> {
    let mut catalog = Catalog::default();
    let texts = [scene.project.pinned.as_deref().unwrap_or_default().to_owned(), scene.project.dockerfile_text()];
    let named = texts.iter().flat_map(|text| text.lines()).filter_map(|line| line.strip_prefix("FROM "));
    for reference in named.filter_map(|rest| rest.split(' ').next()) {
        let path = root().join("crates/catalog/data/images").join(file_name(reference));
        catalog.insert(parse_image(&fs::read_to_string(path).unwrap()).unwrap());
    }
    let (state, _) = start(Context::default(), catalog, None);
    let (state, _) = update(&state, Action::OpenExample(Box::new(scene)), 1_760_000_000);
    assert_eq!(state.notice, None);
    compared(&state, state.project.pinned.as_deref().unwrap(), Comparison::default()).collect()
}

fn assert_modelled(name: &str, report: &Report) {
    assert_eq!(report.outcome, Outcome::Built, "{name}");
    assert_eq!(report.missing_images, Vec::<String>::new(), "{name}");
    for step in &report.steps {
        let known = step.bytes_basis != Basis::NotModelled && step.timing.basis != Basis::NotModelled;
        let left_out = |note: &&Note| {
            use Note::{FactsMissing, Limit, MayBeThere, NotModelled, UnknownCommand};
            matches!(
                note,
                FactsMissing { .. } | UnknownCommand { .. } | NotModelled { .. } | MayBeThere { .. } | Limit { .. }
            )
        };
        assert!(known && !step.notes.iter().any(|note| left_out(&note)), "{name}: {} {:?}", step.text, step.notes);
    }
}

#[test]
fn each_project_shows_what_order_and_stages_are_for() {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(root().join("lessons/presets")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let mut files = BTreeMap::new();
        collect(&folder, "", &mut files);
        assert!(files.contains_key("context/.dockerignore"), "{name}");
        let example = read_example(&serde_json::json!({ "files": files }).to_string()).unwrap();
        let pair = |a: &str, b: &str| {
            let rounds = played(example.scene(a, b).unwrap());
            assert_eq!(rounds.len(), 4, "{name}: the first build, an edit, a dependency, an edit");
            for round in &rounds {
                assert_modelled(&format!("{name} {a}"), &round.a.report);
                assert_modelled(&format!("{name} {b}"), &round.b.report);
            }
            rounds
        };
        let ordered = pair("naive", "ordered");
        for edit in [1, 3] {
            let (a, b) = (ordered[edit].a.run.ran.ms, ordered[edit].b.run.ran.ms);
            assert!(b * 4 < a * 3, "{name}: the ordered one saves at least a quarter of {a} ms: {b} ms");
        }
        for round in &pair("ordered", "multi-stage") {
            let (a, b) = (round.a.run.image_bytes, round.b.run.image_bytes);
            assert!(b * 2 < a, "{name}: several stages make less than half of {a} bytes: {b}");
        }
        names.push(name);
    }
    names.sort();
    assert_eq!(names, ["go", "java", "node", "python"]);
}
