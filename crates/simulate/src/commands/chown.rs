//! chown, and the change of owners that chgrp needs too.

use crate::process::{Machine, Process};

use super::accounts::{group_id, owner};
use super::input::{is_busybox, missing_after};
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
        ("preserve-root", 'p'),
        ("no-preserve-root", 'q'),
    ];
    let options = match parse(machine, process, "RhLHPcvfDe:F:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut files = options.operands.clone();
    let mut given = files.first().cloned().unwrap_or_default();
    let (uid, gid) = if let Some(reference) = options.value('e') {
        match machine.fs.stat(&process.path(reference), true, &process.cred) {
            Ok(stat) => {
                given = format!("{}:{}", stat.attr.uid, stat.attr.gid);
                (Some(stat.attr.uid).filter(|_| !group_only), Some(stat.attr.gid))
            }
            Err(errno) => {
                process.complain(machine, &format!("{reference}: {errno}"));
                return 1;
            }
        }
    } else {
        if files.len() < 2 {
            return missing_after(machine, process, &files);
        }
        let text = files.remove(0);
        let nobody = text.is_empty() && !is_busybox(machine);
        let found = match (nobody, group_only) {
            (true, _) => Some((None, None)),
            (false, true) => group_id(machine, &text).map(|gid| (None, Some(gid))),
            // A number alone has no group that it is in.
            (false, false)
                if !is_busybox(machine)
                    && text
                        .strip_suffix(':')
                        .is_some_and(|user| user.parse::<u32>().is_ok() && owner(machine, user).is_some()) =>
            {
                process.complain(machine, &format!("invalid spec: '{text}'"));
                return 1;
            }
            (false, false) => owner(machine, &text),
        };
        if found.is_some() && !group_only && !is_busybox(machine) && text.contains('.') && !text.contains(':') {
            process.complain(machine, &format!("warning: '.' should be ':': '{text}'"));
        }
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
    if options.has('p') && options.has('R') && files.iter().any(|file| file == "/") {
        process.complain(machine, "it is dangerous to operate recursively on '/'");
        process.complain(machine, "use --no-preserve-root to override this failsafe");
        return 1;
    }
    let only_from = match options.value('F').map(|text| owner(machine, text)) {
        None => None,
        Some(Some(from)) => Some(from),
        Some(None) => {
            let text = invalid_owner(machine, options.value('F').unwrap_or_default());
            process.complain(machine, &text);
            return 1;
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
            let before = machine.fs.stat(&path, follow, &process.cred).ok().map(|stat| (stat.attr.uid, stat.attr.gid));
            let spared = |(from_uid, from_gid): (Option<u32>, Option<u32>)| {
                before.is_some_and(|(uid, gid)| {
                    from_uid.is_some_and(|from| from != uid) || from_gid.is_some_and(|from| from != gid)
                })
            };
            if only_from.is_some_and(spared) {
                continue;
            }
            let done = machine.fs.chown(&path, uid, gid, follow, &process.cred);
            if let (Ok(()), Some(before), false) = (&done, before, is_busybox(machine)) {
                let changed = uid.is_some_and(|uid| uid != before.0) || gid.is_some_and(|gid| gid != before.1);
                // The later of the two says how much is told.
                let all = options.last_of("vc") == Some('v');
                if all || options.has('c') && changed {
                    let text = told(machine, &name, before, (uid, gid), changed, &given);
                    process.out(machine, &text);
                }
            }
            if let Err(errno) = done {
                status = 1;
                if !options.has('f') {
                    let dangling = machine.fs.stat(&path, false, &process.cred).is_ok();
                    let text = match (is_busybox(machine), errno) {
                        (true, _) => format!("{name}: {errno}"),
                        (false, filesystem::Errno::NoEnt) if dangling => {
                            format!("cannot dereference '{name}': {errno}")
                        }
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

/// What `-v` and `-c` say: only of what was asked for, in names.
fn told(
    machine: &Machine,
    name: &str,
    before: (u32, u32),
    (uid, gid): (Option<u32>, Option<u32>),
    changed: bool,
    given: &str,
) -> String {
    // What was given as a number is told as one.
    let (given_user, given_group) = given.split_once(':').unwrap_or((given, ""));
    let user = |uid: u32| super::accounts::user_name(machine, uid).unwrap_or_else(|| uid.to_string());
    let group = |gid: u32| super::accounts::group_name(machine, gid).unwrap_or_else(|| gid.to_string());
    let (what, old, new) = match (uid, gid) {
        (Some(uid), Some(gid)) => {
            let new = if given_group.is_empty() { user(uid) + ":" + &group(gid) } else { given.to_string() };
            ("ownership", format!("{}:{}", user(before.0), group(before.1)), new)
        }
        (Some(_), None) => ("ownership", user(before.0), given_user.to_string()),
        (None, Some(_)) => {
            let new = if given_group.is_empty() { given_user } else { given_group };
            ("group", group(before.1), new.to_string())
        }
        (None, None) => return format!("ownership of '{name}' retained\n"),
    };
    if changed {
        format!("changed {what} of '{name}' from {old} to {new}\n")
    } else {
        format!("{what} of '{name}' retained as {new}\n")
    }
}

fn invalid_owner(machine: &Machine, text: &str) -> String {
    let user = text.split(':').next().unwrap_or_default();
    if user.is_empty() || owner(machine, user).is_some() {
        format!("invalid group: '{text}'")
    } else {
        format!("invalid user: '{text}'")
    }
}
