//! id, and the ids that groups shows too.

use crate::process::{Machine, Process};

use super::accounts::{group_name, groups as all_groups, user_name, users};
use super::input::is_busybox;
use super::options::{Options, parse};

/// Real ids of a process or of a named user: uid, gid, all groups (gid first).
pub fn ids(machine: &Machine, process: &Process, name: Option<&str>) -> Option<(u32, u32, Vec<u32>)> {
    let (uid, gid, more) = match name {
        None => (process.cred.uid, process.cred.gid, process.cred.groups.clone()),
        Some(name) => {
            let known = users(machine);
            let user = known
                .iter()
                .find(|user| user.name == name)
                .or_else(|| known.iter().find(|user| Some(user.uid) == name.parse().ok()))?;
            let member = |group: &super::accounts::Group| group.members.contains(&user.name);
            let more = all_groups(machine).into_iter().filter(member).map(|group| group.gid).collect();
            (user.uid, user.gid, more)
        }
    };
    let mut all = vec![gid];
    all.extend(more.into_iter().filter(|other| *other != gid));
    Some((uid, gid, all))
}

pub fn id(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("user", 'u'), ("group", 'g'), ("groups", 'G'), ("name", 'n'), ("real", 'r'), ("zero", 'z')];
    let options = match parse(machine, process, "ugGnrz", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.len() > 1 && super::input::is_busybox(machine) {
        return super::input::missing_operand(machine, process);
    }
    if !is_busybox(machine) {
        let kinds = "ugG".chars().filter(|letter| options.has(*letter)).count();
        let wrong = match kinds {
            0 if options.any("nr") => Some("cannot print only names or real IDs in default format"),
            0 if options.has('z') => Some("option --zero not permitted in default format"),
            0 | 1 => None,
            _ => Some("cannot print \"only\" of more than one choice"),
        };
        if let Some(message) = wrong {
            process.complain(machine, message);
            return 1;
        }
    }
    let names = options.operands.iter().map(|name| Some(name.as_str()));
    let names: Vec<Option<&str>> = if options.operands.is_empty() { vec![None] } else { names.collect() };
    names.into_iter().fold(0, |status, name| status.max(of_one(machine, process, &options, name)))
}

/// Prints the ids of one user.
fn of_one(machine: &mut Machine, process: &Process, options: &Options, name: Option<&str>) -> i32 {
    let Some((uid, gid, all)) = ids(machine, process, name) else {
        let name = name.unwrap_or_default();
        let text = if is_busybox(machine) { format!("unknown user {name}") } else { format!("'{name}': no such user") };
        process.complain(machine, &text);
        return 1;
    };
    let mut status = 0;
    let user = |uid: u32| user_name(machine, uid);
    let group = |gid: u32| group_name(machine, gid);
    let text = if options.has('u') || options.has('g') {
        let (number, name) = if options.has('u') { (uid, user(uid)) } else { (gid, group(gid)) };
        match (options.has('n'), name) {
            (true, Some(name)) => name,
            (true, None) => {
                status = 1;
                number.to_string()
            }
            _ => number.to_string(),
        }
    } else if options.has('G') {
        let shown =
            all.iter().map(|gid| if options.has('n') { group(*gid) } else { None }.unwrap_or_else(|| gid.to_string()));
        shown.collect::<Vec<_>>().join(if options.has('z') { "\0" } else { " " })
    } else {
        let named = |number: u32, name: Option<String>| match name {
            Some(name) => format!("{number}({name})"),
            None => number.to_string(),
        };
        let list: Vec<String> = all.iter().map(|gid| named(*gid, group(*gid))).collect();
        let list = if list.len() > 1 || !is_busybox(machine) || !process.cred.groups.is_empty() || name.is_some() {
            format!(" groups={}", list.join(","))
        } else {
            String::new()
        };
        format!("uid={} gid={}{list}", named(uid, user(uid)), named(gid, group(gid)))
    };
    let end = if options.has('z') && !is_busybox(machine) { '\0' } else { '\n' };
    process.out(machine, &format!("{text}{end}"));
    if status != 0 {
        let (kind, number) = if options.has('u') { ("user", uid) } else { ("group", gid) };
        let text = if is_busybox(machine) {
            format!("unknown ID {number}")
        } else {
            format!("cannot find name for {kind} ID {number}")
        };
        process.complain(machine, &text);
    }
    status
}
