//! install.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::accounts::{group_id, user_id};
use super::backup::{Backup, LONG};
use super::copying::{Copying, copy};
use super::input::{is_busybox, join, last_part, missing_after};
use super::mkdir::with_parents;
use super::mode::changed;
use super::node::is_dir;
use super::options::parse;

pub fn install(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("directory", 'd'),
        ("mode=", 'm'),
        ("owner=", 'o'),
        ("group=", 'g'),
        ("target-directory=", 't'),
        ("verbose", 'v'),
        ("strip", 's'),
        ("preserve-timestamps", 'p'),
        ("no-target-directory", 'T'),
        ("compare", 'C'),
        ("strip-program=", '0'),
    ];
    let busybox = is_busybox(machine);
    let long: Vec<_> = long.into_iter().chain(LONG.into_iter().filter(|_| !busybox)).collect();
    let letters = if busybox { "cdDpsm:o:g:t:vTC" } else { "bS:9::cdDpsm:o:g:t:vTC" };
    let options = match parse(machine, process, letters, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let backup = match Backup::of(machine, process, &options) {
        Ok(backup) => backup,
        Err(status) => return status,
    };
    let mode_text = options.value('m').unwrap_or("755");
    let Some(mode) = changed(mode_text, 0, options.has('d'), 0) else {
        process.complain(machine, &format!("invalid mode '{mode_text}'"));
        return 1;
    };
    let (uid, gid) =
        (options.value('o').map(|text| user_id(machine, text)), options.value('g').map(|text| group_id(machine, text)));
    for (found, text, kind) in [(uid, options.value('o'), "user"), (gid, options.value('g'), "group")] {
        if found == Some(None) {
            let text = text.unwrap_or_default();
            let busybox = is_busybox(machine);
            let message = if busybox { format!("unknown {kind} {text}") } else { format!("invalid {kind} '{text}'") };
            process.complain(machine, &message);
            return 1;
        }
    }
    let (uid, gid) = (uid.flatten(), gid.flatten());
    let finish = |machine: &mut Machine, process: &Process, name: &str| -> Result<(), Errno> {
        let path = process.path(name);
        if uid.is_some() || gid.is_some() {
            machine.fs.chown(&path, uid, gid, true, &process.cred)?;
        }
        machine.fs.chmod(&path, mode, true, &process.cred)
    };
    let mut operands = options.operands.clone();
    let mut status = 0;
    if let Some(target) = options.value('t')
        && !(busybox || options.has('D') || options.has('d'))
        && !is_dir(machine.fs, &process.path(target), &process.cred)
    {
        let errno = super::node::no_directory(machine, process, target);
        let text = match errno {
            Errno::NoEnt => format!("failed to access '{target}': {errno}"),
            _ => format!("target directory '{target}': {errno}"),
        };
        process.complain(machine, &text);
        return 1;
    }
    if options.has('d') {
        for name in &operands {
            let made = with_parents(machine, process, name, None, options.has('v')).map_err(|(_, errno)| errno);
            if let Err(errno) = made.and_then(|()| finish(machine, process, name)) {
                let text = match errno {
                    // GNU's goes on to the mode of what it could not make.
                    Errno::Access if !busybox => {
                        format!("cannot change permissions of '{name}': No such file or directory")
                    }
                    _ => format!("{} create directory '{name}': {errno}", if busybox { "can't" } else { "cannot" }),
                };
                process.complain(machine, &text);
                status = 1;
            }
        }
        return status;
    }
    let target = match options.value('t') {
        Some(target) => target.to_string(),
        None if operands.len() < 2 => return missing_after(machine, process, &operands),
        None => operands.pop().unwrap_or_default(),
    };
    let into = options.has('t') || !options.has('T') && is_dir(machine.fs, &process.path(&target), &process.cred);
    if options.has('D') {
        let parent =
            if options.has('t') { Some(target.as_str()) } else { target.rsplit_once('/').map(|(parent, _)| parent) };
        if let Some(parent) = parent.filter(|parent| !parent.is_empty()) {
            let _ = with_parents(machine, process, parent, None, options.has('v'));
        }
    }
    if operands.len() > 1 && !into && !is_busybox(machine) {
        let errno = super::node::no_directory(machine, process, &target);
        process.complain(machine, &format!("target '{target}': {errno}"));
        return 1;
    }
    for name in operands {
        let to = if into { join(&target, last_part(&name)) } else { target.clone() };
        let verbose = options.has('v') && !is_busybox(machine);
        let mut how = Copying {
            verbose,
            follow: true,
            follow_operands: true,
            replace: true,
            backup: backup.clone(),
            ..Copying::default()
        };
        if !copy(machine, process, &mut how, &name, &to, true) {
            status = 1;
        } else if let Err(errno) = finish(machine, process, &to) {
            process.complain(machine, &format!("{to}: {errno}"));
            status = 1;
        } else if options.has('s') && !busybox && !stripped(machine, process, &to, options.value('0')) {
            let _ = machine.fs.remove_file(&process.path(&to), &process.cred);
            status = 1;
        }
    }
    status
}

/// Runs strip on a file; `false` after complaints.
fn stripped(machine: &mut Machine, process: &Process, name: &str, program: Option<&str>) -> bool {
    let program = program.unwrap_or("strip").to_string();
    let mut child = process.clone();
    child.args = vec![program.clone(), name.to_string()];
    match crate::process::execute(machine, &mut child) {
        Ok(0) => return true,
        Ok(_) => {}
        Err(_) => process.complain(machine, &format!("cannot run '{program}': No such file or directory")),
    }
    process.complain(machine, "strip process terminated abnormally");
    false
}
