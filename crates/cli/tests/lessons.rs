//! The lessons of the course, and what `layerlab lesson` says of wrong ones.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn layerlab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_layerlab")).current_dir(root()).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A folder that is not there, for one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("layerlab-lessons-{}", std::process::id())).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    folder
}

fn new(name: &str) -> (PathBuf, String) {
    let folder = folder(name);
    let path = folder.to_string_lossy().into_owned();
    let made = layerlab(&["lesson", "new", &path]);
    assert!(made.status.success(), "{}", said(&made));
    (folder, path)
}

#[test]
fn every_lesson_of_the_course_holds_what_it_says() {
    let checked = layerlab(&["lesson", "check", "--all", "lessons", "--evidence", "tests/conformance/cases"]);
    assert!(checked.status.success(), "{}", said(&checked));
}

#[test]
fn a_new_lesson_passes_and_comes_out_of_its_pack_again() {
    let (folder, path) = new("a-new-one");
    let checked = layerlab(&["lesson", "check", &path]);
    assert!(checked.status.success(), "{}", said(&checked));
    let (file, again) = (format!("{path}.json"), format!("{path}-again"));
    let _ = fs::remove_dir_all(&again);
    assert!(layerlab(&["lesson", "pack", &path, "-o", &file]).status.success());
    let unpacked = layerlab(&["lesson", "unpack", &file, &again]);
    assert!(unpacked.status.success(), "{}", said(&unpacked));
    let packed_again = layerlab(&["lesson", "pack", &again]);
    assert_eq!(fs::read_to_string(&file).unwrap(), said(&packed_again));
    let refused = layerlab(&["lesson", "new", &path]);
    assert!(!refused.status.success() && said(&refused).contains("is there already"));
    drop(folder);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let cases: [(&str, &str, &str, &str, &str); 8] = [
        ("field", "lesson.toml", "minutes = 5", "minutes = 5\nauthor = \"me\"", "unknown field `author`"),
        (
            "met",
            "lesson.toml",
            "at-most = 1 }",
            "at-most = 1 }\n\n[[step.goal]]\nid = \"easy\"\nkind = \"image-size\"\nat-most = \"1GB\"",
            "goal \"easy\" is met before anything is done",
        ),
        (
            "solved",
            "solution/order/Dockerfile",
            "COPY requirements.txt .\n",
            "COPY . .\n",
            "does not meet goal \"install-stays\"",
        ),
        (
            "wrong",
            "wrong/only-install-later/Dockerfile",
            "COPY . /app\nWORKDIR /app\nRUN pip install -r requirements.txt\n",
            "WORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n",
            "the wrong answer \"only-install-later\" meets goal",
        ),
        (
            "hint",
            "lesson.toml",
            "hint = \"too-early\"",
            "hint = \"two-copies\"",
            "the first hint is Some(\"too-early\")",
        ),
        ("prose", "en.md", "### hint two-copies", "### hint copies", "`### hint two-copies` is missing"),
        (
            "given-away",
            "en.md",
            "A file can be copied by itself.",
            "Write `COPY requirements.txt .` first.",
            "contains the solution's line",
        ),
        ("fence", "en.md", "### predict", "```dockerfile try\nFORM x\n```\n\n### predict", "does not parse"),
    ];
    for (name, file, from, to, expected) in cases {
        let (folder, path) = new(name);
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(from), "{name}: {file} has no {from}");
        fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
        let checked = layerlab(&["lesson", "check", &path]);
        assert_eq!(checked.status.code(), Some(1), "{name}: {}", said(&checked));
        assert!(said(&checked).contains(expected), "{name}: {}", said(&checked));
    }
}
