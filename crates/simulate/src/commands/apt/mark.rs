//! apt-mark: which packages were asked for, which came with others, which stay as they are.

use super::state::State;
use crate::process::{Machine, Process};

/// apt-mark auto, manual, hold, unhold, showauto, showmanual, showhold, minimize-manual.
pub fn apt_mark(machine: &mut Machine, process: &mut Process) -> i32 {
    let words: Vec<String> = process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect();
    let Some((command, names)) = words.split_first() else {
        process.out(machine, "apt 2.6.1 (amd64)\n");
        return 1;
    };
    let mut state = State::read(machine.fs);
    let shown = |wanted: &dyn Fn(&super::state::Row) -> bool| -> String {
        let rows = state
            .installed()
            .filter(|(name, row)| wanted(row) && (names.is_empty() || names.iter().any(|n| n == name)));
        rows.map(|(name, _)| format!("{name}\n")).collect()
    };
    let text = match command.as_str() {
        "showauto" => Some(shown(&|row| row.automatic)),
        "showmanual" => Some(shown(&|row| !row.automatic)),
        "showhold" | "showheld" => Some(shown(&|row| row.held)),
        _ => None,
    };
    if let Some(text) = text {
        process.out(machine, &text);
        return 0;
    }
    if !matches!(
        command.as_str(),
        "auto" | "manual" | "hold" | "unhold" | "markauto" | "unmarkauto" | "minimize-manual"
    ) {
        process.err(machine, &format!("E: Invalid operation {command}\n"));
        return 100;
    }
    if process.cred.uid != 0 {
        process.err(machine, "E: Could not create temporary file for /var/lib/apt/extended_states - mkstemp (13: Permission denied)\nE: Failed to write temporary StateFile /var/lib/apt/extended_states\n");
        return 100;
    }
    let mut changed_holds = false;
    for name in expand(&state, names) {
        if state.version(&name).is_none() {
            let unknown = super::table::table().find(&name).is_none();
            let text = if unknown {
                format!("E: Unable to locate package {name}\n")
            } else {
                format!("{name} can not be marked as it is not installed.\n")
            };
            process.err(machine, &text);
            if unknown {
                return 100;
            }
            continue;
        }
        let said = match command.as_str() {
            "auto" | "markauto" if state.mark(&name, true) => "set to automatically installed",
            "auto" | "markauto" => "was already set to automatically installed",
            "manual" | "unmarkauto" if state.mark(&name, false) => "set to manually installed",
            "manual" | "unmarkauto" => "was already set to manually installed",
            "hold" if state.hold(&name, true) => "set on hold",
            "hold" => "was already set on hold",
            "unhold" if state.hold(&name, false) => "Canceled hold on",
            "unhold" => "was already not on hold",
            _ => continue,
        };
        changed_holds |= matches!(said, "set on hold" | "Canceled hold on");
        let text = if said.starts_with("Canceled") { format!("{said} {name}.\n") } else { format!("{name} {said}.\n") };
        process.out(machine, &text);
    }
    // holds are dpkg's, marks are apt's
    let done = if changed_holds { state.write(machine) } else { state.write_marks(machine) };
    if done.is_err() { 100 } else { 0 }
}

/// The installed packages that patterns fit, and the other words as they are.
fn expand(state: &State, words: &[String]) -> Vec<String> {
    let one = |word: &String| -> Vec<String> {
        if word.contains(['*', '?', '.']) && state.version(word).is_none() {
            let fits = |name: &&str| filesystem::path_match(word, name).unwrap_or(false);
            state.installed().map(|(name, _)| name).filter(fits).map(str::to_string).collect()
        } else {
            vec![word.clone()]
        }
    };
    words.iter().flat_map(one).collect()
}
