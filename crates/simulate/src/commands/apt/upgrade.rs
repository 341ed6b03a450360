//! `upgrade` and `dist-upgrade`.

use super::super::estimate::estimated;
use super::install::{READING, Situation, carry_out};
use super::resolve::closure;
use super::select::Request;
use super::state::State;
use super::table::table;
use super::{Call, version};
use crate::process::{Machine, Process};

/// How long it takes to find what is newer, in milliseconds: measured.
const FIND_MS: u64 = 2_400;

/// The installed packages that the lists have in a newer version.
pub fn upgradable(state: &State) -> Vec<usize> {
    let newer = |(name, row): (&str, &super::state::Row)| {
        let number = table().number(name)?;
        let package = table().get(number)?;
        version::compare(&row.version, package.version).is_lt().then_some(number)
    };
    state.installed().filter_map(newer).collect()
}

/// Brings what is installed to the newest version. `upgrade` leaves alone what would need new packages.
pub fn upgrade(machine: &mut Machine, process: &Process, call: &Call, words: &[String]) -> i32 {
    estimated(machine);
    let situation = Situation::of(machine);
    call.say(machine, process, READING);
    call.say(machine, process, "Calculating upgrade...\n");
    machine.work(crate::Work::Packages, FIND_MS);
    let (mut packages, mut kept) = (Vec::new(), Vec::new());
    let may_add = process.operands().iter().any(|word| matches!(word.as_str(), "dist-upgrade" | "full-upgrade"))
        || process.name() == "apt";
    for number in if situation.has_lists { upgradable(&situation.state) } else { Vec::new() } {
        let Some(package) = table().get(number) else { continue };
        let is_held = situation.state.row(package.name).is_some_and(|row| row.held);
        if is_held || (!may_add && !closure(table(), &situation.state, &[number], false).new.is_empty()) {
            kept.push(package.name);
        } else {
            packages.push(number);
        }
    }
    if !kept.is_empty() {
        call.say(machine, process, &format!("The following packages have been kept back:\n  {}\n", kept.join(" ")));
    }
    let mut request = Request { packages, ..Request::default() };
    if !words.is_empty() {
        let named = super::select::wanted(machine, &situation.known(), words);
        if !named.errors.is_empty() {
            let text: String = named.errors.iter().map(|error| format!("E: {error}\n")).collect();
            process.err(machine, &text);
            return 100;
        }
        request.packages.extend(named.packages);
        request.foreign = named.foreign;
    }
    carry_out(machine, process, call, situation, request)
}
