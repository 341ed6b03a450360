//! The style sheets name nothing that is not there.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The text of all files below a folder.
fn collect(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, text);
        } else {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_custom_property_that_is_used_is_set_somewhere() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut styles, mut program) = (String::new(), String::new());
    collect(&web.join("styles"), &mut styles);
    collect(&web.join("js"), &mut styles);
    collect(&web.join("src"), &mut program);
    let name = |after: &str| after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
    let used: BTreeSet<String> = styles.split("var(").skip(1).map(name).collect();
    assert!(used.len() > 40, "{used:?}");
    // In a style sheet, or by the program in an element's style.
    let is_set = |name: &str| [&styles, &program].iter().any(|text| text.contains(&format!("{name}:")));
    let by_name = |name: &str| styles.contains(&format!("\"{name}\"")) || program.contains(&format!("\"{name}\""));
    let unset: Vec<&String> = used.iter().filter(|name| !is_set(name) && !by_name(name)).collect();
    assert!(unset.is_empty(), "{unset:?}");
}
