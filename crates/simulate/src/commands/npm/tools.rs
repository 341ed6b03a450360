//! The programs of packages that scripts call.

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, place_as};
use super::super::json::Json;
use super::super::pace::{compile, program, resolve};
use super::super::words::Words;
use super::manifest::{self, script, text, workspaces};
use super::scripts::{self, Runner};

/// The engine and client that prisma makes for a schema, in bytes (prisma 6; one engine for one platform).
const PRISMA_CLIENT: u64 = 18_000_000;

/// Whether node is there to run it; else complains as the kernel's `#!` does.
fn needs_node(machine: &mut Machine, process: &Process) -> Option<i32> {
    if program(machine, process, "node").is_some() || machine.fs.stat("/usr/bin/node", true, &process.cred).is_ok() {
        return None;
    }
    let text = if super::super::input::is_busybox(machine) {
        "env: can't execute 'node': No such file or directory\n"
    } else {
        "/usr/bin/env: ‘node’: No such file or directory\n"
    };
    process.err(machine, text);
    Some(127)
}

/// vite, next, tsc and the like.
pub fn build_tool(machine: &mut Machine, process: &mut Process) -> i32 {
    if let Some(status) = needs_node(machine, process) {
        return status;
    }
    let name = process.name().to_string();
    match name.as_str() {
        "tsc" | "vue-tsc" => super::emit::tsc(machine, process),
        "nest" if process.operands().first().is_some_and(|word| word == "build") => {
            let project = ["tsconfig.build.json", "tsconfig.json"]
                .into_iter()
                .find(|name| machine.fs.stat(&process.path(name), true, &process.cred).is_ok());
            process.args = ["tsc", "-p", project.unwrap_or("tsconfig.json")].map(str::to_string).to_vec();
            super::emit::tsc(machine, process)
        }
        _ => super::build::run(machine, process, &name),
    }
}

/// eslint, prettier, test runners: they write nothing, and are taken to find nothing.
pub fn check_tool(machine: &mut Machine, process: &mut Process) -> i32 {
    if let Some(status) = needs_node(machine, process) {
        return status;
    }
    estimated(machine);
    compile(machine, 2_000);
    0
}

/// cross-env, dotenv: sets variables and runs the rest.
pub fn cross_env(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut child = process.clone();
    let words = process.operands();
    let assignments = words.iter().take_while(|word| word.contains('=') && !word.starts_with('-')).count();
    for word in words.iter().take(assignments) {
        if let Some((name, value)) = word.split_once('=') {
            child.env.insert(name.to_string(), value.to_string());
        }
    }
    child.args = words.iter().skip(assignments).filter(|word| *word != "--").cloned().collect();
    if child.args.is_empty() {
        return 0;
    }
    super::super::start::start_child(machine, process, child)
}

/// rimraf, del-cli: removes what is named.
pub fn rimraf(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), &["--max-retries", "--retry-delay"]);
    resolve(machine, 80);
    for name in &words.operands {
        if name.contains('*') {
            super::super::input::not_modelled(machine, process, name);
        }
        let _ = machine.fs.remove_all(&process.path(name), &process.cred);
    }
    0
}

/// `prisma generate` makes a client in node_modules.
pub fn prisma(machine: &mut Machine, process: &mut Process) -> i32 {
    if let Some(status) = needs_node(machine, process) {
        return status;
    }
    let words = Words::read(process.operands(), &["--schema", "--generator"]);
    match words.operands.first().map(String::as_str) {
        Some("generate") => {
            let schema = words.value(&["--schema"]).map(str::to_string);
            let candidates = schema.map_or_else(
                || vec!["prisma/schema.prisma".to_string(), "schema.prisma".to_string()],
                |path| vec![path],
            );
            let found = candidates.iter().any(|path| machine.fs.stat(&process.path(path), true, &process.cred).is_ok());
            if !found {
                process.err(machine, "Error: Could not find Prisma Schema that is required for this command.\n");
                return 1;
            }
            estimated(machine);
            resolve(machine, 1_500);
            let path = process.path("node_modules/.prisma/client/index.js");
            let _ = place_as(machine, &path, "prisma/client", PRISMA_CLIENT, 0o644, &process.cred);
            process.out(machine, "✔ Generated Prisma Client\n");
            0
        }
        Some(other @ ("migrate" | "db" | "studio" | "init")) => {
            let other = other.to_string();
            super::super::input::not_modelled(machine, process, &other);
            0
        }
        _ => 0,
    }
}

/// npm-run-all, run-s, run-p, turbo run, lerna run, nx: scripts by name, here or in every workspace.
pub fn run_scripts(machine: &mut Machine, process: &mut Process) -> i32 {
    let name = process.name().to_string();
    let words = Words::read(process.operands(), &["--filter", "-F", "--scope", "--concurrency", "--names", "-n", "-c"]);
    let Ok(root) = manifest::read(machine, process) else { return 1 };
    let in_all = matches!(name.as_str(), "turbo" | "lerna");
    let verbs = ["run", "run-script", "exec"];
    let wanted: Vec<String> =
        words.operands.iter().filter(|word| !in_all || !verbs.contains(&word.as_str())).cloned().collect();
    if name == "turbo" && words.operands.first().is_some_and(|word| word == "prune") {
        return super::turbo::prune(machine, process, words.has(&["--docker"]));
    }
    if name == "concurrently" {
        for line in &wanted {
            let line = line.replacen("npm:", "npm run ", 1);
            let mut child = process.clone();
            child.args = vec!["sh".to_string(), "-c".to_string(), line];
            let status = super::super::start::start_child(machine, process, child);
            if status != 0 {
                return status;
            }
        }
        return 0;
    }
    for wanted in &wanted {
        let status = if in_all {
            in_workspaces(machine, process, &root, wanted, words.value(&["--filter", "-F", "--scope"]))
        } else {
            by_pattern(machine, process, &root, wanted)
        };
        if status != 0 {
            return status;
        }
    }
    0
}

/// Scripts of this manifest: a name, or `build:*`.
fn by_pattern(machine: &mut Machine, process: &Process, manifest: &Json, wanted: &str) -> i32 {
    let all = manifest.get("scripts").map_or(&[][..], Json::entries);
    let names: Vec<String> = match wanted.strip_suffix('*') {
        Some(start) => all.iter().map(|(name, _)| name.clone()).filter(|name| name.starts_with(start)).collect(),
        None => vec![wanted.to_string()],
    };
    for name in names {
        let Some(command) = script(manifest, &name) else {
            process.err(machine, &format!("ERROR: Task not found: \"{wanted}\"\n"));
            return 1;
        };
        let status = scripts::run(machine, process, manifest, &name, &command, &[], Runner::Npm);
        if status != 0 {
            return status;
        }
    }
    0
}

fn in_workspaces(machine: &mut Machine, process: &Process, root: &Json, wanted: &str, filter: Option<&str>) -> i32 {
    for folder in workspaces(machine, process, root) {
        let Some(manifest) = manifest::read_at(machine, process, &folder) else { continue };
        let own = text(&manifest, "name");
        let fits = filter.is_none_or(|filter| filter.trim_matches(['.', '^']) == own);
        if let Some(command) = script(&manifest, wanted).filter(|_| fits) {
            let mut child = process.clone();
            child.cwd = process.path(&folder);
            let status = scripts::run(machine, &child, &manifest, wanted, &command, &[], Runner::Npm);
            if status != 0 {
                return status;
            }
        }
    }
    0
}
