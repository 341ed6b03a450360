//! Writing /etc/passwd, /etc/group and their shadows, and making homes.

use filesystem::{Content, Cred, Errno};

use crate::process::{Machine, Process};

use super::accounts::{Group, User, etc_file};
use super::input::is_busybox;
use super::node::exists;

/// Where the numbers of ordinary users begin, and those of system users.
pub const FIRST_ID: u32 = 1000;
pub const FIRST_SYSTEM_ID: u32 = 100;

/// Which of the two ways of numbering: shadow counts system users down from 999, busybox and Debian's adduser up from 100.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    Down,
    Up,
}

pub fn free_id(used: &[u32], system: bool, numbering: Numbering) -> u32 {
    match (system, numbering) {
        (false, _) => (FIRST_ID..60_000).find(|id| !used.contains(id)).unwrap_or(60_000),
        (true, Numbering::Up) => (FIRST_SYSTEM_ID..FIRST_ID).find(|id| !used.contains(id)).unwrap_or(FIRST_ID),
        (true, Numbering::Down) => (FIRST_SYSTEM_ID..FIRST_ID).rev().find(|id| !used.contains(id)).unwrap_or(FIRST_ID),
    }
}

/// Rewrites a file of /etc; other names of the old file keep the old text, as the tools write a new one.
pub fn write_etc(machine: &mut Machine, process: &Process, path: &str, text: &str) -> Result<(), Errno> {
    let mode = if path.ends_with("shadow") { 0o640 } else { 0o644 };
    if process.cred.uid != 0 {
        return Err(Errno::Access);
    }
    machine.fs.write(path, Content::text(text), mode, &Cred::root())
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

pub fn add_group(machine: &mut Machine, process: &Process, group: &Group) -> Result<(), Errno> {
    append_line(
        machine,
        process,
        "/etc/group",
        &format!("{}:x:{}:{}", group.name, group.gid, group.members.join(",")),
    )?;
    if exists(machine.fs, "/etc/gshadow", &Cred::root()) {
        append_line(machine, process, "/etc/gshadow", &format!("{}:!::{}", group.name, group.members.join(",")))?;
    }
    Ok(())
}

pub fn add_user(machine: &mut Machine, process: &Process, user: &User) -> Result<(), Errno> {
    let line = format!("{}:x:{}:{}:{}:{}:{}", user.name, user.uid, user.gid, user.comment, user.home, user.shell);
    append_line(machine, process, "/etc/passwd", &line)?;
    if exists(machine.fs, "/etc/shadow", &Cred::root()) {
        let days = machine.fs.now().div_euclid(86_400);
        append_line(machine, process, "/etc/shadow", &format!("{}:!:{days}:0:99999:7:::", user.name))?;
    }
    Ok(())
}

/// Writes the members of a group anew.
pub fn add_member(machine: &mut Machine, process: &Process, user: &str, group: &str) -> Result<(), Errno> {
    for file in ["/etc/group", "/etc/gshadow"] {
        let text = etc_file(machine, file);
        let new: String = text
            .lines()
            .map(|line| {
                let mut fields: Vec<&str> = line.split(':').collect();
                let mut members: Vec<&str> =
                    fields.get(3).map_or("", |list| list).split(',').filter(|name| !name.is_empty()).collect();
                if fields.first() == Some(&group) && !members.contains(&user) {
                    members.push(user);
                }
                let list = members.join(",");
                if let Some(last) = fields.get_mut(3) {
                    *last = &list;
                }
                fields.join(":") + "\n"
            })
            .collect();
        if new != text {
            write_etc(machine, process, file, &new)?;
        }
    }
    Ok(())
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
    let text = if process.cred.uid != 0 && is_busybox(machine) {
        "must be suid to work properly".to_string()
    } else {
        format!("cannot lock {file}; try again later. ({errno})")
    };
    process.complain(machine, &text);
    1
}
