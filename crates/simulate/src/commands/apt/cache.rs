//! apt-cache, and apt's own questions: list, show, search, policy.

use std::fmt::Write as _;

use super::super::estimate::estimated;
use super::super::input::not_modelled;
use super::super::options::Options;
use super::install::Situation;
use super::options;
use super::table::{Choice, Package, table};
use crate::process::{Machine, Process};

/// apt-cache.
pub fn apt_cache(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match options::read(process.operands()) {
        Ok(options) => options,
        Err(message) => {
            process.err(machine, &format!("E: {message}\n"));
            return 100;
        }
    };
    let Some((command, names)) = options.operands.split_first().map(|(first, rest)| (first.clone(), rest.to_vec()))
    else {
        process.out(machine, "apt 2.6.1 (amd64)\n");
        return 1;
    };
    query(machine, process, &command, &names, &options)
}

/// Answers from the lists and the state.
pub fn query(machine: &mut Machine, process: &Process, command: &str, names: &[String], options: &Options) -> i32 {
    let situation = Situation::of(machine);
    let is_known = |name: &str| situation.has_lists || situation.state.version(name).is_some();
    match command {
        "list" => {
            process.out(machine, "Listing...\n");
            let only_installed = options.has('i') || (names.is_empty() && options.has('u'));
            let mut text = String::new();
            for package in table().packages() {
                let version = situation.state.version(package.name);
                let asked = names.is_empty()
                    || names.iter().any(|name| filesystem::path_match(name, package.name).unwrap_or(false));
                if !asked || (only_installed && version.is_none()) || !is_known(package.name) {
                    continue;
                }
                let row = situation.state.row(package.name);
                let mark = match (version, row.is_some_and(|row| row.automatic)) {
                    (Some(_), true) => " [installed,automatic]",
                    (Some(_), false) => " [installed]",
                    (None, _) => "",
                };
                let _ = writeln!(
                    text,
                    "{}/{} {} amd64{mark}",
                    package.name,
                    situation.release.codename,
                    version.unwrap_or(package.version)
                );
            }
            estimated(machine);
            process.out(machine, &text);
            0
        }
        "search" => {
            estimated(machine);
            let words: Vec<String> = names.iter().map(|word| word.trim_matches(['^', '$']).to_lowercase()).collect();
            let found = table().packages().iter().filter(|package| {
                is_known(package.name) && words.iter().all(|word| package.name.contains(word.as_str()))
            });
            let text: String = found.map(|package| format!("{}\n", package.name)).collect();
            process.out(machine, &text);
            // descriptions are not in the data
            not_modelled(machine, process, "search");
            0
        }
        "show" | "policy" | "madison" | "depends" | "rdepends" | "showpkg" | "showsrc" => {
            estimated(machine);
            let mut failed = false;
            for name in names {
                match table().find(name).filter(|_| is_known(name)) {
                    Some(package) => {
                        let text = describe(&situation, package, command);
                        process.out(machine, &text);
                    }
                    None if command == "policy" || command == "madison" => {}
                    None => {
                        failed = true;
                        process.err(
                            machine,
                            &format!(
                                "{}: Unable to locate package {name}\n",
                                if command == "show" { "N" } else { "E" }
                            ),
                        );
                    }
                }
            }
            if failed {
                process.err(machine, "E: No packages found\n");
                return 100;
            }
            0
        }
        "gencaches" | "stats" | "dump" | "dumpavail" | "unmet" | "pkgnames" => {
            not_modelled(machine, process, command);
            0
        }
        _ => {
            process.err(machine, &format!("E: Invalid operation {command}\n"));
            100
        }
    }
}

fn describe(situation: &Situation, package: &Package, command: &str) -> String {
    let source =
        situation.sources.first().map_or(String::new(), |source| format!("{} {}/main", source.uri, source.suite));
    let installed = situation.state.version(package.name).unwrap_or("(none)");
    let (name, version) = (package.name, package.version);
    match command {
        "policy" => format!(
            "{name}:\n  Installed: {installed}\n  Candidate: {version}\n  Version table:\n {} {version} 500\n        500 {source} amd64 Packages\n",
            if installed == version { "***" } else { "   " }
        ),
        "madison" => format!("{name:>10} | {version:>10} | {source} amd64 Packages\n"),
        "depends" => {
            let line = |kind: &str, group: &Vec<Choice>| -> String {
                let names: Vec<&str> =
                    group.iter().filter_map(|choice| table().get(choice.package)).map(|other| other.name).collect();
                names
                    .iter()
                    .enumerate()
                    .map(|(at, other)| format!(" {}{kind}: {other}\n", if at + 1 < names.len() { '|' } else { ' ' }))
                    .collect()
            };
            let depends: String = package.depends.iter().map(|group| line("Depends", group)).collect();
            let recommends: String = package.recommends.iter().map(|group| line("Recommends", group)).collect();
            format!("{name}\n{depends}{recommends}")
        }
        _ => format!(
            "Package: {name}\nVersion: {version}\nInstalled-Size: {}\nArchitecture: amd64\nSize: {}\n\n",
            package.kib,
            package.deb_kib * 1024
        ),
    }
}
