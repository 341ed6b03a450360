//! readlink, and the canonical paths that realpath shows too.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::input::missing_operand;
use super::node::{Node, NodeKind, exists};
use super::options::parse;

pub fn readlink(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("canonicalize", 'f'),
        ("canonicalize-existing", 'e'),
        ("canonicalize-missing", 'm'),
        ("no-newline", 'n'),
        ("quiet", 'q'),
        ("silent", 's'),
        ("verbose", 'v'),
        ("zero", 'z'),
    ];
    let options = match parse(machine, process, "femnvqsz", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    let busybox = super::input::is_busybox(machine);
    let mut status = 0;
    for operand in &options.operands {
        let path = process.path(operand);
        let found = if options.any("fem") {
            canonical(machine, process, &path, options.last_of("fem").unwrap_or('f'))
        } else {
            match Node::at(machine.fs, &path, false, &process.cred) {
                Ok(Node { kind: NodeKind::Symlink(target), .. }) => Ok(target),
                Ok(_) => Err(Errno::Invalid),
                Err(errno) => Err(errno),
            }
        };
        match found {
            Ok(text) => {
                let end = match options.has('z') && !busybox {
                    _ if options.has('n') => "",
                    true => "\0",
                    false => "\n",
                };
                process.out(machine, &format!("{text}{end}"));
            }
            Err(errno) => {
                if options.last_of("qsv") == Some('v') && !busybox {
                    let name = super::quoting::named(machine, operand);
                    process.complain(machine, &format!("{name}: {errno}"));
                }
                status = 1;
            }
        }
    }
    status
}

/// The path without links. `how`: `f` the last part may be missing, `e` nothing may, `m` anything may.
pub fn canonical(machine: &Machine, process: &Process, path: &str, how: char) -> Result<String, Errno> {
    let who = &process.cred;
    match machine.fs.resolve(path, true, who) {
        // busybox follows a link to what is missing, but does not take a name that is missing itself.
        Ok(_) if how == 'f' && super::input::is_busybox(machine) && !exists(machine.fs, path, who) => Err(Errno::NoEnt),
        Ok(found) if how == 'e' && !exists(machine.fs, &found, who) => Err(Errno::NoEnt),
        Ok(found) => Ok(found),
        Err(_) if how == 'm' && super::input::is_busybox(machine) => Ok(path.to_string()),
        Err(_) if how == 'm' => Ok(missing(machine, process, path)),
        Err(errno) => Err(errno),
    }
}

/// The path without links and dots as far as that can be said; any part of it may be missing.
pub fn missing(machine: &Machine, process: &Process, path: &str) -> String {
    let mut found = String::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." {
            found.truncate(found.rfind('/').unwrap_or(0));
            continue;
        }
        let next = format!("{found}/{part}");
        found = machine.fs.resolve(&next, true, &process.cred).unwrap_or(next);
        found.truncate(found.trim_end_matches('/').len());
    }
    if found.is_empty() { "/".to_string() } else { found }
}

/// A path without dots, its links as they are.
pub fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    format!("/{}", parts.join("/"))
}
