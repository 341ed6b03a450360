//! adduser and addgroup of busybox.

use crate::process::{Machine, Process};

use super::account_files::{AGING, Numbering, add_group, add_member, add_user, denied, free_id, make_home};
use super::accounts::{Group, User, groups, users};
use super::input::{is_busybox, missing_operand};
use super::options::parse;

/// `adduser` and `addgroup`: busybox's here, Debian's script in a file of its own.
pub fn adduser(machine: &mut Machine, process: &mut Process) -> i32 {
    if !is_busybox(machine) {
        return super::debian_adduser::adduser(machine, process);
    }
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
    let (known, known_groups) = (users(machine), groups(machine));
    if let Some(group) = options.operands.get(1) {
        let (user_known, group_known) =
            (known.iter().any(|user| user.name == name), known_groups.iter().any(|known| known.name == *group));
        if !user_known || !group_known {
            let text = if user_known { format!("unknown group {group}") } else { format!("unknown user {name}") };
            process.complain(machine, &text);
            return 1;
        }
        return match add_member(machine, process, &name, group) {
            Ok(()) => 0,
            Err(errno) => denied(machine, process, "/etc/group", errno),
        };
    }
    let used_groups: Vec<u32> = known_groups.iter().map(|group| group.gid).collect();
    if group_command {
        if known_groups.iter().any(|group| group.name == name) {
            process.complain(machine, &format!("group '{name}' in use"));
            return 1;
        }
        let gid = options
            .value('g')
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| free_id(&used_groups, system, Numbering::FirstFree));
        if used_groups.contains(&gid) {
            process.complain(machine, &format!("gid '{gid}' in use"));
            return 1;
        }
        return match add_group(machine, process, &Group { name, gid, members: Vec::new() }) {
            Ok(()) => 0,
            Err(errno) => denied(machine, process, "/etc/group", errno),
        };
    }
    if known.iter().any(|user| user.name == name) {
        process.complain(machine, &format!("user '{name}' in use"));
        return 1;
    }
    let used: Vec<u32> = known.iter().map(|user| user.uid).collect();
    let uid = match options.value('u').map(str::parse::<u32>) {
        Some(Ok(uid)) if used.contains(&uid) => {
            process.complain(machine, &format!("uid '{uid}' in use"));
            return 1;
        }
        Some(Ok(uid)) => uid,
        _ => free_id(&used, system, Numbering::FirstFree),
    };
    let group = options.value('G').or(options.value('i'));
    let mut new_group = None;
    let gid = match group {
        Some(group) => {
            match known_groups.iter().find(|known| known.name == group || Some(known.gid) == group.parse().ok()) {
                Some(found) => found.gid,
                None => {
                    process.complain(machine, &format!("unknown group {group}"));
                    return 1;
                }
            }
        }
        // A system user without a group belongs to nogroup.
        None if system && !options.has('P') => {
            known_groups.iter().find(|group| group.name == "nogroup").map_or(65_534, |group| group.gid)
        }
        None => {
            if known_groups.iter().any(|group| group.name == name) {
                process.complain(machine, &format!("group name '{name}' is in use"));
                return 1;
            }
            let gid =
                if used_groups.contains(&uid) { free_id(&used_groups, system, Numbering::FirstFree) } else { uid };
            new_group = Some(Group { name: name.clone(), gid, members: Vec::new() });
            gid
        }
    };
    let home = options.value('h').map_or_else(|| format!("/home/{name}"), str::to_string);
    let default_shell = if system { "/sbin/nologin" } else { "/bin/sh" };
    let comment = options.value('g').unwrap_or("Linux User,,,").to_string();
    let user = User { name, uid, gid, comment, home, shell: options.value('s').unwrap_or(default_shell).to_string() };
    let done = (|| {
        if let Some(group) = &new_group {
            add_group(machine, process, group)?;
        }
        add_user(machine, process, &user, AGING)?;
        let wanted = !options.has('H') && user.home != "/nonexistent" && (!system || options.has('h'));
        if wanted { make_home(machine, process, &user, 0o2755, !system) } else { Ok(()) }
    })();
    match done {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}
