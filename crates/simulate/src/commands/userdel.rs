//! userdel and groupdel of the shadow tools, deluser and delgroup.

use filesystem::{Cred, Errno};

use crate::process::{Machine, Process};

use super::account_files::{denied, edit_members, remove_lines};
use super::accounts::{groups, users};
use super::input::{is_busybox, missing_operand};
use super::node::exists;
use super::options::parse;
use super::usage::usage;

/// `userdel` and `groupdel`, and busybox's `deluser` and `delgroup`.
pub fn delete(machine: &mut Machine, process: &mut Process) -> i32 {
    let busybox = is_busybox(machine);
    if !busybox && process.name().starts_with("del") {
        return super::deluser::deluser(machine, process);
    }
    let long = [("remove", 'r'), ("force", 'f'), ("remove-home", 'r'), ("system", 'S'), ("quiet", 'q')];
    let options = match parse(machine, process, "rfSq", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else {
        if busybox {
            return missing_operand(machine, process);
        }
        usage(machine, process);
        return 2;
    };
    let is_group = process.name().contains("group");
    let found = users(machine).into_iter().find(|user| user.name == name);
    let group = groups(machine).into_iter().find(|group| group.name == name);
    if if is_group { group.is_none() } else { found.is_none() } {
        let kind = if is_group { "group" } else { "user" };
        let text = if busybox { format!("unknown {kind} {name}") } else { format!("{kind} '{name}' does not exist") };
        process.complain(machine, &text);
        return if busybox { 1 } else { 6 };
    }
    if is_group && !busybox {
        let holder = users(machine).into_iter().find(|user| group.as_ref().is_some_and(|group| group.gid == user.gid));
        if let Some(holder) = holder.filter(|_| !options.has('f')) {
            process.complain(machine, &format!("cannot remove the primary group of user '{}'", holder.name));
            return 8;
        }
    }
    let done = if is_group { delete_group(machine, process, &name) } else { delete_user(machine, process, &name) };
    if let Err(errno) = done {
        return denied(machine, process, if is_group { "/etc/group" } else { "/etc/passwd" }, errno);
    }
    if let Some(home) = found.map(|user| user.home).filter(|_| options.has('r') && !is_group) {
        if !busybox {
            let spool = format!("/var/mail/{name}");
            if exists(machine.fs, &spool, &Cred::root()) {
                let _ = machine.fs.remove_file(&spool, &Cred::root());
            } else {
                process.complain(machine, &format!("{name} mail spool ({spool}) not found"));
            }
            if !exists(machine.fs, &home, &Cred::root()) {
                process.complain(machine, &format!("{name} home directory ({home}) not found"));
            }
        }
        let _ = machine.fs.remove_all(&home, &Cred::root());
    }
    0
}

fn delete_group(machine: &mut Machine, process: &Process, name: &str) -> Result<(), Errno> {
    remove_lines(machine, process, "/etc/group", name)?;
    remove_lines(machine, process, "/etc/gshadow", name)
}

/// Takes a user out of the files, with the group that has no other member and nobody else's name.
fn delete_user(machine: &mut Machine, process: &Process, name: &str) -> Result<(), Errno> {
    let busybox = is_busybox(machine);
    for file in ["/etc/passwd", "/etc/shadow"] {
        remove_lines(machine, process, file, name)?;
    }
    if busybox {
        return delete_group(machine, process, name);
    }
    let known = groups(machine);
    for group in known.iter().filter(|group| group.members.iter().any(|member| member == name)) {
        edit_members(machine, process, &group.name, |members| members.retain(|member| member != name))?;
    }
    let own = known.iter().find(|group| group.name == name);
    let kept = own.is_some_and(|own| {
        own.members.iter().any(|member| member != name) || users(machine).iter().any(|user| user.gid == own.gid)
    });
    if !kept {
        delete_group(machine, process, name)?;
    }
    remove_lines(machine, process, "/etc/subuid", name)?;
    remove_lines(machine, process, "/etc/subgid", name)
}
