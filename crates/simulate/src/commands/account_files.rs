//! Writing /etc/passwd, /etc/group and their shadows, and making homes.

use filesystem::{Content, Cred, Errno};

use crate::process::{Machine, Process};

use super::accounts::{Group, User, etc_file};
use super::input::is_busybox;
use super::node::exists;

/// Where the numbers of ordinary users begin, and those of system users.
pub const FIRST_ID: u32 = 1000;
pub const FIRST_SYSTEM_ID: u32 = 100;
const LAST_ID: u32 = 60_000;

/// Which of the two ways of numbering: shadow gives ordinary users the number after the highest and counts system users
/// down from 999, busybox and Debian's adduser take the first that is free.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    Shadow,
    FirstFree,
}

pub fn free_id(used: &[u32], system: bool, numbering: Numbering) -> u32 {
    let first_free = || (FIRST_ID..LAST_ID).find(|id| !used.contains(id)).unwrap_or(LAST_ID);
    match (system, numbering) {
        (false, Numbering::FirstFree) => first_free(),
        (false, Numbering::Shadow) => {
            let highest = used.iter().copied().filter(|id| (FIRST_ID..=LAST_ID).contains(id)).max();
            highest.map_or(FIRST_ID, |highest| if highest == LAST_ID { first_free() } else { highest + 1 })
        }
        (true, Numbering::FirstFree) => (FIRST_SYSTEM_ID..FIRST_ID).find(|id| !used.contains(id)).unwrap_or(FIRST_ID),
        (true, Numbering::Shadow) => {
            (FIRST_SYSTEM_ID + 1..FIRST_ID).rev().find(|id| !used.contains(id)).unwrap_or(FIRST_ID)
        }
    }
}

/// Rewrites a file of /etc. The shadow tools keep the text before in a file whose name ends in `-`.
pub fn write_etc(machine: &mut Machine, process: &Process, path: &str, text: &str) -> Result<(), Errno> {
    if process.cred.uid != 0 {
        return Err(Errno::Access);
    }
    let root = Cred::root();
    let mode = if path.ends_with("shadow") { 0o640 } else { 0o644 };
    if !is_busybox(machine) {
        let lock = "/etc/.pwd.lock";
        if !exists(machine.fs, lock, &root) {
            machine.fs.write(lock, Content::default(), 0o600, &root)?;
        }
        let before = machine.fs.stat(path, true, &root).ok().map(|stat| stat.attr);
        if let (Some(before), Ok(content)) = (before, machine.fs.read(path, &root)) {
            let backup = format!("{path}-");
            machine.fs.write(&backup, content, before.mode, &root)?;
            machine.fs.chown(&backup, Some(before.uid), Some(before.gid), true, &root)?;
        }
    }
    machine.fs.write(path, Content::text(text), mode, &root)
}

pub fn append_line(machine: &mut Machine, process: &Process, path: &str, line: &str) -> Result<(), Errno> {
    let mut text = etc_file(machine, path);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(line);
    text.push('\n');
    write_etc(machine, process, path, &text)
}

/// The fields of the line of `name`, for a change.
pub fn edit_line(
    machine: &mut Machine,
    process: &Process,
    path: &str,
    name: &str,
    edit: impl Fn(&mut Vec<String>),
) -> Result<(), Errno> {
    let text = etc_file(machine, path);
    let new: String = text
        .lines()
        .map(|line| {
            let mut fields: Vec<String> = line.split(':').map(str::to_string).collect();
            if fields.first().is_some_and(|first| first == name) {
                edit(&mut fields);
            }
            fields.join(":") + "\n"
        })
        .collect();
    if new == text { Ok(()) } else { write_etc(machine, process, path, &new) }
}

/// Takes the lines of `name` out of a file.
pub fn remove_lines(machine: &mut Machine, process: &Process, path: &str, name: &str) -> Result<(), Errno> {
    let (text, start) = (etc_file(machine, path), format!("{name}:"));
    let new: String = text.lines().filter(|line| !line.starts_with(&start)).map(|line| format!("{line}\n")).collect();
    if new == text { Ok(()) } else { write_etc(machine, process, path, &new) }
}

pub fn add_group(machine: &mut Machine, process: &Process, group: &Group) -> Result<(), Errno> {
    let (name, members) = (&group.name, group.members.join(","));
    append_line(machine, process, "/etc/group", &format!("{name}:x:{}:{members}", group.gid))?;
    if exists(machine.fs, "/etc/gshadow", &Cred::root()) {
        append_line(machine, process, "/etc/gshadow", &format!("{name}:!::{members}"))?;
    }
    Ok(())
}

pub fn add_user(machine: &mut Machine, process: &Process, user: &User, aging: &str) -> Result<(), Errno> {
    append_line(machine, process, "/etc/passwd", &user.line())?;
    if exists(machine.fs, "/etc/shadow", &Cred::root()) {
        let days = machine.fs.now().div_euclid(86_400);
        append_line(machine, process, "/etc/shadow", &format!("{}:!:{days}:{aging}", user.name))?;
    }
    Ok(())
}

/// What follows the day of the last change in the line of an ordinary user in /etc/shadow.
pub const AGING: &str = "0:99999:7:::";

/// Gives an ordinary user a range of subordinate ids, as useradd does: 65,536 from 100,000 on.
pub fn add_subordinate(machine: &mut Machine, process: &Process, user: &str) -> Result<(), Errno> {
    for path in ["/etc/subuid", "/etc/subgid"] {
        if exists(machine.fs, path, &Cred::root()) {
            let text = etc_file(machine, path);
            let ends = text.lines().filter_map(|line| {
                let mut fields = line.split(':').skip(1).filter_map(|field| field.parse::<u64>().ok());
                Some(fields.next()?.saturating_add(fields.next()?))
            });
            let first = ends.max().unwrap_or(100_000).max(100_000);
            append_line(machine, process, path, &format!("{user}:{first}:65536"))?;
        }
    }
    Ok(())
}

/// Changes the members of a group in both files.
pub fn edit_members(
    machine: &mut Machine,
    process: &Process,
    group: &str,
    edit: impl Fn(&mut Vec<String>),
) -> Result<(), Errno> {
    for path in ["/etc/group", "/etc/gshadow"] {
        edit_line(machine, process, path, group, |fields| {
            if let Some(last) = fields.get_mut(3) {
                let mut members: Vec<String> =
                    last.split(',').filter(|name| !name.is_empty()).map(str::to_string).collect();
                edit(&mut members);
                *last = members.join(",");
            }
        })?;
    }
    Ok(())
}

/// Writes the members of a group anew.
pub fn add_member(machine: &mut Machine, process: &Process, user: &str, group: &str) -> Result<(), Errno> {
    edit_members(machine, process, group, |members| {
        if !members.iter().any(|member| member == user) {
            members.push(user.to_string());
        }
    })
}

pub fn make_home(
    machine: &mut Machine,
    process: &Process,
    user: &User,
    mode: u32,
    skeleton: bool,
) -> Result<(), Errno> {
    let root = Cred::root();
    if exists(machine.fs, &user.home, &root) {
        return Ok(());
    }
    if let Some((parent, _)) = user.home.trim_end_matches('/').rsplit_once('/').filter(|(parent, _)| !parent.is_empty())
    {
        machine.fs.mkdir_all(parent, 0o755, &root)?;
    }
    machine.fs.mkdir(&user.home, mode, &root)?;
    machine.fs.chown(&user.home, Some(user.uid), Some(user.gid), true, &root)?;
    if skeleton {
        for name in machine.fs.read_dir("/etc/skel", &root).unwrap_or_default() {
            let mut how =
                super::copying::Copying { recursive: true, preserve: true, ..super::copying::Copying::default() };
            let target = super::input::join(&user.home, &name);
            super::copying::copy(machine, process, &mut how, &format!("/etc/skel/{name}"), &target, true);
            for (path, _) in
                machine.fs.walk(&target).into_iter().map(|(path, stat)| (path, stat.size)).collect::<Vec<_>>()
            {
                machine.fs.chown(&path, Some(user.uid), Some(user.gid), false, &root)?;
            }
        }
    }
    Ok(())
}

pub fn denied(machine: &mut Machine, process: &Process, file: &str, errno: Errno) -> i32 {
    if process.cred.uid != 0 && is_busybox(machine) {
        process.complain(machine, "must be suid to work properly");
        return 1;
    }
    process.complain(machine, &format!("{errno}."));
    process.complain(machine, &format!("cannot lock {file}; try again later."));
    if process.name().contains("group") { 10 } else { 1 }
}
