//! adduser and addgroup.

use crate::process::{Machine, Process};

use super::account_files::{Numbering, add_group, add_member, add_user, denied, free_id, make_home};
use super::accounts::{Group, User, groups, users};
use super::input::{is_busybox, missing_operand};
use super::options::parse;

/// `adduser` and `addgroup`: busybox's on busybox images, Debian's script elsewhere.
pub fn adduser(machine: &mut Machine, process: &mut Process) -> i32 {
    let busybox = is_busybox(machine);
    let group_command = process.name() == "addgroup";
    let long = [
        ("system", 'S'),
        ("disabled-password", 'D'),
        ("disabled-login", 'D'),
        ("gecos=", 'g'),
        ("comment=", 'g'),
        ("home=", 'h'),
        ("shell=", 's'),
        ("uid=", 'u'),
        ("gid=", if group_command { 'g' } else { 'i' }),
        ("ingroup=", 'G'),
        ("group", 'P'),
        ("no-create-home", 'H'),
        ("quiet", 'q'),
        ("allow-bad-names", 'q'),
        ("force-badname", 'q'),
        ("skel=", 'k'),
    ];
    let short = if group_command { "g:Sq" } else { "h:g:s:G:SDHu:k:qPi:" };
    let options = match parse(machine, process, short, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let Some(name) = options.operands.first().cloned() else { return missing_operand(machine, process) };
    let system = options.has('S');
    // Debian's script prints what it does.
    let say = |machine: &mut Machine, text: &str| {
        if !busybox && !options.has('q') {
            process.out(machine, text);
        }
    };
    let (known, known_groups) = (users(machine), groups(machine));
    if let Some(group) = options.operands.get(1) {
        let (user_known, group_known) =
            (known.iter().any(|user| user.name == name), known_groups.iter().any(|known| known.name == *group));
        if !user_known || !group_known {
            let text = if user_known { format!("unknown group {group}") } else { format!("unknown user {name}") };
            process.complain(machine, &text);
            return 1;
        }
        say(machine, &format!("Adding user `{name}' to group `{group}' ...\nDone.\n"));
        return match add_member(machine, process, &name, group) {
            Ok(()) => 0,
            Err(errno) => denied(machine, process, "/etc/group", errno),
        };
    }
    let used_groups: Vec<u32> = known_groups.iter().map(|group| group.gid).collect();
    if group_command || !busybox && options.has('P') && !system {
        if known_groups.iter().any(|group| group.name == name) {
            let text =
                if busybox { format!("group '{name}' in use") } else { format!("The group `{name}' already exists.") };
            process.complain(machine, &text);
            return i32::from(busybox || !system);
        }
        let gid = options
            .value('g')
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| free_id(&used_groups, system, Numbering::Up));
        if used_groups.contains(&gid) {
            let text =
                if busybox { format!("gid '{gid}' in use") } else { format!("The GID `{gid}' is already in use.") };
            process.complain(machine, &text);
            return 1;
        }
        say(machine, &format!("Adding group `{name}' (GID {gid}) ...\nDone.\n"));
        return match add_group(machine, process, &Group { name, gid, members: Vec::new() }) {
            Ok(()) => 0,
            Err(errno) => denied(machine, process, "/etc/group", errno),
        };
    }
    if known.iter().any(|user| user.name == name) {
        let text = if busybox { format!("user '{name}' in use") } else { format!("The user `{name}' already exists.") };
        process.complain(machine, &text);
        return i32::from(busybox || !system);
    }
    let used: Vec<u32> = known.iter().map(|user| user.uid).collect();
    let uid = match options.value('u').map(str::parse::<u32>) {
        Some(Ok(uid)) if used.contains(&uid) => {
            let text =
                if busybox { format!("uid '{uid}' in use") } else { format!("The UID {uid} is already in use.") };
            process.complain(machine, &text);
            return 1;
        }
        Some(Ok(uid)) => uid,
        _ => free_id(&used, system, Numbering::Up),
    };
    let group = options.value('G').or(options.value('i'));
    let mut new_group = None;
    let gid = match group {
        Some(group) => {
            match known_groups.iter().find(|known| known.name == group || Some(known.gid) == group.parse().ok()) {
                Some(found) => found.gid,
                None => {
                    let text = if busybox {
                        format!("unknown group {group}")
                    } else {
                        format!("The group `{group}' does not exist.")
                    };
                    process.complain(machine, &text);
                    return 1;
                }
            }
        }
        // A system user without a group belongs to nogroup.
        None if system && !options.has('P') => {
            known_groups.iter().find(|group| group.name == "nogroup").map_or(65_534, |group| group.gid)
        }
        None => {
            if known_groups.iter().any(|group| group.name == name) && busybox {
                process.complain(machine, &format!("group name '{name}' is in use"));
                return 1;
            }
            let gid = if used_groups.contains(&uid) { free_id(&used_groups, system, Numbering::Up) } else { uid };
            new_group = Some(Group { name: name.clone(), gid, members: Vec::new() });
            gid
        }
    };
    let home = options.value('h').map_or_else(
        || if system && !busybox { "/nonexistent".to_string() } else { format!("/home/{name}") },
        str::to_string,
    );
    let default_shell = match (system, busybox) {
        (true, true) => "/sbin/nologin",
        (true, false) => "/usr/sbin/nologin",
        (false, true) => "/bin/sh",
        (false, false) => "/bin/bash",
    };
    let comment = options
        .value('g')
        .map(str::to_string)
        .unwrap_or_else(|| if busybox { "Linux User,,,".to_string() } else { String::new() });
    let user = User { name, uid, gid, comment, home, shell: options.value('s').unwrap_or(default_shell).to_string() };
    say(machine, &format!("Adding user `{}' ...\n", user.name));
    let done = (|| {
        if let Some(group) = &new_group {
            add_group(machine, process, group)?;
        }
        add_user(machine, process, &user)?;
        let wanted = !options.has('H') && user.home != "/nonexistent" && !(system && busybox && !options.has('h'));
        if wanted { make_home(machine, process, &user, if busybox { 0o2755 } else { 0o700 }, !system) } else { Ok(()) }
    })();
    match done {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}
