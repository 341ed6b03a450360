//! The scripts of package.json: `npm run`, and those that an install runs by itself.

use crate::process::{Machine, Process};

use super::super::json::Json;
use super::super::words::Words;
use super::manifest::{self, script, text};

/// What npm runs of the manifest once the packages are there (docs of npm, "scripts": npm install, npm ci).
pub const AFTER_INSTALL: &[&str] = &["install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];

/// Which tool runs a script: that is how it is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// npm, and pnpm, which names the folder too.
    Npm,
    /// pnpm.
    Pnpm,
    /// yarn 1.
    Yarn,
    /// yarn 2 and later.
    Berry,
}

/// Runs a script of the manifest with the shell, as a child of `process`.
pub fn run(
    machine: &mut Machine,
    process: &Process,
    manifest: &Json,
    name: &str,
    command: &str,
    arguments: &[String],
    runner: Runner,
) -> i32 {
    let extra: String = arguments.iter().map(|word| format!(" {}", quoted(word))).collect();
    let line = format!("{command}{extra}");
    let version = text(manifest, "version");
    let package = match version {
        "" => text(manifest, "name").to_string(),
        _ => format!("{}@{version}", text(manifest, "name")),
    };
    match runner {
        Runner::Npm => process.out(machine, &format!("\n> {package} {name}\n> {line}\n\n")),
        Runner::Pnpm => process.out(machine, &format!("\n> {package} {name} {}\n> {line}\n\n", process.cwd)),
        Runner::Yarn => process.out(machine, &format!("$ {line}\n")),
        Runner::Berry => true,
    };
    let mut child = process.clone();
    let path = process.env.get("PATH").cloned().unwrap_or_default();
    let above: String = ancestors(&process.cwd).map(|folder| format!("{folder}/node_modules/.bin:")).collect();
    child.env.insert("PATH".to_string(), format!("{above}{path}"));
    child.env.insert("npm_lifecycle_event".to_string(), name.to_string());
    child.env.insert("npm_lifecycle_script".to_string(), command.to_string());
    child.env.insert("npm_package_name".to_string(), text(manifest, "name").to_string());
    child.env.insert("npm_package_version".to_string(), version.to_string());
    child.env.insert("npm_node_execpath".to_string(), "/usr/local/bin/node".to_string());
    child.args = vec!["sh".to_string(), "-c".to_string(), line];
    super::super::pace::resolve(machine, 250);
    super::super::start::start_child(machine, process, child)
}

/// A folder and those above it, the deepest first.
fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    let folder = folder.trim_end_matches('/');
    std::iter::successors(Some(folder), |folder| folder.rsplit_once('/').map(|(above, _)| above))
}

fn quoted(word: &str) -> String {
    let plain = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c));
    if plain { word.to_string() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// The scripts that an install runs, until one fails; its words on the failure are npm's.
pub fn lifecycle(machine: &mut Machine, process: &Process, manifest: &Json, names: &[&str], words: &Words) -> i32 {
    let setting = ["npm_config_ignore_scripts", "NPM_CONFIG_IGNORE_SCRIPTS"];
    let ignored = setting.iter().any(|name| process.env.get(*name).is_some_and(|value| value == "true"));
    if ignored || words.has(&["--ignore-scripts"]) {
        return 0;
    }
    for name in names {
        let Some(command) = script(manifest, name) else { continue };
        let status = run(machine, process, manifest, name, &command, &[], Runner::Npm);
        if status != 0 {
            let folder = process.cwd.clone();
            process.err(machine, &format!("npm error code {status}\nnpm error path {folder}\nnpm error command failed\nnpm error command sh -c {command}\n"));
            return status;
        }
    }
    0
}

/// `npm run NAME`: with what stands before and after it.
pub fn run_named(machine: &mut Machine, process: &Process, words: &Words, name: &str, arguments: &[String]) -> i32 {
    let manifest = match manifest::read(machine, process) {
        Ok(manifest) => manifest,
        Err(fault) => return manifest::complain(machine, process, fault),
    };
    if script(&manifest, name).is_none() {
        let server = machine.fs.stat(&process.path("server.js"), true, &process.cred).is_ok();
        if name == "start" && server {
            return run(machine, process, &manifest, name, "node server.js", arguments, Runner::Npm);
        }
        if words.has(&["--if-present"]) {
            return 0;
        }
        let similar = match name {
            "start" => {
                "npm error Did you mean one of these?\nnpm error   npm star # Mark your favorite packages\nnpm error   npm stars # View packages marked as favorites\nnpm error\n"
            }
            _ => "",
        };
        process.err(machine, &format!("npm error Missing script: \"{name}\"\nnpm error\n{similar}npm error To see a list of scripts, run:\nnpm error   npm run\n"));
        return 1;
    }
    for (event, extra) in [(format!("pre{name}"), &[][..]), (name.to_string(), arguments), (format!("post{name}"), &[])]
    {
        let Some(command) = script(&manifest, &event) else { continue };
        let status = run(machine, process, &manifest, &event, &command, extra, Runner::Npm);
        if status != 0 {
            return status;
        }
    }
    0
}

/// `npm run` without a name: the list of scripts.
pub fn list(machine: &mut Machine, process: &Process) -> i32 {
    let manifest = match manifest::read(machine, process) {
        Ok(manifest) => manifest,
        Err(fault) => return manifest::complain(machine, process, fault),
    };
    let scripts = manifest.get("scripts").map_or(&[][..], Json::entries);
    let lines: String = scripts
        .iter()
        .map(|(name, command)| format!("  {name}\n    {}\n", command.text().unwrap_or_default()))
        .collect();
    let package = format!("{}@{}", text(&manifest, "name"), text(&manifest, "version"));
    process.out(machine, &format!("Scripts available in {package} via `npm run`:\n{lines}"));
    0
}
