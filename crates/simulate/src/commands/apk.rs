//! apk: estimated from the sizes that apk prints for packages inside official images.

use std::collections::BTreeMap;

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::estimate::{cell, download, estimated, failed, place, rows, unpack};
use super::input::not_modelled;
use super::node::exists;
use super::options::read;

const DATA: &str = include_str!("data/apk.txt");

/// The two indexes that `apk update` and a plain `apk add` leave in /var/cache/apk, unless --no-cache.
const INDEX_BYTES: u64 = 2_600_000;
/// What a package is taken for that the data do not have.
const UNKNOWN: u64 = 4_000_000;
/// Downloads are compressed to about this share of what is installed, in hundredths.
const COMPRESSED: u64 = 40;

/// Rough installed sizes with dependencies of what Dockerfiles often ask for and the data lack.
const CLOSURES: &[(&str, u64)] = &[
    ("build-base", 260_000_000),
    ("gcc", 160_000_000),
    ("g++", 240_000_000),
    ("git", 16_000_000),
    ("make", 600_000),
    ("nodejs", 70_000_000),
    ("npm", 80_000_000),
    ("openssh-client", 4_500_000),
    ("postgresql-dev", 45_000_000),
    ("python3", 50_000_000),
    ("tini", 50_000),
];

/// What else curl brings (Alpine 3.24, as installed together in official images).
const CURL: &[&str] =
    &["libcurl", "c-ares", "libidn2", "libunistring", "libpsl", "brotli-libs", "nghttp2-libs", "zstd-libs"];

pub fn apk(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("no-cache", 'N'),
        ("update", 'u'),
        ("update-cache", 'U'),
        ("virtual=", 't'),
        ("repository=", 'X'),
        ("quiet", 'q'),
        ("upgrade", 'u'),
        ("purge", 'P'),
        ("allow-untrusted", 'A'),
        ("no-progress", 'p'),
        ("root=", 'r'),
        ("initdb", 'i'),
        ("available", 'a'),
        ("latest", 'l'),
        ("no-scripts", 's'),
    ];
    let options = match read(process.operands(), "UuNt:X:qvfp:al", &long) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            return 1;
        }
    };
    let Some((command, names)) = options.operands.split_first() else { return 1 };
    if process.cred.uid != 0 {
        process.err(machine, "ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n");
        return 99;
    }
    estimated(machine);
    match command.as_str() {
        "update" => index(machine, process, true),
        "add" => {
            let status = index(machine, process, !options.has('N'));
            if status != 0 { status } else { add(machine, process, names, options.value('t')) }
        }
        "del" => {
            for name in names {
                for path in [format!("/usr/lib/apk/{name}"), format!("/usr/bin/{name}")] {
                    let _ = machine.fs.remove_all(&path, &Cred::root());
                }
                for package in virtual_members(machine, name) {
                    let _ = machine.fs.remove_all(&format!("/usr/lib/apk/{package}"), &Cred::root());
                    let _ = machine.fs.remove_all(&format!("/usr/bin/{package}"), &Cred::root());
                }
            }
            process.out(machine, "OK\n");
            0
        }
        "upgrade" | "cache" | "info" | "fix" | "search" | "list" | "--version" => {
            not_modelled(machine, process, command);
            0
        }
        _ => {
            process.err(machine, &format!("apk: unrecognized command '{command}'\n"));
            1
        }
    }
}

fn index(machine: &mut Machine, process: &Process, keep: bool) -> i32 {
    let cached = exists(machine.fs, "/var/cache/apk/APKINDEX.main.tar.gz", &Cred::root());
    if !machine.network {
        process.err(machine, "WARNING: updating and opening package index: temporary error (try again later)\n");
        return 0;
    }
    if cached && process.operands().first().is_some_and(|command| command == "add") {
        return 0;
    }
    download(machine, INDEX_BYTES);
    if keep {
        for (name, share) in [("main", 1), ("community", 3)] {
            let path = format!("/var/cache/apk/APKINDEX.{name}.tar.gz");
            if let Err(errno) = place(machine, &path, &format!("apk/index/{name}"), INDEX_BYTES * share / 4, 0o644) {
                return failed(machine, process, errno);
            }
        }
    }
    0
}

/// What a virtual package (`-t .build-deps`) stands for.
fn virtual_members(machine: &Machine, name: &str) -> Vec<String> {
    let content = machine.fs.read(&format!("/lib/apk/db/virtual/{name}"), &Cred::root()).unwrap_or_default();
    let text = content.bytes(1 << 16).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().map(str::to_string).collect()
}

fn add(machine: &mut Machine, process: &Process, names: &[String], group: Option<&str>) -> i32 {
    let sizes: BTreeMap<&str, u64> = rows(DATA).filter_map(|row| Some((*row.first()?, cell(&row, 1)))).collect();
    let mut wanted: BTreeMap<String, u64> = BTreeMap::new();
    for name in names {
        let name = name.split(['=', '<', '>', '~', '@']).next().unwrap_or(name);
        if name == "curl" {
            wanted
                .extend(CURL.iter().map(|package| ((*package).to_string(), sizes.get(package).copied().unwrap_or(0))));
        }
        let known = sizes
            .get(name)
            .copied()
            .or_else(|| CLOSURES.iter().find(|(package, _)| *package == name).map(|(_, size)| *size));
        if known.is_none() {
            machine.not_modelled(&format!("apk add {name}"));
        }
        wanted.insert(name.to_string(), known.unwrap_or(UNKNOWN));
    }
    wanted.retain(|package, _| !exists(machine.fs, &format!("/usr/lib/apk/{package}/files"), &Cred::root()));
    if !machine.network && !wanted.is_empty() {
        process.err(machine, "ERROR: unable to select packages:\n");
        for name in wanted.keys() {
            process.err(machine, &format!("  {name} (no such package):\n    required by: world[{name}]\n"));
        }
        return i32::try_from(wanted.len()).unwrap_or(99).min(99);
    }
    let bytes: u64 = wanted.values().sum();
    download(machine, bytes * COMPRESSED / 100);
    let count = wanted.len();
    for (at, (package, size)) in wanted.iter().enumerate() {
        process.out(machine, &format!("({}/{count}) Installing {package}\n", at + 1));
        let is_program = !package.starts_with("lib") && !package.ends_with("-dev") && !package.ends_with("-libs");
        let program = if is_program { size / 5 } else { 0 };
        let put = place(
            machine,
            &format!("/usr/lib/apk/{package}/files"),
            &format!("apk/{package}/files"),
            size - program,
            0o644,
        )
        .and_then(|()| {
            if is_program {
                place(machine, &format!("/usr/bin/{package}"), &format!("apk/{package}"), program, 0o755)
            } else {
                Ok(())
            }
        });
        if let Err(errno) = put {
            return failed(machine, process, errno);
        }
    }
    if let Some(group) = group {
        let list: String = names.iter().map(|name| format!("{name}\n")).collect();
        let path = format!("/lib/apk/db/virtual/{group}");
        let _ = machine.fs.mkdir_all("/lib/apk/db/virtual", 0o755, &Cred::root());
        let _ = machine.fs.write(&path, filesystem::Content::text(&list), 0o644, &Cred::root());
    }
    unpack(machine, bytes, bytes / 30_000);
    process.out(machine, &format!("OK: {} MiB in {count} packages\n", bytes >> 20));
    0
}
