//! Caches of the system that a command writes anew: update-ca-certificates, ldconfig, fc-cache, and their like.

use filesystem::{Content, Cred};

use crate::process::{Machine, Process};

use super::estimate::{estimated, place};
use super::input::is_busybox;
use super::node::exists;

/// The bundle of Mozilla's certificates as packages of 2024 have it.
const BUNDLE_BYTES: u64 = 219_342;
const BUNDLE: &str = "/etc/ssl/certs/ca-certificates.crt";
/// The loader's cache of a small image, and fontconfig's for each folder of fonts.
const LOADER_CACHE_BYTES: u64 = 20_000;
const FONT_CACHE_BYTES: u64 = 30_000;
/// How long reading all certificates, and all fonts, takes.
const CERTIFICATES_MS: u64 = 900;
const FONTS_MS: u64 = 800;

/// Adds what lies in /usr/local/share/ca-certificates to the bundle.
pub fn update_ca_certificates(machine: &mut Machine, process: &mut Process) -> i32 {
    if process.cred.uid != 0 {
        process.err(machine, "/usr/sbin/update-ca-certificates: 1: cannot create /etc/ssl/certs/ca-certificates.crt: Permission denied\n");
        return 1;
    }
    estimated(machine);
    machine.spend(CERTIFICATES_MS);
    let root = Cred::root();
    let folder = "/usr/local/share/ca-certificates";
    let found: Vec<(String, u64)> = machine
        .fs
        .walk(folder)
        .into_iter()
        .filter(|(path, _)| path.ends_with(".crt"))
        .map(|(path, stat)| (path, stat.size))
        .collect();
    let old = machine.fs.stat(BUNDLE, true, &root).map_or(0, |stat| stat.size);
    let mut size = if old == 0 { BUNDLE_BYTES } else { old };
    let mut added = 0;
    for (path, bytes) in found {
        let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".crt").to_string();
        let link = format!("/etc/ssl/certs/{name}.pem");
        if !exists(machine.fs, &link, &root) {
            let _ = machine.fs.mkdir_all("/etc/ssl/certs", 0o755, &root);
            let _ = machine.fs.symlink(&path, &link, &root);
            size = size.saturating_add(bytes);
            added += 1;
        }
    }
    if place(machine, BUNDLE, &format!("ca-certificates/{size}"), size, 0o644).is_err() {
        return 1;
    }
    if !is_busybox(machine) {
        process.out(machine, &format!("Updating certificates in /etc/ssl/certs...\n{added} added, 0 removed; done.\nRunning hooks in /etc/ca-certificates/update.d...\ndone.\n"));
    }
    0
}

/// `update-ca-trust` of Red Hat's systems.
pub fn update_ca_trust(machine: &mut Machine, _process: &mut Process) -> i32 {
    estimated(machine);
    machine.spend(CERTIFICATES_MS);
    let path = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem";
    i32::from(place(machine, path, "ca-trust", BUNDLE_BYTES, 0o444).is_err())
}

pub fn ldconfig(machine: &mut Machine, process: &mut Process) -> i32 {
    if process.operands().iter().any(|word| matches!(word.as_str(), "-p" | "-N" | "--print-cache")) {
        return 0;
    }
    if process.cred.uid != 0 {
        process.err(machine, "ldconfig: Can't create temporary cache file /etc/ld.so.cache~: Permission denied\n");
        return 1;
    }
    if exists(machine.fs, "/lib/ld-musl-x86_64.so.1", &Cred::root()) {
        return 0;
    }
    estimated(machine);
    for path in ["/etc/ld.so.cache", "/var/cache/ldconfig/aux-cache"] {
        let size = machine.fs.stat(path, true, &Cred::root()).map_or(LOADER_CACHE_BYTES, |stat| stat.size);
        let _ = place(machine, path, &format!("ldconfig{path}"), size.max(1), 0o644);
    }
    0
}

pub fn fc_cache(machine: &mut Machine, process: &mut Process) -> i32 {
    estimated(machine);
    machine.spend(FONTS_MS);
    let root = Cred::root();
    let count = ["/usr/share/fonts", "/usr/local/share/fonts"]
        .iter()
        .map(|folder| machine.fs.walk(folder).into_iter().filter(|(_, stat)| stat.is_dir()).count() as u64)
        .sum::<u64>();
    let folder =
        if process.cred.uid == 0 { "/var/cache/fontconfig".to_string() } else { process.path("~/.cache/fontconfig") };
    for number in 0..count.clamp(1, 20) {
        let path = format!("{folder}/{number}-le64.cache-8");
        machine.typical_size("fc-cache", FONT_CACHE_BYTES);
        if !exists(machine.fs, &path, &root) {
            let _ = place(machine, &path, &path, FONT_CACHE_BYTES, 0o644);
        }
    }
    0
}

/// `newaliases`, `postmap FILE`, `makemap`: a small database beside the file.
pub fn small_database(machine: &mut Machine, process: &mut Process) -> i32 {
    estimated(machine);
    let files: Vec<String> = match process.name() {
        "newaliases" => vec!["/etc/aliases".to_string()],
        _ => process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect(),
    };
    for file in files {
        let file = file.rsplit_once(':').map_or(file.as_str(), |(_, file)| file).to_string();
        let path = format!("{}.db", process.path(&file));
        if !exists(machine.fs, &process.path(&file), &process.cred) && process.name() != "newaliases" {
            process.err(machine, &format!("{}: fatal: open {file}: No such file or directory\n", process.name()));
            return 1;
        }
        // an empty Berkeley database of one bucket
        let _ = place(machine, &path, &path, 12_288, 0o644);
    }
    0
}

/// `setcap CAPABILITIES FILE...`: an extended attribute, which copies the file up into the layer.
pub fn setcap(machine: &mut Machine, process: &mut Process) -> i32 {
    let words: Vec<String> = process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect();
    let files: Vec<String> = words.iter().skip(1).step_by(2).cloned().collect();
    for file in files {
        let path = process.path(&file);
        let content = machine.fs.read(&path, &Cred::root());
        let mode = machine.fs.stat(&path, true, &Cred::root()).map(|stat| stat.attr.mode);
        let (Ok(content), Ok(mode)) = (content, mode) else {
            process.err(machine, &format!("Failed to set capabilities on file '{file}': No such file or directory\n"));
            return 1;
        };
        let copied: Content = content;
        if machine.fs.write(&path, copied, mode, &process.cred).is_err() {
            process.err(machine, "unable to set CAP_SETFCAP effective capability: Operation not permitted\n");
            return 1;
        }
    }
    0
}
