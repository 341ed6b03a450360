//! Finding and starting programs, as the kernel and execvp do.

use filesystem::{Content, Cred, Errno, Kind};
use shell::Dialect;

use super::script::{run_script, shell_command};
use super::{Flavour, Known, Machine, Process, StartError, builtins, flavour};
use crate::commands::{self, CommandFn};
use crate::{Basis, Note};

/// The first bytes of a file that say what it is.
const HEAD_BYTES: u64 = 256;
/// How many interpreters of interpreters are followed, as the kernel does.
const MAX_INTERPRETERS: u32 = 4;
/// What a program without a model takes, in milliseconds.
const UNKNOWN_MS: u64 = 1000;

/// The commands that tell one system from another.
const PACKAGE_MANAGERS: [&str; 10] =
    ["apk", "apt", "apt-get", "apt-cache", "dnf", "dpkg", "microdnf", "pacman", "yum", "zypper"];

/// What a found file is.
enum Program {
    /// `#!`, with the interpreter and its one argument.
    Interpreted(String, Option<String>),
    /// Text: a shell runs it.
    Text,
    /// Something compiled, with the last part of the name that its content is known by.
    Binary(Option<String>),
}

/// Runs a program as `process`: finds `args[0]` in PATH or at its path, as `execvp` does, and runs it to its end.
/// For commands that run others: env, xargs, find -exec, timeout.
///
/// # Errors
/// A program that cannot be started.
pub fn execute(machine: &mut Machine<'_>, process: &mut Process) -> Result<i32, StartError> {
    if !machine.step() || !machine.deeper() {
        return Ok(super::shell::STOPPED);
    }
    machine.alive.insert(process.pid);
    let result = find_and_run(machine, process);
    machine.alive.remove(&process.pid);
    machine.depth = machine.depth.saturating_sub(1);
    result
}

/// Runs the file at `path` as process 1 of a container: without a shell to fall back on.
///
/// # Errors
/// `NoExec` for text without `#!`, `NoEnt` for a missing interpreter.
pub(super) fn first(machine: &mut Machine<'_>, process: &mut Process, path: &str) -> Result<i32, Errno> {
    let content = machine.fs.read(path, &Cred::root()).unwrap_or_default();
    if matches!(kind(&content), Program::Text) || commands::compiled::is_foreign(&content) {
        return Err(Errno::NoExec);
    }
    machine.alive.insert(process.pid);
    let result = run_file(machine, process, path, 0).map_err(|_| Errno::NoEnt);
    machine.alive.remove(&process.pid);
    result
}

fn find_and_run(machine: &mut Machine<'_>, process: &mut Process) -> Result<i32, StartError> {
    let name = process.args.first().cloned().unwrap_or_default();
    if name.is_empty() {
        return Err(StartError::NotFound);
    }
    if is_own_applet(machine, &name)
        && let Some(model) = model(&name)
    {
        return Ok(model(machine, process));
    }
    let path = match find(machine, process, &name) {
        // what is installed is not known in full: a program that no model knows may well be there
        Err(StartError::NotFound) if may_be_there(machine, &name) => {
            let gaps = machine.meter.gaps;
            let status = match model(&name) {
                Some(model) => model(machine, process),
                None => unknown(machine, process, false),
            };
            count_program(machine, gaps);
            return Ok(status);
        }
        Err(StartError::NotFound) if name.contains('/') && super::unsure::may_hold(machine, &process.path(&name)) => {
            let gaps = machine.meter.gaps;
            let status = unknown(machine, process, false);
            count_program(machine, gaps);
            return Ok(status);
        }
        found => found?,
    };
    run_file(machine, process, &path, 0)
}

/// Whether a program that is not found in PATH may well be there in a real build, because what is installed is not known
/// in full. Of an image of which only the system is known, or behind a step without a model, any may be, but for the
/// package manager of another system.
pub(super) fn may_be_there(machine: &Machine<'_>, name: &str) -> bool {
    let gap = machine.around.basis == Basis::NotModelled || machine.meter.basis == Basis::NotModelled;
    let any = (machine.known == Known::System || gap) && !PACKAGE_MANAGERS.contains(&name);
    !name.contains('/')
        && machine.is_unsure()
        && builtins::program(name).is_none()
        && (any || commands::may_be_added(name))
}

/// Whether the shell runs a name by itself: Debian's static busybox looks for its own applets before it looks at PATH,
/// whether their links are still there or not. One that was built for an image with a C library does not.
pub(super) fn is_own_applet(machine: &Machine<'_>, name: &str) -> bool {
    let exists = |path| machine.fs.stat(path, true, &Cred::root()).is_ok();
    !name.contains('/')
        && flavour(machine) == Flavour::Busybox
        && !exists("/lib/libc.so.6")
        && !exists("/lib/ld-musl-x86_64.so.1")
        && commands::applets::is_applet(name)
        && model(name).is_some()
}

/// The path of a program: in PATH, or where `name` says.
pub(super) fn find(machine: &Machine<'_>, process: &Process, name: &str) -> Result<String, StartError> {
    if name.contains('/') {
        let path = process.path(name);
        return match runnable(machine, process, &path) {
            Ok(()) => Ok(path),
            Err(Errno::Access) => Err(StartError::NotExecutable),
            Err(_) => Err(StartError::NotFound),
        };
    }
    let default = "/sbin:/usr/sbin:/bin:/usr/bin".to_owned();
    let folders = process.env.get("PATH").unwrap_or(&default);
    let mut error = StartError::NotFound;
    for folder in folders.split(':') {
        let path = if folder.is_empty() { process.path(name) } else { process.path(&format!("{folder}/{name}")) };
        match runnable(machine, process, &path) {
            Ok(()) => return Ok(path),
            Err(Errno::Access) => error = StartError::NotExecutable,
            Err(_) => {}
        }
    }
    Err(error)
}

/// Whether the file at a path may be executed: `Access` for a directory and for a file without the permission.
pub(super) fn runnable(machine: &Machine<'_>, process: &Process, path: &str) -> Result<(), Errno> {
    let stat = machine.fs.stat(path, true, &process.cred)?;
    // Root needs one execute bit of the three.
    let may = stat.attr.mode & 0o111 != 0 && machine.fs.access(path, false, false, true, &process.cred);
    if stat.is_file() && may { Ok(()) } else { Err(Errno::Access) }
}

fn run_file(machine: &mut Machine<'_>, process: &mut Process, path: &str, level: u32) -> Result<i32, StartError> {
    let Ok(stat) = machine.fs.stat(path, true, &Cred::root()) else { return Err(StartError::NotFound) };
    let Kind::File(content) = stat.kind else { return Err(StartError::NotExecutable) };
    let content = content.clone();
    if let Some(wrapper) = commands::java::wrapper(path, &content) {
        let gaps = machine.meter.gaps;
        let status = wrapper(machine, process);
        count_program(machine, gaps);
        return Ok(status);
    }
    match kind(&content) {
        Program::Interpreted(interpreter, argument) => {
            if level >= MAX_INTERPRETERS || runnable(machine, process, &process.path(&interpreter)).is_err() {
                return Err(StartError::NotFound);
            }
            let mut args = vec![interpreter.clone()];
            args.extend(argument);
            args.push(if process.args.first().is_some_and(|name| name.contains('/')) {
                process.args.first().cloned().unwrap_or_default()
            } else {
                path.to_owned()
            });
            args.extend(process.operands().iter().cloned());
            process.args = args;
            let interpreter = process.path(&interpreter);
            run_file(machine, process, &interpreter, level + 1)
        }
        Program::Text => {
            let text = super::text_of(machine, &content);
            let dialect = if flavour(machine) == Flavour::Busybox { Dialect::Ash } else { Dialect::Dash };
            Ok(run_script(machine, process, &text, dialect))
        }
        // the kernel says that the file is not there where its loader is missing
        Program::Binary(_)
            if !commands::compiled::is_foreign(&content) && !commands::compiled::can_start(machine, &content) =>
        {
            Err(StartError::NotFound)
        }
        Program::Binary(known_as) => {
            let gaps = machine.meter.gaps;
            let arguments = process.operands().to_vec();
            let status = match commands::installers::run(machine, process, &content, &arguments) {
                Some(status) => Ok(status),
                None if commands::installers::is_archives_own(path, &content) => {
                    Ok(commands::installers::of_archive(machine, process, path))
                }
                None if commands::compiled::is_compiled(&content) => run_compiled(machine, process, &content),
                None => Ok(run_binary(machine, process, path, known_as)),
            };
            count_program(machine, gaps);
            status
        }
    }
}

/// Counts a program that has ended; `gaps` is what the meter had when it began.
fn count_program(machine: &mut Machine<'_>, gaps: u64) {
    let programs = &mut machine.meter.programs;
    programs.started = programs.started.saturating_add(1);
    programs.without_model = programs.without_model.saturating_add(u64::from(machine.meter.gaps > gaps));
}

/// A program that a step of this build compiled.
fn run_compiled(machine: &mut Machine<'_>, process: &Process, content: &Content) -> Result<i32, StartError> {
    if commands::compiled::is_foreign(content) {
        return Err(StartError::NotExecutable);
    }
    Ok(unknown(machine, process, false))
}

fn kind(content: &Content) -> Program {
    let known = content.slice(0, content.size().min(HEAD_BYTES));
    let Some(head) = known.bytes(HEAD_BYTES as usize) else {
        return Program::Binary(known_as(content));
    };
    if let Some(line) = head.strip_prefix(b"#!") {
        let line = line.split(|&b| b == b'\n').next().unwrap_or_default();
        let line = String::from_utf8_lossy(line);
        let line = line.trim_matches([' ', '\t']);
        let (interpreter, argument) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let argument = argument.trim_matches([' ', '\t']);
        return Program::Interpreted(interpreter.to_owned(), (!argument.is_empty()).then(|| argument.to_owned()));
    }
    if head.starts_with(b"\x7fELF") || head.contains(&0) { Program::Binary(None) } else { Program::Text }
}

/// The last part of the name that a content is known by, where its bytes are not.
pub(super) fn known_as(content: &Content) -> Option<String> {
    content.pieces().iter().find_map(|piece| match piece {
        filesystem::Piece::Opaque { id, .. } => Some(id.rsplit('/').next().unwrap_or(id).to_owned()),
        _ => None,
    })
}

/// The model of a program by its name, of shells and builtins too.
fn model(name: &str) -> Option<CommandFn> {
    match name {
        "sh" | "ash" | "dash" | "bash" => Some(shell_command),
        _ => commands::lookup(name).or_else(|| builtins::program(name)),
    }
}

fn run_binary(machine: &mut Machine<'_>, process: &mut Process, path: &str, known_as: Option<String>) -> i32 {
    let called = process.name().to_owned();
    let file = machine.fs.resolve(path, true, &Cred::root()).unwrap_or_else(|_| path.to_owned());
    let file = file.rsplit('/').next().unwrap_or_default().to_owned();
    let busybox = file == "busybox" || known_as.as_deref() == Some("busybox");
    if called == "busybox" && busybox {
        return match process.args.get(1).cloned() {
            Some(applet) => {
                process.args.remove(0);
                match model(&applet) {
                    Some(model) => model(machine, process),
                    None => unknown(machine, process, busybox),
                }
            }
            None => 0,
        };
    }
    let names = [Some(called), Some(file).filter(|_| !busybox), known_as.filter(|_| !busybox)];
    let Some((name, model)) = names.into_iter().flatten().find_map(|name| model(&name).map(|model| (name, model)))
    else {
        return unknown(machine, process, busybox);
    };
    if let Some(table) = commands::tables::lacking(&name) {
        machine.meter.note(Basis::NotModelled, Note::FactsMissing { table: table.name() });
        return 0;
    }
    let outer = std::mem::replace(&mut machine.program, name);
    let status = model(machine, process);
    machine.program = outer;
    status
}

/// A program without a model: nothing is known of what it does.
pub(super) fn unknown(machine: &mut Machine<'_>, process: &Process, busybox: bool) -> i32 {
    let name = process.name().to_owned();
    let linked = |folder: &str| machine.fs.stat(&format!("{folder}/{name}"), true, &Cred::root()).is_ok();
    if busybox && !["/bin", "/sbin", "/usr/bin", "/usr/sbin"].iter().any(|folder| linked(folder)) {
        process.err(machine, &format!("{name}: applet not found\n"));
        return 127;
    }
    machine.spend(UNKNOWN_MS);
    if commands::tools::looks_only(process) {
        machine.writes_nothing(&commands::tools::shown(process));
        return 0;
    }
    machine.meter.note(Basis::NotModelled, Note::UnknownCommand { name });
    0
}
