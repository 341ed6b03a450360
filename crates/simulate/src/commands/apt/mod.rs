//! apt-get and apt, with dpkg below them: estimated from the package indexes of Debian 12, a survey of packages' files
//! and measured installs (`tests/estimates`).
//!
//! They do not model: architectures but amd64, debconf's questions, packages' conflicts, downgrades, source packages.

mod absent;
mod cache;
mod config;
mod dpkg;
mod install;
mod key;
mod locale;
mod mark;
mod options;
mod plan;
mod remove;
mod repository;
mod resolve;
mod scripts;
mod select;
mod sources;
mod state;
mod table;
mod third;
mod unpack;
mod update;
mod upgrade;
mod version;

pub use cache::apt_cache;
pub use dpkg::{dpkg, dpkg_query};
pub use key::{apt_key, gpg};
pub use locale::{locale_gen, localedef};
pub use mark::apt_mark;
pub use repository::add_apt_repository;

use filesystem::Cred;

use self::config::Config;
use super::input::not_modelled;
use super::options::Options;
use crate::process::{Machine, Process};

const ARCHIVES: &str = "/var/cache/apt/archives";

/// One call of apt or apt-get: its settings and options.
pub struct Call {
    pub config: Config,
    pub options: Options,
    /// Whether questions are answered with yes.
    pub yes: bool,
    pub recommends: bool,
    /// `-s`: nothing is done.
    pub simulate: bool,
    /// How much is left out of the output: `-q` is 1, `-qq` is 2.
    quiet: usize,
}

impl Call {
    /// Prints what `-qq` leaves out.
    pub fn say(&self, machine: &mut Machine, process: &Process, text: &str) {
        if self.quiet < 2 {
            process.out(machine, text);
        }
    }
}

/// apt and apt-get.
pub fn apt(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match options::read(process.operands()) {
        Ok(options) => options,
        Err(message) => {
            process.err(machine, &format!("E: {message}\n"));
            return 100;
        }
    };
    let program = process.name().to_string();
    let Some((command, names)) = options.operands.split_first().map(|(first, rest)| (first.clone(), rest.to_vec()))
    else {
        let status = i32::from(!options.any("hv"));
        process.out(machine, &format!("{program} 2.6.1 (amd64)\n"));
        return status;
    };
    if program == "apt" {
        process.err(machine, "\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n");
    }
    let call = call(machine, process, options);
    match command.as_str() {
        "list" | "show" | "search" | "policy" | "depends" | "rdepends" | "madison" | "showpkg" | "showsrc" => {
            return cache::query(machine, process, &command, &names, &call.options);
        }
        "help" | "moo" => return 0,
        _ => {}
    }
    if !is_command(&command) {
        process.err(machine, &format!("E: Invalid operation {command}\n"));
        return 100;
    }
    if process.cred.uid != 0 && !call.simulate {
        return not_root(machine, process, &command);
    }
    match command.as_str() {
        "update" => update::update(machine, process, &call),
        "install" | "reinstall" => install::install(machine, process, &call, &names),
        "upgrade" | "dist-upgrade" | "full-upgrade" | "dselect-upgrade" => {
            upgrade::upgrade(machine, process, &call, &names)
        }
        "remove" | "purge" | "autoremove" | "autopurge" | "auto-remove" => {
            remove::remove(machine, process, &call, &command, &names)
        }
        "clean" | "distclean" | "dist-clean" => clean(machine, command != "clean"),
        // the archives that can no longer be fetched: none of those that the data have
        "autoclean" | "auto-clean" => {
            process
                .out(machine, "Reading package lists...\nBuilding dependency tree...\nReading state information...\n");
            0
        }
        "check" => {
            process
                .out(machine, "Reading package lists...\nBuilding dependency tree...\nReading state information...\n");
            0
        }
        "download" => install::download_only(machine, process, &call, &names),
        _ => {
            not_modelled(machine, process, &command);
            0
        }
    }
}

fn is_command(word: &str) -> bool {
    let commands = [
        "update",
        "install",
        "reinstall",
        "upgrade",
        "dist-upgrade",
        "full-upgrade",
        "dselect-upgrade",
        "remove",
        "purge",
        "autoremove",
        "autopurge",
        "auto-remove",
        "clean",
        "distclean",
        "dist-clean",
        "autoclean",
        "auto-clean",
        "check",
        "download",
        "source",
        "build-dep",
        "changelog",
        "indextargets",
        "edit-sources",
        "satisfy",
        "why",
        "why-not",
    ];
    commands.contains(&word)
}

/// The settings that the image's files, the environment and the options come to.
fn call(machine: &Machine, process: &Process, options: Options) -> Call {
    let mut config = Config::read(machine.fs, process.name());
    for setting in options.values('o') {
        config.set(setting);
    }
    let recommends = match options.last_of("RI") {
        Some(letter) => letter == 'I',
        None => config.is("APT::Install-Recommends", true),
    };
    let quiet = options.given.iter().filter(|(letter, _)| *letter == 'q').count();
    // two q stand for yes as well: apt-get(8)
    let yes = options.has('y')
        || quiet >= 2
        || config.is("APT::Get::Assume-Yes", false)
        || config.is("APT::Get::force-yes", false);
    let simulate = options.has('s') || config.is("APT::Get::Simulate", false);
    Call { config, yes: yes && !options.has('N'), recommends, simulate, quiet, options }
}

fn not_root(machine: &mut Machine, process: &Process, command: &str) -> i32 {
    let locked = |file: &str| format!("E: Could not open lock file {file} - open (13: Permission denied)\n");
    let text = match command {
        "update" => format!("{}E: Unable to lock directory /var/lib/apt/lists/\n", locked("/var/lib/apt/lists/lock")),
        "clean" => format!(
            "{}E: Unable to lock directory /var/cache/apt/archives/\n{}E: Unable to lock directory /var/lib/apt/lists/\n",
            locked("/var/cache/apt/archives/lock"),
            locked("/var/lib/apt/lists/lock")
        ),
        _ => format!(
            "{}E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n",
            locked("/var/lib/dpkg/lock-frontend")
        ),
    };
    if command == "update" {
        process.out(machine, "Reading package lists...\n");
    }
    process.err(machine, &text);
    100
}

/// `clean`: the archives and apt's own index go.
fn clean(machine: &mut Machine, lists_too: bool) -> i32 {
    let root = Cred::root();
    for folder in [ARCHIVES, "/var/cache/apt/archives/partial"] {
        for name in machine.fs.read_dir(folder, &root).unwrap_or_default() {
            if name != "lock" {
                let _ = machine.fs.remove_file(&format!("{folder}/{name}"), &root);
            }
        }
    }
    for name in ["pkgcache.bin", "srcpkgcache.bin"] {
        let _ = machine.fs.remove_file(&format!("/var/cache/apt/{name}"), &root);
    }
    if lists_too {
        for name in machine.fs.read_dir(update::LISTS, &root).unwrap_or_default() {
            let _ = machine.fs.remove_file(&format!("{}/{name}", update::LISTS), &root);
        }
    }
    0
}
