//! useradd, groupadd and usermod of the shadow tools.

use filesystem::{Cred, Errno};

use crate::process::{Machine, Process};

use super::account_files::{Numbering, add_group, add_member, add_user, denied, free_id, make_home, write_etc};
use super::accounts::{Group, User, etc_file, group_id, groups, users};
use super::input::missing_operand;
use super::node::exists;
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

pub fn groupadd(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("system", 'r'), ("gid=", 'g'), ("force", 'f'), ("non-unique", 'o')];
    let options = match parse(machine, process, "rg:foK:p:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else {
        missing_operand(machine, process);
        return 2;
    };
    let known = groups(machine);
    if known.iter().any(|group| group.name == name) {
        if options.has('f') {
            return 0;
        }
        process.complain(machine, &format!("group '{name}' already exists"));
        return 9;
    }
    let used: Vec<u32> = known.iter().map(|group| group.gid).collect();
    let gid = match options.value('g').map(str::parse::<u32>) {
        Some(Ok(gid)) if used.contains(&gid) && !options.has('o') && !options.has('f') => {
            process.complain(machine, &format!("GID '{gid}' already exists"));
            return 4;
        }
        Some(Ok(gid)) => gid,
        Some(Err(_)) => {
            process.complain(machine, &format!("invalid group ID '{}'", options.value('g').unwrap_or_default()));
            return 3;
        }
        None => free_id(&used, options.has('r'), Numbering::Down),
    };
    match add_group(machine, process, &Group { name, gid, members: Vec::new() }) {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/group", errno),
    }
}

pub fn usermod(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("append", 'a'),
        ("groups=", 'G'),
        ("shell=", 's'),
        ("home=", 'd'),
        ("move-home", 'm'),
        ("uid=", 'u'),
        ("gid=", 'g'),
        ("login=", 'l'),
        ("comment=", 'c'),
        ("non-unique", 'o'),
        ("lock", 'L'),
        ("unlock", 'U'),
        ("password=", 'p'),
    ];
    let options = match parse(machine, process, "aG:s:d:mu:g:l:c:oLUp:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else {
        missing_operand(machine, process);
        return 2;
    };
    let mut known = users(machine);
    let Some(user) = known.iter_mut().find(|user| user.name == name) else {
        process.complain(machine, &format!("user '{name}' does not exist"));
        return 6;
    };
    let old = user.clone();
    let text = |letter: char, default: &str| options.value(letter).unwrap_or(default).to_string();
    user.shell = text('s', &old.shell);
    user.home = text('d', &old.home);
    user.comment = text('c', &old.comment);
    user.name = text('l', &old.name);
    user.uid = options.value('u').and_then(|text| text.parse().ok()).unwrap_or(old.uid);
    if let Some(group) = options.value('g') {
        let Some(gid) = group_id(machine, group) else {
            process.complain(machine, &format!("group '{group}' does not exist"));
            return 6;
        };
        user.gid = gid;
    }
    let user = user.clone();
    let line = format!("{}:x:{}:{}:{}:{}:{}", user.name, user.uid, user.gid, user.comment, user.home, user.shell);
    let passwd = etc_file(machine, "/etc/passwd");
    let start = format!("{name}:");
    let new: String =
        passwd.lines().map(|old| if old.starts_with(&start) { line.clone() } else { old.to_string() } + "\n").collect();
    let done = (|| {
        if user != old {
            write_etc(machine, process, "/etc/passwd", &new)?;
        }
        if options.has('m') && user.home != old.home {
            machine.fs.rename(&old.home, &user.home, &Cred::root())?;
        }
        if user.uid != old.uid && exists(machine.fs, &user.home, &Cred::root()) {
            for path in machine.fs.walk(&user.home).into_iter().map(|(path, _)| path).collect::<Vec<_>>() {
                machine.fs.chown(&path, Some(user.uid), None, false, &Cred::root())?;
            }
        }
        for group in options.value('G').unwrap_or_default().split(',').filter(|group| !group.is_empty()) {
            if group_id(machine, group).is_none() {
                return Err(Errno::NoEnt);
            }
            add_member(machine, process, &user.name, group)?;
        }
        Ok(())
    })();
    match done {
        Ok(()) => 0,
        Err(Errno::NoEnt) => {
            process.complain(machine, &format!("group '{}' does not exist", options.value('G').unwrap_or_default()));
            6
        }
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}
