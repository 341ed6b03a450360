//! poetry: a project's dependencies into its own environment, or into the image's Python.

use crate::process::{Machine, Process};

use super::super::input::not_modelled;
use super::super::pace::{home, known_text, program};
use super::super::words::Words;
use super::install::{self, How};
use super::site::{self, Site};
use super::{known, project};

const VALUED: &[&str] = &[
    "--only",
    "--without",
    "--with",
    "--extras",
    "-E",
    "--directory",
    "-C",
    "--project",
    "-P",
    "--format",
    "-f",
    "--output",
    "-o",
];

pub fn poetry(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), VALUED);
    if let Some(folder) = words.value(&["--directory", "-C", "--project", "-P"]) {
        process.cwd = process.path(folder);
    }
    if words.has(&["--version", "-V"]) {
        process.out(machine, "Poetry (version 2.2.1)\n");
        return 0;
    }
    let Some((command, names)) = words.operands.split_first() else { return 0 };
    match command.as_str() {
        "config" => {
            let (Some(key), Some(value)) = (names.first(), names.get(1)) else { return 0 };
            let path = format!("{}/.config/pypoetry/config.toml", home(process));
            let mut text = known_text(machine, process, &path).unwrap_or_default();
            text.push_str(&format!("{key} = {value}\n"));
            let _ = machine.fs.mkdir_all(&format!("{}/.config/pypoetry", home(process)), 0o755, &process.cred);
            i32::from(process.write_file(machine, &path, &filesystem::Content::text(&text)).is_err())
        }
        "install" | "sync" => install_project(machine, process, &words),
        "run" => {
            let rest = process.operands().iter().skip_while(|word| *word != "run").skip(1);
            let line: Vec<String> = rest.cloned().collect();
            let site = environment(machine, process);
            let mut child = process.clone();
            let path = process.env.get("PATH").cloned().unwrap_or_default();
            child.env.insert("PATH".to_string(), format!("{}:{path}", site.programs));
            super::super::start::start(machine, &child, line)
        }
        "export" => {
            let text = known_text(machine, process, "poetry.lock").unwrap_or_default();
            let lines: String = project::locked(&text, words.value(&["--with"]).is_some() || words.has(&["--dev"]))
                .iter()
                .map(|(name, version)| format!("{name}=={version}\n"))
                .collect();
            match words.value(&["-o", "--output"]) {
                Some(path) => i32::from(process.write_file(machine, path, &filesystem::Content::text(&lines)).is_err()),
                None => {
                    process.out(machine, &lines);
                    0
                }
            }
        }
        "cache" => {
            let _ = machine.fs.remove_all(&cache(process), &process.cred);
            0
        }
        "lock" | "add" | "remove" | "update" | "build" | "self" | "env" | "check" | "show" | "new" | "init"
        | "publish" | "version" => {
            not_modelled(machine, process, command);
            0
        }
        other => {
            process.err(machine, &format!("\nThe requested command {other} does not exist.\n"));
            1
        }
    }
}

fn cache(process: &Process) -> String {
    process.env.get("POETRY_CACHE_DIR").cloned().unwrap_or_else(|| format!("{}/.cache/pypoetry", home(process)))
}

/// A setting, of the environment, of `poetry config` or of poetry.toml.
fn setting(machine: &Machine, process: &Process, key: &str) -> Option<bool> {
    let variable = format!("POETRY_{}", key.to_uppercase().replace(['.', '-'], "_"));
    if let Some(value) = process.env.get(&variable) {
        return Some(!matches!(value.as_str(), "false" | "0"));
    }
    let path = format!("{}/.config/pypoetry/config.toml", home(process));
    let text = known_text(machine, process, &path).unwrap_or_default();
    let line = text.lines().rev().find_map(|line| line.strip_prefix(key)).map(|value| value.contains("true"));
    line.or_else(|| {
        let text = known_text(machine, process, "poetry.toml")?;
        let last = key.rsplit('.').next()?;
        text.lines().find_map(|line| line.trim().strip_prefix(last)).map(|value| value.contains("true"))
    })
}

/// Where the project's packages go: into an active environment, into .venv, into the image's Python, or into the cache.
fn environment(machine: &Machine, process: &Process) -> Site {
    let name = ["python3", "python"].into_iter().find(|name| program(machine, process, name).is_some());
    let python = site::of(machine, process, name.unwrap_or("python3"));
    if let Some(venv) = process.env.get("VIRTUAL_ENV") {
        return site::at(machine, process, venv);
    }
    let local = process.path(".venv");
    let has_local = machine.fs.stat(&format!("{local}/pyvenv.cfg"), true, &process.cred).is_ok();
    if has_local || setting(machine, process, "virtualenvs.in-project") == Some(true) {
        return site::elsewhere(&python, None, Some(local));
    }
    if setting(machine, process, "virtualenvs.create") == Some(false) || python.is_venv {
        return python;
    }
    let project = process.cwd.rsplit('/').next().unwrap_or("app").to_string();
    let folder = format!("{}/virtualenvs/{project}-py{}", cache(process), python.version);
    site::elsewhere(&python, None, Some(folder))
}

fn install_project(machine: &mut Machine, process: &Process, words: &Words) -> i32 {
    let Some(manifest) = known_text(machine, process, "pyproject.toml") else {
        let folder = process.cwd.clone();
        process.err(machine, &format!("\nPoetry could not find a pyproject.toml file in {folder} or its parents\n"));
        return 1;
    };
    let only_main = words.has(&["--no-dev"])
        || words.values(&["--only"]).any(|groups| groups.split(',').any(|group| group == "main"));
    let without = words.values(&["--without"]).any(|groups| groups.split(',').any(|group| group == "dev"));
    let with_development = !only_main && !without;
    let lock = known_text(machine, process, "poetry.lock");
    let names = match &lock {
        Some(text) => {
            let development = project::development(machine, process);
            let apart = |name: &String| !with_development && development.iter().any(|(other, _)| other == name);
            project::locked(text, with_development).into_iter().filter(|(name, _)| !apart(name)).collect()
        }
        None => {
            let mut names = project::dependencies(machine, process, ".").unwrap_or_default();
            if with_development {
                names.extend(project::development(machine, process));
            }
            names
        }
    };
    let site = environment(machine, process);
    let name = ["python3", "python"].into_iter().find(|name| program(machine, process, name).is_some());
    let python = site::of(machine, process, name.unwrap_or("python3"));
    if site != python
        && machine.fs.stat(&format!("{}/pyvenv.cfg", site.prefix_of_programs()), true, &process.cred).is_err()
    {
        let folder = site.prefix_of_programs().to_string();
        process.out(machine, &format!("Creating virtualenv in {folder}\n"));
        if super::venv::make(machine, process, &python, &folder, false).is_err() {
            return 1;
        }
    }
    process.out(machine, "Installing dependencies from lock file\n");
    let how = How {
        cache: (!words.has(&["--no-cache"])).then(|| format!("{}/artifacts", cache(process))),
        compiles: words.has(&["--compile"]),
        again: false,
    };
    let all = known::Table::read().closure(&names, lock.is_some(), false);
    let missing: Vec<_> = all.into_iter().filter(|part| !install::is_installed(machine, &site, &part.name)).collect();
    if let Err(name) = install::fetch(machine, process, &missing, &how) {
        process.err(machine, &format!("\nAll attempts to connect to the index failed.\n\nProbable Causes:\n - the server is not responding to requests at the moment\n - the hostname cannot be resolved by your DNS ({name})\n"));
        return 1;
    }
    for part in &missing {
        if let Some(text) = install::build(machine, process, part) {
            process.err(machine, &text);
            return 1;
        }
    }
    if install::put(machine, process, &site, &missing, &how).is_err() {
        process.err(machine, &format!("[Errno 13] Permission denied: '{}'\n", site.packages));
        return 1;
    }
    process.out(machine, &format!("\nPackage operations: {} installs, 0 updates, 0 removals\n\n", missing.len()));
    let is_package = !manifest.contains("package-mode = false") && !words.has(&["--no-root", "--only-root"]);
    if is_package && (manifest.contains("[tool.poetry]") || manifest.contains("[project]")) {
        let name = project::section(&manifest, "project").into_iter().chain(project::section(&manifest, "tool.poetry"));
        let name = name.into_iter().find_map(|line| line.strip_prefix("name")?.split(['"', '\'']).nth(1));
        process.out(machine, &format!("Installing the current project: {}\n", name.unwrap_or("app")));
    }
    0
}
