//! What `layerlab workshop` makes, and what it says of wrong workshops.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SAVED: &str = include_str!("../../../tests/golden/session-v2.json");

fn layerlab(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(env!("CARGO_BIN_EXE_layerlab")).current_dir(root).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A new workshop in a folder of its own, with a saved session beside it: its path, and the path as text.
fn new(name: &str) -> (PathBuf, String) {
    let folder = std::env::temp_dir().join(format!("layerlab-workshops-{}", std::process::id())).join(name);
    let _ = fs::remove_dir_all(&folder);
    let file = folder.join("workshop.toml");
    let path = file.to_string_lossy().into_owned();
    let made = layerlab(&["workshop", "new", &path]);
    assert!(made.status.success(), "{}", said(&made));
    fs::write(folder.join("before.json"), SAVED).unwrap();
    (file, path)
}

/// A file of the template with one item more, which shows the saved session.
fn with_saved(file: &Path) {
    let text = fs::read_to_string(file).unwrap().replace("minutes = 30 ", "minutes = 40 ");
    let more = "\n[[item]]\nheading = \"What the room made\"\nsaved = \"before.json\"\nminutes = 10\n";
    fs::write(file, text + more).unwrap();
}

#[test]
fn a_new_workshop_passes_and_is_never_written_over() {
    let (_, path) = new("new");
    let checked = layerlab(&["workshop", "check", &path]);
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(said(&checked).contains("3 items, 30 of 30 minutes, nothing wrong"), "{}", said(&checked));
    let refused = layerlab(&["workshop", "new", &path]);
    assert!(!refused.status.success() && said(&refused).contains("is there already"));
}

#[test]
fn a_packed_workshop_is_the_golden_one() {
    let (file, path) = new("pack");
    with_saved(&file);
    let checked = layerlab(&["workshop", "check", &path]);
    assert!(checked.status.success() && said(&checked).contains("remark: item 4: has no notes"), "{}", said(&checked));
    let packed = layerlab(&["workshop", "pack", &path]);
    assert!(packed.status.success(), "{}", said(&packed));
    expect_test::expect_file!["../../../tests/golden/workshop-v1.json"].assert_eq(&said(&packed));
    let out = format!("{path}.json");
    assert!(layerlab(&["workshop", "pack", &path, "-o", &out]).status.success());
    assert_eq!(fs::read_to_string(out).unwrap(), said(&packed));
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let cases: [(&str, &str, &str, &str); 13] = [
        ("toml", "title = ", "title: ", "workshop.toml:2: "),
        ("format", "format = 1\n", "", "workshop.toml:1: format: is missing: write `format = 1`"),
        ("newer", "format = 1", "format = 2", "workshop.toml:1: format: is not known here"),
        ("field", "title = ", "name = 1\ntitle = ", "workshop.toml:2: name: unknown field"),
        ("language", "language = \"en\"", "language = \"fr\"", "workshop.toml:5: language: there is no \"fr\""),
        ("time", "minutes = 30 ", "minutes = 20 ", "workshop.toml:6: minutes: the items take 30 minutes, 10 more"),
        (
            "lesson",
            "\"cache-first\"",
            "\"cache-frist\"",
            "workshop.toml:19: item 2, lesson: there is no lesson \"cache-frist\". Did you mean \"cache-first\"?",
        ),
        (
            "step",
            "step = \"move\"",
            "step = \"mvoe\"",
            "workshop.toml:28: item 3, step: the lesson \"copy-source-last\" has no step \"mvoe\": there are look, move",
        ),
        ("no-minutes", "minutes = 10\n", "", "workshop.toml:18: item 2, minutes: is missing"),
        (
            "state",
            "state = \"#s=v2.s12u2q2cMQ4AIQg",
            "state = \"#s=v2.s12u2q2cMQ4AI",
            "workshop.toml:10: item 1, state: does not open",
        ),
        (
            "two",
            "lesson = \"cache-first\"",
            "saved = \"before.json\"\nlesson = \"cache-first\"",
            "workshop.toml:18: item 2: shows two things",
        ),
        (
            "elsewhere",
            "lesson = \"cache-first\"",
            "saved = \"../other.json\"",
            "workshop.toml:19: item 2, saved: ../other.json: lies elsewhere",
        ),
        ("gone", "lesson = \"cache-first\"", "saved = \"gone.json\"", "workshop.toml:19: item 2, saved: gone.json: "),
    ];
    for (name, from, to, expected) in cases {
        let (file, path) = new(name);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{name}: the template has no {from}");
        fs::write(&file, text.replacen(from, to, 1)).unwrap();
        let checked = layerlab(&["workshop", "check", &path]);
        assert_eq!(checked.status.code(), Some(1), "{name}: {}", said(&checked));
        assert!(said(&checked).contains(expected), "{name}: {}", said(&checked));
        let packed = layerlab(&["workshop", "pack", &path]);
        assert!(!packed.status.success() && said(&packed).contains(expected), "{name}: {}", said(&packed));
    }
}

#[test]
fn a_team_has_lessons_of_its_own() {
    let (file, path) = new("own");
    let lessons = file.parent().unwrap().join("lessons");
    let lesson = lessons.join("our-builds").to_string_lossy().into_owned();
    assert!(layerlab(&["lesson", "new", &lesson]).status.success());
    let text = fs::read_to_string(&file).unwrap();
    let one = text.split("[[item]]").next().unwrap();
    fs::write(&file, format!("{one}[[item]]\nlesson = \"our-builds\"\nstep = \"order\"\nminutes = 9\n")).unwrap();
    let lessons = lessons.to_string_lossy().into_owned();
    let checked = layerlab(&["workshop", "check", &path, "--lessons", &lessons]);
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(!layerlab(&["workshop", "check", &path]).status.success());
}
