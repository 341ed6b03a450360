//! The process as another user.

use crate::process::{Machine, Process};

use super::accounts::{groups, user_id, users};

/// The process as it would be after changing to a user.
pub fn as_user(machine: &Machine, process: &Process, name: &str) -> Option<Process> {
    let uid = user_id(machine, name)?;
    let user = users(machine).into_iter().find(|user| user.uid == uid);
    let mut child = process.clone();
    child.cred.uid = uid;
    child.cred.gid = user.as_ref().map_or(0, |user| user.gid);
    let member = |group: &super::accounts::Group| user.as_ref().is_some_and(|user| group.members.contains(&user.name));
    child.cred.groups = groups(machine).into_iter().filter(member).map(|group| group.gid).collect();
    if let Some(user) = user {
        child.env.insert("HOME".to_string(), user.home);
        child.env.insert("USER".to_string(), user.name.clone());
        child.env.insert("LOGNAME".to_string(), user.name);
    }
    Some(child)
}
