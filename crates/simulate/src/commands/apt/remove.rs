//! `remove`, `purge` and `autoremove`.

use std::collections::BTreeSet;

use super::super::estimate::{decimal, estimated, failed};
use super::install::{READING, Situation, confirmed};
use super::resolve::{dependants, unused};
use super::table::{Base, table};
use super::{Call, scripts, unpack};
use crate::process::{Machine, Process};

/// How long a removal takes: to start, and a package. Measured.
const START_MS: u64 = 1_050;
const PACKAGE_MS: u64 = 20;

/// Removes what the words name, what depends on it, and with `autoremove` what nobody needs.
pub fn remove(machine: &mut Machine, process: &Process, call: &Call, command: &str, words: &[String]) -> i32 {
    estimated(machine);
    let mut situation = Situation::of(machine);
    call.say(machine, process, READING);
    let purge = matches!(command, "purge" | "autopurge") || call.options.has('P');
    let takes_unused = command.starts_with("auto") || call.options.has('A');
    let mut wanted = BTreeSet::new();
    let mut errors = String::new();
    for word in words {
        let name = word.split([':', '=', '/']).next().unwrap_or(word);
        let name = if table().find(name).is_none() { name.trim_end_matches('-') } else { name };
        let state = &situation.state;
        if name.contains(['*', '?']) {
            let matching = state.installed().filter(|(other, _)| filesystem::path_match(name, other).unwrap_or(false));
            wanted.extend(matching.map(|(other, _)| other.to_string()));
        } else if state.version(name).is_some() || (purge && state.row(name).is_some()) {
            wanted.insert(name.to_string());
        } else if table().find(name).is_some() || !table().providers(name).is_empty() {
            call.say(machine, process, &format!("Package '{name}' is not installed, so not removed\n"));
        } else {
            errors.push_str(&format!("E: Unable to locate package {name}\n"));
        }
    }
    if !errors.is_empty() {
        process.err(machine, &errors);
        return 100;
    }
    let mut gone = dependants(table(), &situation.state, &wanted);
    let idle = unused(table(), &situation.state, &gone);
    if takes_unused {
        gone.extend(idle);
    } else if !idle.is_empty() {
        let list = idle.join(" ");
        call.say(machine, process, &format!("The following packages were automatically installed and are no longer required:\n  {list}\nUse 'apt autoremove' to remove them.\n"));
    }
    let star = if purge { "*" } else { "" };
    let list: Vec<String> = gone.iter().map(|name| format!("{name}{star}")).collect();
    if !list.is_empty() {
        call.say(machine, process, &format!("The following packages will be REMOVED:\n  {}\n", list.join(" ")));
    }
    let count = list.len();
    call.say(machine, process, &format!("0 upgraded, 0 newly installed, {count} to remove and 0 not upgraded.\n"));
    if gone.is_empty() || call.simulate {
        return 0;
    }
    let essential = gone.iter().any(|name| table().find(name).is_some_and(|package| package.base == Base::Essential));
    if essential && !process.operands().iter().any(|word| word == "--allow-remove-essential") {
        process.err(machine, "E: Essential packages were removed and -y was used without --allow-remove-essential.\n");
        return 100;
    }
    let kib: u64 = gone.iter().filter_map(|name| table().find(name)).map(|package| package.kib).sum();
    call.say(machine, process, &format!("After this operation, {} disk space will be freed.\n", decimal(kib * 1024)));
    if !call.yes && !confirmed(machine, process) {
        return 1;
    }
    let mut text = String::new();
    let names: Vec<String> = gone.into_iter().collect();
    for name in &names {
        let version = situation.state.row(name).map(|row| row.version.clone()).unwrap_or_default();
        if situation.state.version(name).is_some() {
            text.push_str(&format!("Removing {name} ({version}) ...\n"));
        }
        if purge {
            text.push_str(&format!("Purging configuration files for {name} ({version}) ...\n"));
        }
        unpack::take_out(machine, name, purge);
        // without configuration files nothing is left to remember
        let keeps_some = scripts::made_by(name).next().is_some();
        situation.state.remove(name, purge || !keeps_some);
    }
    process.out(machine, &text);
    machine.work(crate::Work::Packages, START_MS + PACKAGE_MS * names.len() as u64);
    let done = scripts::run_notes(machine, &names, false).and_then(|()| situation.state.write(machine));
    done.map_or_else(|errno| failed(machine, process, errno), |()| 0)
}
