//! pyproject.toml, setup.py, lock files of Python projects: what they depend on.

use crate::process::{Machine, Process};

use super::super::input::join;
use super::super::json::Json;
use super::super::pace::known_text;
use super::requirement::{Requirement, normal, parse};

/// A table of TOML as far as it is needed: the lines below a heading.
pub fn section<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let heading = format!("[{name}]");
    let lines = text.lines().map(str::trim).skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| !line.starts_with('[') || line.ends_with(',')).collect()
}

/// The texts of a list that begins with `key = [`, in one line or several.
fn list(lines: &[&str], key: &str) -> Vec<String> {
    let starts = |line: &&&str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    let Some(at) = lines.iter().position(|line| starts(&line)) else { return Vec::new() };
    let mut texts = Vec::new();
    for line in lines.iter().skip(at) {
        let body = if line.starts_with('#') { "" } else { *line };
        let body = if texts.is_empty() {
            body.split_once('=').map_or(body, |(left, right)| if left.trim() == key { right } else { body })
        } else {
            body
        };
        let mut rest = body;
        while let Some(start) = rest.find(['"', '\'']) {
            let quote = rest.get(start..start + 1).unwrap_or("\"");
            let Some((text, after)) = rest.get(start + 1..).and_then(|rest| rest.split_once(quote)) else { break };
            texts.push(text.to_string());
            rest = after;
        }
        if rest.trim_end().ends_with(']') {
            break;
        }
    }
    texts
}

/// The members of a table as names with pinned versions: `flask = "^3"`, `uvicorn = {extras = ["standard"]}`.
fn members(lines: &[&str]) -> Vec<(String, String)> {
    let entries = lines.iter().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    entries
        .filter(|(name, _)| !matches!(name.trim(), "python" | "python_version" | ""))
        .map(|(name, value)| {
            let extras = value.split_once("extras").and_then(|(_, rest)| rest.split_once('[')?.1.split_once(']'));
            let extras =
                extras.map(|(extras, _)| extras.replace(['"', '\'', ' '], "")).filter(|extras| !extras.is_empty());
            let name = normal(name.trim().trim_matches('"'));
            let version = value.trim().trim_matches(['"', '\'']);
            let pinned = version.chars().next().is_some_and(|c| c.is_ascii_digit());
            (
                extras.map_or(name.clone(), |extras| format!("{name}[{extras}]")),
                if pinned { version.to_string() } else { String::new() },
            )
        })
        .collect()
}

/// What a project in a folder depends on (with the extras behind its path); `None` if it is no project.
pub fn dependencies(machine: &Machine, process: &Process, path: &str) -> Option<Vec<(String, String)>> {
    let (folder, extras) =
        path.split_once('[').map_or((path, ""), |(folder, extras)| (folder, extras.trim_end_matches(']')));
    let folder = if folder.is_empty() { "." } else { folder };
    let found = |requirements: Vec<String>| -> Vec<(String, String)> {
        let parsed = requirements.iter().filter_map(|text| match parse(text)? {
            Requirement::Named(name, version) => Some((name, version)),
            _ => None,
        });
        parsed.collect()
    };
    if let Some(text) = known_text(machine, process, &join(folder, "pyproject.toml")) {
        let project = section(&text, "project");
        let mut names = found(list(&project, "dependencies"));
        let optional = section(&text, "project.optional-dependencies");
        for extra in extras.split(',').filter(|extra| !extra.is_empty()) {
            names.extend(found(list(&optional, extra)));
        }
        names.extend(members(&section(&text, "tool.poetry.dependencies")));
        return Some(names);
    }
    let stat = machine.fs.stat(&process.path(&join(folder, "setup.py")), true, &process.cred);
    stat.ok()?;
    let text = known_text(machine, process, &join(folder, "setup.py")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    Some(found(list(&lines, "install_requires")))
}

/// The groups of pyproject.toml that are for development: of uv, of poetry.
pub fn development(machine: &Machine, process: &Process) -> Vec<(String, String)> {
    let text = known_text(machine, process, "pyproject.toml").unwrap_or_default();
    let mut names = members(&section(&text, "tool.poetry.group.dev.dependencies"));
    names.extend(members(&section(&text, "tool.poetry.dev-dependencies")));
    let listed =
        [list(&section(&text, "dependency-groups"), "dev"), list(&section(&text, "tool.uv"), "dev-dependencies")];
    names.extend(listed.iter().flatten().filter_map(|text| match parse(text)? {
        Requirement::Named(name, version) => Some((name, version)),
        _ => None,
    }));
    names
}

/// The packages of poetry.lock or uv.lock, those that are for development only if they are wanted.
pub fn locked(text: &str, with_development: bool) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in text.split("[[package]]").skip(1) {
        let lines: Vec<&str> = part.lines().map(str::trim).take_while(|line| !line.starts_with("[[")).collect();
        let value = |key: &str| {
            let line = lines.iter().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='))?;
            Some(line.trim().trim_matches('"').to_string())
        };
        let groups = list(&lines, "groups");
        let is_development = value("category").is_some_and(|category| category == "dev")
            || !groups.is_empty() && !groups.iter().any(|group| group == "main");
        let is_project =
            value("source").is_some_and(|source| source.contains("virtual") || source.contains("editable"));
        if let Some(name) = value("name").filter(|_| !is_project && (with_development || !is_development)) {
            found.push((normal(&name), value("version").unwrap_or_default()));
        }
    }
    found
}

/// The packages of Pipfile.lock, or of Pipfile where there is none; `None` if there is neither.
pub fn pipfile(machine: &Machine, process: &Process, with_development: bool) -> Option<Vec<(String, String)>> {
    if let Some(json) = known_text(machine, process, "Pipfile.lock").and_then(|text| Json::parse(&text)) {
        let groups = if with_development { &["default", "develop"][..] } else { &["default"] };
        let entries = groups.iter().filter_map(|group| json.get(group)).flat_map(Json::entries);
        let version = |entry: &Json| {
            entry.get("version").and_then(Json::text).unwrap_or_default().trim_start_matches('=').to_string()
        };
        return Some(entries.map(|(name, entry)| (normal(name), version(entry))).collect());
    }
    let text = known_text(machine, process, "Pipfile")?;
    let mut names = members(&section(&text, "packages"));
    if with_development {
        names.extend(members(&section(&text, "dev-packages")));
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_as_far_as_needed() {
        let text = "[project]\nname = \"x\"\ndependencies = [\n  \"flask>=3\", # web\n  'uvicorn[standard]',\n]\n[tool.poetry.dependencies]\npython = \"^3.12\"\ndjango = \"5.0\"\nuvicorn = {extras = [\"standard\"], version = \"^0.2\"}\n";
        assert_eq!(list(&section(text, "project"), "dependencies"), ["flask>=3", "uvicorn[standard]"]);
        let expected = [("django", "5.0"), ("uvicorn[standard]", "")].map(|(a, b)| (a.to_string(), b.to_string()));
        assert_eq!(members(&section(text, "tool.poetry.dependencies")), expected);
        let lock = "[[package]]\nname = \"Flask\"\nversion = \"3.0\"\ngroups = [\"main\"]\n\n[[package]]\nname = \"pytest\"\nversion = \"8\"\ngroups = [\"dev\"]\n";
        assert_eq!((locked(lock, true).len(), locked(lock, false).len()), (2, 1));
    }
}
