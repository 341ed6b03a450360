//! composer, and what PHP's official images have to build extensions. Nobody measured them: typical sizes, and the step
//! says so.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::estimate::{download, estimated, place_as, unpack};
use super::input::not_modelled;
use super::json::Json;
use super::pace::{assumed, compile, home, known_text, resolve};
use super::words::Words;

/// What a package counts with in vendor; its archive is about a quarter of it.
const PACKAGE: u64 = 500_000;
/// How many packages a name of composer.json without a lock file stands for.
const CLOSURE: u64 = 6;
/// Bytes of composer.phar, as getcomposer.org serves it.
const COMPOSER: u64 = 3_100_000;
/// What an extension of PHP counts with, and how long it compiles.
const EXTENSION: u64 = 400_000;
const EXTENSION_MS: u64 = 15_000;

pub fn composer(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), &["-d", "--working-dir", "--prefer-install", "--ignore-platform-req"]);
    if let Some(folder) = words.value(&["-d", "--working-dir"]) {
        process.cwd = process.path(folder);
    }
    if words.has(&["--version", "-V"]) {
        process.out(machine, "Composer version 2.8.12\n");
        return 0;
    }
    let Some((command, names)) = words.operands.split_first() else { return 0 };
    match command.as_str() {
        "install" | "i" | "update" | "u" => install(machine, process, &words),
        "require" | "r" => {
            let mut json = read(machine, process, "composer.json").unwrap_or(Json::Object(Vec::new()));
            let mut wanted = json.get("require").cloned().unwrap_or(Json::Object(Vec::new()));
            for word in names {
                let (name, range) = word.split_once([':', '=']).unwrap_or((word, "*"));
                wanted.set(name, Json::Text(range.to_string()));
            }
            json.set("require", wanted);
            let _ = process.write_file(machine, "composer.json", &Content::text(&json.pretty()));
            let _ = machine.fs.remove_file(&process.path("composer.lock"), &process.cred);
            install(machine, process, &words)
        }
        "dump-autoload" | "dumpautoload" => {
            estimated(machine);
            resolve(machine, 1_500);
            autoload(machine, process, words.has(&["-o", "--optimize", "-a", "--classmap-authoritative"]));
            process.out(machine, "Generated autoload files\n");
            0
        }
        "clear-cache" | "clearcache" | "cc" => {
            let _ = machine.fs.remove_all(&cache(process), &process.cred);
            0
        }
        "config" | "validate" | "show" | "check-platform-reqs" | "diagnose" | "audit" | "self-update" => 0,
        other => {
            not_modelled(machine, process, other);
            0
        }
    }
}

fn cache(process: &Process) -> String {
    let base = process.env.get("COMPOSER_CACHE_DIR").cloned();
    let own = process.env.get("COMPOSER_HOME").map(|home| format!("{home}/cache"));
    base.or(own).unwrap_or_else(|| format!("{}/.composer/cache", home(process)))
}

fn read(machine: &Machine, process: &Process, name: &str) -> Option<Json> {
    Json::parse(&known_text(machine, process, name)?)
}

fn install(machine: &mut Machine, process: &Process, words: &Words) -> i32 {
    let Some(json) = read(machine, process, "composer.json") else {
        let folder = process.cwd.clone();
        process.err(machine, &format!("Composer could not find a composer.json file in {folder}\nTo initialize a project, please create a composer.json file.\n"));
        return 1;
    };
    let development = !words.has(&["--no-dev"]) && process.env.get("COMPOSER_NO_DEV").is_none_or(|value| value == "0");
    let lock = read(machine, process, "composer.lock");
    let keys: &[&str] = match (&lock, development) {
        (Some(_), true) => &["packages", "packages-dev"],
        (Some(_), false) => &["packages"],
        (None, true) => &["require", "require-dev"],
        (None, false) => &["require"],
    };
    let mut packages: Vec<(String, u64)> = Vec::new();
    for group in keys.iter().filter_map(|key| lock.as_ref().unwrap_or(&json).get(key)) {
        match group {
            Json::List(list) => {
                packages.extend(list.iter().filter_map(|entry| Some((entry.get("name")?.text()?.to_string(), PACKAGE))))
            }
            group => packages.extend(
                group
                    .entries()
                    .iter()
                    .filter(|(name, _)| name.contains('/'))
                    .map(|(name, _)| (name.clone(), PACKAGE * CLOSURE)),
            ),
        }
    }
    estimated(machine);
    let source = if lock.is_some() {
        "Installing dependencies from lock file"
    } else {
        "No composer.lock file present. Updating dependencies to latest instead of installing from lock file."
    };
    process.err(machine, &format!("{source}{}\n", if development { " (including require-dev)" } else { "" }));
    let exists = |machine: &Machine, name: &str| {
        machine.fs.stat(&process.path(&format!("vendor/{name}")), true, &process.cred).is_ok()
    };
    let missing: Vec<_> = packages.iter().filter(|(name, _)| !exists(machine, name)).cloned().collect();
    let archives = cache(process);
    let (mut bytes, mut fetched) = (0, 0);
    for (name, size) in &missing {
        let path = format!("{archives}/files/{name}.zip");
        bytes += size;
        if machine.fs.stat(&path, true, &process.cred).is_err() {
            if !machine.network {
                process.err(machine, "The following exception probably indicates you are offline or have misconfigured DNS resolver(s)\n\nIn CurlDownloader.php line 401:\n  curl error 6: Could not resolve host\n");
                return 100;
            }
            fetched += size / 4;
            let _ = place_as(machine, &path, &format!("composer/archive/{name}"), size / 4, 0o644, &process.cred);
        }
        process.err(machine, &format!("  - Installing {name}: Extracting archive\n"));
        let path = process.path(&format!("vendor/{name}/src/files.php"));
        if let Err(errno) = place_as(machine, &path, &format!("composer/{name}"), *size, 0o644, &process.cred) {
            process.err(
                machine,
                &format!(
                    "\nIn Filesystem.php line 261:\n\n  vendor does not exist and could not be created: {errno}\n"
                ),
            );
            return 1;
        }
    }
    if fetched > 0 {
        download(machine, fetched);
    }
    if bytes > 0 {
        assumed(machine, &format!("composer install ({} packages)", missing.len()), bytes);
    }
    unpack(machine, bytes, missing.len() as u64 * 60);
    resolve(machine, 500 + missing.len() as u64 * 40);
    if !development {
        for group in lock.iter().filter_map(|lock| lock.get("packages-dev")) {
            if let Json::List(list) = group {
                for name in list.iter().filter_map(|entry| entry.get("name")?.text()) {
                    let _ = machine.fs.remove_all(&process.path(&format!("vendor/{name}")), &process.cred);
                }
            }
        }
    }
    if lock.is_none() {
        let content = Content::opaque("composer/lock", 1_000 + packages.len() as u64 * 4_000);
        let _ = process.write_file(machine, "composer.lock", &content);
    }
    if !words.has(&["--no-autoloader"]) {
        autoload(machine, process, words.has(&["-o", "--optimize-autoloader", "-a", "--classmap-authoritative"]));
        process.err(machine, "Generating autoload files\n");
    }
    if json.get("scripts").is_some() && !words.has(&["--no-scripts"]) {
        not_modelled(machine, process, "scripts");
    }
    0
}

fn autoload(machine: &mut Machine, process: &Process, optimized: bool) {
    let names = machine.fs.read_dir(&process.path("vendor"), &process.cred).unwrap_or_default();
    let size = if optimized { 12_000 * names.len() as u64 } else { 1_500 * names.len() as u64 };
    let files = [
        ("autoload.php", 750),
        ("composer/autoload_classmap.php", size),
        ("composer/installed.json", 3_000 * names.len() as u64),
    ];
    for (name, size) in files {
        let id = format!("composer/{name}/{size}");
        let _ = place_as(machine, &process.path(&format!("vendor/{name}")), &id, size, 0o644, &process.cred);
    }
}

/// install-php-extensions (github.com/mlocati/docker-php-extension-installer): extensions, and composer as `@composer`. The
/// libraries that it fetches for them are not counted.
pub fn install_php_extensions(machine: &mut Machine, process: &mut Process) -> i32 {
    let (tools, extensions): (Vec<String>, Vec<String>) =
        process.operands().to_vec().into_iter().partition(|word| word.starts_with('@'));
    if tools.iter().any(|word| word.starts_with("@composer")) {
        download(machine, COMPOSER);
        let _ = place_as(machine, "/usr/local/bin/composer", "composer", COMPOSER, 0o755, &process.cred);
    }
    if extensions.is_empty() {
        return 0;
    }
    let names = extensions.iter().map(|word| word.split(['-', '^']).next().unwrap_or(word).to_string());
    process.args = std::iter::once("docker-php-ext-install".to_string()).chain(names).collect();
    php_extension(machine, process)
}

/// docker-php-ext-install, docker-php-ext-enable, docker-php-ext-configure.
pub fn php_extension(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), &["-j", "--ini-name"]);
    let name = process.name().to_string();
    estimated(machine);
    if words.operands.is_empty() {
        process.err(
            machine,
            &format!("usage: {name} ext-name [ext-name ...]\n   ie: {name} gd mysqli\n       {name} pdo pdo_mysql\n"),
        );
        return 1;
    }
    if name.ends_with("configure") {
        compile(machine, 3_000);
        return 0;
    }
    for extension in &words.operands {
        if name.ends_with("install") {
            let library = format!("{}/{extension}.so", extensions(machine));
            assumed(machine, &format!("{name} {extension}"), EXTENSION);
            compile(machine, EXTENSION_MS);
            let _ = place_as(machine, &library, &format!("php/ext/{extension}"), EXTENSION, 0o755, &process.cred);
        }
        let kind = if matches!(extension.as_str(), "opcache" | "xdebug") { "zend_extension" } else { "extension" };
        let path = format!("/usr/local/etc/php/conf.d/docker-php-ext-{extension}.ini");
        let _ = machine.fs.mkdir_all("/usr/local/etc/php/conf.d", 0o755, &process.cred);
        let text = Content::text(&format!("{kind}={extension}{}\n", if kind == "zend_extension" { "" } else { ".so" }));
        if machine.fs.write(&path, text, 0o644, &process.cred).is_err() {
            process.err(machine, &format!("/usr/local/bin/{name}: {path}: Permission denied\n"));
            return 1;
        }
    }
    0
}

/// The folder of extensions: the image's, or that of PHP 8.3.
fn extensions(machine: &Machine) -> String {
    let base = "/usr/local/lib/php/extensions";
    let names = machine.fs.read_dir(base, &filesystem::Cred::root()).unwrap_or_default();
    let own = names.into_iter().find(|name| name.starts_with("no-debug"));
    format!("{base}/{}", own.unwrap_or_else(|| "no-debug-non-zts-20230831".to_string()))
}

/// pecl install: compiles extensions; docker-php-ext-enable switches them on.
pub fn pecl(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), &["-D", "-d"]);
    let Some((command, names)) = words.operands.split_first() else { return 0 };
    if command != "install" {
        return 0;
    }
    estimated(machine);
    for word in names {
        let name = word.split('-').next().unwrap_or(word);
        if !machine.network {
            process.out(machine, &format!("No releases available for package \"{name}\"\ninstall failed\n"));
            return 1;
        }
        download(machine, 300_000);
        assumed(machine, &format!("pecl install {name}"), EXTENSION * 4);
        compile(machine, EXTENSION_MS);
        let library = format!("{}/{name}.so", extensions(machine));
        let _ = place_as(machine, &library, &format!("php/pecl/{name}"), EXTENSION * 4, 0o755, &process.cred);
        process.out(
            machine,
            &format!("Build process completed successfully\nInstalling '{library}'\ninstall ok: {word}\n"),
        );
    }
    0
}
