//! Wheels: those that are there, and those that `pip wheel` and `pip download` make.

use std::collections::BTreeMap;

use crate::process::{Machine, Process};

use super::super::words::Words;
use super::site::Site;
use super::{how, install, known, named, requirement, wanted};

/// The wheels that are there, by the distribution's name: named by themselves, or in a folder of `--find-links`.
pub fn wheels_here<'a>(
    machine: &Machine,
    process: &Process,
    words: &Words,
    files: impl Iterator<Item = &'a str>,
) -> BTreeMap<String, String> {
    let is_there = |path: &&str| machine.fs.stat(&process.path(path), true, &process.cred).is_ok();
    let mut found: Vec<String> = files.filter(is_there).map(|path| process.path(path)).collect();
    for folder in words.values(&["-f", "--find-links"]) {
        let folder = process.path(folder.strip_prefix("file://").unwrap_or(folder));
        let folder = folder.trim_end_matches("/.");
        let names = machine.fs.read_dir(folder, &process.cred).unwrap_or_default();
        found.extend(names.iter().map(|name| super::super::input::join(folder, name)));
    }
    let wheels = found.into_iter().filter(|path| path.ends_with(".whl"));
    wheels.filter_map(|path| Some((requirement::normal(path.rsplit('/').next()?.split('-').next()?), path))).collect()
}

/// `pip wheel`, `pip download`: wheels in a folder.
pub fn wheels(
    machine: &mut Machine,
    process: &Process,
    site: &Site,
    words: &Words,
    command: &str,
    names: &[String],
) -> i32 {
    let requirements = match wanted(machine, process, words, names).and_then(|all| named(machine, process, &all)) {
        Ok(names) => names,
        Err(status) => return status,
    };
    let folder = words.value(if command == "wheel" { &["-w", "--wheel-dir"] } else { &["-d", "--dest"] });
    let folder = process.path(folder.unwrap_or("."));
    let all = known::Table::read().closure(&requirements, words.has(&["--no-deps"]), false);
    super::super::estimate::estimated(machine);
    if let Err(name) = install::fetch(machine, process, &all, &how(process, words)) {
        process.err(machine, &format!("ERROR: Could not find a version that satisfies the requirement {name} (from versions: none)\nERROR: No matching distribution found for {name}\n"));
        return 1;
    }
    for part in &all {
        if let Some(text) = install::build(machine, process, part).filter(|_| command == "wheel") {
            process.err(machine, &text);
            return 1;
        }
        if part.is_typical {
            super::super::pace::assumed(machine, &format!("pip {command} {}", part.name), part.size.wheel);
        }
        let tag = site.version.replace('.', "");
        let kind = if part.is_native || install::is_source(&part.name) {
            format!("cp{tag}-cp{tag}-linux_x86_64")
        } else {
            "py3-none-any".to_string()
        };
        let file = format!("{}-{}-{kind}.whl", install::module(&part.name), part.version);
        let id = format!("pip/wheel/{file}");
        if let Err(errno) = super::super::estimate::place_as(
            machine,
            &format!("{folder}/{file}"),
            &id,
            part.size.wheel,
            0o644,
            &process.cred,
        ) {
            return super::super::estimate::failed(machine, process, errno);
        }
    }
    super::super::estimate::unpack(machine, all.iter().map(|part| part.size.wheel).sum(), all.len() as u64);
    0
}
