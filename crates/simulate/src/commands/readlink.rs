//! readlink, and the canonical paths that realpath shows too.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::input::missing_operand;
use super::node::{Node, NodeKind, exists};
use super::options::parse;

pub fn readlink(machine: &mut Machine, process: &mut Process) -> i32 {
    let long =
        [("canonicalize", 'f'), ("canonicalize-existing", 'e'), ("canonicalize-missing", 'm'), ("no-newline", 'n')];
    let options = match parse(machine, process, "femnvqsz", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    let mut status = 0;
    for operand in &options.operands {
        let path = process.path(operand);
        let found = if options.any("fem") {
            canonical(machine, process, &path, options.last_of("fem").unwrap_or('f')).ok()
        } else {
            match Node::at(machine.fs, &path, false, &process.cred) {
                Ok(Node { kind: NodeKind::Symlink(target), .. }) => Some(target),
                _ => None,
            }
        };
        match found {
            Some(text) => {
                let end = if options.has('n') { "" } else { "\n" };
                process.out(machine, &format!("{text}{end}"));
            }
            None => status = 1,
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
        Err(_) if how == 'm' => Ok(path.to_string()),
        Err(errno) => Err(errno),
    }
}
