//! The Dockerfile of this repository passes the checks that the repository is about.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn it_has_no_warnings() {
    let checked = Command::new(env!("CARGO_BIN_EXE_layerlab"))
        .args(["check", "Dockerfile"])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}");
    assert_eq!(said.trim(), "Check complete, no warnings found.");
}

#[test]
fn the_gallery_has_the_same() {
    for name in ["Dockerfile", ".dockerignore"] {
        let shown = fs::read_to_string(root().join("lessons/gallery/layerlab/start").join(name)).unwrap();
        assert_eq!(shown, fs::read_to_string(root().join(name)).unwrap(), "{name}: copy it into the gallery");
    }
}
