//! yarn: version 1 (in node's images up to 24), and the later ones where the project pins one.

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, place_as, unpack};
use super::super::indented;
use super::super::json::Json;
use super::super::pace::{home, known_text};
use super::super::words::Words;
use super::known::Table;
use super::manifest::{self, dependencies, is_production, script, text, workspaces};
use super::place;
use super::tree::{self, Tree};
use super::yarn_run::Call;

const VALUED: &[&str] = &[
    "--cwd",
    "--cache-folder",
    "--modules-folder",
    "--network-timeout",
    "--network-concurrency",
    "--registry",
    "--mutex",
    "--prefix",
    "--mode",
    "--global-folder",
    "--loglevel",
];

pub fn yarn(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut words = Words::read(process.operands(), VALUED);
    if let Some(folder) = words.value(&["--cwd"]) {
        process.cwd = process.path(folder);
    }
    let manifest = manifest::read(machine, process);
    let pinned = manifest.as_ref().map(|manifest| text(manifest, "packageManager").to_string()).unwrap_or_default();
    let settings = known_text(machine, process, ".yarnrc.yml");
    let is_shim = super::corepack::is_shim(machine, process, "yarn");
    let major = pinned.strip_prefix("yarn@").and_then(|version| version.split('.').next()?.parse::<u32>().ok());
    let has_release = settings.as_deref().is_some_and(|text| text.contains("yarnPath:"));
    let is_berry = has_release || is_shim && major.is_some_and(|major| major >= 2);
    if is_shim {
        let word = if pinned.starts_with("yarn@") { pinned.clone() } else { "yarn@1.22.22".to_string() };
        let status = super::corepack::fetch(machine, process, &word);
        if status != 0 {
            return status;
        }
    }
    if words.has(&["--version", "-v"]) {
        let version = pinned
            .strip_prefix("yarn@")
            .filter(|_| is_berry)
            .map_or("1.22.22", |text| text.split('+').next().unwrap_or(text));
        process.out(machine, &format!("{version}\n"));
        return 0;
    }
    if words.operands.is_empty() {
        words.operands.push("install".to_string());
    }
    let (command, names) =
        words.operands.split_first().map(|(first, rest)| (first.clone(), rest.to_vec())).unwrap_or_default();
    let call = Call { words, is_berry, settings: settings.unwrap_or_default() };
    if !is_berry {
        let shown = if command == "install" || command == "add" || command == "cache" || command == "global" {
            command.as_str()
        } else {
            "run"
        };
        process.out(machine, &format!("yarn {shown} v1.22.22\n"));
    }
    match command.as_str() {
        "install" => call.install(machine, process, manifest.ok()),
        "add" => call.add(machine, process, manifest.ok(), &names),
        "workspaces" if names.first().is_some_and(|name| name == "focus") => {
            call.install(machine, process, manifest.ok())
        }
        "workspaces" | "workspace" => call.in_workspaces(machine, process, manifest.ok(), &command, &names),
        "global" => match names.split_first() {
            Some((action, names)) if action == "add" => global_add(machine, process, &call.words, names),
            _ => 0,
        },
        "cache" => {
            let _ = machine.fs.remove_all(&call.cache(process), &process.cred);
            process.out(
                machine,
                if is_berry { "➤ YN0000: Done in 0s 2ms\n" } else { "success Cleared cache.\nDone in 0.10s.\n" },
            );
            0
        }
        "dlx" => super::npx::exec(machine, process, &call.words, &names),
        "config" | "set" | "policies" | "plugin" | "info" | "why" | "list" | "audit" | "outdated" | "check"
        | "versions" | "help" | "autoclean" | "npm" | "unlink" | "link" | "import" | "upgrade" | "up" | "init"
        | "rebuild" | "dedupe" | "pack" => {
            super::super::input::not_modelled(machine, process, &command);
            0
        }
        "run" => match names.split_first() {
            Some((name, rest)) => call.run(machine, process, manifest.ok(), name, rest),
            None => 0,
        },
        "remove" => {
            process.args = std::iter::once("npm".to_string()).chain(process.operands().iter().cloned()).collect();
            super::install::uninstall(machine, process, &call.words, &names)
        }
        name => call.run(machine, process, manifest.ok(), name, &names),
    }
}

fn global_add(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    let status = super::global::install(machine, process, words, names);
    if status == 0 {
        process.out(machine, "success Installed.\nDone in 1.00s.\n");
    }
    status
}

impl Call {
    fn setting(&self, key: &str) -> Option<&str> {
        let line = self.settings.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
        Some(line.trim().trim_matches(['"', '\'']))
    }

    /// The folder of the cache: of yarn 1 below /usr/local/share for root.
    fn cache(&self, process: &Process) -> String {
        if let Some(folder) = self.words.value(&["--cache-folder"]) {
            return process.path(folder);
        }
        if let Some(folder) = process.env.get("YARN_CACHE_FOLDER") {
            return process.path(folder);
        }
        let home = home(process);
        match (self.is_berry, process.cred.uid) {
            (true, _) if self.setting("enableGlobalCache") == Some("false") => process.path(".yarn/cache"),
            (true, _) => format!("{home}/.yarn/berry/cache"),
            (false, 0) => "/usr/local/share/.cache/yarn/v6".to_string(),
            (false, _) => format!("{home}/.cache/yarn/v6"),
        }
    }

    fn install(&self, machine: &mut Machine, process: &Process, manifest: Option<Json>) -> i32 {
        let Some(manifest) = manifest else {
            if self.is_berry {
                let folder = process.cwd.clone();
                process.out(machine, &format!("Usage Error: No project found in {folder}\n"));
                return 1;
            }
            process.out(machine, "info No lockfile found.\n[1/4] Resolving packages...\n[2/4] Fetching packages...\n[3/4] Linking dependencies...\n[4/4] Building fresh packages...\nsuccess Saved lockfile.\nDone in 0.20s.\n");
            return 0;
        };
        let frozen =
            self.words.has(&["--frozen-lockfile", "--immutable"]) || self.is_berry && process.env.contains_key("CI");
        let production = is_production(process, &self.words);
        let mut wanted = dependencies(&manifest, !production);
        let mut needed = dependencies(&manifest, true);
        for folder in workspaces(machine, process, &manifest) {
            if let Some(manifest) = manifest::read_at(machine, process, &folder) {
                wanted.extend(dependencies(&manifest, !production));
                needed.extend(dependencies(&manifest, true));
            }
        }
        let table = Table::read();
        let lock = known_text(machine, process, "yarn.lock").map(|text| indented::parse(&text));
        let has_lock = machine.fs.stat(&process.path("yarn.lock"), true, &process.cred).is_ok();
        let complete = lock.as_ref().and_then(|lock| tree::from_yarn_lock(&table, lock, &needed)).is_some();
        let is_stale = !needed.is_empty() && (lock.is_some() && !complete || !has_lock);
        if frozen && is_stale {
            let text = if self.is_berry {
                "➤ YN0028: · The lockfile would have been modified by this install, which is explicitly forbidden.\n➤ YN0000: · Failed with errors in 0s 262ms\n"
            } else {
                "error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`.\ninfo Visit https://yarnpkg.com/en/docs/cli/install for documentation about this command.\n"
            };
            process.out(machine, if self.is_berry { text } else { "[1/4] Resolving packages...\n" });
            if !self.is_berry {
                process.err(machine, text);
            }
            return 1;
        }
        let tree = lock.filter(|_| complete).and_then(|lock| tree::from_yarn_lock(&table, &lock, &wanted));
        let from_lock = tree.is_some();
        let tree = tree.unwrap_or_else(|| {
            let names = wanted.iter().filter(|(_, range)| !tree::is_elsewhere(range)).map(|(name, _)| name.as_str());
            tree::from_names(&table, names)
        });
        if production {
            let names = needed.iter().map(|(name, _)| name.as_str());
            let all = tree::from_names(&table, names.filter(|name| !tree.contains_key(*name)));
            super::install::remove_others(machine, process, &all, &tree);
        }
        let status = self.put(machine, process, &tree, !from_lock);
        if status != 0 {
            return status;
        }
        if !from_lock && !frozen {
            let names: Vec<&str> = tree.keys().map(String::as_str).collect();
            let size = 100 + tree.len() as u64 * place::LOCK_BYTES;
            let content = filesystem::Content::opaque(&format!("yarn/lock/{}", names.join(",")), size);
            let _ = process.write_file(machine, "yarn.lock", &content);
        }
        let names: &[&str] = if production {
            &["preinstall", "install", "postinstall"]
        } else {
            &["preinstall", "install", "postinstall", "prepublish", "prepare"]
        };
        if !self.words.has(&["--ignore-scripts"]) {
            for name in names {
                let Some(command) = script(&manifest, name) else { continue };
                let status = self.run_script(machine, process, &manifest, name, &command, &[]);
                if status != 0 {
                    return status;
                }
            }
        }
        let seconds = machine.meter.ms / 1000;
        let saved = if from_lock || frozen { "" } else { "success Saved lockfile.\n" };
        process.out(
            machine,
            &match self.is_berry {
                true => format!("➤ YN0000: · Done in {seconds}s 0ms\n"),
                false => format!("{saved}Done in {seconds}.00s.\n"),
            },
        );
        0
    }

    /// Fetches into the cache and links: files in node_modules, or archives that are read where they are.
    fn put(&self, machine: &mut Machine, process: &Process, tree: &Tree, asks: bool) -> i32 {
        estimated(machine);
        let cache = self.cache(process);
        let who = process.cred.clone();
        let mut wanted = Vec::new();
        for package in tree.values() {
            let name = format!("{}-{}", place::flat(&package.name), package.version);
            if self.is_berry {
                wanted.push((
                    format!("{cache}/{name}.zip"),
                    format!("yarn/zip/{name}"),
                    package.size.tarball * 11 / 10,
                ));
            } else {
                // yarn 1 keeps the files, and the archive beside them
                let size = package.size.bytes + package.size.tarball;
                wanted.push((
                    format!("{cache}/npm-{name}/node_modules/{}/files", package.name),
                    format!("yarn/files/{name}"),
                    size,
                ));
            }
        }
        let mut missing = place::missing(machine, &wanted);
        missing.bytes = missing.bytes * tree.values().map(|package| package.size.tarball).sum::<u64>()
            / wanted.iter().map(|(_, _, size)| size).sum::<u64>().max(1);
        if missing.count > 0 && !machine.network {
            process.err(machine, "error An unexpected error occurred: \"getaddrinfo EAI_AGAIN\".\n");
            return 1;
        }
        if asks {
            missing.bytes += tree.values().map(|package| package.size.metadata).sum::<u64>();
        }
        place::note_typical(machine, process, tree);
        place::fetch_time(machine, missing, tree.len() as u64);
        place::fill(machine, &wanted, &who);
        let linker = self.setting("nodeLinker").unwrap_or(if self.is_berry { "pnp" } else { "node-modules" });
        if !self.is_berry {
            process.out(machine, "[1/4] Resolving packages...\n[2/4] Fetching packages...\n[3/4] Linking dependencies...\n[4/4] Building fresh packages...\n");
        }
        if linker == "pnp" {
            let size = 60_000 + tree.len() as u64 * 450;
            let _ =
                place_as(machine, &process.path(".pnp.cjs"), &format!("yarn/pnp/{}", tree.len()), size, 0o755, &who);
            return 0;
        }
        let modules = self.words.value(&["--modules-folder"]).unwrap_or("node_modules").to_string();
        let modules = process.path(&modules);
        match place::put_all(machine, &modules, tree, &who) {
            Ok((bytes, files)) => {
                unpack(machine, bytes, files);
                let note = 60 + tree.len() as u64 * 60;
                let _ = place_as(
                    machine,
                    &format!("{modules}/.yarn-integrity"),
                    &format!("yarn/integrity/{bytes}"),
                    note,
                    0o644,
                    &who,
                );
                0
            }
            Err(errno) => {
                process.err(
                    machine,
                    &format!(
                        "error An unexpected error occurred: \"EACCES: {}, mkdir '{modules}'\".\n",
                        errno.to_string().to_lowercase()
                    ),
                );
                1
            }
        }
    }

    fn add(&self, machine: &mut Machine, process: &Process, manifest: Option<Json>, names: &[String]) -> i32 {
        let mut manifest = manifest.unwrap_or(Json::Object(Vec::new()));
        for name in names {
            super::install::save(&mut manifest, &self.words, name);
        }
        manifest::write(machine, process, &manifest);
        self.install(machine, process, Some(manifest))
    }
}
