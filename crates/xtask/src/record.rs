//! Conformance cases: what a real Docker Engine does with a small build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{announce, find, run as run_program, say};
use crate::workspace;

/// The engine that the cases were recorded with.
const ENGINE: &str = "28.5.2";

/// What stands in a new case until its author writes it.
const TEMPLATE: &str = "\
about = \"What the case shows, in one sentence.\"
area = \"run\"
dockerfile = '''
FROM conformance/busybox:1
COPY greeting /greeting
RUN wc -c < /greeting > /size
'''
[context]
greeting = \"hello\\n\"
[[build]]
[[build]]
edit.write = { greeting = \"hello again\\n\" }
";

/// The command `record`: records the named cases, or all without a recording, and compares the simulator with them.
///
/// # Errors
/// When there is no such case, no Docker, or a case cannot be recorded or disagrees.
pub fn run(names: &[&str]) -> Result<(), String> {
    let cases = if names.is_empty() {
        missing()?
    } else {
        names.iter().map(|name| existing(name)).collect::<Result<_, String>>()?
    };
    if cases.is_empty() {
        say("Every case has its recording. `cargo xtask record --new NAME` begins another.");
        return Ok(());
    }
    let docker = docker()?;
    warn_of_another_engine(&docker)?;
    announce(&format!("Recording {} with a real engine", counted(cases.len())));
    let python =
        find("python3").ok_or("there is no `python3`, which records the cases: install Python 3.11 or newer")?;
    run_program(
        Command::new(python)
            .arg(workspace::root().join("tests/conformance/record.py"))
            .args(&cases)
            .env("DOCKER", &docker)
            .env("PYTHONDONTWRITEBYTECODE", "1"),
    )?;
    announce("Comparing the simulator with what was recorded");
    let mut compare = Command::new("cargo");
    compare.args(["run", "--quiet", "--package", "cli", "--", "conformance"]).arg(folder());
    for name in cases.iter().filter_map(|case| case.file_stem()) {
        compare.arg("--case").arg(name);
    }
    run_program(compare.current_dir(workspace::root()))
}

/// `record --new NAME`: writes a case to begin with.
///
/// # Errors
/// When the name is none, or taken.
pub fn begin(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(format!("`{name}` cannot name a case: use small letters, digits and `-`, as in run-umask"));
    }
    let path = folder().join(format!("{name}.toml"));
    if path.exists() {
        return Err(format!("there is a case of that name: {}", path.display()));
    }
    fs::write(&path, TEMPLATE).map_err(|error| format!("{}: {error}", path.display()))?;
    say(&format!(
        "{} is there to be written; its format is in tests/conformance/README.md. Then: cargo xtask record {name}",
        path.display()
    ));
    Ok(())
}

fn folder() -> PathBuf {
    workspace::root().join("tests/conformance/cases")
}

/// The cases without a recording.
fn missing() -> Result<Vec<PathBuf>, String> {
    let folder = folder();
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut cases = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") && !path.with_extension("json").exists() {
            cases.push(path);
        }
    }
    cases.sort();
    Ok(cases)
}

/// A case by its name, or by its file.
fn existing(name: &str) -> Result<PathBuf, String> {
    let named = Path::new(name).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let path = folder().join(format!("{}.toml", named.trim_end_matches(".toml").trim_end_matches(".json")));
    if path.exists() {
        return Ok(path);
    }
    Err(format!("there is no case {}. `cargo xtask record --new NAME` begins one", path.display()))
}

fn docker() -> Result<PathBuf, String> {
    let given = std::env::var_os("DOCKER").map(PathBuf::from);
    let client = given.or_else(|| find("docker"));
    client.ok_or_else(|| {
        "there is no `docker` in PATH. Install Docker, or name its client: DOCKER=/path/to/docker cargo xtask record".into()
    })
}

/// Other versions word and count some things otherwise: their recordings may disagree with those that are there.
fn warn_of_another_engine(docker: &Path) -> Result<(), String> {
    let version = crate::program::output(Command::new(docker).args(["version", "--format", "{{.Server.Version}}"]))
        .map_err(|error| format!("{error}: no Docker Engine answers. Start Docker and try again"))?;
    if let Some(warning) = other_engine(version.trim()) {
        say(&warning);
    }
    Ok(())
}

fn other_engine(version: &str) -> Option<String> {
    let plain = version.split('+').next().unwrap_or(version);
    (plain != ENGINE).then(|| {
        format!(
            "note: this is Docker Engine {plain}, and the recordings are of {ENGINE}. Where the two differ, the case may be \
             right and disagree all the same"
        )
    })
}

fn counted(number: usize) -> String {
    if number == 1 { "one case".into() } else { format!("{number} cases") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_found_by_name_and_by_file() {
        let by_name = existing("cache-env-change").unwrap();
        assert_eq!(existing("tests/conformance/cases/cache-env-change.toml").unwrap(), by_name);
        assert_eq!(existing("cache-env-change.json").unwrap(), by_name);
        assert!(existing("no-such-case").unwrap_err().contains("--new"));
    }

    #[test]
    fn every_case_has_its_recording() {
        assert_eq!(missing().unwrap(), Vec::<PathBuf>::new());
    }

    #[test]
    fn every_case_is_in_the_index() {
        let index = fs::read_to_string(folder().join("INDEX.md")).unwrap();
        for entry in fs::read_dir(folder()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let is_case = path.extension().is_some_and(|extension| extension == "toml");
            assert!(!is_case || index.contains(&format!("- `{name}`: ")), "{name}: not in INDEX.md");
        }
    }

    #[test]
    fn a_name_is_plain_and_free() {
        assert!(begin("No Such").unwrap_err().contains("small letters"));
        assert!(begin("cache-env-change").unwrap_err().contains("of that name"));
    }

    #[test]
    fn another_engine_is_named() {
        assert_eq!(other_engine("28.5.2+dfsg4"), None);
        assert!(other_engine("29.0.1").unwrap().contains("Docker Engine 29.0.1"));
    }
}
