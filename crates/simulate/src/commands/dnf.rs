//! dnf, yum, microdnf: counted with typical sizes.

use crate::process::{Machine, Process};

use super::estimate::estimated;
use super::foreign::{Store, clean, install, offline, refresh, remove};
use super::input::not_modelled;

/// dnf of Red Hat's systems and Fedora: its lists weigh most of what an uncleaned layer is too large by.
const STORE: Store =
    Store { lists: "/var/cache/dnf", list_bytes: 75_000_000, packages: None, database: "/var/lib/rpm/rpmdb.sqlite" };
const YUM: Store =
    Store { lists: "/var/cache/yum", list_bytes: 75_000_000, packages: None, database: "/var/lib/rpm/Packages" };

/// Options that take a value, which may stand apart.
const WITH_VALUE: [&str; 8] = ["-c", "-d", "-e", "-x", "--exclude", "--repo", "--enablerepo", "--installroot"];

pub fn dnf(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut words = Vec::new();
    let mut yes = false;
    let mut skip = false;
    for word in process.operands() {
        if std::mem::take(&mut skip) {
            continue;
        }
        if word.starts_with('-') && word.len() > 1 {
            skip = WITH_VALUE.contains(&word.as_str());
            yes |= matches!(word.as_str(), "-y" | "--assumeyes" | "--noninteractive") || word.starts_with("-yq");
        } else {
            words.push(word.clone());
        }
    }
    let Some((command, names)) = words.split_first() else { return 0 };
    let store = if process.name() == "yum" { &YUM } else { &STORE };
    if process.cred.uid != 0 {
        process.err(
            machine,
            "Error: This command has to be run with superuser privileges (under the root user on most systems).\n",
        );
        return 1;
    }
    let needs_lists =
        !matches!(command.as_str(), "clean" | "remove" | "erase" | "autoremove" | "config-manager" | "history");
    if needs_lists {
        if !machine.network {
            return offline(
                machine,
                process,
                "Error: Failed to download metadata for repo 'baseos': Cannot prepare internal mirrorlist: Curl error (6): Could not resolve hostname\n",
            );
        }
        if refresh(machine, store).is_err() {
            return 1;
        }
    }
    // microdnf never asks
    let asks = !yes && process.name() != "microdnf" && process.name() != "yum-config-manager";
    match command.as_str() {
        "install" | "localinstall" | "groupinstall" | "reinstall" | "group" | "module" | "swap" => {
            if asks {
                process.out(machine, "Is this ok [y/N]: Operation aborted.\n");
                return 1;
            }
            let sub = matches!(command.as_str(), "group" | "module");
            let names: Vec<String> = names
                .iter()
                .skip(usize::from(sub))
                .map(|name| name.trim_start_matches('@').trim_end_matches(".x86_64").to_string())
                .filter(|name| !name.starts_with("dnf-command("))
                .collect();
            let enables = sub && !words.iter().any(|word| word == "install");
            match if enables { Ok(()) } else { install(machine, process, store, &names) } {
                Ok(()) => {
                    process.out(machine, "Complete!\n");
                    0
                }
                Err(errno) => {
                    process.err(machine, &format!("Error: Transaction test error: {errno}\n"));
                    1
                }
            }
        }
        "update" | "upgrade" | "distro-sync" | "upgrade-minimal" => {
            // how many packages are newer than the image's is not known: none
            machine.typical_size(&format!("{} {command}", process.name()), 0);
            process.out(machine, "Dependencies resolved.\nNothing to do.\nComplete!\n");
            0
        }
        "remove" | "erase" | "autoremove" => {
            estimated(machine);
            remove(machine, names);
            0
        }
        "clean" => {
            clean(
                machine,
                store,
                names.iter().any(|what| matches!(what.as_str(), "all" | "metadata" | "expire-cache" | "dbcache")),
            );
            process.out(machine, "18 files removed\n");
            0
        }
        "makecache" | "repolist" | "list" | "info" | "search" | "check-update" | "history" | "provides" => 0,
        "config-manager" | "copr" | "versionlock" => {
            machine.writes_nothing(&format!("{} {command}", process.name()));
            0
        }
        other => {
            not_modelled(machine, process, other);
            0
        }
    }
}

/// `yum-config-manager`, `dnf-config-manager`: a file of some lines in /etc/yum.repos.d.
pub fn config_manager(machine: &mut Machine, process: &mut Process) -> i32 {
    machine.writes_nothing(process.args.join(" ").as_str());
    0
}

/// `rpm -i URL`, `rpm -U URL`, `rpm --import KEY`; questions print nothing.
pub fn rpm(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let installs = words.iter().any(|word| {
        word == "--install"
            || word == "--upgrade"
            || (word.starts_with('-')
                && !word.starts_with("--")
                && word.contains(['i', 'U', 'F'])
                && !word.contains('q'))
    });
    if !installs {
        machine.writes_nothing(&format!("rpm {}", words.first().map_or("", String::as_str)));
        return 0;
    }
    let names: Vec<String> = words.iter().filter(|word| !word.starts_with('-')).cloned().collect();
    if !machine.network && names.iter().any(|name| name.contains("://")) {
        return offline(machine, process, "curl: (6) Could not resolve host\n");
    }
    i32::from(install(machine, process, &STORE, &names).is_err())
}
