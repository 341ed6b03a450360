//! package.json and the settings around it.

use crate::process::{Machine, Process};

use super::super::json::Json;
use super::super::pace::known_text;
use super::super::words::Words;

/// What is wrong with a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is none.
    Missing,
    /// It is no JSON object.
    Broken,
}

/// The manifest of the working directory.
pub fn read(machine: &Machine, process: &Process) -> Result<Json, Fault> {
    let text = known_text(machine, process, "package.json").ok_or(Fault::Missing)?;
    Json::parse(&text).filter(|json| matches!(json, Json::Object(_))).ok_or(Fault::Broken)
}

/// Complains as npm does, and gives its exit status.
pub fn complain(machine: &mut Machine, process: &Process, fault: Fault) -> i32 {
    let path = process.path("package.json");
    let (text, status) = match fault {
        Fault::Missing => (
            format!(
                "npm error code ENOENT\nnpm error syscall open\nnpm error path {path}\nnpm error errno -2\nnpm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '{path}'\nnpm error enoent This is related to npm not being able to find a file.\nnpm error enoent\n"
            ),
            254,
        ),
        Fault::Broken => (
            format!(
                "npm error code EJSONPARSE\nnpm error path {path}\nnpm error JSON.parse Failed to parse JSON data.\nnpm error JSON.parse Note: package.json must be actual JSON, not just JavaScript.\n"
            ),
            1,
        ),
    };
    process.err(machine, &text);
    status
}

/// A text member: `name`, `version`.
pub fn text<'j>(manifest: &'j Json, key: &str) -> &'j str {
    manifest.get(key).and_then(Json::text).unwrap_or_default()
}

/// The command of a script.
pub fn script(manifest: &Json, name: &str) -> Option<String> {
    manifest.get("scripts")?.get(name)?.text().map(str::to_string)
}

/// The names and ranges of the dependencies, those for development only if they are wanted.
pub fn dependencies(manifest: &Json, development: bool) -> Vec<(String, String)> {
    let mut groups = vec!["dependencies", "optionalDependencies"];
    if development {
        groups.push("devDependencies");
    }
    let members = groups.into_iter().filter_map(|group| manifest.get(group)).flat_map(Json::entries);
    members.map(|(name, range)| (name.clone(), range.text().unwrap_or("*").to_string())).collect()
}

/// Whether packages for development are left out: npm's `omit`, yarn's and pnpm's `production`, NODE_ENV.
pub fn is_production(process: &Process, words: &Words) -> bool {
    let includes = ["--include", "--also"];
    if words.values(&includes).any(|what| matches!(what, "dev" | "development")) || words.has(&["--dev"]) {
        return false;
    }
    let omitted = words.values(&["--omit"]).flat_map(|list| list.split(',')).any(|what| what == "dev");
    let only = words.values(&["--only"]).any(|what| matches!(what, "prod" | "production"));
    let production = words.has(&["--production", "--prod", "-P"]);
    if words.value(&["--production", "--prod"]) == Some("false") {
        return false;
    }
    let environment = ["NPM_CONFIG_PRODUCTION", "npm_config_production", "YARN_PRODUCTION"];
    let set = |name: &&str| process.env.get(*name).is_some_and(|value| value == "true");
    let omits = ["NPM_CONFIG_OMIT", "npm_config_omit"];
    omitted
        || only
        || production
        || environment.iter().any(set)
        || omits.iter().any(|name| process.env.get(*name).is_some_and(|value| value.contains("dev")))
        || process.env.get("NODE_ENV").is_some_and(|mode| mode == "production")
}

/// The folders of the workspaces that the manifest names, `packages/*` looked up.
pub fn workspaces(machine: &Machine, process: &Process, manifest: &Json) -> Vec<String> {
    let member = manifest.get("workspaces");
    let list = member.and_then(|value| value.get("packages")).or(member);
    let mut patterns: Vec<String> = list.map(|list| list.texts().map(str::to_string).collect()).unwrap_or_default();
    if let Some(text) = known_text(machine, process, "pnpm-workspace.yaml") {
        let items = text.lines().filter_map(|line| line.trim().strip_prefix("- "));
        patterns.extend(items.map(|item| item.trim_matches(['"', '\'', ' ']).to_string()));
    }
    let mut folders = Vec::new();
    for pattern in patterns.iter().map(|pattern| pattern.trim_start_matches("./").trim_end_matches('/')) {
        match pattern.strip_suffix("/*").or_else(|| pattern.strip_suffix("/**")) {
            Some(parent) => {
                let names = machine.fs.read_dir(&process.path(parent), &process.cred).unwrap_or_default();
                folders.extend(names.into_iter().map(|name| format!("{parent}/{name}")));
            }
            None if pattern.starts_with('!') => {}
            None => folders.push(pattern.to_string()),
        }
    }
    let has_manifest = |folder: &String| {
        machine.fs.stat(&process.path(&format!("{folder}/package.json")), true, &process.cred).is_ok()
    };
    folders.retain(has_manifest);
    folders
}

/// The manifest of a workspace.
pub fn read_at(machine: &Machine, process: &Process, folder: &str) -> Option<Json> {
    Json::parse(&known_text(machine, process, &format!("{folder}/package.json"))?)
}

/// Writes the manifest back.
pub fn write(machine: &mut Machine, process: &Process, manifest: &Json) {
    let _ = process.write_file(machine, "package.json", &filesystem::Content::text(&manifest.pretty()));
}

/// Name and range of a word of `npm install`: `react`, `react@18`, `@types/node@^20`.
pub fn name_and_range(word: &str) -> (&str, &str) {
    let from = usize::from(word.starts_with('@'));
    match word.get(from..).and_then(|rest| rest.find('@')) {
        Some(at) => (word.get(..at + from).unwrap_or(word), word.get(at + from + 1..).unwrap_or("latest")),
        None => (word, "latest"),
    }
}
