//! setpriv of util-linux: a command as another user, by numbers.

use crate::process::{Machine, Process};

use super::accounts::{group_id, groups, user_id, users};
use super::options::parse;
use super::start::start_child;

pub fn setpriv(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("reuid=", 'u'),
        ("ruid=", '_'),
        ("euid=", 'u'),
        ("regid=", 'g'),
        ("rgid=", '_'),
        ("egid=", 'g'),
        ("clear-groups", 'c'),
        ("keep-groups", 'k'),
        ("init-groups", 'i'),
        ("groups=", 'G'),
        ("no-new-privs", '_'),
        ("nnp", '_'),
        ("inh-caps=", '_'),
        ("ambient-caps=", '_'),
        ("bounding-set=", '_'),
        ("reset-env", '_'),
    ];
    let options = match parse(machine, process, "+", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        process.complain(machine, "No program specified");
        return 1;
    }
    let mut child = process.clone();
    if let Some(user) = options.value('u') {
        let Some(uid) = user_id(machine, user) else {
            process.complain(machine, "failed to parse reuid");
            return 1;
        };
        child.cred.uid = uid;
    }
    if let Some(group) = options.value('g') {
        let Some(gid) = group_id(machine, group) else {
            process.complain(machine, "failed to parse regid");
            return 1;
        };
        child.cred.gid = gid;
    }
    if options.has('c') {
        child.cred.groups.clear();
    } else if options.has('i') {
        let name = users(machine).into_iter().find(|user| user.uid == child.cred.uid).map(|user| user.name);
        let mine = groups(machine)
            .into_iter()
            .filter(|group| group.members.iter().any(|member| Some(member) == name.as_ref()));
        child.cred.groups = mine.map(|group| group.gid).collect();
    } else if let Some(list) = options.value('G') {
        child.cred.groups = list.split(',').filter_map(|group| group_id(machine, group)).collect();
    }
    child.args.clone_from(&options.operands);
    start_child(machine, process, child)
}
