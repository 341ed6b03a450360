//! useradd of the shadow tools.

use crate::process::{Machine, Process};

use super::account_files::{Numbering, add_group, add_member, add_user, denied, free_id, make_home};
use super::accounts::{Group, User, group_id, groups, users};
use super::input::missing_operand;
use super::options::parse;

/// `useradd` of the shadow tools.
pub fn useradd(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("system", 'r'),
        ("create-home", 'm'),
        ("no-create-home", 'M'),
        ("home-dir=", 'd'),
        ("home=", 'd'),
        ("shell=", 's'),
        ("uid=", 'u'),
        ("gid=", 'g'),
        ("groups=", 'G'),
        ("comment=", 'c'),
        ("user-group", 'U'),
        ("no-user-group", 'N'),
        ("non-unique", 'o'),
        ("no-log-init", 'l'),
        ("password=", 'p'),
        ("base-dir=", 'b'),
        ("expiredate=", 'e'),
        ("key=", 'K'),
        ("skel=", 'k'),
    ];
    let options = match parse(machine, process, "rmMd:s:u:g:G:c:UNolp:b:e:K:k:f:D", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else {
        missing_operand(machine, process);
        return 2;
    };
    let (known, known_groups) = (users(machine), groups(machine));
    if known.iter().any(|user| user.name == name) {
        process.complain(machine, &format!("user '{name}' already exists"));
        return 9;
    }
    let used: Vec<u32> = known.iter().map(|user| user.uid).collect();
    let system = options.has('r');
    let uid = match options.value('u') {
        None => free_id(&used, system, Numbering::Down),
        Some(text) => match text.parse() {
            Ok(uid) if used.contains(&uid) && !options.has('o') => {
                process.complain(machine, &format!("UID {uid} is not unique"));
                return 4;
            }
            Ok(uid) => uid,
            Err(_) => {
                process.complain(machine, &format!("invalid user ID '{text}'"));
                return 3;
            }
        },
    };
    let mut supplementary = Vec::new();
    for group in options.value('G').unwrap_or_default().split(',').filter(|group| !group.is_empty()) {
        let found = known_groups.iter().find(|known| known.name == group || Some(known.gid) == group.parse().ok());
        match found {
            Some(found) => supplementary.push(found.name.clone()),
            None => {
                process.complain(machine, &format!("group '{group}' does not exist"));
                return 6;
            }
        }
    }
    let mut new_group = None;
    let gid = match options.value('g') {
        Some(group) => {
            match group_id(machine, group).filter(|gid| known_groups.iter().any(|known| known.gid == *gid)) {
                Some(gid) => gid,
                None => {
                    process.complain(machine, &format!("group '{group}' does not exist"));
                    return 6;
                }
            }
        }
        None if options.has('N') => 100,
        None => {
            if known_groups.iter().any(|group| group.name == name) {
                process.complain(
                    machine,
                    &format!("group {name} exists - if you want to add this user to that group, use -g."),
                );
                return 9;
            }
            let used: Vec<u32> = known_groups.iter().map(|group| group.gid).collect();
            let gid = if used.contains(&uid) { free_id(&used, system, Numbering::Down) } else { uid };
            new_group = Some(Group { name: name.clone(), gid, members: Vec::new() });
            gid
        }
    };
    let home =
        options.value('d').map_or_else(|| format!("{}/{name}", options.value('b').unwrap_or("/home")), str::to_string);
    let shell = options.value('s').unwrap_or("/bin/sh").to_string();
    let user = User { name, uid, gid, comment: options.value('c').unwrap_or_default().to_string(), home, shell };
    let done = (|| {
        if let Some(group) = &new_group {
            add_group(machine, process, group)?;
        }
        add_user(machine, process, &user)?;
        for group in &supplementary {
            add_member(machine, process, &user.name, group)?;
        }
        // Debian's default: no home without -m, mode 0755 (HOME_MODE 0700 since bookworm's login.defs is commented out).
        if options.has('m') { make_home(machine, process, &user, 0o755, true) } else { Ok(()) }
    })();
    match done {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}
