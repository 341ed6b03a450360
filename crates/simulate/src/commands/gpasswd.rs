//! gpasswd of the shadow tools: the members of a group.

use crate::process::{Machine, Process};

use super::account_files::{add_member, denied, edit_members};
use super::accounts::{groups, users};
use super::misuse::misuse;
use super::options::parse;

pub fn gpasswd(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("add=", 'a'),
        ("delete=", 'd'),
        ("members=", 'M'),
        ("administrators=", 'A'),
        ("remove-password", 'r'),
        ("restrict", 'R'),
    ];
    let options = match parse(machine, process, "a:d:M:A:rR", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let [group] = options.operands.as_slice() else { return misuse(machine, process) };
    let known = groups(machine).into_iter().find(|known| known.name == *group);
    let named: Vec<&str> = options
        .values('a')
        .chain(options.values('d'))
        .chain(options.values('M').flat_map(|list| list.split(',')))
        .collect();
    let unknown = options.values('a').chain(options.values('M').flat_map(|list| list.split(',')));
    let everyone = users(machine);
    let unknown = unknown.filter(|name| !name.is_empty()).find(|name| !everyone.iter().any(|user| user.name == **name));
    if let Some(name) = unknown {
        process.complain(machine, &format!("user '{name}' does not exist"));
        return 3;
    }
    let Some(known) = known else {
        process.complain(machine, &format!("group '{group}' does not exist in /etc/group"));
        return 3;
    };
    if named.is_empty() {
        super::input::not_modelled(machine, process, "of passwords");
        return 0;
    }
    let done = if let Some(user) = options.value('a') {
        process.out(machine, &format!("Adding user {user} to group {group}\n"));
        add_member(machine, process, user, group)
    } else if let Some(user) = options.value('d') {
        process.out(machine, &format!("Removing user {user} from group {group}\n"));
        if !known.members.iter().any(|member| member == user) {
            process.complain(machine, &format!("user '{user}' is not a member of '{group}'"));
            return 3;
        }
        edit_members(machine, process, group, |members| members.retain(|member| member != user))
    } else {
        let list: Vec<String> = named.iter().filter(|name| !name.is_empty()).map(|name| (*name).to_string()).collect();
        edit_members(machine, process, group, |members| *members = list.clone())
    };
    match done {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/group", errno),
    }
}
