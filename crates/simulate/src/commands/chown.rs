//! chown, and the change of owners that chgrp needs too.

use crate::process::{Machine, Process};

use super::accounts::{group_id, owner};
use super::input::{is_busybox, missing_operand};
use super::options::parse;
use super::tree::below;

pub fn chown(machine: &mut Machine, process: &mut Process) -> i32 {
    change_owner(machine, process, false)
}

/// Changes owners as chown does, or only groups as chgrp does.
pub fn change_owner(machine: &mut Machine, process: &mut Process, group_only: bool) -> i32 {
    let long = [
        ("recursive", 'R'),
        ("verbose", 'v'),
        ("changes", 'c'),
        ("no-dereference", 'h'),
        ("dereference", 'D'),
        ("silent", 'f'),
        ("quiet", 'f'),
        ("reference=", 'e'),
        ("from=", 'F'),
    ];
    let options = match parse(machine, process, "RhLHPcvfDe:F:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut files = options.operands.clone();
    let (uid, gid) = if let Some(reference) = options.value('e') {
        match machine.fs.stat(&process.path(reference), true, &process.cred) {
            Ok(stat) => (Some(stat.attr.uid).filter(|_| !group_only), Some(stat.attr.gid)),
            Err(errno) => {
                process.complain(machine, &format!("{reference}: {errno}"));
                return 1;
            }
        }
    } else {
        if files.len() < 2 {
            return missing_operand(machine, process);
        }
        let text = files.remove(0);
        let found =
            if group_only { group_id(machine, &text).map(|gid| (None, Some(gid))) } else { owner(machine, &text) };
        match found {
            Some(found) => found,
            None => {
                let message = match (is_busybox(machine), group_only, text.contains(':')) {
                    (true, true, _) => format!("unknown group {text}"),
                    (true, false, false) => format!("unknown user {text}"),
                    (true, false, true) => format!("unknown user/group {text}"),
                    (false, true, _) => format!("invalid group: '{text}'"),
                    (false, false, _) => invalid_owner(machine, &text),
                };
                process.complain(machine, &message);
                return 1;
            }
        }
    };
    let recursive = options.has('R');
    let mut status = 0;
    for file in files {
        let follow_root = options.any("HL");
        let names = if recursive { below(machine, process, &file, follow_root) } else { vec![file.clone()] };
        for name in names {
            let follow = if recursive { options.any("HL") && name == file } else { !options.has('h') };
            let path = process.path(&name);
            if let Err(errno) = machine.fs.chown(&path, uid, gid, follow, &process.cred) {
                status = 1;
                if !options.has('f') {
                    let text = match (is_busybox(machine), errno) {
                        (true, _) => format!("{name}: {errno}"),
                        (false, filesystem::Errno::Perm) => format!("changing ownership of '{name}': {errno}"),
                        (false, _) => format!("cannot access '{name}': {errno}"),
                    };
                    process.complain(machine, &text);
                }
            }
        }
    }
    status
}

fn invalid_owner(machine: &Machine, text: &str) -> String {
    let user = text.split(':').next().unwrap_or_default();
    if user.is_empty() || owner(machine, user).is_some() {
        format!("invalid group: '{text}'")
    } else {
        format!("invalid user: '{text}'")
    }
}
