//! What the estimated models share: files that stand for real ones, and the time that downloads take.

use filesystem::{Content, Cred, Errno};

use crate::process::{Machine, Process};
use crate::{Evidence, Work};

/// Bytes a second that gzip packs at its usual level, and unpacks (measured with GNU gzip 1.12 on a tar of libraries).
const GZIP_BYTES_PER_SECOND: u64 = 22_000_000;
const GUNZIP_BYTES_PER_SECOND: u64 = 150_000_000;

/// From here on the RUN's bytes are estimates, from what there is on the program that runs.
pub fn estimated(machine: &mut Machine) {
    machine.meter.estimate(evidence_on(&machine.program));
}

/// What the estimates of a program rest on.
fn evidence_on(program: &str) -> Evidence {
    match program {
        "apt" | "apt-get" | "aptitude" | "dpkg" => Evidence::DebianPackages,
        "apk" => Evidence::AlpinePackages,
        "npm" | "npx" | "node" | "yarn" | "yarnpkg" | "pnpm" | "corepack" => Evidence::NpmInstalls,
        "uv" | "poetry" | "pipenv" | "virtualenv" => Evidence::PipInstalls,
        "go" => Evidence::GoBuilds,
        "uvx" => Evidence::PipInstalls,
        _ if program.starts_with("pip") || program.starts_with("python") => Evidence::PipInstalls,
        _ => Evidence::TypicalSize,
    }
}

/// Puts a file of that size at an absolute path, with the directories above it. The same `id` means the same bytes.
pub fn place(machine: &mut Machine, path: &str, id: &str, size: u64, mode: u32) -> Result<(), Errno> {
    place_as(machine, path, id, size, mode, &Cred::root())
}

/// As [`place`], by a user.
pub fn place_as(machine: &mut Machine, path: &str, id: &str, size: u64, mode: u32, who: &Cred) -> Result<(), Errno> {
    place_content(machine, path, Content::opaque(id, size), mode, who)
}

/// Puts a content at a path, and makes the folders above it.
pub fn place_content(machine: &mut Machine, path: &str, content: Content, mode: u32, who: &Cred) -> Result<(), Errno> {
    if let Some((parent, _)) = path.rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) {
        machine.fs.mkdir_all(parent, 0o755, who)?;
    }
    machine.fs.write(path, content, mode, who)
}

/// Lets the time pass that downloading takes.
pub fn download(machine: &mut Machine, bytes: u64) {
    machine.spend(machine.profile.download_ms(bytes));
}

/// Lets the time pass that writing so many files of so many bytes takes.
pub fn unpack(machine: &mut Machine, bytes: u64, files: u64) {
    machine.spend(machine.profile.write_ms(bytes, files));
}

/// Lets the time pass that packing so many bytes with gzip takes.
pub fn pack_time(machine: &mut Machine, bytes: u64) {
    machine.work(Work::Compress, bytes.saturating_mul(1000) / GZIP_BYTES_PER_SECOND);
}

/// Lets the time pass that unpacking so many bytes with gzip takes.
pub fn unpack_time(machine: &mut Machine, bytes: u64) {
    machine.work(Work::Compress, bytes.saturating_mul(1000) / GUNZIP_BYTES_PER_SECOND);
}

/// Complains in the name of a part that a limit or a right stopped.
pub fn failed(machine: &mut Machine, process: &Process, errno: Errno) -> i32 {
    process.complain(machine, &format!("error: {errno}"));
    1
}

/// A size as package managers print it: decimal units.
pub fn decimal(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The rows of a data file: words of the lines that are no comments.
pub fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_whitespace().collect())
}

/// A number of a data file's row.
pub fn cell(row: &[&str], at: usize) -> u64 {
    row.get(at).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Lets the time pass that compiling takes which needs so much processor time: shared among the profile's cores.
pub fn compile(machine: &mut Machine, processor_ms: u64) {
    let cores = machine.profile.cores.max(1);
    machine.work(Work::Compile, processor_ms / cores);
}
