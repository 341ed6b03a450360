//! apt-get and apt: estimated from the indexes of Debian 12 and from measured installs.
//!
//! A layer of an install is the sum of the packages' Installed-Size plus about 0.8 MB for dpkg's and debconf's own
//! files; closures with python3 add about 14 MB of compiled files (59 and 11 measured layers; total ratio 1.009). Slim
//! images leave out documentation, manuals and locales: 0.91 to 1.0 of that. `apt-get update` leaves 19,853,620 bytes of
//! lists on bookworm.

use std::collections::BTreeMap;

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::estimate::{cell, decimal, download, estimated, failed, place, rows, unpack};
use super::input::not_modelled;
use super::node::exists;
use super::options::read;

const DATA: &str = include_str!("data/apt_bookworm.txt");

/// Where the lists are.
const LISTS: &str = "/var/lib/apt/lists";

/// `lists` of bookworm in the official image's settings: seven files, the greatest the packages of main.
const LIST_FILES: [(&str, u64); 4] = [
    ("debian_dists_bookworm_main_binary-amd64_Packages.lz4", 18_840_233),
    ("debian_dists_bookworm_InRelease", 151_000),
    ("debian-security_dists_bookworm-security_main_binary-amd64_Packages.lz4", 760_387),
    ("debian_dists_bookworm-updates_InRelease", 102_000),
];

/// What every install rewrites besides the packages' files.
const FIXED_BYTES: u64 = 800_000;
/// What a closure with python3 compiles.
const PYTHON_BYTES: u64 = 14_058_768;
/// What a package is taken for that the data do not have: its closure's installed and .deb bytes.
const UNKNOWN: (u64, u64) = (5_000_000, 1_500_000);
/// How fast dpkg unpacks and configures, beyond writing: milliseconds a package.
const PACKAGE_MS: u64 = 60;

/// Programs of packages that are named otherwise.
const PROGRAMS: &[(&str, &[&str])] = &[
    ("build-essential", &["gcc", "g++", "make", "cc"]),
    ("default-jdk", &["java", "javac"]),
    ("default-jre", &["java"]),
    ("dnsutils", &["dig"]),
    ("g++", &["g++", "c++"]),
    ("gcc", &["gcc", "cc"]),
    ("gettext-base", &["envsubst"]),
    ("gnupg", &["gpg"]),
    ("gnupg2", &["gpg"]),
    ("golang", &["go"]),
    ("imagemagick", &["convert"]),
    ("iproute2", &["ip"]),
    ("iputils-ping", &["ping"]),
    ("maven", &["mvn"]),
    ("netcat-openbsd", &["nc"]),
    ("nodejs", &["node"]),
    ("openssh-client", &["ssh", "scp"]),
    ("openjdk-17-jdk", &["java", "javac"]),
    ("openjdk-17-jre-headless", &["java"]),
    ("php-cli", &["php"]),
    ("postgresql-client", &["psql"]),
    ("procps", &["ps", "top"]),
    ("python3-pip", &["pip3", "pip"]),
    ("redis-server", &["redis-server"]),
    ("redis-tools", &["redis-cli"]),
    ("sqlite3", &["sqlite3"]),
    ("xz-utils", &["xz"]),
];

/// What an install brings: packages with their bytes.
#[derive(Default)]
struct Closure {
    /// Installed bytes by package; of what the closure is not listed, under the name that was asked for.
    packages: BTreeMap<String, u64>,
    deb_bytes: u64,
    count: u64,
}

pub fn apt(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut arguments = process.operands().to_vec();
    // `-o Dpkg::Use-Pty=0`, `-qq`, `-y` stand anywhere.
    arguments.retain(|word| word != "-qq");
    let long = [
        ("yes", 'y'),
        ("assume-yes", 'y'),
        ("no-install-recommends", 'R'),
        ("no-install-suggests", 'S'),
        ("install-recommends", 'I'),
        ("quiet", 'q'),
        ("option=", 'o'),
        ("fix-missing", 'm'),
        ("fix-broken", 'f'),
        ("purge", 'P'),
        ("auto-remove", 'A'),
        ("autoremove", 'A'),
        ("allow-unauthenticated", 'U'),
        ("allow-downgrades", 'U'),
        ("force-yes", 'y'),
        ("reinstall", 'r'),
        ("target-release=", 't'),
        ("only-upgrade", 'u'),
        ("download-only", 'd'),
        ("allow-releaseinfo-change", 'U'),
        ("allow-insecure-repositories", 'U'),
    ];
    let options = match read(&arguments, "yqo:mft:dRSsu", &long) {
        Ok(options) => options,
        Err(message) => {
            process.err(machine, &format!("E: {message}\n"));
            return 100;
        }
    };
    if process.cred.uid != 0 {
        let text = "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n";
        process.err(machine, text);
        return 100;
    }
    if process.name() == "apt" {
        process.err(machine, "\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n");
    }
    let Some((command, names)) = options.operands.split_first() else { return 0 };
    let recommends =
        if options.any("RI") { options.last_of("RI") == Some('I') } else { !settings_without_recommends(&options) };
    match command.as_str() {
        "update" => update(machine, process),
        "install" => install(machine, process, names, recommends, options.has('y')),
        "upgrade" | "dist-upgrade" | "full-upgrade" => {
            not_modelled(machine, process, command);
            process.out(machine, "Reading package lists...\nBuilding dependency tree...\nCalculating upgrade...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n");
            0
        }
        "clean" | "autoclean" | "auto-clean" => {
            for name in machine.fs.read_dir("/var/cache/apt/archives", &Cred::root()).unwrap_or_default() {
                let _ = machine.fs.remove_file(&format!("/var/cache/apt/archives/{name}"), &Cred::root());
            }
            0
        }
        "remove" | "purge" | "autoremove" => {
            remove(machine, process, names, command == "autoremove" || options.has('A'))
        }
        _ => {
            not_modelled(machine, process, command);
            0
        }
    }
}

fn settings_without_recommends(options: &super::options::Options) -> bool {
    options.values('o').any(|setting| matches!(setting, "APT::Install-Recommends=false" | "APT::Install-Recommends=0"))
}

fn update(machine: &mut Machine, process: &Process) -> i32 {
    estimated(machine);
    if !machine.network {
        // apt ends well all the same: the old lists are used.
        process.err(
            machine,
            "W: Some index files failed to download. They have been ignored, or old ones used instead.\n",
        );
        return 0;
    }
    let bytes: u64 = LIST_FILES.iter().map(|(_, size)| size).sum();
    // The compressed indexes that travel are about half of what lies on disk.
    download(machine, bytes / 2);
    for (name, size) in LIST_FILES {
        if let Err(errno) = place(machine, &format!("{LISTS}/{name}"), &format!("apt-lists/{name}"), size, 0o644) {
            return failed(machine, process, errno);
        }
    }
    machine.charge_write(bytes);
    process.out(machine, "Reading package lists...\n");
    0
}

fn has_lists(machine: &Machine) -> bool {
    let names = machine.fs.read_dir(LISTS, &Cred::root()).unwrap_or_default();
    names.iter().any(|name| name.contains("Packages"))
}

fn installed(machine: &Machine, name: &str) -> bool {
    let root = Cred::root();
    let marker = format!("/var/lib/dpkg/info/{name}.list");
    exists(machine.fs, &marker, &root)
        || programs(name).iter().any(|program| machine.fs.stat(&format!("/usr/bin/{program}"), true, &root).is_ok())
}

fn programs(name: &str) -> Vec<String> {
    match PROGRAMS.iter().find(|(package, _)| *package == name) {
        Some((_, programs)) => programs.iter().map(|program| (*program).to_string()).collect(),
        None if name.starts_with("lib")
            || name.ends_with("-dev")
            || name == "ca-certificates"
            || name == "tzdata"
            || name == "locales" =>
        {
            Vec::new()
        }
        None => vec![name.to_string()],
    }
}

fn closure(machine: &mut Machine, names: &[String], recommends: bool) -> Closure {
    let mut sizes = BTreeMap::new();
    let (mut closures, mut totals) = (BTreeMap::new(), BTreeMap::new());
    for row in rows(DATA) {
        let Some(name) = row.get(1).copied() else { continue };
        match row.first().copied() {
            Some("P") => {
                sizes.insert(name, (cell(&row, 2) * 1024, cell(&row, 3)));
            }
            Some("C") => {
                closures.insert(name, row);
            }
            _ => {
                totals.insert(name, row);
            }
        }
    }
    let mut all = Closure::default();
    for name in names {
        if let Some(row) = closures.get(name.as_str()) {
            let listed = row.iter().skip(2).take_while(|word| recommends || **word != "|").filter(|word| **word != "|");
            for package in listed.chain(std::iter::once(&name.as_str())) {
                let (bytes, deb) = sizes.get(*package).copied().unwrap_or_default();
                if !installed(machine, package) && all.packages.insert((*package).to_string(), bytes).is_none() {
                    all.deb_bytes += deb;
                    all.count += 1;
                }
            }
        } else if let Some(row) = totals.get(name.as_str()) {
            let from = if recommends { 5 } else { 2 };
            all.packages.insert(name.clone(), cell(row, from));
            all.deb_bytes += cell(row, from + 1);
            all.count += cell(row, from + 2);
        } else {
            machine.not_modelled(&format!("apt-get install {name}"));
            all.packages.insert(name.clone(), UNKNOWN.0);
            all.deb_bytes += UNKNOWN.1;
            all.count += 5;
        }
    }
    all
}

fn install(machine: &mut Machine, process: &Process, names: &[String], recommends: bool, yes: bool) -> i32 {
    estimated(machine);
    process.out(machine, "Reading package lists...\nBuilding dependency tree...\nReading state information...\n");
    let names: Vec<String> = names
        .iter()
        .map(|name| name.split(['=', '/']).next().unwrap_or(name).trim_end_matches(":amd64").to_string())
        .collect();
    let new: Vec<String> = names.iter().filter(|name| !installed(machine, name)).cloned().collect();
    for name in names.iter().filter(|name| !new.contains(name)) {
        process.out(machine, &format!("{name} is already the newest version.\n"));
    }
    if new.is_empty() {
        process.out(machine, "0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n");
        return 0;
    }
    if !has_lists(machine) {
        // Without apt-get update there is nothing to install from.
        for name in &new {
            process.err(machine, &format!("E: Unable to locate package {name}\n"));
        }
        return 100;
    }
    let closure = closure(machine, &new, recommends);
    let bytes: u64 = closure.packages.values().sum();
    let list: Vec<&str> = closure.packages.keys().map(String::as_str).collect();
    process.out(
        machine,
        &format!(
            "The following NEW packages will be installed:\n  {}\n0 upgraded, {} newly installed, 0 to remove and 0 not upgraded.\nNeed to get {} of archives.\nAfter this operation, {} of additional disk space will be used.\n",
            list.join(" "),
            closure.count,
            decimal(closure.deb_bytes),
            decimal(bytes)
        ),
    );
    if !yes {
        process.out(machine, "Do you want to continue? [Y/n] Abort.\n");
        return 1;
    }
    if !machine.network {
        process.err(machine, "E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n");
        return 100;
    }
    download(machine, closure.deb_bytes);
    let python = list.contains(&"python3") && !exists(machine.fs, "/usr/bin/python3", &Cred::root());
    for (package, size) in &closure.packages {
        process.out(machine, &format!("Setting up {package} ...\n"));
        if let Err(errno) = put_package(machine, package, *size) {
            return failed(machine, process, errno);
        }
    }
    if python {
        let _ = place(
            machine,
            "/usr/lib/python3/dist-packages/__pycache__/compiled.pyc",
            "apt/python3/compiled",
            PYTHON_BYTES,
            0o644,
        );
    }
    let id = format!("apt/state/{}", list.join("+"));
    for (path, share) in
        [("/var/lib/dpkg/status", 3), ("/var/cache/debconf/templates.dat", 4), ("/var/log/dpkg.log", 1)]
    {
        let size = machine.fs.stat(path, true, &Cred::root()).map_or(0, |stat| stat.size).max(FIXED_BYTES * share / 8);
        let _ = place(machine, path, &id, size, 0o644);
    }
    unpack(machine, bytes, bytes / 20_000);
    machine.spend(closure.count * PACKAGE_MS);
    0
}

/// The files of a package: its program, the bulk, dpkg's note of it.
fn put_package(machine: &mut Machine, package: &str, size: u64) -> Result<(), filesystem::Errno> {
    let programs = programs(package);
    let each = size / 5 / (programs.len() as u64).max(1);
    let mut left = size;
    for program in &programs {
        place(machine, &format!("/usr/bin/{program}"), &format!("apt/{package}/{program}"), each, 0o755)?;
        left -= each;
    }
    let list = 300.min(left);
    place(machine, &format!("/var/lib/dpkg/info/{package}.list"), &format!("apt/{package}/list"), list, 0o644)?;
    let folder = if package.starts_with("lib") { "/usr/lib/x86_64-linux-gnu" } else { "/usr/share" };
    place(machine, &format!("{folder}/{package}/files"), &format!("apt/{package}/files"), left - list, 0o644)
}

fn remove(machine: &mut Machine, process: &Process, names: &[String], unused: bool) -> i32 {
    estimated(machine);
    if unused {
        not_modelled(machine, process, "autoremove");
    }
    for name in names {
        let mut paths = vec![
            format!("/var/lib/dpkg/info/{name}.list"),
            format!("/usr/share/{name}"),
            format!("/usr/lib/x86_64-linux-gnu/{name}"),
        ];
        paths.extend(programs(name).iter().map(|program| format!("/usr/bin/{program}")));
        for path in paths.iter().filter(|path| !path.ends_with('/')) {
            let _ = machine.fs.remove_all(path, &Cred::root());
        }
        process.out(machine, &format!("Removing {name} ...\n"));
    }
    0
}
