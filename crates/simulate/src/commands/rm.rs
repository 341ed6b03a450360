//! rm.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::copying::asked;
use super::input::{is_busybox, join, last_part, missing_operand, not_modelled};
use super::node::Node;
use super::options::parse;
use super::quoting::quoted;
use super::tree::below;

/// How deep it asks.
const DEPTH_LIMIT: usize = 100;

pub fn rm(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("force", 'f'),
        ("recursive", 'r'),
        ("verbose", 'v'),
        ("dir", 'd'),
        ("interactive", 'i'),
        ("one-file-system", 'x'),
        ("preserve-root", 'x'),
        ("no-preserve-root", 'x'),
    ];
    let options = match parse(machine, process, "frRvdiIx", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let busybox = is_busybox(machine);
    if options.operands.is_empty() {
        return if options.has('f') { 0 } else { missing_operand(machine, process) };
    }
    let asks = options.last_of("iIf").filter(|last| *last != 'f');
    if asks.is_some() && busybox {
        not_modelled(machine, process, "-i");
    }
    let (count, recursive) = (options.operands.len(), options.any("rR"));
    if asks == Some('I') && !busybox && (count > 3 || recursive) {
        let arguments = if count == 1 { "argument" } else { "arguments" };
        let how = if recursive { " recursively" } else { "" };
        if !asked(machine, process, &format!("remove {count} {arguments}{how}?")) {
            return 0;
        }
    }
    let mut status = 0;
    for operand in &options.operands {
        if asks == Some('i') && !busybox {
            match remove_asking(machine, process, operand, (recursive, options.has('d'), options.has('v')), 0) {
                Ok(_) => {}
                Err(()) => status = 1,
            }
            continue;
        }
        let gone = if options.has('v') { removed(machine, process, operand) } else { Vec::new() };
        if let Err(message) = remove(machine, process, operand, options.any("rR"), options.has('d'), options.has('f')) {
            process.complain(machine, &message);
            status = 1;
        } else if options.has('v') {
            process.out(machine, &gone.concat());
        }
    }
    status
}

/// Removes what standard input agrees to; whether it is gone, or nothing after a complaint.
fn remove_asking(
    machine: &mut Machine,
    process: &Process,
    name: &str,
    (recursive, empty, verbose): (bool, bool, bool),
    depth: usize,
) -> Result<bool, ()> {
    let (path, shown) = (process.path(name), quoted(machine, name));
    let node = Node::at(machine.fs, &path, false, &process.cred);
    let kind = match &node {
        Ok(node) if node.is_dir() && recursive && depth < DEPTH_LIMIT => {
            let names = machine.fs.read_dir(&path, &process.cred).unwrap_or_default();
            if !names.is_empty() && !asked(machine, process, &format!("descend into directory {shown}?")) {
                return Ok(false);
            }
            let mut gone = true;
            for inner in names {
                gone &= remove_asking(machine, process, &join(name, &inner), (recursive, empty, verbose), depth + 1)?;
            }
            if !gone {
                return Ok(false);
            }
            "directory"
        }
        Ok(node) if node.is_dir() && !empty => "",
        Ok(node) => super::stat::kind(node),
        Err(_) => "",
    };
    if !kind.is_empty() && !asked(machine, process, &format!("remove {kind} {shown}?")) {
        return Ok(false);
    }
    match remove(machine, process, name, recursive, empty, false) {
        Ok(()) if verbose => {
            let directory = if kind == "directory" { "directory " } else { "" };
            process.out(machine, &format!("removed {directory}{shown}\n"));
            Ok(true)
        }
        Ok(()) => Ok(true),
        Err(message) => {
            process.complain(machine, &message);
            Err(())
        }
    }
}

/// What `rm -v` prints for an operand: what is in a directory before the directory.
fn removed(machine: &mut Machine, process: &Process, operand: &str) -> Vec<String> {
    let directory = if is_busybox(machine) { "directory:" } else { "directory" };
    let mut lines: Vec<String> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for name in below(machine, process, operand, false) {
        while let Some(last) = open.pop_if(|last| !name.starts_with(&join(last, ""))) {
            lines.push(format!("removed {directory} '{last}'\n"));
        }
        match Node::at(machine.fs, &process.path(&name), false, &process.cred) {
            Ok(node) if node.is_dir() => open.push(name),
            Ok(_) => lines.push(format!("removed {}\n", quoted(machine, &name))),
            Err(_) => {}
        }
    }
    lines.extend(open.into_iter().rev().map(|last| format!("removed {directory} '{last}'\n")));
    lines
}

pub fn remove(
    machine: &mut Machine,
    process: &Process,
    operand: &str,
    recursive: bool,
    empty: bool,
    force: bool,
) -> Result<(), String> {
    let (path, who) = (process.path(operand), &process.cred);
    let busybox = is_busybox(machine);
    let shown = quoted(machine, operand);
    let cannot = |errno: Errno| {
        let verb = if busybox { "can't" } else { "cannot" };
        format!("{verb} remove {shown}: {errno}")
    };
    if matches!(last_part(operand), "." | "..") {
        return Err(if busybox {
            "can't remove '.' or '..'".to_string()
        } else {
            format!("refusing to remove '.' or '..' directory: skipping '{operand}'")
        });
    }
    let node = match Node::at(machine.fs, &path, false, who) {
        Ok(node) => node,
        Err(Errno::NoEnt | Errno::NotDir) if force => return Ok(()),
        Err(errno) if busybox && errno != Errno::NoEnt => return Err(format!("can't stat '{operand}': {errno}")),
        Err(errno) => return Err(cannot(errno)),
    };
    if !node.is_dir() {
        return machine.fs.remove_file(&path, who).map_err(cannot);
    }
    if recursive {
        if last_part(operand) == "/" {
            return Err(if busybox {
                cannot(Errno::Busy)
            } else {
                "it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe"
                    .to_string()
            });
        }
        return machine.fs.remove_all(&path, who).map_err(cannot);
    }
    if empty {
        return machine.fs.remove_dir(&path, who).map_err(cannot);
    }
    Err(if busybox { format!("'{operand}' is a directory") } else { cannot(Errno::IsDir) })
}
