//! go's commands around builds: mod, get, run, generate, env, clean.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, failed, place_as, unpack};
use super::super::input::{join, last_part, not_modelled};
use super::module::{self, Module};
use super::setup::{Setup, env_file, variable};
use super::source::{self, Target};
use super::{build, cost, fetch};

const NO_MODULE: &str =
    "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n";

pub fn module_command(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    let setup = Setup::read(machine, process);
    let found = module::find(machine, process);
    let command = words.first().map_or("", String::as_str);
    let operands: Vec<&String> = words.iter().skip(1).filter(|word| !word.starts_with('-')).collect();
    match (command, found) {
        ("init", None) => {
            let path = operands.first().map_or_else(|| last_part(&process.cwd).to_string(), |path| (*path).clone());
            process.err(machine, &format!("go: creating new go.mod: module {path}\n"));
            let text = format!("module {path}\n\ngo 1.{}\n", setup.minor);
            let put = process.write_file(machine, "go.mod", &Content::text(&text));
            put.map_or_else(|errno| failed(machine, process, errno), |()| 0)
        }
        ("init", Some(found)) => {
            process.err(machine, &format!("go: {}/go.mod already exists\n", found.root.trim_end_matches('/')));
            1
        }
        ("download", None) if operands.is_empty() => {
            process.err(machine, "go: no modules specified (see 'go help mod download')\n");
            1
        }
        ("download", _) if !operands.is_empty() => {
            let modules: Vec<Module> = operands
                .iter()
                .filter_map(|word| word.split_once('@'))
                .map(|(path, version)| Module { path: path.to_string(), version: version.to_string(), local: None })
                .collect();
            fetch::modules(machine, process, &setup, &modules).err().unwrap_or(0)
        }
        ("download", Some(found)) => {
            if found.requires.is_empty() {
                process.err(machine, "go: no module dependencies to download\n");
                return 0;
            }
            fetch::modules(machine, process, &setup, &found.requires).err().unwrap_or(0)
        }
        ("verify", Some(found)) => match fetch::modules(machine, process, &setup, &found.requires) {
            Ok(()) => {
                process.out(machine, "all modules verified\n");
                0
            }
            Err(status) => status,
        },
        ("tidy", Some(found)) => {
            estimated(machine);
            fetch::modules(machine, process, &setup, &found.requires).err().unwrap_or(0)
        }
        ("vendor", Some(found)) => vendor(machine, process, &setup, &found),
        ("tidy" | "vendor" | "verify", None) => {
            process.err(machine, NO_MODULE);
            1
        }
        ("edit" | "graph" | "why", _) => {
            not_modelled(machine, process, &format!("mod {command}"));
            0
        }
        _ => {
            process.err(machine, &format!("go mod {command}: unknown command\nRun 'go help mod' for usage.\n"));
            2
        }
    }
}

fn vendor(machine: &mut Machine, process: &Process, setup: &Setup, found: &module::MainModule) -> i32 {
    if let Err(status) = fetch::modules(machine, process, setup, &found.requires) {
        return status;
    }
    estimated(machine);
    let mut list = String::new();
    for module in &found.requires {
        let facts = cost::facts(&module.path);
        let path = join(&found.root, &format!("vendor/{}/source.go", module.path));
        let id = format!("go/{}@{}/vendored", module.path, module.version);
        if let Err(errno) = place_as(machine, &path, &id, facts.source_bytes, 0o644, &process.cred) {
            return failed(machine, process, errno);
        }
        unpack(machine, facts.source_bytes, facts.files);
        list.push_str(&format!("# {} {}\n## explicit\n{}\n", module.path, module.version, module.path));
    }
    let put = process.write_file(machine, &join(&found.root, "vendor/modules.txt"), &Content::text(&list));
    put.map_or_else(|errno| failed(machine, process, errno), |()| 0)
}

/// `go get`: downloads; what it would write into go.mod for modules that are not named there is their line.
pub fn get(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    let setup = Setup::read(machine, process);
    let Some(found) = module::find(machine, process) else {
        process.err(machine, NO_MODULE);
        return 1;
    };
    let mut modules = found.requires.clone();
    let mut added = String::new();
    for word in words.iter().filter(|word| !word.starts_with(['-', '.'])) {
        let (path, version) = word.split_once('@').unwrap_or((word, "latest"));
        if found.provider(path).is_some() {
            continue;
        }
        let version = if version.starts_with('v') { version } else { "v1.0.0" };
        added.push_str(&format!("\nrequire {path} {version}\n"));
        modules.push(Module { path: path.to_string(), version: version.to_string(), local: None });
    }
    if let Err(status) = fetch::modules(machine, process, &setup, &modules) {
        return status;
    }
    let mut sums = String::new();
    for module in &modules {
        let hash = format!("h1:{}=", super::hash(&module.path).get(..43).unwrap_or_default());
        sums.push_str(&format!("{0} {1} {hash}\n{0} {1}/go.mod {hash}\n", module.path, module.version));
    }
    for (file, text) in [("go.mod", added), ("go.sum", sums)] {
        if text.is_empty() {
            continue;
        }
        let path = join(&found.root, file);
        if let Err(errno) = machine.fs.append(&path, &Content::text(&text), process.mode(0o666), &process.cred) {
            return failed(machine, process, errno);
        }
    }
    0
}

/// `go run`: compiles like a build; what the program itself does is not known.
pub fn run(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    let from = words.iter().position(|word| !word.starts_with('-')).unwrap_or(words.len());
    let package = words.get(from).cloned().unwrap_or_default();
    if package.contains('@') {
        let setup = Setup::read(machine, process);
        return fetch::install(machine, process, &setup, &[package]);
    }
    let count = words.iter().skip(from).take_while(|word| word.ends_with(".go")).count().max(1);
    let arguments = words.get(..(from + count).min(words.len())).unwrap_or_default().to_vec();
    let status = build::load(machine, process, &arguments)
        .and_then(|build| build::compile_all(machine, process, &build).map(|_| 0))
        .unwrap_or_else(|status| status);
    if status == 0 {
        not_modelled(machine, process, &format!("run: what {package} does"));
    }
    status
}

/// `go generate`: runs the commands that `//go:generate` lines name, in their packages' folders.
pub fn generate(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    let Some(main) = module::find(machine, process) else {
        process.err(machine, NO_MODULE);
        return 1;
    };
    let target = Target { os: "linux", arch: "amd64", cgo: true, tags: Vec::new() };
    let roots: Vec<String> = words.iter().filter(|word| !word.starts_with('-')).cloned().collect();
    let roots = if roots.is_empty() { vec![".".to_string()] } else { roots };
    for root in roots {
        let folder = process.path(root.trim_end_matches("...").trim_end_matches('/').trim_start_matches("./"));
        let folder = folder.trim_end_matches("/.").to_string();
        let folders =
            if root.ends_with("...") { source::folders_below(machine, process, &folder) } else { vec![folder] };
        for folder in folders {
            let Some(package) = source::read(machine, process, &folder, &target) else { continue };
            for line in package.generate {
                let mut child = process.clone();
                child.cwd = folder.clone();
                child.env.insert("GOPACKAGE".to_string(), package.name.clone());
                child.args = line.split_whitespace().map(|word| word.trim_matches('"').to_string()).collect();
                let status = super::super::start::start_child(machine, process, child);
                if status != 0 {
                    process.err(machine, &format!("{}: running \"{line}\": exit status {status}\n", main.path));
                    return 1;
                }
            }
        }
    }
    0
}

pub fn env(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    let setup = Setup::read(machine, process);
    if words.first().is_some_and(|word| word == "-w" || word == "-u") {
        let path = env_file(process);
        let known = machine.fs.read(&path, &process.cred).unwrap_or_default();
        let mut lines: Vec<String> = crate::process::text_of(machine, &known).lines().map(str::to_string).collect();
        for word in words.iter().skip(1) {
            let key = word.split('=').next().unwrap_or_default();
            lines.retain(|line| line.split('=').next() != Some(key));
            if word.contains('=') {
                lines.push(word.clone());
            }
        }
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder);
        let put = machine
            .fs
            .mkdir_all(folder, 0o777 & !process.umask, &process.cred)
            .and_then(|()| machine.fs.write(&path, Content::text(&text), process.mode(0o666), &process.cred));
        return put.map_or_else(|errno| failed(machine, process, errno), |()| 0);
    }
    let value = |machine: &mut Machine, name: &str| match name {
        "GOPATH" => setup.gopath.clone(),
        "GOMODCACHE" => setup.modcache.clone(),
        "GOCACHE" => setup.cache.clone(),
        "GOROOT" => setup.root.clone(),
        "GOOS" => setup.os.clone(),
        "GOARCH" => setup.arch.clone(),
        "GOHOSTOS" => "linux".to_string(),
        "GOHOSTARCH" => "amd64".to_string(),
        "GOVERSION" => format!("go{}", setup.version),
        "CGO_ENABLED" => if setup.cgo { "1" } else { "0" }.to_string(),
        other => variable(machine, process, other).unwrap_or_default(),
    };
    let names: Vec<String> = words.iter().filter(|word| !word.starts_with('-')).cloned().collect();
    let all = ["CGO_ENABLED", "GOARCH", "GOCACHE", "GOFLAGS", "GOMODCACHE", "GOOS", "GOPATH", "GOROOT", "GOVERSION"];
    if names.is_empty() {
        for name in all {
            let value = value(machine, name);
            process.out(machine, &format!("{name}='{value}'\n"));
        }
        return 0;
    }
    for name in names {
        let value = value(machine, &name);
        process.out(machine, &format!("{value}\n"));
    }
    0
}

pub fn clean(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    let setup = Setup::read(machine, process);
    let has = |flag: &str| words.iter().any(|word| word == flag);
    if has("-modcache") {
        let _ = machine.fs.remove_all(&setup.modcache, &process.cred);
    }
    if has("-cache") {
        let _ = machine.fs.remove_all(&setup.cache, &process.cred);
    }
    0
}
