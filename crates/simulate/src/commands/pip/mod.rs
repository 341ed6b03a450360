//! pip, python -m venv, uv, poetry, pipenv: estimated from measured installs with Python 3.12.
//!
//! Requirements ([`requirement`]) become distributions with sizes ([`known`]), which go into the Python that the call is
//! for ([`site`]); what has no wheel needs a compiler ([`install`]).

use std::collections::BTreeMap;

use crate::process::{Machine, Process};

use super::input::not_modelled;
use super::words::Words;

mod install;
mod known;
mod pipenv;
mod poetry;
mod project;
mod python;
mod requirement;
mod site;
mod uv;
mod venv;
mod wheels;

pub use pipenv::pipenv;
pub use poetry::poetry;
pub use python::{python, python_program};
pub use uv::{uv, uvx};
pub use venv::virtualenv;

use install::How;
use requirement::Requirement;
use site::Site;
use wheels::{wheels, wheels_here};

/// The options of pip that take a value.
const VALUED: &[&str] = &[
    "-r",
    "--requirement",
    "-c",
    "--constraint",
    "-t",
    "--target",
    "--prefix",
    "-e",
    "--editable",
    "-i",
    "--index-url",
    "--extra-index-url",
    "-f",
    "--find-links",
    "-w",
    "--wheel-dir",
    "-d",
    "--dest",
    "--cache-dir",
    "--timeout",
    "--default-timeout",
    "--retries",
    "--root-user-action",
    "--trusted-host",
    "--only-binary",
    "--no-binary",
    "--python",
    "--platform",
    "--python-version",
    "--implementation",
    "--abi",
    "--progress-bar",
    "--proxy",
    "--cert",
    "--log",
    "--root",
    "--upgrade-strategy",
    "--global-option",
    "--config-settings",
    "-C",
    "--group",
    "--path",
];

pub fn pip(machine: &mut Machine, process: &mut Process) -> i32 {
    let called = process.args.first().cloned().unwrap_or_default();
    let site = site::of(machine, process, &called);
    let operands = process.operands().to_vec();
    run(machine, process, &site, &operands)
}

/// Runs pip for a Python.
pub fn run(machine: &mut Machine, process: &Process, site: &Site, arguments: &[String]) -> i32 {
    let words = Words::read(arguments, VALUED);
    if words.has(&["-V", "--version"]) {
        process.out(machine, &format!("pip 25.0.1 from {}/pip (python {})\n", site.packages, site.version));
        return 0;
    }
    let Some((command, names)) = words.operands.split_first() else {
        process.out(machine, "\nUsage:   \n  pip <command> [options]\n");
        return 0;
    };
    match command.as_str() {
        "install" => install_all(machine, process, site, &words, names),
        "download" | "wheel" => wheels(machine, process, site, &words, command, names),
        "uninstall" => uninstall(machine, process, site, &words, names),
        "cache" => {
            if names.first().is_some_and(|action| action == "purge") {
                let folder = install::cache_folder(process, words.value(&["--cache-dir"]));
                let _ = machine.fs.remove_all(&folder, &process.cred);
                process.out(machine, "Files removed\n");
            }
            0
        }
        "freeze" | "list" | "show" => list(machine, process, site, command),
        "check" | "config" | "debug" | "hash" | "help" | "inspect" | "index" | "search" | "completion" => 0,
        other => {
            process.err(machine, &format!("ERROR: unknown command \"{other}\"\n"));
            1
        }
    }
}

/// Whether an option is on, by word or by pip's variable of the environment.
fn is_on(process: &Process, words: &Words, option: &str) -> bool {
    let variable = format!("PIP_{}", option.trim_start_matches('-').to_uppercase().replace('-', "_"));
    let set = process.env.get(&variable).map(|value| value.to_lowercase());
    words.has(&[option])
        || set.is_some_and(|value| !matches!(value.as_str(), "" | "0" | "off" | "no" | "false" | "n" | "f"))
}

/// How pip's options say that an install is done.
fn how(process: &Process, words: &Words) -> How {
    let keeps = !is_on(process, words, "--no-cache-dir") && words.value(&["--cache-dir"]) != Some("");
    How {
        cache: keeps.then(|| install::cache_folder(process, words.value(&["--cache-dir"]))),
        compiles: !is_on(process, words, "--no-compile"),
        again: words.has(&["-U", "--upgrade", "--force-reinstall"]),
    }
}

/// What the command line and its files ask for; the error is the exit status.
fn wanted(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> Result<Vec<Requirement>, i32> {
    let mut found = Vec::new();
    for file in words.values(&["-r", "--requirement"]) {
        match requirement::read_file(machine, process, file, 0) {
            Ok(requirements) => found.extend(requirements),
            Err(path) => {
                process.err(
                    machine,
                    &format!(
                        "ERROR: Could not open requirements file: [Errno 2] No such file or directory: '{path}'\n"
                    ),
                );
                return Err(1);
            }
        }
    }
    found.extend(names.iter().filter_map(|name| requirement::parse(name)));
    found.extend(words.values(&["-e", "--editable"]).map(|path| match path.contains("://") {
        true => Requirement::Address(path.to_string()),
        false => Requirement::Folder(path.to_string()),
    }));
    if names.is_empty() && words.value(&["-r", "--requirement", "-e", "--editable", "--group"]).is_none() {
        process.err(machine, "ERROR: You must give at least one requirement to install (see \"pip help install\")\n");
        return Err(1);
    }
    Ok(found)
}

/// The names of requirements; folders give those of their project, addresses what a project is taken for.
fn named(machine: &mut Machine, process: &Process, requirements: &[Requirement]) -> Result<Vec<(String, String)>, i32> {
    let mut names = Vec::new();
    for requirement in requirements {
        match requirement {
            Requirement::Named(name, version) => names.push((name.clone(), version.clone())),
            Requirement::Folder(path) => match project::dependencies(machine, process, path) {
                Some(project) => names.extend(project),
                None => {
                    let path = path.split('[').next().unwrap_or(path);
                    let script = process.path(&super::input::join(path, "setup.py"));
                    if crate::unlisted::bytes(machine.fs, &script).is_some() {
                        // a clone's files are not known by name: nor is what its project needs
                        super::input::not_modelled(machine, process, &format!("install {path}"));
                        continue;
                    }
                    let text = match machine.fs.stat(&process.path(path), true, &process.cred) {
                        Ok(_) => format!(
                            "ERROR: Directory '{path}' is not installable. Neither 'setup.py' nor 'pyproject.toml' found.\n"
                        ),
                        Err(_) => format!(
                            "ERROR: Invalid requirement: '{path}': Expected package name at the start of dependency specifier\nHint: It looks like a path. File '{path}' does not exist.\n"
                        ),
                    };
                    process.err(machine, &text);
                    return Err(1);
                }
            },
            Requirement::File(path) => {
                // a pattern that the shell left as it is, or a wheel of an earlier step
                let file = path.rsplit('/').next().unwrap_or(path);
                let mut parts = file.split('-');
                let name = requirement::normal(parts.next().unwrap_or(file));
                names.push((name, parts.next().unwrap_or_default().to_string()));
            }
            Requirement::Address(address) => {
                if address.starts_with("git+") && super::pace::program(machine, process, "git").is_none() {
                    process.err(
                        machine,
                        "ERROR: Cannot find command 'git' - do you have 'git' installed and in your PATH?\n",
                    );
                    return Err(1);
                }
                let last = address.trim_start_matches("git+").split(['@', '#', '?']).next().unwrap_or(address);
                let name = last.rsplit('/').next().unwrap_or(last).trim_end_matches(".git");
                names.push((requirement::normal(name), String::new()));
            }
        }
    }
    Ok(names)
}

fn install_all(machine: &mut Machine, process: &Process, site: &Site, words: &Words, names: &[String]) -> i32 {
    let requirements = match wanted(machine, process, words, names) {
        Ok(requirements) => requirements,
        Err(status) => return status,
    };
    let target = words
        .value(&["-t", "--target"])
        .map(|path| process.path(path))
        .or_else(|| process.env.get("PIP_TARGET").cloned());
    let prefix = words.value(&["--prefix"]).map(|path| process.path(path));
    let is_here = target.is_none() && prefix.is_none() && words.value(&["--root"]).is_none();
    if is_here
        && !is_on(process, words, "--break-system-packages")
        && let Some(text) = site::managed(machine, site)
    {
        process.err(machine, &text);
        return 1;
    }
    let user = (is_on(process, words, "--user") && !site.is_venv).then(|| {
        let base = process.env.get("PYTHONUSERBASE").cloned();
        base.unwrap_or_else(|| format!("{}/.local", super::pace::home(process)))
    });
    let mut site = site::elsewhere(site, target, prefix.or(user));
    let can_write = machine.fs.access(&parent_of(machine, &site.packages), false, true, false, &process.cred);
    if is_here && !can_write && !site.is_venv {
        process.out(machine, "Defaulting to user installation because normal site-packages is not writeable\n");
        site = site::elsewhere(&site, None, Some(format!("{}/.local", super::pace::home(process))));
    }
    let names = match named(machine, process, &requirements) {
        Ok(names) => names,
        Err(status) => return status,
    };
    let files = requirements.iter().filter_map(|requirement| match requirement {
        Requirement::File(path) => Some(path.as_str()),
        _ => None,
    });
    let here = wheels_here(machine, process, words, files);
    install_named(machine, process, &site, words, &names, &here)
}

/// The folder itself, or the nearest one above that is there.
fn parent_of(machine: &Machine, folder: &str) -> String {
    let mut folder = folder.to_string();
    while machine.fs.stat(&folder, true, &filesystem::Cred::root()).is_err() {
        let Some((above, _)) = folder.rsplit_once('/') else { break };
        folder = if above.is_empty() { "/".to_string() } else { above.to_string() };
    }
    folder
}

/// Installs named requirements into a site, with pip's words.
fn install_named(
    machine: &mut Machine,
    process: &Process,
    site: &Site,
    words: &Words,
    names: &[(String, String)],
    here: &BTreeMap<String, String>,
) -> i32 {
    let how = how(process, words);
    let quiet = words.has(&["-q", "--quiet"]);
    let links: Vec<&str> = words.values(&["-f", "--find-links"]).collect();
    if !quiet && !links.is_empty() {
        process.out(machine, &format!("Looking in links: {}\n", links.join(", ")));
    }
    let index = words.values(&["-i", "--index-url", "--extra-index-url"]).any(|address| address.ends_with("/cpu"));
    let all = known::Table::read().closure(names, words.has(&["--no-deps"]), index);
    let asked = |name: &str| names.iter().any(|(wanted, _)| wanted.split('[').next() == Some(name));
    let mut missing = Vec::new();
    for mut part in all {
        if let Some(path) = here.get(&part.name) {
            part.is_here = true;
            let version = path.rsplit('/').next().and_then(|file| file.split('-').nth(1));
            part.version = version.map_or(part.version, str::to_owned);
        }
        if install::is_installed(machine, site, &part.name) && !(how.again && asked(&part.name)) {
            if !quiet {
                process.out(machine, &format!("Requirement already satisfied: {} in {}\n", part.name, site.packages));
            }
        } else {
            missing.push(part);
        }
    }
    if missing.is_empty() {
        return 0;
    }
    let offline = is_on(process, words, "--no-index");
    let absent = missing.iter().find(|part| offline && !part.is_here).map(|part| part.name.clone());
    let fetched = absent.map_or_else(|| install::fetch(machine, process, &missing, &how), Err);
    if let Err(name) = fetched {
        let name = names.first().map_or(name, |(name, _)| name.clone());
        process.err(machine, &format!("ERROR: Could not find a version that satisfies the requirement {name} (from versions: none)\nERROR: No matching distribution found for {name}\n"));
        return 1;
    }
    for part in &missing {
        if let Some(path) = here.get(&part.name) {
            let below = path.strip_prefix(&process.cwd).and_then(|rest| rest.strip_prefix('/'));
            let shown = below.map_or_else(|| path.clone(), |rest| format!("./{rest}"));
            if !quiet {
                process.out(machine, &format!("Processing {shown}\n"));
            }
        } else if !quiet {
            let ending = if install::is_source(&part.name) { ".tar.gz" } else { "-py3-none-any.whl" };
            let wheel = format!("{}-{}{ending}", install::module(&part.name), part.version);
            let size = super::estimate::decimal(part.size.wheel);
            process.out(machine, &format!("Collecting {}\n  Downloading {wheel} ({size})\n", part.name));
        }
        if let Some(text) = install::build(machine, process, part) {
            process.err(machine, &text);
            return 1;
        }
    }
    if let Err(errno) = install::put(machine, process, site, &missing, &how) {
        let path = &site.packages;
        process.err(machine, &format!("ERROR: Could not install packages due to an OSError: [Errno 13] {errno}: '{path}'\nCheck the permissions.\n\n"));
        return 1;
    }
    if !quiet {
        let names: Vec<&str> = missing.iter().map(|part| part.name.as_str()).collect();
        let versions: Vec<String> = missing.iter().map(|part| format!("{}-{}", part.name, part.version)).collect();
        process.out(
            machine,
            &format!(
                "Installing collected packages: {}\nSuccessfully installed {}\n",
                names.join(", "),
                versions.join(" ")
            ),
        );
    }
    let silent = words.value(&["--root-user-action"]).is_some() || process.env.contains_key("PIP_ROOT_USER_ACTION");
    if process.cred.uid == 0 && !site.is_venv && !silent {
        process.err(machine, "WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager, possibly rendering your system unusable. It is recommended to use a virtual environment instead: https://pip.pypa.io/warnings/venv. Use the --root-user-action option if you know what you are doing and want to suppress this warning.\n");
    }
    0
}

fn uninstall(machine: &mut Machine, process: &Process, site: &Site, words: &Words, names: &[String]) -> i32 {
    if !words.has(&["-y", "--yes"]) {
        process.err(machine, "ERROR: Exception:\nEOFError: EOF when reading a line\n");
        return 2;
    }
    if !is_on(process, words, "--break-system-packages")
        && let Some(text) = site::managed(machine, site)
    {
        process.err(machine, &text);
        return 1;
    }
    for name in names.iter().map(|name| requirement::normal(name)) {
        if install::remove(machine, site, &name, &process.cred) {
            process.out(
                machine,
                &format!(
                    "Found existing installation: {name}\nUninstalling {name}:\n  Successfully uninstalled {name}\n"
                ),
            );
        } else if matches!(name.as_str(), "pip" | "setuptools" | "wheel") {
            // those of the image lie among its other files
            not_modelled(machine, process, &format!("uninstall {name}"));
        } else {
            process.err(machine, &format!("WARNING: Skipping {name} as it is not installed.\n"));
        }
    }
    0
}

/// What is installed, by the folders that say so.
fn list(machine: &mut Machine, process: &Process, site: &Site, command: &str) -> i32 {
    let names = machine.fs.read_dir(&site.packages, &process.cred).unwrap_or_default();
    let parts = names.iter().filter_map(|name| name.strip_suffix(".dist-info")?.split_once('-'));
    let separator = if command == "freeze" { "==" } else { " " };
    let lines: String =
        parts.map(|(name, version)| format!("{}{separator}{version}\n", name.replace('_', "-"))).collect();
    process.out(machine, &lines);
    0
}
