//! corepack: the yarn and pnpm that node brings along.

use crate::process::{Machine, Process};

use super::super::estimate::{download, estimated, place_as};
use super::super::pace::{home, program};
use super::super::words::Words;

/// What a package manager weighs that corepack fetches (yarn 4 and pnpm 9, unpacked and as archives: measured).
pub const MANAGERS: [(&str, u64, u64); 3] =
    [("pnpm", 4_800_000, 1_300_000), ("yarn", 2_800_000, 900_000), ("npm", 10_500_000, 2_500_000)];

pub fn corepack(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), &["--install-directory", "--output", "-o"]);
    if words.has(&["--version", "-v"]) {
        process.out(machine, "0.34.0\n");
        return 0;
    }
    let Some((command, names)) = words.operands.split_first() else { return 0 };
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    match command.as_str() {
        "enable" | "disable" => {
            let own = program(machine, process, "corepack").unwrap_or_else(|| "/usr/local/bin/corepack".to_string());
            let folder = own.rsplit_once('/').map_or("/usr/local/bin", |(folder, _)| folder).to_string();
            let folder = words.value(&["--install-directory"]).map_or(folder, |folder| process.path(folder));
            let real = machine.fs.resolve(&own, true, &process.cred).unwrap_or_else(|_| own.clone());
            let dist = real.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
            let wanted = if names.is_empty() { vec!["pnpm", "yarn"] } else { names };
            for name in wanted {
                let alias = if name == "pnpm" { "pnpx" } else { "yarnpkg" };
                for name in [name, alias] {
                    let path = format!("{folder}/{name}");
                    let _ = machine.fs.remove_file(&path, &process.cred);
                    if command == "disable" {
                        continue;
                    }
                    let script = format!("{dist}/{name}.js");
                    if machine.fs.stat(&script, true, &process.cred).is_err() {
                        let _ = place_as(machine, &script, &format!("corepack/{name}"), 300, 0o755, &process.cred);
                    }
                    if let Err(errno) = machine.fs.symlink(&script, &path, &process.cred) {
                        process.err(
                            machine,
                            &format!(
                                "Internal Error: {}: {}, symlink '{script}' -> '{path}'\n",
                                code(errno),
                                errno.to_string().to_lowercase()
                            ),
                        );
                        return 1;
                    }
                }
            }
            0
        }
        "prepare" | "install" | "use" | "up" | "pack" => {
            let from_manifest = super::manifest::read(machine, process).ok();
            let pinned = from_manifest.as_ref().map(|manifest| super::manifest::text(manifest, "packageManager"));
            let wanted = if names.is_empty() { pinned.into_iter().collect() } else { names };
            for word in wanted.iter().filter(|word| !word.is_empty()) {
                let status = fetch(machine, process, word);
                if status != 0 {
                    return status;
                }
            }
            0
        }
        "cache" => {
            let _ = machine.fs.remove_all(&format!("{}/.cache/node/corepack", home(process)), &process.cred);
            0
        }
        name @ ("yarn" | "pnpm" | "npm") => {
            let name = name.to_string();
            process.args = words.operands.clone();
            match super::super::lookup(&name) {
                Some(model) => model(machine, process),
                None => 0,
            }
        }
        other => {
            process.err(machine, &format!("Unknown Syntax Error: Command not found; did you mean one of:\n\n  corepack enable\n\nWhile running {other}\n"));
            1
        }
    }
}

fn code(errno: filesystem::Errno) -> &'static str {
    match errno {
        filesystem::Errno::Access => "EACCES",
        filesystem::Errno::ReadOnly => "EROFS",
        _ => "ENOENT",
    }
}

/// Fetches a package manager (`pnpm@9.1.0`) into the user's cache, unless it is there.
pub fn fetch(machine: &mut Machine, process: &Process, word: &str) -> i32 {
    let (name, version) = word.split_once('@').unwrap_or((word, "latest"));
    let version = version.split('+').next().unwrap_or(version);
    let Some((_, bytes, archive)) = MANAGERS.iter().find(|(manager, ..)| *manager == name) else { return 0 };
    let base = process.env.get("COREPACK_HOME").cloned();
    let base = base.unwrap_or_else(|| format!("{}/.cache/node/corepack", home(process)));
    let path = format!("{base}/v1/{name}/{version}/bin/{name}.js");
    if machine.fs.stat(&path, true, &process.cred).is_ok() {
        return 0;
    }
    estimated(machine);
    if !machine.network {
        process.err(machine, "Internal Error: Error when performing the request; for troubleshooting help, see the documentation of corepack\n");
        return 1;
    }
    download(machine, *archive);
    let _ = place_as(machine, &path, &format!("corepack/{name}@{version}"), *bytes, 0o755, &process.cred);
    0
}

/// Whether a program that is about to run is one of corepack's, which has to be fetched first.
pub fn is_shim(machine: &Machine, process: &Process, name: &str) -> bool {
    let Some(path) = program(machine, process, name) else { return false };
    machine.fs.resolve(&path, true, &process.cred).is_ok_and(|real| real.contains("/corepack/"))
}
