//! Requirements: words of the command line, lines of files.

use crate::process::{Machine, Process};

use super::super::pace::known_text;

/// How deep files of requirements may name others.
const NEST_LIMIT: u32 = 8;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// A name with extras, and the version if it is pinned.
    Named(String, String),
    /// A project in a folder.
    Folder(String),
    /// A wheel or an archive that is there.
    File(String),
    /// Something from an address.
    Address(String),
}

/// A name as indexes compare it: lower case, one dash for `-`, `_` and `.`.
pub fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', '.'], "-")
}

/// Reads one requirement; none in options and comments.
pub fn parse(line: &str) -> Option<Requirement> {
    let line = if line.starts_with('#') { "" } else { line.split(" #").next().unwrap_or_default().trim() };
    let line = line.split(" --").next().unwrap_or_default().trim();
    if line.is_empty() || line.starts_with('-') {
        return None;
    }
    if let Some((_, address)) = line.split_once(" @ ") {
        return Some(Requirement::Address(address.trim().to_string()));
    }
    if line.contains("://") || line.starts_with("git+") {
        return Some(Requirement::Address(line.to_string()));
    }
    let path = line.split('[').next().unwrap_or(line);
    if path.ends_with(".whl") || path.ends_with(".tar.gz") {
        return Some(Requirement::File(path.to_string()));
    }
    if path.starts_with('.') || path.starts_with('/') || path.contains('/') {
        return Some(Requirement::Folder(path.to_string()));
    }
    let line = line.split(';').next().unwrap_or(line);
    let end = line.find(|c: char| "=<>!~ ".contains(c)).unwrap_or(line.len());
    let (name, range) = line.split_at_checked(end)?;
    let version = range.trim().strip_prefix("==").map_or("", |version| version.trim_start_matches('=').trim());
    let version = version.split([',', ' ']).next().unwrap_or_default().trim_end_matches(".*");
    let name = match name.split_once('[') {
        Some((name, extras)) => format!("{}[{}", normal(name), extras.to_lowercase().replace(' ', "")),
        None => normal(name),
    };
    Some(Requirement::Named(name, version.to_string()))
}

/// Reads a file of requirements with those that it names; the error is the path that cannot be read. Pins of a constraint
/// file are not looked at.
pub fn read_file(machine: &Machine, process: &Process, path: &str, depth: u32) -> Result<Vec<Requirement>, String> {
    if machine.fs.stat(&process.path(path), true, &process.cred).is_err() || depth > NEST_LIMIT {
        return Err(path.to_string());
    }
    let text = known_text(machine, process, path).unwrap_or_default().replace("\\\n", " ");
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        let option = |names: [&str; 2]| {
            names
                .iter()
                .find_map(|name| line.strip_prefix(name))
                .map(|rest| rest.trim_start_matches(['=', ' ']).trim().to_string())
        };
        if let Some(inner) = option(["--requirement", "-r"]) {
            let inner = if folder.is_empty() || inner.starts_with('/') { inner } else { format!("{folder}/{inner}") };
            found.extend(read_file(machine, process, &inner, depth + 1)?);
        } else if let Some(project) = option(["--editable", "-e"]) {
            let is_address = project.contains("://");
            found.push(if is_address { Requirement::Address(project) } else { Requirement::Folder(project) });
        } else {
            found.extend(parse(line));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_are_read() {
        let named = |name: &str, version: &str| Some(Requirement::Named(name.to_string(), version.to_string()));
        assert_eq!(parse("Flask==3.0.2 --hash=sha256:abc"), named("flask", "3.0.2"));
        assert_eq!(parse("uvicorn[Standard] >= 0.2 ; python_version < '3.9' # x"), named("uvicorn[standard]", ""));
        assert_eq!(parse("ruamel.yaml~=0.1"), named("ruamel-yaml", ""));
        assert_eq!(parse("x @ git+https://host/x"), Some(Requirement::Address("git+https://host/x".to_string())));
        assert_eq!(parse(".[dev]"), Some(Requirement::Folder(".".to_string())));
        assert_eq!(parse("/tmp/a-1.whl"), Some(Requirement::File("/tmp/a-1.whl".to_string())));
        assert_eq!((parse("# x"), parse(""), parse("--no-binary :all:")), (None, None, None));
    }
}
