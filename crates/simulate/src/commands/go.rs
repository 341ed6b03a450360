//! go: rough estimates; no build of Go was measured.

use crate::process::{Machine, Process};

use super::estimate::{download, estimated, failed, place_as, unpack};
use super::input::{last_part, not_modelled};
use super::options::read;

/// What a module is taken for: unpacked and as a zip.
const MODULE_BYTES: u64 = 2_000_000;
const MODULE_ZIP_BYTES: u64 = 500_000;
/// What a program is taken for: the runtime, and what each module adds.
const PROGRAM_BYTES: u64 = 2_000_000;
const PROGRAM_MODULE_BYTES: u64 = 400_000;
/// What the compiled packages of the standard library take in the build cache, and what each module adds.
const CACHE_BYTES: u64 = 30_000_000;
const CACHE_MODULE_BYTES: u64 = 2_000_000;
/// Time to compile: the standard library, a module.
const BUILD_MS: u64 = 8_000;
const BUILD_MODULE_MS: u64 = 400;

/// The modules that go.mod requires: path and version.
fn modules(machine: &mut Machine, process: &Process) -> Option<Vec<String>> {
    let content = process.read_file(machine, "go.mod").ok()?;
    let text = crate::process::text_of(machine, &content);
    let mut modules = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default().trim();
        let required = line.strip_prefix("require ").map(str::trim);
        match (inside, line) {
            (_, "require (") => inside = true,
            (true, ")") => inside = false,
            _ => {
                let entry = if inside { Some(line) } else { required.filter(|entry| *entry != "(") };
                modules.extend(entry.filter(|entry| !entry.is_empty()).map(|entry| entry.replace(' ', "@")));
            }
        }
    }
    Some(modules)
}

fn fetch(machine: &mut Machine, process: &Process, modules: &[String]) -> Result<(), i32> {
    let root = process.env.get("GOMODCACHE").cloned().unwrap_or_else(|| {
        let path = process.env.get("GOPATH").cloned().unwrap_or_else(|| "/root/go".to_string());
        format!("{path}/pkg/mod")
    });
    for module in modules {
        let path = format!("{root}/{module}/module.go");
        if machine.fs.stat(&path, true, &process.cred).is_ok() {
            continue;
        }
        if !machine.network {
            process.err(
                machine,
                &format!("go: {module}: dial tcp: lookup failed: Temporary failure in name resolution\n"),
            );
            return Err(1);
        }
        download(machine, MODULE_ZIP_BYTES);
        process.err(machine, &format!("go: downloading {}\n", module.replace('@', " ")));
        let put =
            place_as(machine, &path, &format!("go/{module}"), MODULE_BYTES, 0o444, &process.cred).and_then(|()| {
                place_as(
                    machine,
                    &format!("{root}/cache/download/{module}.zip"),
                    &format!("go/zip/{module}"),
                    MODULE_ZIP_BYTES,
                    0o644,
                    &process.cred,
                )
            });
        put.map_err(|errno| failed(machine, process, errno))?;
        unpack(machine, MODULE_BYTES, 60);
    }
    Ok(())
}

pub fn go(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    estimated(machine);
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["mod", "download", ..] => match modules(machine, process) {
            Some(modules) => fetch(machine, process, &modules).err().unwrap_or(0),
            None => {
                process.err(machine, "go: no modules specified (see 'go help mod download')\n");
                1
            }
        },
        ["build" | "install", rest @ ..] => {
            let rest: Vec<String> = rest.iter().map(|word| (*word).to_string()).collect();
            build(machine, process, &rest, words.first().is_some_and(|word| word == "install"))
        }
        ["version"] => {
            let version = process.env.get("GOLANG_VERSION").cloned().unwrap_or_else(|| "1.26".to_string());
            process.out(machine, &format!("go version go{version} linux/amd64\n"));
            0
        }
        other => {
            let part = other.iter().take(2).copied().collect::<Vec<_>>().join(" ");
            not_modelled(machine, process, &part);
            0
        }
    }
}

fn build(machine: &mut Machine, process: &Process, arguments: &[String], install: bool) -> i32 {
    // Go's options have one minus and long names.
    let doubled: Vec<String> = arguments
        .iter()
        .map(|word| {
            if word.len() > 2 && word.starts_with('-') && !word.starts_with("--") {
                format!("-{word}")
            } else {
                word.clone()
            }
        })
        .collect();
    let long = [
        ("ldflags=", 'l'),
        ("tags=", 't'),
        ("trimpath", 'v'),
        ("mod=", 'm'),
        ("gcflags=", 'g'),
        ("race", 'v'),
        ("buildvcs=", 'b'),
        ("installsuffix=", 'i'),
        ("asmflags=", 'g'),
    ];
    let options = match read(&doubled, "o:vapx", &long) {
        Ok(options) => options,
        Err(message) => {
            process.err(
                machine,
                &format!(
                    "flag provided but not defined: {message}\nusage: go build [-o output] [build flags] [packages]\n"
                ),
            );
            return 2;
        }
    };
    let remote = options.operands.iter().any(|package| package.contains('@'));
    let Some(modules) = modules(machine, process).or(remote.then(Vec::new)) else {
        process.err(
            machine,
            "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n",
        );
        return 1;
    };
    if let Err(status) = fetch(machine, process, &modules) {
        return status;
    }
    let count = modules.len() as u64;
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    let cache = process.env.get("GOCACHE").cloned().unwrap_or_else(|| format!("{home}/.cache/go-build"));
    let cached = format!("{cache}/objects");
    let warm = machine.fs.stat(&cached, true, &process.cred).is_ok();
    machine.work(crate::Work::Compile, if warm { BUILD_MS / 8 } else { BUILD_MS + count * BUILD_MODULE_MS });
    let id = modules.join("+");
    let first = options.operands.first().map_or(".", String::as_str);
    let name = match last_part(first.split('@').next().unwrap_or(first)) {
        "." | "..." => last_part(&process.cwd).to_string(),
        other => other.trim_end_matches(".go").to_string(),
    };
    let target = if install {
        let path = process.env.get("GOPATH").cloned().unwrap_or_else(|| format!("{home}/go"));
        format!("{path}/bin/{name}")
    } else {
        let output = process.path(options.value('o').unwrap_or(&name));
        if super::node::is_dir(machine.fs, &output, &process.cred) {
            super::input::join(&output, &name)
        } else {
            output
        }
    };
    let stripped = options.value('l').is_some_and(|flags| flags.contains("-s"));
    let size = (PROGRAM_BYTES + count * PROGRAM_MODULE_BYTES) * if stripped { 7 } else { 10 } / 10;
    let put = place_as(
        machine,
        &cached,
        &format!("go/cache/{id}"),
        CACHE_BYTES + count * CACHE_MODULE_BYTES,
        0o644,
        &process.cred,
    )
    .and_then(|()| place_as(machine, &target, &format!("go/program/{name}"), size, 0o755, &process.cred));
    not_modelled(machine, process, "build");
    match put {
        Ok(()) => 0,
        Err(errno) => failed(machine, process, errno),
    }
}
