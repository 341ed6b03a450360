//! Users and groups by name, as COPY --chown and WORKDIR look them up (BuildKit's `solver/llbsolver/ops/user_linux.go`).

use filesystem::{Cred, FileSystem};

use crate::execute::StepError;

/// Bytes of /etc/passwd and /etc/group that are read.
const MAX_BYTES: usize = 1 << 20;

/// `user[:group]` as user and group ids. Numbers stand for themselves; a name brings its own group where none is given, a
/// number stands for both; a user that the image does not know is root, a group that it does not know leaves the user's,
/// an empty one is root's. Where nothing is yet, `empty`, no name can be looked up.
pub(crate) fn owner(files: &FileSystem, text: &str, empty: bool) -> Result<(u32, u32), StepError> {
    let named = |name: &str| !name.is_empty() && id(name).is_none();
    if empty && text.split(':').any(named) {
        return Err(StepError::new("invalid user index: -1"));
    }
    let (user, group) = text.split_once(':').map_or((text, None), |(user, group)| (user, Some(group)));
    let (uid, own_gid) = match id(user) {
        Some(id) => (id, id),
        None => (field(files, "/etc/passwd", user, 2).unwrap_or(0), field(files, "/etc/passwd", user, 3).unwrap_or(0)),
    };
    let gid = match group {
        None => own_gid,
        Some("") => 0,
        Some(group) => id(group).or_else(|| field(files, "/etc/group", group, 2)).unwrap_or(own_gid),
    };
    Ok((uid, gid))
}

/// A user or group that needs no look-up: root, or a number (`llb/fileop.go`, `parseUID`). -1 leaves the owner that a new
/// file has; a number beyond 32 bits with a sign is a name.
pub(crate) fn id(text: &str) -> Option<u32> {
    match text {
        "root" => Some(0),
        _ => text.parse::<i32>().ok().map(|id| if id == -1 { 0 } else { id.cast_unsigned() }),
    }
}

/// The number in a column of the line that begins with a name.
fn field(files: &FileSystem, path: &str, name: &str, column: usize) -> Option<u32> {
    let bytes = files.read(path, &Cred::root()).ok()?.bytes(MAX_BYTES)?;
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().find(|line| !name.is_empty() && line.split(':').next() == Some(name))?;
    line.split(':').nth(column)?.parse().ok()
}
