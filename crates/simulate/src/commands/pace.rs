//! What the models of package managers say of time, places and things that nobody measured.

use filesystem::Cred;

use crate::Work;
use crate::process::{Machine, Process};

/// Lets the time pass that a package manager thinks for so long on the machine that it was measured on.
pub fn resolve(machine: &mut Machine, ms: u64) {
    machine.work(Work::Packages, ms);
}

/// Lets the time pass that a compiler or bundler works for so long on the machine that it was measured on.
pub fn compile(machine: &mut Machine, ms: u64) {
    machine.work(Work::Compile, ms);
}

/// Says that something counts with a typical size, for want of a measured one.
pub fn assumed(machine: &mut Machine, what: &str, bytes: u64) {
    machine.typical_size(what, bytes);
}

/// The home directory, as tools find it.
pub fn home(process: &Process) -> String {
    process.env.get("HOME").filter(|home| !home.is_empty()).cloned().unwrap_or_else(|| "/root".to_string())
}

/// Where a program lies that PATH finds, symbolic links not followed.
pub fn program(machine: &Machine, process: &Process, name: &str) -> Option<String> {
    let path = process.env.get("PATH").cloned().unwrap_or_else(|| "/usr/bin:/bin".to_string());
    path.split(':')
        .map(|folder| process.path(&format!("{folder}/{name}")))
        .find(|path| machine.fs.stat(path, true, &Cred::root()).is_ok_and(|stat| stat.is_file()))
}

/// Whether the image's C library is musl.
pub fn is_musl(machine: &Machine) -> bool {
    let root = Cred::root();
    ["/lib/ld-musl-x86_64.so.1", "/etc/alpine-release", "/lib/apk/db/installed"]
        .iter()
        .any(|path| machine.fs.stat(path, true, &root).is_ok())
}

/// The text of a file, if its bytes are known and not too many.
pub fn known_text(machine: &Machine, process: &Process, path: &str) -> Option<String> {
    let content = machine.fs.read(&process.path(path), &process.cred).ok()?;
    let bytes = content.bytes(4 << 20)?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
/// Whether a C compiler is there.
pub fn has_compiler(machine: &Machine, process: &Process) -> bool {
    ["cc", "gcc", "clang"].iter().any(|name| program(machine, process, name).is_some())
}
