//! Users and groups as /etc/passwd and /etc/group name them.

use crate::process::Machine;

/// A line of /etc/passwd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
    pub comment: String,
    pub home: String,
    pub shell: String,
}

impl User {
    /// The user's line of /etc/passwd.
    pub fn line(&self) -> String {
        let User { name, uid, gid, comment, home, shell } = self;
        format!("{name}:x:{uid}:{gid}:{comment}:{home}:{shell}")
    }
}

/// A line of /etc/group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    pub gid: u32,
    pub members: Vec<String>,
}

/// The text of a small file of the image that everybody may read; empty if there is none.
pub fn etc_file(machine: &Machine, path: &str) -> String {
    let content = machine.fs.read(path, &filesystem::Cred::root()).unwrap_or_default();
    String::from_utf8_lossy(&content.bytes(super::input::TEXT_LIMIT).unwrap_or_default()).into_owned()
}

pub fn users(machine: &Machine) -> Vec<User> {
    let text = etc_file(machine, "/etc/passwd");
    text.lines()
        .filter_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?.to_string();
            fields.next()?;
            Some(User {
                name,
                uid: fields.next()?.parse().ok()?,
                gid: fields.next()?.parse().ok()?,
                comment: fields.next().unwrap_or_default().to_string(),
                home: fields.next().unwrap_or_default().to_string(),
                shell: fields.next().unwrap_or_default().to_string(),
            })
        })
        .collect()
}

pub fn groups(machine: &Machine) -> Vec<Group> {
    let text = etc_file(machine, "/etc/group");
    text.lines()
        .filter_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?.to_string();
            fields.next()?;
            let gid = fields.next()?.parse().ok()?;
            let members = fields.next().unwrap_or_default();
            let members = members.split(',').filter(|member| !member.is_empty()).map(str::to_string).collect();
            Some(Group { name, gid, members })
        })
        .collect()
}

pub fn user_name(machine: &Machine, uid: u32) -> Option<String> {
    users(machine).into_iter().find(|user| user.uid == uid).map(|user| user.name)
}

pub fn group_name(machine: &Machine, gid: u32) -> Option<String> {
    groups(machine).into_iter().find(|group| group.gid == gid).map(|group| group.name)
}

/// The number of a user given by name or number.
pub fn user_id(machine: &Machine, text: &str) -> Option<u32> {
    users(machine).into_iter().find(|user| user.name == text).map(|user| user.uid).or_else(|| text.parse().ok())
}

/// The number of a group given by name or number.
pub fn group_id(machine: &Machine, text: &str) -> Option<u32> {
    groups(machine).into_iter().find(|group| group.name == text).map(|group| group.gid).or_else(|| text.parse().ok())
}

/// The owner that `USER`, `USER:GROUP`, `USER:` or `:GROUP` names; `None` if there is no such name.
pub fn owner(machine: &Machine, text: &str) -> Option<(Option<u32>, Option<u32>)> {
    // GNU still takes a dot.
    let separator = if text.contains(':') || super::input::is_busybox(machine) { ':' } else { '.' };
    let Some((user, group)) = text.split_once(separator).filter(|_| user_id(machine, text).is_none()) else {
        return Some((Some(user_id(machine, text)?), None));
    };
    let uid = if user.is_empty() { None } else { Some(user_id(machine, user)?) };
    let gid = if !group.is_empty() {
        Some(group_id(machine, group)?)
    } else if user.is_empty() {
        None
    } else {
        let known = users(machine).into_iter().find(|known| Some(known.uid) == uid).map(|known| known.gid);
        // busybox takes the number of a user that is not listed for its group too.
        known.or(uid.filter(|_| super::input::is_busybox(machine)))
    };
    Some((uid, gid))
}
