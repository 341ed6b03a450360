//! npm, npx, yarn, pnpm, bun, corepack, node: estimated from measured installs.
//!
//! An install reads the manifest and the lock file of the working directory, works out which packages go where
//! ([`tree`]), and writes them, the caches and the links to programs as the tool does ([`place`]). Scripts are run by the
//! shell. The tools that they call are modelled where what they write follows from their name ([`tools`]).

use crate::process::{Machine, Process};

use super::input::not_modelled;
use super::json::Json;
use super::words::Words;

mod build;
mod bun;
mod corepack;
mod emit;
mod global;
mod install;
mod known;
mod manifest;
mod node;
mod npx;
mod place;
mod pnpm;
pub mod programs;
mod scripts;
mod tools;
mod tree;
mod turbo;
mod yarn;
mod yarn_run;

pub use bun::{bun, bunx};
pub use corepack::corepack;
pub use node::node;
pub use npx::npx;
pub use pnpm::pnpm;
pub use tools::{build_tool, check_tool, cross_env, prisma, rimraf, run_scripts};
pub use yarn::yarn;

/// The options of npm that take a value.
const VALUED: &[&str] = &[
    "--omit",
    "--include",
    "--only",
    "--also",
    "--cache",
    "--prefix",
    "-C",
    "--loglevel",
    "--registry",
    "--workspace",
    "-w",
    "--location",
    "--userconfig",
    "--install-strategy",
    "--access",
    "--tag",
    "--fetch-retries",
    "--fetch-timeout",
    "--fetch-retry-mintimeout",
    "--fetch-retry-maxtimeout",
    "--maxsockets",
    "--before",
    "--package",
    "-p",
    "--call",
    "-c",
    "--script-shell",
    "--depth",
    "--audit-level",
    "--cpu",
    "--os",
    "--libc",
];

pub fn npm(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), VALUED);
    if words.has(&["-v", "--version"]) {
        process.out(machine, &format!("{}\n", node::npm_version(machine, process)));
        return 0;
    }
    let is_global = words.has(&["-g", "--global"]) || words.value(&["--location"]) == Some("global");
    if let Some(folder) = words.value(&["--prefix", "-C"]).filter(|_| !is_global) {
        process.cwd = process.path(folder);
    }
    let Some((command, names)) = words.operands.split_first() else {
        process.out(machine, "npm <command>\n\nUsage:\n\nnpm install        install all the dependencies in your project\nnpm install <foo>  add the <foo> dependency to your project\nnpm test           run this project's tests\nnpm run <foo>      run the script named <foo>\nnpm <command> -h   quick help on <command>\n");
        return 1;
    };
    match command.as_str() {
        "ci" | "clean-install" | "ic" | "install-clean" => install::ci(machine, process, &words),
        "install" | "i" | "in" | "ins" | "inst" | "insta" | "instal" | "isnt" | "add" => {
            install::install(machine, process, &words, names)
        }
        "install-test" | "it" | "cit" | "install-ci-test" => {
            let status = match command.as_str() {
                "install-test" | "it" => install::install(machine, process, &words, names),
                _ => install::ci(machine, process, &words),
            };
            if status != 0 { status } else { scripts::run_named(machine, process, &words, "test", &[]) }
        }
        "uninstall" | "remove" | "rm" | "r" | "un" | "unlink" => install::uninstall(machine, process, &words, names),
        "update" | "up" | "upgrade" if is_global => install::install(machine, process, &words, names),
        "update" | "up" | "upgrade" => install::install(machine, process, &words, &[]),
        "prune" => install::prune(machine, process, &words),
        "run" | "run-script" | "rum" | "urn" => run(machine, process, &words, names),
        "start" | "test" | "t" | "tst" | "stop" | "restart" => {
            let name = if command.starts_with('t') { "test" } else { command };
            let arguments: Vec<String> = names.iter().chain(&words.rest).cloned().collect();
            scripts::run_named(machine, process, &words, name, &arguments)
        }
        "cache" => cache(machine, process, &words, names),
        "exec" | "x" => npx::exec(machine, process, &words, names),
        "init" | "create" | "innit" => init(machine, process, &words, names),
        "rebuild" | "rb" | "dedupe" | "ddp" | "shrinkwrap" | "pack" | "publish" | "link" | "ln" => {
            not_modelled(machine, process, command);
            0
        }
        "pkg" => pkg(machine, process, names),
        "config" | "c" | "set" | "get" => config(machine, process, command, names),
        "root" | "prefix" | "bin" => {
            let text = if is_global { "/usr/local/lib/node_modules".to_string() } else { process.path("node_modules") };
            process.out(machine, &format!("{}\n", if command == "root" { text } else { "/usr/local".to_string() }));
            0
        }
        // what these say depends on the registry, and they write nothing
        "audit" | "fund" | "ls" | "list" | "ll" | "outdated" | "view" | "info" | "doctor" | "ping" | "whoami"
        | "explain" | "help" | "version" | "search" | "login" | "token" | "query" | "sbom" => 0,
        other => {
            process.err(
                machine,
                &format!("Unknown command: \"{other}\"\n\nTo see a list of supported npm commands, run:\n  npm help\n"),
            );
            1
        }
    }
}

/// `npm run`, in the workspaces that are named too.
fn run(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    let Some((name, arguments)) = names.split_first() else { return scripts::list(machine, process) };
    let arguments: Vec<String> = arguments.iter().chain(&words.rest).cloned().collect();
    let wanted: Vec<&str> = words.values(&["--workspace", "-w"]).collect();
    let all = words.has(&["--workspaces", "-ws"]);
    if wanted.is_empty() && !all {
        return scripts::run_named(machine, process, words, name, &arguments);
    }
    let root = manifest::read(machine, process).unwrap_or(Json::Object(Vec::new()));
    let mut found = false;
    for folder in manifest::workspaces(machine, process, &root) {
        let named = manifest::read_at(machine, process, &folder);
        let package = named.as_ref().map(|manifest| manifest::text(manifest, "name")).unwrap_or_default();
        if !all && !wanted.contains(&package) && !wanted.iter().any(|name| name.trim_start_matches("./") == folder) {
            continue;
        }
        found = true;
        let mut child = process.clone();
        child.cwd = process.path(&folder);
        let status = scripts::run_named(machine, &child, words, name, &arguments);
        if status != 0 {
            return status;
        }
    }
    if found {
        return 0;
    }
    let wanted = wanted.join(" ");
    process.err(machine, &format!("npm error No workspaces found:\nnpm error   --workspace={wanted}\n"));
    1
}

/// `npm cache clean`, `verify`.
fn cache(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    let folder = place::npm_cache(process, words.value(&["--cache"]));
    match names.first().map(String::as_str) {
        Some("clean" | "clear" | "rm") if words.has(&["-f", "--force"]) => {
            process.err(machine, "npm warn using --force Recommended protections disabled.\n");
            let _ = machine.fs.remove_all(&format!("{folder}/_cacache"), &process.cred);
            0
        }
        Some("clean" | "clear" | "rm") => {
            process.err(machine, "npm error As of npm@5, the npm cache self-heals from corruption issues by treating integrity mismatches as cache misses.\nnpm error As a result, data extracted from the cache is guaranteed to be valid.\nnpm error If you want to make sure everything is consistent, use `npm cache verify` instead.\nnpm error Deleting the cache can only make npm go slower, and is not likely to correct any problems you may be encountering!\nnpm error\nnpm error If you're sure you want to delete the entire cache, rerun this command with --force.\n");
            1
        }
        Some("verify") => {
            process.out(machine, "Cache verified and compressed (~/.npm/_cacache)\n");
            0
        }
        _ => {
            process.err(machine, "npm error code EUSAGE\nnpm error\nnpm error Manipulates packages cache\n");
            1
        }
    }
}

/// `npm init -y`; with a name it runs a program of that name.
fn init(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    if let Some(name) = names.first() {
        let program = match name.strip_prefix('@').and_then(|name| name.split_once('/')) {
            Some((scope, name)) => format!("@{scope}/create-{name}"),
            None => format!("create-{name}"),
        };
        not_modelled(machine, process, &format!("init: {program}"));
        return 0;
    }
    let mut json = manifest::read(machine, process).unwrap_or(Json::Object(Vec::new()));
    let folder = process.cwd.rsplit('/').find(|part| !part.is_empty()).unwrap_or("app").to_string();
    let text = |text: &str| Json::Text(text.to_string());
    let test = Json::Object(vec![("test".to_string(), text("echo \"Error: no test specified\" && exit 1"))]);
    let members = [
        ("name", text(&folder)),
        ("version", text("1.0.0")),
        ("description", text("")),
        ("main", text("index.js")),
        ("scripts", test),
        ("keywords", Json::List(Vec::new())),
        ("author", text("")),
        ("license", text("ISC")),
        ("type", text("commonjs")),
    ];
    for (key, value) in members {
        if json.get(key).is_none() {
            json.set(key, value);
        }
    }
    if !words.has(&["-y", "--yes"]) {
        // it asks, and nobody answers
        process.err(machine, "npm error canceled\n");
        return 1;
    }
    manifest::write(machine, process, &json);
    process.out(machine, &format!("Wrote to {}:\n\n{}\n\n", process.path("package.json"), json.pretty()));
    0
}

/// `npm pkg set KEY=VALUE`, `delete KEY`, `get KEY`; keys with dots reach into objects.
fn pkg(machine: &mut Machine, process: &Process, names: &[String]) -> i32 {
    let mut json = match manifest::read(machine, process) {
        Ok(manifest) => manifest,
        Err(fault) => return manifest::complain(machine, process, fault),
    };
    let Some((command, keys)) = names.split_first() else { return 1 };
    for key in keys {
        let (key, value) = key.split_once('=').unwrap_or((key, ""));
        match command.as_str() {
            "get" => {
                let value = key.split('.').try_fold(&json, |json, part| json.get(part));
                let text = value.map_or_else(|| "{}\n".to_string(), Json::pretty);
                process.out(machine, &text);
            }
            "set" | "delete" => change(&mut json, key, (command == "set").then_some(value)),
            _ => not_modelled(machine, process, "pkg"),
        }
    }
    if command == "set" || command == "delete" {
        manifest::write(machine, process, &json);
    }
    0
}

fn change(json: &mut Json, key: &str, value: Option<&str>) {
    let (first, rest) = key.split_once('.').map_or((key, None), |(first, rest)| (first, Some(rest)));
    match rest {
        Some(rest) => {
            let mut inner = json.get(first).cloned().unwrap_or(Json::Object(Vec::new()));
            change(&mut inner, rest, value);
            json.set(first, inner);
        }
        None => match (value, json) {
            (Some(value), json) => json.set(first, Json::Text(value.to_string())),
            (None, Json::Object(members)) => members.retain(|(name, _)| name != first),
            (None, _) => {}
        },
    }
}

/// `npm config set KEY VALUE`: a line of ~/.npmrc.
fn config(machine: &mut Machine, process: &Process, command: &str, names: &[String]) -> i32 {
    let names = if command == "config" || command == "c" { names } else { return set(machine, process, names) };
    match names.split_first() {
        Some((action, names)) if action == "set" => set(machine, process, names),
        // what it is by default is not known to the model; it writes nothing
        _ => 0,
    }
}

fn set(machine: &mut Machine, process: &Process, names: &[String]) -> i32 {
    let path = format!("{}/.npmrc", super::pace::home(process));
    let mut lines = super::pace::known_text(machine, process, &path).unwrap_or_default();
    match names {
        [key, value] if !key.contains('=') => lines.push_str(&format!("{key}={value}\n")),
        pairs => lines.extend(pairs.iter().map(|pair| format!("{pair}\n"))),
    }
    match process.write_file(machine, &path, &filesystem::Content::text(&lines)) {
        Ok(()) => 0,
        Err(_) => 243,
    }
}
