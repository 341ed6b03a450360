//! zypper of openSUSE: counted with typical sizes.

use crate::process::{Machine, Process};

use super::estimate::estimated;
use super::foreign::{Store, clean, install, offline, refresh, remove};
use super::input::not_modelled;

const STORE: Store = Store {
    lists: "/var/cache/zypp/solv",
    list_bytes: 60_000_000,
    packages: None,
    database: "/usr/lib/sysimage/rpm/Packages.db",
};

pub fn zypper(machine: &mut Machine, process: &mut Process) -> i32 {
    let words: Vec<String> = process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect();
    let Some((command, names)) = words.split_first() else { return 0 };
    let asks = !process
        .operands()
        .iter()
        .any(|word| matches!(word.as_str(), "-y" | "-n" | "--non-interactive" | "--no-confirm"));
    if process.cred.uid != 0 {
        process.err(machine, "Root privileges are required to run this command.\n");
        return 5;
    }
    let needs_lists = !matches!(command.as_str(), "clean" | "cc" | "remove" | "rm" | "addrepo" | "ar");
    if needs_lists {
        if !machine.network {
            return offline(machine, process, "Download (curl) error: Could not resolve host\n");
        }
        if refresh(machine, &STORE).is_err() {
            return 4;
        }
    }
    match command.as_str() {
        "install" | "in" if asks => {
            process.out(machine, "Continue? [y/n/v/...? shows all options] (y): n\n");
            4
        }
        "install" | "in" => i32::from(install(machine, process, &STORE, names).is_err()) * 8,
        "refresh" | "ref" | "search" | "se" | "repos" | "lr" | "addrepo" | "ar" => 0,
        "update" | "up" | "dup" | "dist-upgrade" | "patch" => {
            machine.typical_size(&format!("zypper {command}"), 0);
            0
        }
        "remove" | "rm" => {
            estimated(machine);
            remove(machine, names);
            0
        }
        "clean" | "cc" => {
            clean(machine, &STORE, true);
            0
        }
        other => {
            not_modelled(machine, process, other);
            0
        }
    }
}
