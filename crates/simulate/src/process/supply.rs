//! Running a program again on what it missed, where that may be there in a real build.

use filesystem::{Content, Cred, FileSystem, Kind};

use super::machine::LogLine;
use super::{Machine, Process, StartError, start, unsure};
use crate::commands::{account_files, accounts};
use crate::{Basis, Meter, Note, unlisted};

/// How many things a program may miss.
const MOST: usize = 8;
/// The bytes of a file that an image or a package may hold.
const TYPICAL: u64 = 4_000;
/// Programs that make what their operands name: they miss the folder above it.
const MAKERS: [&str; 6] = ["mkdir", "touch", "ln", "tee", "mktemp", "mkfifo"];
/// Programs that list what is in folders.
const LISTERS: [&str; 3] = ["ls", "find", "du"];

/// The file without which a tool does nothing with a project.
const MANIFESTS: [(&str, &str); 10] = [
    ("bundle", "Gemfile"),
    ("cargo", "Cargo.toml"),
    ("composer", "composer.json"),
    ("go", "go.mod"),
    ("gradle", "build.gradle"),
    ("mvn", "pom.xml"),
    ("npm", "package.json"),
    ("npx", "package.json"),
    ("pnpm", "package.json"),
    ("yarn", "package.json"),
];

/// What is undone before a program runs again.
struct Before {
    fs: FileSystem,
    log: Vec<LogLine>,
    log_bytes: usize,
    partial: [Vec<u8>; 2],
    meter: Meter,
    process: Process,
}

impl Before {
    fn of(machine: &Machine<'_>, process: &Process) -> Before {
        Before {
            fs: machine.fs.clone(),
            log: machine.log.clone(),
            log_bytes: machine.log_bytes,
            partial: machine.partial.clone(),
            meter: machine.meter.clone(),
            process: process.clone(),
        }
    }

    fn restore(&self, machine: &mut Machine<'_>, process: &mut Process) {
        *machine.fs = self.fs.clone();
        machine.log.clone_from(&self.log);
        machine.log_bytes = self.log_bytes;
        machine.partial.clone_from(&self.partial);
        machine.meter = self.meter.clone();
        *process = self.process.clone();
    }
}

/// Runs a program. One that fails because it misses what may be there finds it, and runs again.
pub(super) fn execute(machine: &mut Machine<'_>, process: &mut Process) -> Result<i32, StartError> {
    machine.said_missing.clear();
    if !machine.is_unsure_of_files() {
        return start::execute(machine, process);
    }
    let before = Before::of(machine, process);
    let mut supplied = Vec::new();
    let mut found = Vec::new();
    loop {
        let status = start::execute(machine, process)?;
        if status != 0 && is_of_unknown_project(machine, process) {
            before.restore(machine, process);
            let command = process.operands().iter().find(|word| !word.starts_with('-')).cloned().unwrap_or_default();
            machine.not_modelled(format!("{} {command}", process.name()).trim_end());
            return Ok(0);
        }
        if status == 0 || found.len() >= MOST || machine.steps_left == 0 {
            let excused = status != 0 && unsure::excuses(machine, process);
            take_back(machine, &supplied);
            return Ok(if excused { 0 } else { status });
        }
        let said = std::mem::take(&mut machine.said_missing);
        let Some(missing) = missing(machine, process, &said).filter(|missing| !found.contains(missing)) else {
            machine.said_missing = said;
            let excused = unsure::excuses(machine, process);
            take_back(machine, &supplied);
            return Ok(if excused { 0 } else { status });
        };
        found.push(missing);
        before.restore(machine, process);
        supplied.clear();
        for missing in &found {
            supplied.extend(supply(machine, process, missing));
        }
    }
}

/// Whether a tool works on a project whose manifest may be there and cannot be read: that of a clone, say, whose files
/// nobody knows by name.
fn is_of_unknown_project(machine: &Machine<'_>, process: &Process) -> bool {
    let Some((_, manifest)) = MANIFESTS.iter().find(|(tool, _)| *tool == process.name()) else { return false };
    let folders = std::iter::successors(Some(process.cwd.trim_end_matches('/')), |folder| {
        folder.rsplit_once('/').map(|(above, _)| above)
    });
    for folder in folders {
        let path = format!("{folder}/{manifest}");
        if let Some(content) = file(machine, &path) {
            return !content.is_known();
        }
        if unlisted::bytes(machine.fs, &path).is_some() {
            return true;
        }
    }
    false
}

/// What a program may miss.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Missing {
    Path(String, bool),
    Owner(String),
}

fn missing(machine: &Machine<'_>, process: &Process, said: &str) -> Option<Missing> {
    // a name inside an archive is no path, and what is in a folder that nobody knows cannot be listed
    if said.contains("Not found in archive") || LISTERS.contains(&process.name()) {
        return None;
    }
    let named = |operand: &&String| !operand.starts_with('-') && !operand.is_empty() && said.contains(operand.as_str());
    let paths = process.operands().iter().filter(named).map(|operand| (process.path(operand), operand.ends_with('/')));
    let absent = |path: &str| machine.fs.stat(path, true, &Cred::root()).is_err();
    let folders = process.name() == "tar"
        || process.operands().iter().any(|word| matches!(word.as_str(), "-R" | "-r" | "--recursive" | "-a" | "-Rf"));
    let is_maker = MAKERS.contains(&process.name());
    for (path, is_folder) in paths {
        let (path, is_folder) = match is_maker {
            true => (path.rsplit_once('/').map_or("", |(above, _)| above).to_owned(), true),
            false => (path, is_folder || folders),
        };
        if absent(&path) && unsure::is_likely(machine, &path) {
            return Some(Missing::Path(path, is_folder));
        }
    }
    let says_owner = ["invalid user", "invalid group", "unknown user", "unknown group"];
    if !says_owner.iter().any(|words| said.contains(words)) {
        return None;
    }
    unsure::missing_user(machine, process).map(Missing::Owner)
}

/// A file that was put there, with its content.
type Supplied = (String, Content);

fn supply(machine: &mut Machine<'_>, process: &Process, missing: &Missing) -> Option<Supplied> {
    match missing {
        Missing::Path(path, is_folder) => {
            machine.meter.note(Basis::Estimated, Note::MayBeThere { what: format!("{} {path}", process.name()) });
            let root = Cred::root();
            let bytes = match unlisted::supply(machine.fs, path, *is_folder, &process.cred) {
                Some(bytes) => bytes,
                None if *is_folder => {
                    machine.fs.mkdir_all(path, 0o755, &root).ok()?;
                    return None;
                }
                None => {
                    let above = path.rsplit_once('/').map_or("", |(above, _)| above);
                    let made = if above.is_empty() { Ok(()) } else { machine.fs.mkdir_all(above, 0o755, &root) };
                    let content = Content::opaque(&format!("outline{path}"), TYPICAL);
                    made.and_then(|()| machine.fs.write(path, content, unlisted::mode_of(path), &root)).ok()?;
                    TYPICAL
                }
            };
            machine.meter.note(Basis::Estimated, Note::TypicalSize { what: path.clone(), bytes });
            file(machine, path).map(|content| (path.clone(), content))
        }
        Missing::Owner(owner) => {
            let what = format!("{} {owner}", process.name());
            machine.meter.note(Basis::Estimated, Note::MayBeThere { what });
            let (user, group) = owner.split_once([':', '.']).unwrap_or((owner, ""));
            for name in [user, group] {
                add_account(machine, process, name);
            }
            None
        }
    }
}

/// A user with a group of its name, as packages make them.
fn add_account(machine: &mut Machine<'_>, process: &Process, name: &str) {
    let users = accounts::users(machine);
    let groups = accounts::groups(machine);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !is_name {
        return;
    }
    let used: Vec<u32> = users.iter().map(|user| user.uid).chain(groups.iter().map(|group| group.gid)).collect();
    let id = (100..1000).rev().find(|id| !used.contains(id)).unwrap_or(999);
    if groups.iter().all(|group| group.name != name) {
        let _ = account_files::append_line(machine, process, "/etc/group", &format!("{name}:x:{id}:"));
    }
    if users.iter().all(|user| user.name != name) {
        let gid = groups.iter().find(|group| group.name == name).map_or(id, |group| group.gid);
        let line = format!("{name}:x:{id}:{gid}::/nonexistent:/usr/sbin/nologin");
        let _ = account_files::append_line(machine, process, "/etc/passwd", &line);
    }
}

fn file(machine: &Machine<'_>, path: &str) -> Option<Content> {
    match machine.fs.stat(path, false, &Cred::root()).ok()?.kind {
        Kind::File(content) => Some(content.clone()),
        _ => None,
    }
}

/// Takes away what was only read: it lies in a layer below, or is among files that are counted already.
fn take_back(machine: &mut Machine<'_>, supplied: &[Supplied]) {
    for (path, content) in supplied {
        let unchanged = file(machine, path).as_ref() == Some(content);
        let mode = unlisted::mode_of(path);
        let plain = machine.fs.stat(path, false, &Cred::root()).is_ok_and(|stat| stat.attr.mode & 0o777 == mode);
        if unchanged && plain && content.size() <= unlisted::TYPICAL {
            let _ = machine.fs.remove_file(path, &Cred::root());
        }
    }
}
