//! groupadd and groupmod of the shadow tools.

use crate::process::{Machine, Process};

use super::account_files::{Numbering, add_group, denied, edit_line, free_id, write_etc};
use super::accounts::{Group, etc_file, groups};
use super::options::parse;
use super::usage::usage;
use super::useradd::is_name;

/// `groupadd` of the shadow tools.
pub fn groupadd(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("system", 'r'),
        ("gid=", 'g'),
        ("force", 'f'),
        ("non-unique", 'o'),
        ("key=", 'K'),
        ("password=", 'p'),
        ("users=", 'U'),
    ];
    let options = match parse(machine, process, "rg:foK:p:U:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let [name] = options.operands.as_slice() else {
        usage(machine, process);
        return 2;
    };
    let given = match options.value('g').map(str::parse::<u32>) {
        Some(Err(_)) => {
            process.complain(machine, &format!("invalid group ID '{}'", options.value('g').unwrap_or_default()));
            return 3;
        }
        given => given.and_then(Result::ok),
    };
    if !is_name(name) {
        process.complain(machine, &format!("'{name}' is not a valid group name"));
        return 3;
    }
    let known = groups(machine);
    if known.iter().any(|group| group.name == *name) {
        if options.has('f') {
            return 0;
        }
        process.complain(machine, &format!("group '{name}' already exists"));
        return 9;
    }
    let used: Vec<u32> = known.iter().map(|group| group.gid).collect();
    let gid = match given {
        // With -f a number that is taken is as good as none.
        Some(gid) if used.contains(&gid) && !options.has('o') && !options.has('f') => {
            process.complain(machine, &format!("GID '{gid}' already exists"));
            return 4;
        }
        Some(gid) if !used.contains(&gid) || options.has('o') => gid,
        _ => free_id(&used, options.has('r'), Numbering::Shadow),
    };
    let members = options.value('U').unwrap_or_default().split(',').filter(|name| !name.is_empty());
    let group = Group { name: name.clone(), gid, members: members.map(str::to_string).collect() };
    match add_group(machine, process, &group) {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/group", errno),
    }
}

/// `groupmod` of the shadow tools.
pub fn groupmod(machine: &mut Machine, process: &mut Process) -> i32 {
    let long =
        [("gid=", 'g'), ("new-name=", 'n'), ("non-unique", 'o'), ("password=", 'p'), ("append", 'a'), ("users=", 'U')];
    let options = match parse(machine, process, "ag:n:op:U:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let [name] = options.operands.as_slice() else {
        usage(machine, process);
        return 2;
    };
    let known = groups(machine);
    let Some(group) = known.iter().find(|group| group.name == *name) else {
        process.complain(machine, &format!("group '{name}' does not exist"));
        return 6;
    };
    let gid = match options.value('g').map(str::parse::<u32>) {
        None => group.gid,
        Some(Ok(gid)) => gid,
        Some(Err(_)) => {
            process.complain(machine, &format!("invalid group ID '{}'", options.value('g').unwrap_or_default()));
            return 3;
        }
    };
    if gid != group.gid && !options.has('o') && known.iter().any(|other| other.gid == gid) {
        process.complain(machine, &format!("GID '{gid}' already exists"));
        return 4;
    }
    let new_name = options.value('n').unwrap_or(name).to_string();
    if new_name != *name && known.iter().any(|other| other.name == new_name) {
        process.complain(machine, &format!("group '{new_name}' already exists"));
        return 9;
    }
    let done = ["/etc/group", "/etc/gshadow"].into_iter().try_for_each(|file| {
        edit_line(machine, process, file, name, |fields| {
            if let Some(first) = fields.first_mut() {
                first.clone_from(&new_name);
            }
            if let Some(number) = fields.get_mut(2).filter(|_| file == "/etc/group") {
                *number = gid.to_string();
            }
        })
    });
    // Whose primary group it is keeps it.
    let text = etc_file(machine, "/etc/passwd");
    let (old, new) = (group.gid.to_string(), gid.to_string());
    let moved: String = text
        .lines()
        .map(|line| {
            let mut fields: Vec<&str> = line.split(':').collect();
            if let Some(field) = fields.get_mut(3).filter(|field| **field == old) {
                *field = &new;
            }
            fields.join(":") + "\n"
        })
        .collect();
    let done =
        done.and_then(|()| if moved == text { Ok(()) } else { write_etc(machine, process, "/etc/passwd", &moved) });
    match done {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/group", errno),
    }
}
