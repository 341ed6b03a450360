//! Users and groups of an image: /etc/passwd and /etc/group.

use filesystem::{Cred, FileSystem};

/// The longest passwd or group file that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// A line of /etc/passwd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
    pub(super) home: String,
}

fn lines(fs: &FileSystem, path: &str) -> Vec<Vec<String>> {
    let bytes = fs.read(path, &Cred::root()).ok().and_then(|content| content.bytes(MAX_BYTES)).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    text.lines().map(|line| line.split(':').map(str::to_owned).collect()).collect()
}

fn users(fs: &FileSystem) -> Vec<User> {
    let parse = |fields: Vec<String>| {
        let mut fields = fields.into_iter();
        let name = fields.next()?;
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        let home = fields.nth(1).unwrap_or_default();
        Some(User { name, uid, gid, home })
    };
    lines(fs, "/etc/passwd").into_iter().filter_map(parse).collect()
}

/// The entry of a user by name.
pub(super) fn find_user(fs: &FileSystem, name: &str) -> Option<User> {
    users(fs).into_iter().find(|user| user.name == name)
}

/// The name of a user, or `I have no name!` as bash says.
pub(super) fn name_of(fs: &FileSystem, uid: u32) -> String {
    users(fs).into_iter().find(|user| user.uid == uid).map_or_else(|| "I have no name!".to_owned(), |user| user.name)
}

/// Groups: name, number, members.
fn groups(fs: &FileSystem) -> Vec<(String, u32, Vec<String>)> {
    let parse = |fields: Vec<String>| {
        let mut fields = fields.into_iter();
        let name = fields.next()?;
        let gid = fields.nth(1)?.parse().ok()?;
        let members = fields.next().unwrap_or_default().split(',').map(str::to_owned).collect();
        Some((name, gid, members))
    };
    lines(fs, "/etc/group").into_iter().filter_map(parse).collect()
}

/// What USER means in an image: credentials and the home directory.
///
/// # Errors
/// The words of the engine's message.
pub(super) fn resolve(fs: &FileSystem, user: &str) -> Result<(Cred, String), String> {
    let (name, group) = user.split_once(':').map_or((user, None), |(name, group)| (name, Some(group)));
    let users = users(fs);
    let groups = groups(fs);
    let name = if name.is_empty() { "0" } else { name };
    let entry = users.iter().find(|entry| entry.name == name).or_else(|| {
        let uid: u32 = name.parse().ok()?;
        users.iter().find(|entry| entry.uid == uid)
    });
    let (uid, gid, home) = match (entry, name.parse::<u32>()) {
        (Some(entry), _) => (entry.uid, entry.gid, entry.home.clone()),
        (None, Ok(uid)) => (uid, 0, if uid == 0 { "/root".to_owned() } else { "/".to_owned() }),
        (None, Err(_)) => return Err(format!("unable to find user {name}: no matching entries in passwd file")),
    };
    let mut cred = Cred { uid, gid, groups: Vec::new() };
    match group {
        Some(group) => {
            let named = groups.iter().find(|entry| entry.0 == group).map(|entry| entry.1);
            cred.gid = named
                .or_else(|| group.parse().ok())
                .ok_or_else(|| format!("unable to find group {group}: no matching entries in group file"))?;
        }
        None => {
            if let Some(entry) = entry {
                let member = |members: &[String]| members.contains(&entry.name);
                cred.groups = groups.iter().filter(|(_, _, members)| member(members)).map(|group| group.1).collect();
            }
        }
    }
    let home = if home.is_empty() { "/".to_owned() } else { home };
    Ok((cred, home))
}
