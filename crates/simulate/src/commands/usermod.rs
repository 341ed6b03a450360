//! usermod of the shadow tools.

use filesystem::{Cred, Errno};

use crate::process::{Machine, Process};

use super::account_files::{denied, edit_line, edit_members};
use super::accounts::{Group, User, group_id, groups, users};
use super::calendar::read_date;
use super::node::exists;
use super::options::{Options, parse};
use super::usage::usage;

pub fn usermod(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("append", 'a'),
        ("remove", 'r'),
        ("groups=", 'G'),
        ("shell=", 's'),
        ("home=", 'd'),
        ("move-home", 'm'),
        ("uid=", 'u'),
        ("gid=", 'g'),
        ("login=", 'l'),
        ("comment=", 'c'),
        ("expiredate=", 'e'),
        ("inactive=", 'f'),
        ("non-unique", 'o'),
        ("lock", 'L'),
        ("unlock", 'U'),
        ("password=", 'p'),
        ("badname", 'b'),
    ];
    let options = match parse(machine, process, "abrG:s:d:mu:g:l:c:e:f:oLUp:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let [name] = options.operands.as_slice() else {
        usage(machine, process);
        return 2;
    };
    let wrong_use = match () {
        () if options.given.is_empty() => Some("no options"),
        () if options.has('a') && !options.has('G') => Some("-a flag is only allowed with the -G flag"),
        () if options.has('r') && !options.has('G') => Some("-r flag is only allowed with the -G flag"),
        () if options.has('m') && !options.has('d') => Some("-m flag is only allowed with the -d flag"),
        () => None,
    };
    // Without options the name is looked up first.
    if options.given.is_empty() && !users(machine).iter().any(|user| user.name == *name) {
        process.complain(machine, &format!("user '{name}' does not exist"));
        return 6;
    }
    if let Some(text) = wrong_use {
        process.complain(machine, text);
        usage(machine, process);
        return 2;
    }
    let (old, new, wanted) = match changed(machine, name, &options) {
        Ok(found) => found,
        Err((text, status)) => {
            process.complain(machine, &text);
            return status;
        }
    };
    if old == new && !options.any("GLUpef") {
        process.complain(machine, "no changes");
        return 0;
    }
    match write(machine, process, &options, &old, &new, &wanted) {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}

/// The user before and after, and the groups that `-G` names.
fn changed(machine: &Machine, name: &str, options: &Options) -> Result<(User, User, Vec<Group>), (String, i32)> {
    let (known, known_groups) = (users(machine), groups(machine));
    let no_group = |group: &str| (format!("group '{group}' does not exist"), 6);
    let listed = |group: &str| {
        group_id(machine, group).and_then(|gid| known_groups.iter().find(|known| known.gid == gid)).cloned()
    };
    let old = known.iter().find(|user| user.name == name).cloned();
    let old = old.ok_or_else(|| (format!("user '{name}' does not exist"), 6))?;
    let mut wanted = Vec::new();
    for group in options.value('G').unwrap_or_default().split(',').filter(|group| !group.is_empty()) {
        wanted.push(listed(group).ok_or_else(|| no_group(group))?);
    }
    let text = |letter: char, default: &str| options.value(letter).unwrap_or(default).to_string();
    let uid = match options.value('u').map(str::parse::<u32>) {
        None => old.uid,
        Some(Ok(uid)) => uid,
        Some(Err(_)) => return Err((format!("invalid user ID '{}'", text('u', "")), 3)),
    };
    let gid = options.value('g').map(|group| listed(group).ok_or_else(|| no_group(group))).transpose()?;
    let new = User {
        name: text('l', &old.name),
        uid,
        gid: gid.map_or(old.gid, |group| group.gid),
        comment: text('c', &old.comment),
        home: text('d', &old.home),
        shell: text('s', &old.shell),
    };
    if new.name != old.name && known.iter().any(|user| user.name == new.name) {
        return Err((format!("user '{}' already exists", new.name), 9));
    }
    if new.uid != old.uid && !options.has('o') && known.iter().any(|user| user.uid == new.uid) {
        return Err((format!("UID '{}' already exists", new.uid), 4));
    }
    Ok((old, new, wanted))
}

fn write(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    old: &User,
    new: &User,
    wanted: &[Group],
) -> Result<(), Errno> {
    if old != new {
        edit_line(machine, process, "/etc/passwd", &old.name, |line| {
            *line = new.line().split(':').map(str::to_string).collect();
        })?;
    }
    shadow(machine, process, options, &old.name, &new.name)?;
    for group in groups(machine) {
        let is_wanted = wanted.iter().any(|wanted| wanted.gid == group.gid);
        // -G alone takes the user out of the groups that it does not name.
        let member = if !options.has('G') {
            group.members.contains(&old.name)
        } else if options.has('r') {
            group.members.contains(&old.name) && !is_wanted
        } else {
            is_wanted || options.has('a') && group.members.contains(&old.name)
        };
        edit_members(machine, process, &group.name, |members| {
            if member && !members.contains(&old.name) {
                members.push(old.name.clone());
            }
            members.retain(|name| member || *name != old.name);
            for name in members.iter_mut().filter(|name| **name == old.name) {
                name.clone_from(&new.name);
            }
        })?;
    }
    if new.name != old.name {
        for file in ["/etc/subuid", "/etc/subgid"] {
            edit_line(machine, process, file, &old.name, |line| {
                if let Some(first) = line.first_mut() {
                    first.clone_from(&new.name);
                }
            })?;
        }
    }
    let root = Cred::root();
    if options.has('m') && new.home != old.home && exists(machine.fs, &old.home, &root) {
        machine.fs.rename(&old.home, &new.home, &root)?;
    }
    if (new.uid, new.gid) != (old.uid, old.gid) && exists(machine.fs, &new.home, &root) {
        let below: Vec<_> = machine.fs.walk(&new.home).into_iter().map(|(path, stat)| (path, stat.attr)).collect();
        for (path, attr) in below {
            let uid = (attr.uid == old.uid).then_some(new.uid);
            let gid = (attr.gid == old.gid).then_some(new.gid);
            machine.fs.chown(&path, uid, gid, false, &root)?;
        }
    }
    Ok(())
}

/// The changes of the line in /etc/shadow.
fn shadow(machine: &mut Machine, process: &Process, options: &Options, old: &str, new: &str) -> Result<(), Errno> {
    let passwords = super::accounts::etc_file(machine, "/etc/shadow");
    let start = format!("{old}:");
    let password = passwords.lines().find_map(|line| line.strip_prefix(&start)?.split(':').next());
    let empty = password.is_some_and(|password| matches!(password, "!" | ""));
    if options.has('U') && empty && !options.has('p') {
        process.complain(machine, "unlocking the user's password would result in a passwordless account.");
        process.err(machine, "You should set a password with usermod -p to unlock this user's password.\n");
    }
    let days = |date: &str| read_date(date, false, 0).map_or(String::new(), |time| time.div_euclid(86_400).to_string());
    let expires = options.value('e').map(days);
    edit_line(machine, process, "/etc/shadow", old, |line| {
        if let Some(first) = line.first_mut() {
            *first = new.to_string();
        }
        if let Some(field) = line.get_mut(1) {
            if let Some(password) = options.value('p') {
                *field = password.to_string();
            }
            if options.has('L') && !field.starts_with('!') {
                field.insert(0, '!');
            } else if options.has('U') && field.len() > 1 && field.starts_with('!') {
                field.remove(0);
            }
        }
        if let (Some(field), Some(text)) = (line.get_mut(6), options.value('f')) {
            *field = text.to_string();
        }
        if let (Some(field), Some(text)) = (line.get_mut(7), &expires) {
            field.clone_from(text);
        }
    })
}
