//! apk: sizes as apk prints them for packages in official images, and estimates for what is in none of them.

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::estimate::{download, estimated, failed, place, unpack};
use super::input::not_modelled;
use super::node::exists;
use super::pace::{assumed, resolve};
use super::words::Words;

mod database;
mod known;

use database::{Record, record};
use known::{Package, Table};

/// The indexes that `apk update` and a plain `apk add` leave in /var/cache/apk (Alpine 3.22: main, community).
const INDEXES: [(&str, u64); 2] = [("066df28d", 600_000), ("30e6f5af", 2_000_000)];
/// Downloads are compressed to about this share of what is installed, in hundredths.
const COMPRESSED: u64 = 40;
/// What apk takes for each package beside download and unpacking.
const EACH_MS: u64 = 25;
/// Zones of tzdata that have files of their own here, so that they can be copied.
const ZONES: &str = "UTC GMT Japan Etc/UTC Europe/London Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Moscow Europe/Amsterdam Europe/Zurich Europe/Vienna Europe/Warsaw Europe/Istanbul Europe/Stockholm Europe/Kyiv America/New_York America/Chicago America/Denver America/Los_Angeles America/Sao_Paulo America/Toronto America/Mexico_City America/Bogota Asia/Tokyo Asia/Shanghai Asia/Hong_Kong Asia/Singapore Asia/Kolkata Asia/Seoul Asia/Taipei Asia/Jakarta Asia/Dubai Asia/Bangkok Asia/Ho_Chi_Minh Asia/Manila Asia/Tehran Asia/Jerusalem Australia/Sydney Australia/Melbourne Pacific/Auckland Africa/Cairo Africa/Johannesburg Africa/Lagos";

pub fn apk(machine: &mut Machine, process: &mut Process) -> i32 {
    let valued = [
        "-t",
        "--virtual",
        "-X",
        "--repository",
        "-p",
        "--root",
        "--wait",
        "--arch",
        "--keys-dir",
        "--repositories-file",
        "--cache-dir",
        "--progress-fd",
    ];
    let words = Words::read(process.operands(), &valued);
    let Some((command, names)) = words.operands.split_first() else {
        process.out(
            machine,
            "apk-tools 2.14.9, compiled for x86_64.\n\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]\n",
        );
        return i32::from(!words.has(&["--version", "-V", "--help", "-h"]));
    };
    let changes = matches!(command.as_str(), "add" | "del" | "update" | "upgrade" | "fix");
    if changes && process.cred.uid != 0 {
        process.err(machine, "ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n");
        return 99;
    }
    let keeps = !words.has(&["--no-cache"]);
    match command.as_str() {
        "update" => {
            estimated(machine);
            match index(machine, process, keeps, true) {
                true => {
                    process.out(machine, "OK: 25396 distinct packages available\n");
                    0
                }
                false => 2,
            }
        }
        "add" => {
            let fresh = words.has(&["-U", "--update", "--update-cache", "-u"]);
            index(machine, process, keeps, fresh || !keeps);
            add(machine, process, names, words.value(&["-t", "--virtual"]), words.has(&["-q", "--quiet"]))
        }
        "del" => del(machine, process, names),
        "upgrade" => {
            estimated(machine);
            // which newer versions there are, only the day of the build would tell
            if !index(machine, process, keeps, true) {
                return 1;
            }
            let count = database::records(machine).len() + 16;
            let size = total(machine) >> 20;
            process.out(machine, &format!("OK: {size} MiB in {count} packages\n"));
            0
        }
        "cache" => {
            for name in machine.fs.read_dir("/var/cache/apk", &Cred::root()).unwrap_or_default() {
                let _ = machine.fs.remove_file(&format!("/var/cache/apk/{name}"), &process.cred);
            }
            0
        }
        "info" | "list" | "search" | "policy" | "stats" | "audit" | "verify" | "version" | "fix" | "fetch"
        | "manifest" => info(machine, process, command, &words, names),
        other => {
            process.err(machine, &format!("ERROR: '{other}' is not an apk command. See 'apk --help'.\n"));
            1
        }
    }
}

/// Bytes of what steps of this build installed, with those of the base.
fn total(machine: &Machine) -> u64 {
    8_000_000 + database::records(machine).iter().map(|record| record.bytes).sum::<u64>()
}

/// Fetches the indexes unless they are there; `false` without a network.
fn index(machine: &mut Machine, process: &Process, keeps: bool, fresh: bool) -> bool {
    let path = |name: &str| format!("/var/cache/apk/APKINDEX.{name}.tar.gz");
    let there = INDEXES.iter().all(|(name, _)| exists(machine.fs, &path(name), &Cred::root()));
    if there && !fresh {
        return true;
    }
    estimated(machine);
    if !machine.network {
        process.err(machine, "WARNING: updating and opening package index: temporary error (try again later)\n");
        return false;
    }
    download(machine, INDEXES.iter().map(|(_, size)| size).sum());
    for (name, size) in INDEXES.iter().filter(|_| keeps) {
        let _ = place(machine, &path(name), &format!("apk/index/{name}"), *size, 0o644);
    }
    true
}

/// A name without version, range and repository: of `curl=8.1-r0`, `curl~=8`, `curl@edge`.
fn plain(word: &str) -> &str {
    word.split(['=', '<', '>', '~', '@']).next().unwrap_or(word)
}

/// The version that a word pins, or one that stands for any.
fn version(word: &str) -> String {
    let pinned = word.split_once('=').map(|(_, version)| version.trim_start_matches('=')).unwrap_or_default();
    if pinned.is_empty() { "0-r0".to_string() } else { pinned.to_string() }
}

fn add(machine: &mut Machine, process: &Process, names: &[String], group: Option<&str>, quiet: bool) -> i32 {
    estimated(machine);
    let table = Table::read();
    let installed = database::records(machine);
    let is_there = |name: &str| installed.iter().any(|record| record.name == name);
    let wanted: Vec<&str> = names.iter().map(|word| plain(word)).filter(|name| !name.ends_with(".apk")).collect();
    let closure = table.closure(wanted.iter().copied());
    let new: Vec<Package> = closure.into_iter().filter(|package| !is_there(&package.name)).collect();
    let missing: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|name| known::is_gone(name) || !machine.network && new.iter().any(|package| package.name == *name))
        .collect();
    if !missing.is_empty() {
        process.err(machine, "ERROR: unable to select packages:\n");
        for name in &missing {
            let by = group.map_or_else(|| format!("world[{name}]"), |group| format!("{group}-0[{name}]"));
            process.err(machine, &format!("  {name} (no such package):\n    required by: {by}\n"));
        }
        return i32::try_from(missing.len()).unwrap_or(99).min(99);
    }
    let bytes: u64 = new.iter().map(|package| package.bytes).sum();
    if !new.is_empty() {
        download(machine, bytes * COMPRESSED / 100);
    }
    let count = new.len() + usize::from(group.is_some());
    let mut records = installed.clone();
    for (at, package) in new.iter().enumerate() {
        if package.is_unknown {
            assumed(machine, &format!("apk add {}", package.name), package.bytes);
        }
        let word = names.iter().find(|word| plain(word) == package.name);
        let version = word.map_or_else(|| "0-r0".to_string(), |word| version(word));
        if !quiet {
            let shown = if version == "0-r0" { String::new() } else { format!(" ({version})") };
            process.out(machine, &format!("({}/{count}) Installing {}{shown}\n", at + 1, package.name));
        }
        if let Err(errno) = put(machine, package) {
            return failed(machine, process, errno);
        }
        records.push(record(package, &version));
    }
    let mut world = database::world(machine);
    match group {
        Some(group) => {
            let needs = wanted.iter().map(|name| (*name).to_string()).collect();
            records.retain(|record| record.name != group);
            records.push(Record { name: group.to_string(), version: "0".to_string(), bytes: 0, needs });
            if !quiet {
                process.out(machine, &format!("({count}/{count}) Installing {group} (0)\n"));
            }
            world.push(group.to_string());
        }
        None => {
            world.retain(|word| !wanted.contains(&plain(word)));
            world.extend(names.iter().cloned());
        }
    }
    database::set_world(machine, world);
    database::set_records(machine, &records);
    unpack(machine, bytes, bytes / 30_000);
    resolve(machine, new.len() as u64 * EACH_MS);
    if !quiet {
        let size = total(machine) >> 20;
        let count = records.len() + 16;
        process.out(machine, &format!("Executing busybox-1.37.0-r0.trigger\nOK: {size} MiB in {count} packages\n"));
    }
    0
}

/// Puts a package's programs and the rest of its files.
fn put(machine: &mut Machine, package: &Package) -> Result<(), filesystem::Errno> {
    let name = &package.name;
    let programs = known::programs(name);
    let mut left = package.bytes;
    let each = package.bytes / 3 / (programs.len() as u64).max(1);
    for path in &programs {
        let program = path.rsplit('/').next().unwrap_or(path);
        // what the base image's busybox has there gives way
        let _ = machine.fs.remove_file(path, &Cred::root());
        place(machine, path, &format!("apk/{name}/{program}"), each, 0o755)?;
        left -= each;
    }
    if name == "python3" {
        place(machine, "/usr/lib/python3.12/EXTERNALLY-MANAGED", "apk/python3/managed", 1_000, 0o644)?;
        left = left.saturating_sub(1_000);
    }
    if name == "tzdata" {
        for zone in ZONES.split(' ') {
            place(machine, &format!("/usr/share/zoneinfo/{zone}"), &format!("apk/tzdata/{zone}"), 1_200, 0o644)?;
            left = left.saturating_sub(1_200);
        }
    }
    place(machine, &format!("{}/{name}.files", known::folder(name)), &format!("apk/{name}/files"), left, 0o644)
}

/// Takes the files of a package away.
fn take(machine: &mut Machine, name: &str) {
    let root = Cred::root();
    for path in known::programs(name) {
        let _ = machine.fs.remove_file(&path, &root);
    }
    if name == "tzdata" {
        let _ = machine.fs.remove_all("/usr/share/zoneinfo", &root);
    }
    let folder = known::folder(name);
    let _ = machine.fs.remove_file(&format!("{folder}/{name}.files"), &root);
    if name == "python3" {
        let _ = machine.fs.remove_file(&format!("{folder}/EXTERNALLY-MANAGED"), &root);
    }
    let _ = machine.fs.remove_dir(&folder, &root);
}

/// `apk del`: the names leave the world, and what nothing in it needs any more goes.
fn del(machine: &mut Machine, process: &Process, names: &[String]) -> i32 {
    estimated(machine);
    let records = database::records(machine);
    let unknown = names.iter().filter(|name| !records.iter().any(|record| record.name == **name));
    // packages of the base image, whose files the model does not tell apart
    let in_base: Vec<String> = unknown.filter(|name| !name.starts_with('.')).cloned().collect();
    for name in &in_base {
        take(machine, name);
    }
    let mut world = database::world(machine);
    world.retain(|word| !names.iter().any(|name| plain(word) == name));
    let mut needed: Vec<String> = Vec::new();
    let mut waiting: Vec<String> = world.iter().map(|word| plain(word).to_string()).collect();
    while let Some(name) = waiting.pop() {
        if needed.contains(&name) {
            continue;
        }
        if let Some(record) = records.iter().find(|record| record.name == name) {
            waiting.extend(record.needs.iter().cloned());
        }
        needed.push(name);
    }
    database::set_world(machine, world);
    let gone: Vec<Record> = records.iter().filter(|record| !needed.contains(&record.name)).cloned().collect();
    let kept: Vec<Record> = records.into_iter().filter(|record| needed.contains(&record.name)).collect();
    for name in names.iter().filter(|name| kept.iter().any(|record| record.name == **name)) {
        let by: Vec<&str> =
            kept.iter().filter(|record| record.needs.contains(name)).map(|record| record.name.as_str()).collect();
        process.out(
            machine,
            &format!(
                "World updated, but the following packages are not removed due to:\n  {name}: {}\n\n",
                by.join(" ")
            ),
        );
    }
    let count = gone.len();
    for (at, record) in gone.iter().enumerate() {
        let shown = if record.version == "0-r0" { String::new() } else { format!(" ({})", record.version) };
        process.out(machine, &format!("({}/{count}) Purging {}{shown}\n", at + 1, record.name));
        take(machine, &record.name);
    }
    database::set_records(machine, &kept);
    unpack(machine, 0, gone.iter().map(|record| record.bytes / 30_000).sum());
    let size = total(machine) >> 20;
    process.out(machine, &format!("OK: {size} MiB in {} packages\n", kept.len() + 16));
    0
}

/// `apk info` and others that only say something.
fn info(machine: &mut Machine, process: &Process, command: &str, words: &Words, names: &[String]) -> i32 {
    let records = database::records(machine);
    if command == "info" && words.has(&["-e", "--installed"]) {
        let found: Vec<&String> =
            names.iter().filter(|name| records.iter().any(|record| record.name == **name)).collect();
        let text: String = found.iter().map(|name| format!("{name}\n")).collect();
        process.out(machine, &text);
        return i32::from(found.len() < names.len());
    }
    not_modelled(machine, process, command);
    0
}
