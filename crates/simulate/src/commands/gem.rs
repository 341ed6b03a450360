//! bundle and gem: Ruby's packages. Nobody measured them: each counts with a typical size, and the step says so.

use crate::process::{Machine, Process};

use super::estimate::{download, estimated, place_as, unpack};
use super::input::not_modelled;
use super::pace::{assumed, compile, has_compiler, known_text, resolve};
use super::words::Words;

/// What a gem counts with, unpacked and as an archive.
const GEM: (u64, u64) = (600_000, 150_000);
/// How many gems a name of a Gemfile without a lock file stands for.
const CLOSURE: u64 = 6;
/// Gems that are compiled where they are installed (those with compiled variants for Linux are not here).
const NATIVE: &[&str] = &[
    "bcrypt",
    "bigdecimal",
    "bindex",
    "bootsnap",
    "byebug",
    "debug",
    "hiredis",
    "io-console",
    "jaro_winkler",
    "json",
    "mysql2",
    "msgpack",
    "nio4r",
    "oj",
    "pg",
    "psych",
    "puma",
    "racc",
    "redcarpet",
    "rmagick",
    "sassc",
    "stringio",
    "strscan",
    "unf_ext",
    "websocket-driver",
];

fn gem_home(process: &Process) -> String {
    process.env.get("GEM_HOME").cloned().unwrap_or_else(|| "/usr/local/bundle".to_string())
}

/// The words of a gem that cannot be compiled.
fn no_compiler(name: &str) -> String {
    format!(
        "ERROR: Failed to build gem native extension.\n\n/usr/local/bin/ruby extconf.rb\n*** extconf.rb failed ***\nCould not create Makefile due to some reason, probably lack of necessary\nlibraries and/or headers.\n\nThe compiler failed to generate an executable file. (RuntimeError)\nYou have to install development tools first.\n\nextconf failed, exit code 1 ({name})\n"
    )
}

/// Puts a gem into a folder of gems; `false` if it has to be compiled and cannot.
fn put(machine: &mut Machine, process: &Process, home: &str, name: &str, version: &str, bytes: u64) -> bool {
    if NATIVE.contains(&name) {
        if !has_compiler(machine, process) {
            return false;
        }
        compile(machine, 6_000);
    }
    let full = format!("{name}-{version}");
    let who = &process.cred;
    let _ = place_as(machine, &format!("{home}/gems/{full}/lib/{name}.rb"), &format!("gem/{full}"), bytes, 0o644, who);
    let _ =
        place_as(machine, &format!("{home}/cache/{full}.gem"), &format!("gem/archive/{full}"), bytes / 4, 0o644, who);
    let _ = place_as(
        machine,
        &format!("{home}/specifications/{full}.gemspec"),
        &format!("gem/spec/{full}"),
        2_000,
        0o644,
        who,
    );
    unpack(machine, bytes, 60);
    resolve(machine, 80);
    true
}

pub fn gem(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(
        process.operands(),
        &["-v", "--version", "-i", "--install-dir", "-n", "--bindir", "-s", "--source"],
    );
    let Some((command, names)) = words.operands.split_first() else {
        process.out(machine, "3.5.22\n");
        return 0;
    };
    if command != "install" {
        if !matches!(command.as_str(), "list" | "env" | "environment" | "sources" | "cleanup" | "--version") {
            not_modelled(machine, process, command);
        }
        return 0;
    }
    estimated(machine);
    let home = words.value(&["-i", "--install-dir"]).map_or_else(|| gem_home(process), |folder| process.path(folder));
    for word in names {
        let (name, version) =
            word.split_once(':').unwrap_or((word, words.value(&["-v", "--version"]).unwrap_or("1.0.0")));
        if !machine.network {
            process.err(machine, &format!("ERROR:  Could not find a valid gem '{name}' (>= 0), here is why:\n          Unable to download data: no such name\n"));
            return 2;
        }
        let bytes = GEM.0 * if name == "bundler" { 2 } else { CLOSURE };
        download(machine, bytes / 4);
        assumed(machine, &format!("gem install {name}"), bytes);
        if !put(machine, process, &home, name, version, bytes) {
            let text = no_compiler(name);
            process.err(
                machine,
                &format!(
                    "Building native extensions. This could take a while...\nERROR:  Error installing {name}:\n\t{text}"
                ),
            );
            return 1;
        }
        let folder = if home == "/usr/local/bundle" {
            "/usr/local/bundle/bin".to_string()
        } else {
            "/usr/local/bin".to_string()
        };
        let programs: &[&str] = if name == "bundler" { &["bundle", "bundler"] } else { &[name] };
        for program in programs {
            let _ = place_as(
                machine,
                &format!("{folder}/{program}"),
                &format!("gem/bin/{program}"),
                500,
                0o755,
                &process.cred,
            );
        }
        process.out(machine, &format!("Successfully installed {name}-{version}\n"));
    }
    process.out(machine, &format!("{} gem{} installed\n", names.len(), if names.len() == 1 { "" } else { "s" }));
    0
}

/// A setting of bundler: of the environment, of the project, of the user.
fn setting(machine: &Machine, process: &Process, key: &str) -> Option<String> {
    let variable = format!("BUNDLE_{}", key.to_uppercase());
    if let Some(value) = process.env.get(&variable) {
        return Some(value.clone());
    }
    let app = process.env.get("BUNDLE_APP_CONFIG").cloned().unwrap_or_else(|| ".bundle".to_string());
    let files = [
        ".bundle/config".to_string(),
        format!("{app}/config"),
        format!("{}/.bundle/config", super::pace::home(process)),
    ];
    let value = |file: &String| {
        let text = known_text(machine, process, file)?;
        let line = text.lines().rev().find_map(|line| line.strip_prefix(&variable)?.strip_prefix(':').map(str::trim));
        line.map(|value| value.trim_matches('"').to_string())
    };
    files.iter().find_map(value)
}

pub fn bundle(machine: &mut Machine, process: &mut Process) -> i32 {
    let words =
        Words::read(process.operands(), &["-j", "--jobs", "--retry", "--without", "--with", "--path", "--gemfile"]);
    if words.has(&["--version", "-v"]) && words.operands.is_empty() {
        process.out(machine, "Bundler version 2.5.22\n");
        return 0;
    }
    let command = words.operands.first().map_or("install", String::as_str);
    match command {
        "install" => install(machine, process, &words),
        "config" => {
            let rest: Vec<&String> = words.operands.iter().skip(1).filter(|word| *word != "set").collect();
            let Some(key) = rest.first().filter(|_| rest.len() > 1) else { return 0 };
            let app = process.env.get("BUNDLE_APP_CONFIG").cloned().unwrap_or_else(|| ".bundle".to_string());
            let path = format!("{app}/config");
            let mut text = known_text(machine, process, &path).unwrap_or_else(|| "---\n".to_string());
            let value = rest.iter().skip(1).map(|word| word.as_str()).collect::<Vec<_>>().join(":").replace(' ', ":");
            text.push_str(&format!("BUNDLE_{}: \"{value}\"\n", key.to_uppercase()));
            let _ = machine.fs.mkdir_all(&process.path(&app), 0o755, &process.cred);
            i32::from(process.write_file(machine, &path, &filesystem::Content::text(&text)).is_err())
        }
        "exec" => {
            let line: Vec<String> = process.operands().iter().skip(1).cloned().collect();
            super::start::start(machine, process, line)
        }
        "clean" | "check" | "list" | "info" | "show" | "platform" | "env" => 0,
        other => {
            let other = other.to_string();
            not_modelled(machine, process, &other);
            0
        }
    }
}

fn install(machine: &mut Machine, process: &Process, words: &Words) -> i32 {
    let Some(gemfile) = known_text(machine, process, "Gemfile") else {
        process.err(machine, "Could not locate Gemfile\n");
        return 10;
    };
    let lock = known_text(machine, process, "Gemfile.lock");
    let is_on = |value: Option<String>| value.is_some_and(|value| value == "true" || value == "1");
    let deployment = words.has(&["--deployment"]) || is_on(setting(machine, process, "deployment"));
    let frozen = words.has(&["--frozen"]) || is_on(setting(machine, process, "frozen"));
    if lock.is_none() && (deployment || frozen) {
        let which = if deployment { "deployment" } else { "frozen" };
        process.err(machine, &format!("The {which} setting requires a lockfile. Please make sure you have checked your\nGemfile.lock into version control before deploying.\n"));
        return 16;
    }
    let without = words
        .value(&["--without"])
        .map(str::to_string)
        .or_else(|| setting(machine, process, "without"))
        .unwrap_or_default();
    let without: Vec<&str> = without.split([':', ' ']).filter(|group| !group.is_empty()).collect();
    let (wanted, excluded) = groups(&gemfile, &without);
    let gems: Vec<(String, String, u64)> = match &lock {
        Some(text) => locked(text)
            .into_iter()
            .filter(|(name, _)| !excluded.contains(name))
            .map(|(name, version)| (name, version, GEM.0))
            .collect(),
        None => wanted.iter().map(|name| (name.clone(), "1.0.0".to_string(), GEM.0 * CLOSURE)).collect(),
    };
    let path = words.value(&["--path"]).map(str::to_string).or_else(|| setting(machine, process, "path"));
    let path = path.or_else(|| deployment.then(|| "vendor/bundle".to_string()));
    let ruby = process.env.get("RUBY_VERSION").map_or("3.3", String::as_str);
    let ruby: String = ruby.split('.').take(2).collect::<Vec<_>>().join(".");
    let home = match &path {
        Some(path) if *path != gem_home(process) => process.path(&format!("{path}/ruby/{ruby}.0")),
        _ => gem_home(process),
    };
    estimated(machine);
    let exists = |machine: &Machine, name: &str, version: &str| {
        machine.fs.stat(&format!("{home}/gems/{name}-{version}"), true, &process.cred).is_ok()
    };
    let missing: Vec<_> = gems.iter().filter(|(name, version, _)| !exists(machine, name, version)).cloned().collect();
    if !missing.is_empty() && !machine.network {
        process.err(machine, "Could not reach host. Check your network connection and try again.\n");
        return 17;
    }
    let bytes: u64 = missing.iter().map(|(.., bytes)| bytes).sum();
    if bytes > 0 {
        download(machine, bytes / 4);
        assumed(machine, &format!("bundle install ({} gems)", missing.len()), bytes);
    }
    for (name, version, bytes) in &missing {
        process.out(machine, &format!("Installing {name} {version}\n"));
        if !put(machine, process, &home, name, version, *bytes) {
            let text = no_compiler(name);
            process.err(machine, &format!("Gem::Ext::BuildError: {text}\nAn error occurred while installing {name} ({version}), and Bundler cannot\ncontinue.\n"));
            return 5;
        }
        if matches!(
            name.as_str(),
            "rails" | "rake" | "puma" | "railties" | "bundler" | "rspec-core" | "rubocop" | "jekyll" | "sidekiq"
        ) {
            let program = match name.as_str() {
                "railties" => "rails",
                "rspec-core" => "rspec",
                name => name,
            };
            let folder = if path.is_some() { format!("{home}/bin") } else { format!("{}/bin", gem_home(process)) };
            let _ = place_as(
                machine,
                &format!("{folder}/{program}"),
                &format!("gem/bin/{program}"),
                500,
                0o755,
                &process.cred,
            );
        }
    }
    if lock.is_none() {
        let content =
            filesystem::Content::opaque(&format!("gem/lock/{}", wanted.join(",")), 200 + gems.len() as u64 * 200);
        let _ = process.write_file(machine, "Gemfile.lock", &content);
    }
    let shown = path.map_or_else(String::new, |path| format!("Bundled gems are installed into `./{path}`\n"));
    process.out(
        machine,
        &format!(
            "Bundle complete! {} Gemfile dependencies, {} gems now installed.\n{shown}",
            wanted.len(),
            gems.len() + 1
        ),
    );
    0
}

/// The gems that a Gemfile names: those that are wanted, and those of groups that are left out.
fn groups(gemfile: &str, without: &[&str]) -> (Vec<String>, Vec<String>) {
    let (mut wanted, mut excluded) = (Vec::new(), Vec::new());
    let mut is_out = false;
    for line in gemfile.lines().map(str::trim) {
        let names_group = |line: &str| {
            without.iter().any(|group| line.contains(&format!(":{group}")) || line.contains(&format!("\"{group}\"")))
        };
        if line.starts_with("group ") {
            is_out = names_group(line);
        } else if line == "end" {
            is_out = false;
        } else if let Some(rest) = line.strip_prefix("gem ").or_else(|| line.strip_prefix("gem(")) {
            let Some(name) = rest.split(['"', '\'']).nth(1) else { continue };
            let out = is_out || line.contains("group") && names_group(line);
            if out { &mut excluded } else { &mut wanted }.push(name.to_string());
        }
    }
    (wanted, excluded)
}

/// The gems of Gemfile.lock with their versions; of several platforms, the first.
fn locked(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let Some(body) = line.strip_prefix("    ").filter(|body| !body.starts_with(' ')) else { continue };
        let Some((name, rest)) = body.split_once(" (") else { continue };
        let version = rest.trim_end_matches(')').split('-').next().unwrap_or_default();
        if version.starts_with(|c: char| c.is_ascii_digit()) && !found.iter().any(|(other, _)| other == name) {
            found.push((name.to_string(), version.to_string()));
        }
    }
    found
}
