//! pipenv: what Pipfile.lock lists, into an environment of its own or into the image's Python.

use crate::process::{Machine, Process};

use super::super::input::not_modelled;
use super::super::pace::{home, program};
use super::super::words::Words;
use super::install::{self, How};
use super::{known, project, site};

pub fn pipenv(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), &["--python", "--index", "-r", "--categories"]);
    if words.has(&["--version"]) {
        process.out(machine, "pipenv, version 2025.0.4\n");
        return 0;
    }
    let Some((command, _)) = words.operands.split_first() else { return 0 };
    if !matches!(command.as_str(), "install" | "sync") {
        not_modelled(machine, process, command);
        return 0;
    }
    let has_lock = machine.fs.stat(&process.path("Pipfile.lock"), true, &process.cred).is_ok();
    if !has_lock && (words.has(&["--deploy", "--ignore-pipfile"]) || command == "sync") {
        process.err(machine, "Pipfile.lock not found! You need to run $ pipenv lock before you can continue.\n");
        return 1;
    }
    let with_development = words.has(&["--dev", "-d"]);
    let Some(names) = project::pipfile(machine, process, with_development) else {
        process.err(machine, "Pipfile not found!\n");
        return 1;
    };
    let name = ["python3", "python"].into_iter().find(|name| program(machine, process, name).is_some());
    let python = site::of(machine, process, name.unwrap_or("python3"));
    let in_project = process.env.get("PIPENV_VENV_IN_PROJECT").is_some_and(|value| value != "0");
    let site = if words.has(&["--system"]) || python.is_venv {
        python.clone()
    } else {
        let project = process.cwd.rsplit('/').next().unwrap_or("app");
        let folder = match in_project {
            true => process.path(".venv"),
            false => format!("{}/.local/share/virtualenvs/{project}", home(process)),
        };
        if super::venv::make(machine, process, &python, &folder, true).is_err() {
            return 1;
        }
        site::at(machine, process, &folder)
    };
    let how = How { cache: Some(install::cache_folder(process, None)), compiles: true, again: false };
    let how = if super::is_on(process, &words, "--no-cache-dir") { How { cache: None, ..how } } else { how };
    process.out(machine, "Installing dependencies from Pipfile.lock...\n");
    let all = known::Table::read().closure(&names, has_lock, false);
    let missing: Vec<_> = all.into_iter().filter(|part| !install::is_installed(machine, &site, &part.name)).collect();
    if let Err(name) = install::fetch(machine, process, &missing, &how) {
        process.err(machine, &format!("ERROR: No matching distribution found for {name}\n"));
        return 1;
    }
    for part in &missing {
        if let Some(text) = install::build(machine, process, part) {
            process.err(machine, &text);
            return 1;
        }
    }
    i32::from(install::put(machine, process, &site, &missing, &how).is_err())
}
