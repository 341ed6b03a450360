//! mkdir.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand};
use super::mode::changed;
use super::node::is_dir;
use super::options::parse;

pub fn mkdir(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("parents", 'p'), ("mode=", 'm'), ("verbose", 'v')];
    let options = match parse(machine, process, "pm:vZ", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    let mode = match options.value('m') {
        None => None,
        Some(text) => match changed(text, 0o777, true, process.umask) {
            Some(mode) => Some(mode),
            None => {
                process.complain(machine, &format!("invalid mode '{text}'"));
                return 1;
            }
        },
    };
    let mut status = 0;
    for operand in &options.operands {
        let made = if options.has('p') {
            with_parents(machine, process, operand, mode, options.has('v'))
        } else {
            one(machine, process, operand, mode).map_err(|errno| (operand.clone(), errno)).inspect(|()| {
                if options.has('v') {
                    let text = created(machine, process, operand);
                    process.out(machine, &text);
                }
            })
        };
        if let Err((name, errno)) = made {
            let verb = if is_busybox(machine) { "can't" } else { "cannot" };
            let name = if is_busybox(machine) { name.as_str() } else { name.trim_end_matches('/') };
            process.complain(machine, &format!("{verb} create directory '{}': {errno}", name));
            status = 1;
        }
    }
    status
}

/// What `-v` says of a directory; install says it in words of its own.
fn created(machine: &Machine, process: &Process, name: &str) -> String {
    match (is_busybox(machine), process.name()) {
        (true, _) => format!("created directory: '{name}'\n"),
        (false, "install") => format!("install: creating directory '{name}'\n"),
        (false, command) => format!("{command}: created directory '{name}'\n"),
    }
}

fn one(machine: &mut Machine, process: &Process, name: &str, mode: Option<u32>) -> Result<(), Errno> {
    let path = process.path(name);
    machine.fs.mkdir(&path, process.mode(0o777), &process.cred)?;
    match mode {
        Some(mode) => machine.fs.chmod(&path, mode, true, &process.cred),
        None => Ok(()),
    }
}

/// Makes a directory and those above it that are missing; only the last gets the mode.
pub fn with_parents(
    machine: &mut Machine,
    process: &Process,
    name: &str,
    mode: Option<u32>,
    verbose: bool,
) -> Result<(), (String, Errno)> {
    let mut ends: Vec<usize> = name.match_indices('/').map(|(at, _)| at).filter(|at| *at > 0).collect();
    ends.push(name.len());
    let mut last_end = 0;
    for end in ends {
        let part = name.get(..end).unwrap_or(name);
        if part.ends_with('/') || end == last_end {
            continue;
        }
        last_end = end;
        let rest = name.get(end..).unwrap_or_default();
        let last = rest.trim_matches('/').is_empty();
        if is_dir(machine.fs, &process.path(part), &process.cred) {
            if last {
                break;
            }
            continue;
        }
        let shown = if last { name.to_string() } else { format!("{part}/") };
        one(machine, process, part, if last { mode } else { None }).map_err(|errno| {
            let errno = if errno == Errno::Exist && !last { Errno::NotDir } else { errno };
            (shown.clone(), errno)
        })?;
        if verbose {
            let text = created(machine, process, if is_busybox(machine) { &shown } else { part });
            process.out(machine, &text);
        }
        if last {
            break;
        }
    }
    Ok(())
}
