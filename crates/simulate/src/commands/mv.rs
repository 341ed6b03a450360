//! mv.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::backup::{Backup, LONG};
use super::copying::{Copying, copy, may_replace, no_target};
use super::input::{is_busybox, join, last_part, missing_after};
use super::node::{Node, is_dir, no_directory};
use super::options::parse;

pub fn mv(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("force", 'f'),
        ("no-clobber", 'n'),
        ("verbose", 'v'),
        ("update", 'u'),
        ("target-directory=", 't'),
        ("no-target-directory", 'T'),
        ("interactive", 'i'),
        ("strip-trailing-slashes", 'N'),
    ];
    let busybox = is_busybox(machine);
    let long: Vec<_> = long.into_iter().chain(LONG.into_iter().filter(|_| !busybox)).collect();
    let options = match parse(machine, process, if busybox { "finvut:T" } else { "finvut:TbS:9::" }, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let backup = match Backup::of(machine, process, &options) {
        Ok(backup) => backup,
        Err(status) => return status,
    };
    let mut operands = options.operands.clone();
    let target = match options.value('t') {
        Some(target) if !busybox && !is_dir(machine.fs, &process.path(target), &process.cred) => {
            return no_target(machine, process, target);
        }
        Some(target) => target.to_string(),
        None if operands.len() < 2 => return missing_after(machine, process, &operands),
        None => operands.pop().unwrap_or_default(),
    };
    let into = !options.has('T') && (options.has('t') || is_dir(machine.fs, &process.path(&target), &process.cred));
    if operands.len() > 1 && !into && !is_busybox(machine) {
        let errno = no_directory(machine, process, &target);
        process.complain(machine, &format!("target '{target}': {errno}"));
        return 1;
    }
    let several = operands.len() > 1;
    let mut status = 0;
    for from in operands {
        let to = if into || several { join(&target, last_part(&from)) } else { target.clone() };
        let asks = options.last_of("fin") == Some('i') && !busybox;
        if asks
            && super::node::exists(machine.fs, &process.path(&to), &process.cred)
            && !may_replace(machine, process, &to)
        {
            continue;
        }
        let there = super::node::exists(machine.fs, &process.path(&from), &process.cred);
        let kept = match backup.as_ref().filter(|_| there).map(|backup| backup.make(machine, process, &to)).transpose()
        {
            Ok(kept) => kept.flatten().map_or(String::new(), |kept| format!(" (backup: '{kept}')")),
            Err(errno) => {
                process.complain(machine, &format!("cannot backup '{to}': {errno}"));
                status = 1;
                continue;
            }
        };
        if !rename(machine, process, &from, &to, options.has('n'), options.has('u')) {
            status = 1;
        } else if options.has('v') {
            let renamed = if is_busybox(machine) { "" } else { "renamed " };
            process.out(machine, &format!("{renamed}'{from}' -> '{to}'{kept}\n"));
        }
    }
    status
}

fn rename(machine: &mut Machine, process: &Process, from: &str, to: &str, keep: bool, newer: bool) -> bool {
    let who = &process.cred;
    let (source, target) = (process.path(from), process.path(to));
    if (keep || newer)
        && let Ok(there) = Node::at(machine.fs, &target, false, who)
    {
        let older = Node::at(machine.fs, &source, false, who).is_ok_and(|node| node.attr.mtime <= there.attr.mtime);
        if keep || older {
            return true;
        }
    }
    let source = source.trim_end_matches('/').to_string();
    let errno = match machine.fs.rename(&source, &target, who) {
        Ok(()) => return true,
        Err(errno) => errno,
    };
    if errno == Errno::CrossDevice {
        let mut how = Copying { recursive: true, preserve: true, force: true, ..Copying::default() };
        return copy(machine, process, &mut how, from, to, true) && machine.fs.remove_all(&source, who).is_ok();
    }
    let text = match errno {
        _ if is_busybox(machine) => format!("can't rename '{from}': {errno}"),
        Errno::NoEnt if Node::at(machine.fs, &source, false, who).is_err() => format!("cannot stat '{from}': {errno}"),
        Errno::Invalid => format!("cannot move '{from}' to a subdirectory of itself, '{to}'"),
        Errno::IsDir => format!("cannot overwrite directory '{to}' with non-directory"),
        Errno::NotDir if Node::at(machine.fs, &target, false, who).is_ok() => {
            format!("cannot overwrite non-directory '{to}' with directory '{from}'")
        }
        _ => format!("cannot move '{from}' to '{to}': {errno}"),
    };
    process.complain(machine, &text);
    false
}
