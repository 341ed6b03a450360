//! userdel, deluser, groupdel, delgroup.

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::account_files::{denied, write_etc};
use super::accounts::{etc_file, groups, users};
use super::input::{is_busybox, missing_operand};
use super::options::parse;

/// userdel, deluser, groupdel, delgroup.
pub fn delete(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("remove", 'r'), ("force", 'f'), ("remove-home", 'r'), ("system", 'S'), ("quiet", 'q')];
    let options = match parse(machine, process, "rfSq", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else { return missing_operand(machine, process) };
    let is_group = process.name().contains("group");
    let home = users(machine).into_iter().find(|user| user.name == name).map(|user| user.home);
    let found = if is_group { groups(machine).iter().any(|group| group.name == name) } else { home.is_some() };
    if !found {
        let kind = if is_group { "group" } else { "user" };
        let text = if is_busybox(machine) {
            format!("unknown {kind} {name}")
        } else {
            format!("{kind} '{name}' does not exist")
        };
        process.complain(machine, &text);
        return if is_busybox(machine) { 1 } else { 6 };
    }
    let start = format!("{name}:");
    let files: &[&str] = if is_group {
        &["/etc/group", "/etc/gshadow"]
    } else {
        &["/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow"]
    };
    for file in files {
        let text = etc_file(machine, file);
        let new: String =
            text.lines().filter(|line| !line.starts_with(&start)).map(|line| format!("{line}\n")).collect();
        if new != text
            && let Err(errno) = write_etc(machine, process, file, &new)
        {
            return denied(machine, process, file, errno);
        }
    }
    if let Some(home) = home.filter(|_| options.has('r')) {
        let _ = machine.fs.remove_all(&home, &Cred::root());
    }
    0
}
