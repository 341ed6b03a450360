//! Rules for the source text that no compiler checks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A module past this holds more than one concept. Its tests are not counted.
const LONGEST_MODULE: usize = 450;

/// How Rust code names what `web` alone may use.
const BROWSER_PATHS: [&str; 4] = ["yew::", "web_sys", "js_sys", "gloo"];

/// What must not be left in the tree: a test that does not run, code that is not there.
const LEFT_BEHIND: [&str; 3] = ["todo!(", "unimplemented!(", "#[ignore"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files below a folder whose names end so, without what was installed or built there.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && name != "node_modules" {
                    folders.push(path);
                }
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The Rust files of the crates and of the page, with their texts.
fn rust_files() -> Vec<(String, String)> {
    let root = root();
    let mut sources = files(&root.join("crates"), ".rs");
    sources.extend(files(&root.join("web"), ".rs"));
    sources
        .into_iter()
        .map(|path| {
            let shown = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            (shown, text)
        })
        .collect()
}

/// The lines before a module's own tests.
fn without_tests(text: &str) -> usize {
    text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count()
}

fn is_test(file: &str) -> bool {
    file.contains("/tests/") || file.ends_with("/tests.rs")
}

#[test]
fn a_module_fits_in_the_head() {
    let long: Vec<String> = rust_files()
        .into_iter()
        .filter(|(file, _)| !is_test(file))
        .map(|(file, text)| (file, without_tests(&text)))
        .filter(|(_, lines)| *lines > LONGEST_MODULE)
        .map(|(file, lines)| format!("{file}: {lines}"))
        .collect();
    assert!(long.is_empty(), "over {LONGEST_MODULE} lines: {long:#?}");
}

#[test]
fn every_crate_says_what_it_is() {
    let silent: Vec<String> = rust_files()
        .into_iter()
        .filter(|(file, _)| file.ends_with("src/lib.rs") || file.ends_with("src/main.rs"))
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(file, _)| file)
        .collect();
    assert!(silent.is_empty(), "no //! at the top: {silent:#?}");
}

#[test]
fn the_page_alone_names_the_browser() {
    let found: Vec<String> = rust_files()
        .into_iter()
        .filter(|(file, _)| !file.starts_with("web/") && !file.starts_with("crates/xtask/"))
        .filter(|(_, text)| BROWSER_PATHS.iter().any(|path| text.contains(path)))
        .map(|(file, _)| file)
        .collect();
    assert!(found.is_empty(), "{BROWSER_PATHS:?} outside web: {found:#?}");
}

#[test]
fn nothing_is_left_for_later() {
    let found: Vec<String> = rust_files()
        .into_iter()
        .filter(|(file, _)| !file.ends_with("xtask/tests/tidy.rs"))
        .filter(|(_, text)| LEFT_BEHIND.iter().any(|left| text.contains(left)))
        .map(|(file, _)| file)
        .collect();
    assert!(found.is_empty(), "{LEFT_BEHIND:?}: {found:#?}");
}

#[test]
fn every_style_sheet_is_linked() {
    let page = std::fs::read_to_string(root().join("index.html")).unwrap_or_default();
    let missing: Vec<String> = files(&root().join("web/styles"), ".css")
        .into_iter()
        .filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned()))
        .filter(|name| !page.contains(&format!("web/styles/{name}\"")))
        .collect();
    assert!(missing.is_empty(), "index.html does not link {missing:?}");
}

/// The messages and terms of a Fluent file: what stands at the start of a line before an equals sign; attributes, as
/// `message.attribute`; and the variables each uses.
fn messages(fluent: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut message = String::new();
    let mut key = String::new();
    for line in fluent.lines().filter(|line| !line.starts_with('#')) {
        let indented = line.starts_with(' ');
        let before_equals = line.split_once('=').map(|(before, _)| before.trim());
        match before_equals {
            Some(name) if !indented && is_identifier(name) => {
                message = name.to_owned();
                key.clone_from(&message);
            }
            Some(name) if indented && name.strip_prefix('.').is_some_and(is_identifier) => {
                key = format!("{message}{name}");
            }
            _ => {}
        }
        if key.is_empty() {
            continue;
        }
        let variables = found.entry(key.clone()).or_default();
        for part in line.split('$').skip(1) {
            let end = part.find(|c: char| !is_identifier_character(c)).unwrap_or(part.len());
            variables.extend(part.get(..end).map(str::to_owned));
        }
    }
    found
}

fn is_identifier(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_identifier_character)
}

fn is_identifier_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let mut languages = files(&root().join("web/locales"), ".ftl").into_iter().map(|file| {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        (file, messages(&text))
    });
    let Some((first, reference)) = languages.next() else {
        return;
    };
    for (file, found) in languages {
        assert_eq!(found, reference, "{} against {}", file.display(), first.display());
    }
}

#[test]
fn messages_attributes_and_variables_are_read() {
    let fluent = "# a = comment\nsteps = { $count ->\n    [one] one step\n   *[other] { $count } steps of {$total}\n}\nname =\n    Two = signs\n    .title = The { $file-name }\n";
    let expected = [("steps", vec!["count", "total"]), ("name", vec![]), ("name.title", vec!["file-name"])];
    let expected: BTreeMap<String, BTreeSet<String>> = expected
        .into_iter()
        .map(|(key, variables)| {
            let variables = variables.into_iter().map(str::to_owned).collect();
            (key.to_owned(), variables)
        })
        .collect();
    assert_eq!(messages(fluent), expected);
}
