//! Builds of sources that nobody knows: `./configure && make && make install` of a downloaded archive, cmake's trees.

use filesystem::{Content, Piece};

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::super::estimate::{compile, estimated, failed, place_as};
use super::super::input::{join, last_part};

/// What a Makefile is called by that configure or cmake wrote: with the prefix to install to.
pub const CONFIGURED: &str = "configured";
/// Objects and programs by the bytes of the sources, and what of it is installed, in per mille; processor time of a
/// megabyte of sources. Stated, not measured: C sources are about half of a source archive, objects with debugging
/// information weigh about as much as their sources, a third of that is installed.
const BUILT: u64 = 800;
const INSTALLED: u64 = 350;
const CPU_MS_A_MB: u64 = 6_000;
/// Sources whose program has another name.
const NAMES: [(&str, &str); 4] =
    [("python", "python3"), ("redis", "redis-server"), ("imagemagick", "magick"), ("postgresql", "postgres")];
/// The most bytes of sources that count.
const MAX_SOURCES: u64 = 400_000_000;

/// The prefix that a written Makefile installs to.
fn prefix_of(content: &Content) -> Option<String> {
    match content.pieces().first()? {
        Piece::Opaque { id, .. } => id.strip_prefix(CONFIGURED).map(str::to_string),
        _ => None,
    }
}

/// `make [all | install | …]` with a Makefile of unknown bytes.
pub fn unread_makefile(
    machine: &mut Machine,
    process: &Process,
    makefile: &Content,
    targets: &[String],
    sets: &[String],
) -> i32 {
    estimated(machine);
    let prefix = sets.iter().find_map(|set| set.strip_prefix("PREFIX=").or(set.strip_prefix("prefix=")));
    let prefix = prefix.map(str::to_string).or_else(|| prefix_of(makefile)).unwrap_or_else(|| "/usr/local".to_string());
    // make's variables are those of its environment as well; `ninja install` hands it on to meson, which reads it there
    let given = sets.iter().find_map(|set| set.strip_prefix("DESTDIR=")).map(str::to_string);
    let root = given.or_else(|| process.env.get("DESTDIR").cloned()).unwrap_or_default();
    if targets.iter().any(|target| target.contains("clean")) {
        let _ = machine.fs.remove_all(&process.path("objects"), &process.cred);
        return 0;
    }
    let status = build(machine, process);
    if status != 0 || !targets.iter().any(|target| target.contains("install")) {
        return status;
    }
    install(machine, process, &format!("{root}{prefix}"))
}

/// Bytes of the sources that a build has: of its folder, or of the one that it was configured from.
fn sources(machine: &Machine, process: &Process) -> u64 {
    let own = |folder: &str| -> u64 {
        let files = machine.fs.walk(folder).into_iter();
        files
            .filter(|(path, _)| !path.contains("/objects/") && !path.contains("/.git/"))
            .filter(|(_, stat)| stat.is_file())
            .map(|(_, stat)| stat.size)
            .sum()
    };
    let here = own(&process.cwd);
    let above = process.cwd.rsplit_once('/').map_or("/", |(above, _)| above);
    let bytes = if here < 100_000 && above.len() > 1 { own(above) } else { here };
    bytes.min(MAX_SOURCES)
}

fn build(machine: &mut Machine, process: &Process) -> i32 {
    let path = process.path("objects/all");
    if machine.fs.stat(&path, true, &process.cred).is_ok() {
        return 0;
    }
    let bytes = sources(machine, process);
    compile(machine, bytes / 1_000_000 * CPU_MS_A_MB + 500);
    let built = bytes / 1000 * BUILT;
    let what = format!("make in {}", process.cwd);
    machine.meter.note(Basis::Estimated, Note::TypicalSize { what: what.clone(), bytes: built });
    machine.charge_write(built);
    match place_as(machine, &path, &what, built, 0o644, &process.cred) {
        Ok(()) => 0,
        Err(errno) => failed(machine, process, errno),
    }
}

fn install(machine: &mut Machine, process: &Process, prefix: &str) -> i32 {
    let bytes = sources(machine, process) / 1000 * INSTALLED;
    // nginx-1.25.3 installs nginx
    let folder = last_part(&process.cwd);
    let folder = if matches!(folder, "build" | "out" | "_build") {
        last_part(process.cwd.rsplit_once('/').map_or("", |(above, _)| above))
    } else {
        folder
    };
    let name = folder.split(['-', '_']).next().unwrap_or(folder).to_lowercase();
    let name = NAMES.iter().find(|(sources, _)| *sources == name).map_or(name, |(_, program)| (*program).to_string());
    let library = super::super::compiled::library_of(machine.fs);
    let program = super::super::compiled::program("linux-amd64", library, &format!("make/{name}"), bytes / 4);
    machine.charge_write(bytes);
    let path = join(prefix, &format!("bin/{name}"));
    let made = machine.fs.mkdir_all(&join(prefix, "bin"), 0o755, &process.cred);
    let put = made.and_then(|()| machine.fs.write(&path, program, 0o755, &process.cred)).and_then(|()| {
        place_as(
            machine,
            &join(prefix, &format!("lib/{name}/other-files")),
            &format!("installed/{name}"),
            bytes - bytes / 4,
            0o644,
            &process.cred,
        )
    });
    match put {
        Ok(()) => 0,
        Err(errno) => failed(machine, process, errno),
    }
}
