//! pacman of Arch Linux: counted with typical sizes.

use crate::process::{Machine, Process};

use super::estimate::estimated;
use super::foreign::{Store, clean, install, offline, refresh, remove};
use super::input::not_modelled;

/// pacman keeps what it has downloaded until `-Scc`.
const STORE: Store = Store {
    lists: "/var/lib/pacman/sync",
    list_bytes: 9_000_000,
    packages: Some("/var/cache/pacman/pkg"),
    database: "/var/lib/pacman/local/ALPM_DB_VERSION",
};

pub fn pacman(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let letters: String = words
        .iter()
        .filter(|word| word.starts_with('-') && !word.starts_with("--"))
        .flat_map(|word| word.chars().skip(1))
        .collect();
    let names: Vec<String> = words.iter().filter(|word| !word.starts_with('-')).cloned().collect();
    if letters.contains('Q') || letters.contains('V') {
        machine.writes_nothing("pacman -Q");
        return 0;
    }
    if process.cred.uid != 0 {
        process.err(machine, "error: you cannot perform this operation unless you are root.\n");
        return 1;
    }
    match letters.chars().find(|letter| letter.is_ascii_uppercase()) {
        Some('S') if letters.contains('c') => {
            clean(machine, &STORE, letters.matches('c').count() > 1);
            0
        }
        Some('S') => {
            if !machine.network {
                return offline(machine, process, "error: failed retrieving file 'core.db': Could not resolve host\n");
            }
            if letters.contains('y') && refresh(machine, &STORE).is_err() {
                return 1;
            }
            if !names.is_empty() && !words.iter().any(|word| word == "--noconfirm") {
                process.out(machine, ":: Proceed with installation? [Y/n] \n");
            }
            if letters.contains('u') {
                // how many packages are newer than the image's is not known: none
                machine.typical_size("pacman -Su", 0);
            }
            i32::from(install(machine, process, &STORE, &names).is_err())
        }
        Some('R') => {
            estimated(machine);
            remove(machine, &names);
            0
        }
        _ => {
            not_modelled(machine, process, &letters);
            0
        }
    }
}
