//! Global installs: `npm install -g`, `yarn global add`, `pnpm add -g`.

use crate::process::{Machine, Process};

use super::super::estimate::estimated;
use super::super::words::Words;
use super::install::{fetch_and_put, refused};
use super::known::Table;
use super::manifest::name_and_range;
use super::tree::{self, Tree};

/// The prefix that global packages go below: npm's setting, or the folder above the one that node is in.
fn prefix(machine: &Machine, process: &Process, words: &Words) -> String {
    if let Some(path) = words.value(&["--prefix", "-C"]) {
        return process.path(path);
    }
    let setting = ["npm_config_prefix", "NPM_CONFIG_PREFIX"].iter().find_map(|name| process.env.get(*name));
    if let Some(path) = setting {
        return path.clone();
    }
    let node = super::super::pace::program(machine, process, "node").unwrap_or_default();
    node.strip_suffix("/bin/node").map_or_else(|| "/usr/local".to_string(), str::to_string)
}

/// Installs packages with their programs below the prefix.
pub fn install(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    let prefix = prefix(machine, process, words);
    estimated(machine);
    let table = Table::read();
    let mut count = 0;
    for word in names {
        let (name, version) = name_and_range(word);
        let mut tree = tree::from_names(&table, std::iter::once(name));
        // what a global package needs lies below it
        let Some(mut own) = tree.remove(name) else { continue };
        if own.version.is_empty() && version != "latest" {
            own.version = version.to_string();
        }
        let inner: Tree =
            tree.into_iter().map(|(place, package)| (format!("{name}/node_modules/{place}"), package)).collect();
        let mut all = inner;
        all.insert(name.to_string(), own.clone());
        let new = all.len();
        let modules = format!("{prefix}/lib/node_modules");
        if name == "npm" {
            let _ = machine.fs.remove_all(&format!("{modules}/npm/node_modules"), &process.cred);
        }
        let asked = all.clone();
        let status = fetch_and_put(machine, process, words, &all, Some(&asked), &modules);
        if status != 0 {
            return status;
        }
        let _ = machine.fs.remove_file(&format!("{modules}/.package-lock.json"), &process.cred);
        let _ = machine.fs.remove_all(&format!("{modules}/.bin"), &process.cred);
        for program in &own.programs {
            let path = format!("{prefix}/bin/{program}");
            let _ = machine.fs.mkdir_all(&format!("{prefix}/bin"), 0o755, &process.cred);
            let exists = machine.fs.stat(&path, false, &process.cred).is_ok();
            let ours = machine.fs.stat(&path, true, &process.cred).is_ok();
            if exists && !ours {
                let _ = machine.fs.remove_file(&path, &process.cred);
            }
            match machine.fs.symlink(&format!("../lib/node_modules/{name}/index.js"), &path, &process.cred) {
                Ok(()) | Err(filesystem::Errno::Exist) => {}
                Err(errno) => return refused(machine, process, &path, errno),
            }
        }
        count += new;
    }
    let seconds = machine.meter.ms / 1000;
    let plural = if count == 1 { "" } else { "s" };
    process.out(machine, &format!("\nadded {count} package{plural} in {seconds}s\n"));
    0
}

/// Removes global packages.
pub fn uninstall(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    let prefix = prefix(machine, process, words);
    estimated(machine);
    let table = Table::read();
    let mut removed = 0;
    for name in names {
        let folder = format!("{prefix}/lib/node_modules/{name}");
        if machine.fs.remove_all(&folder, &process.cred).is_ok() {
            removed += 1;
        }
        let programs = table.get(name).map(|known| known.programs.clone()).unwrap_or_else(|| vec![name.clone()]);
        for program in programs.iter().chain(std::iter::once(&"npx".to_string()).filter(|_| name == "npm")) {
            let _ = machine.fs.remove_file(&format!("{prefix}/bin/{program}"), &process.cred);
        }
    }
    process.out(machine, &format!("\nremoved {removed} package{}\n", if removed == 1 { "" } else { "s" }));
    0
}
