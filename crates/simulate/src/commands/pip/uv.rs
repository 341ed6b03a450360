//! uv: the interface of pip, and projects with a lock file.

use crate::process::{Machine, Process};

use super::super::input::not_modelled;
use super::super::pace::{home, known_text, program};
use super::super::words::Words;
use super::install::{self, How};
use super::site::{self, Site};
use super::{VALUED, known, project, requirement};

pub fn uv(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut valued = VALUED.to_vec();
    valued.extend([
        "--extra",
        "--package",
        "--directory",
        "--project",
        "--link-mode",
        "-p",
        "--no-group",
        "--only-group",
        "-o",
        "--output-file",
    ]);
    let words = Words::read(process.operands(), &valued);
    if let Some(folder) = words.value(&["--directory", "--project"]) {
        process.cwd = process.path(folder);
    }
    if words.has(&["--version", "-V"]) {
        process.out(machine, "uv 0.9.11\n");
        return 0;
    }
    let Some((command, names)) = words.operands.split_first() else { return 0 };
    match command.as_str() {
        "pip" => pip(machine, process, &words, names),
        "venv" => {
            let folder = process.path(names.first().map_or(".venv", String::as_str));
            let python = python_of(machine, process);
            process.err(
                machine,
                &format!("Using CPython {}\nCreating virtual environment at: {folder}\n", python.version),
            );
            i32::from(super::venv::make(machine, process, &python, &folder, words.has(&["--seed"])).is_err())
        }
        "sync" => sync(machine, process, &words, &[]),
        "add" => sync(machine, process, &words, names),
        "lock" | "export" => {
            not_modelled(machine, process, command);
            0
        }
        "run" => {
            let status = sync(machine, process, &words, &[]);
            if status != 0 {
                return status;
            }
            let rest = process.operands().iter().skip_while(|word| *word != "run").skip(1);
            let line: Vec<String> = rest.skip_while(|word| word.starts_with('-')).cloned().collect();
            let mut child = process.clone();
            let path = process.env.get("PATH").cloned().unwrap_or_default();
            child.env.insert("PATH".to_string(), format!("{}:{path}", process.path(".venv/bin")));
            super::super::start::start(machine, &child, line)
        }
        "tool" => match names.split_first() {
            Some((action, names)) if action == "install" => {
                let python = python_of(machine, process);
                let folder = format!("{}/.local", home(process));
                let site = site::elsewhere(&python, None, Some(folder));
                put(machine, process, &words, &site, &parse(names), false)
            }
            _ => 0,
        },
        "cache" => {
            let _ = machine.fs.remove_all(&cache(process), &process.cred);
            0
        }
        "python" | "self" | "init" | "tree" | "version" | "build" | "publish" | "remove" | "help" => {
            not_modelled(machine, process, command);
            0
        }
        other => {
            process.err(machine, &format!("error: unrecognized subcommand '{other}'\n\nUsage: uv [OPTIONS] <COMMAND>\n\nFor more information, try '--help'.\n"));
            2
        }
    }
}

/// uvx: a program of a package that is fetched for it.
pub fn uvx(machine: &mut Machine, process: &mut Process) -> i32 {
    let name = process.operands().iter().find(|word| !word.starts_with('-')).cloned().unwrap_or_default();
    not_modelled(machine, process, &name);
    0
}

fn cache(process: &Process) -> String {
    process.env.get("UV_CACHE_DIR").cloned().unwrap_or_else(|| format!("{}/.cache/uv", home(process)))
}

fn python_of(machine: &Machine, process: &Process) -> Site {
    let name = ["python3", "python"].into_iter().find(|name| program(machine, process, name).is_some());
    site::of(machine, process, name.unwrap_or("python3"))
}

fn parse(names: &[String]) -> Vec<(String, String)> {
    let parsed = names.iter().filter_map(|name| match requirement::parse(name)? {
        requirement::Requirement::Named(name, version) => Some((name, version)),
        _ => None,
    });
    parsed.collect()
}

/// `uv pip install`: into an active or a local virtual environment, or with `--system`.
fn pip(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    let Some((action, names)) = names.split_first() else { return 2 };
    let system = words.has(&["--system"]) || process.env.get("UV_SYSTEM_PYTHON").is_some_and(|value| value != "0");
    let venv = process.env.get("VIRTUAL_ENV").cloned().or_else(|| {
        let local = process.path(".venv");
        machine.fs.stat(&format!("{local}/pyvenv.cfg"), true, &process.cred).is_ok().then_some(local)
    });
    let found = python_of(machine, process);
    let site = match venv.filter(|_| !system) {
        Some(venv) => site::at(machine, process, &venv),
        None if system || found.is_venv => found,
        None if words.value(&["--python", "-p", "--target", "-t", "--prefix"]).is_some() => found,
        None => {
            process.err(machine, "error: No virtual environment found; run `uv venv` to create an environment, or pass `--system` to install into a non-virtual environment\n");
            return 2;
        }
    };
    if system
        && !words.has(&["--break-system-packages"])
        && let Some(_) = site::managed(machine, &site)
    {
        process.err(machine, &format!("error: The interpreter at {} is externally managed, and indicates the following:\n\n  To install Python packages system-wide, try apt install\n  python3-xyz, where xyz is the package you are trying to\n  install.\n\nConsider creating a virtual environment with `uv venv`.\n", site.prefix));
        return 2;
    }
    let target = words.value(&["-t", "--target"]).map(|path| process.path(path));
    let site = site::elsewhere(&site, target, words.value(&["--prefix"]).map(|path| process.path(path)));
    match action.as_str() {
        "install" | "sync" => {
            let mut wanted = match super::wanted(machine, process, words, if action == "sync" { &[] } else { names }) {
                Ok(wanted) => wanted,
                Err(_) if action == "sync" => Vec::new(),
                Err(status) => return status,
            };
            if action == "sync" {
                for file in names {
                    wanted.extend(requirement::read_file(machine, process, file, 0).unwrap_or_default());
                }
            }
            match super::named(machine, process, &wanted) {
                Ok(names) => put(machine, process, words, &site, &names, action == "sync"),
                Err(status) => status,
            }
        }
        "uninstall" => {
            for name in names {
                install::remove(machine, &site, &requirement::normal(name), &process.cred);
            }
            0
        }
        _ => 0,
    }
}

/// Installs with uv's words and cache; it does not compile unless it is told to.
fn put(
    machine: &mut Machine,
    process: &Process,
    words: &Words,
    site: &Site,
    names: &[(String, String)],
    alone: bool,
) -> i32 {
    let compiles = words.has(&["--compile-bytecode", "--compile"])
        || process.env.get("UV_COMPILE_BYTECODE").is_some_and(|value| value != "0");
    let keeps = !words.has(&["--no-cache", "-n"]) && !process.env.contains_key("UV_NO_CACHE");
    let how = How { cache: keeps.then(|| cache(process)), compiles, again: false };
    let all = known::Table::read().closure(names, alone || words.has(&["--no-deps"]), false);
    let missing: Vec<_> = all.into_iter().filter(|part| !install::is_installed(machine, site, &part.name)).collect();
    if missing.is_empty() {
        return 0;
    }
    if let Err(name) = install::fetch(machine, process, &missing, &how) {
        process.err(machine, &format!("  × Failed to fetch: `{name}`\n  ├─▶ Request failed after 3 retries\n  ╰─▶ dns error: failed to lookup address information: Temporary failure in name resolution\n"));
        return 1;
    }
    for part in &missing {
        if let Some(text) = install::build(machine, process, part) {
            process.err(machine, &format!("  × Failed to build `{}`\n{text}", part.name));
            return 1;
        }
    }
    if let Err(errno) = install::put(machine, process, site, &missing, &how) {
        process.err(machine, &format!("error: Failed to install: {errno} (os error 13)\n"));
        return 2;
    }
    let lines: String = missing.iter().map(|part| format!(" + {}=={}\n", part.name, part.version)).collect();
    let count = missing.len();
    process.err(machine, &format!("Installed {count} package{}\n{lines}", if count == 1 { "" } else { "s" }));
    0
}

/// `uv sync`: the project's .venv gets what the lock file lists.
fn sync(machine: &mut Machine, process: &Process, words: &Words, added: &[String]) -> i32 {
    if machine.fs.stat(&process.path("pyproject.toml"), true, &process.cred).is_err() {
        process.err(machine, "error: No `pyproject.toml` found in current directory or any parent directory\n");
        return 2;
    }
    let lock = known_text(machine, process, "uv.lock");
    if lock.is_none() && words.has(&["--frozen", "--locked"]) {
        process.err(
            machine,
            "error: Unable to find lockfile at `uv.lock`. To create a lockfile, run `uv lock` or `uv sync`.\n",
        );
        return 2;
    }
    let with_development = !words.has(&["--no-dev"]) && !process.env.contains_key("UV_NO_DEV");
    let mut names = parse(added);
    match &lock {
        Some(text) => {
            let development = project::development(machine, process);
            let apart = |name: &String| !with_development && development.iter().any(|(other, _)| other == name);
            names.extend(project::locked(text, true).into_iter().filter(|(name, _)| !apart(name)));
        }
        None => {
            names.extend(project::dependencies(machine, process, ".").unwrap_or_default());
            if with_development {
                names.extend(project::development(machine, process));
            }
        }
    }
    let folder =
        process.env.get("UV_PROJECT_ENVIRONMENT").map_or_else(|| process.path(".venv"), |path| process.path(path));
    if machine.fs.stat(&format!("{folder}/lib"), true, &process.cred).is_err() {
        let python = python_of(machine, process);
        if super::venv::make(machine, process, &python, &folder, false).is_err() {
            process.err(
                machine,
                &format!("error: failed to create directory `{folder}`: Permission denied (os error 13)\n"),
            );
            return 2;
        }
    }
    let site = site::at(machine, process, &folder);
    put(machine, process, words, &site, &names, lock.is_some())
}
