//! WORKDIR: the directory is made, for the user in force (the mkdir of BuildKit's `solver/llbsolver/file/backend.go`).

use filesystem::{Cred, Errno, FileSystem, Kind};
use plan::Workdir;

use crate::execute::StepError;
use crate::owner::owner;

/// `empty`: whether nothing is there yet, so that no user can be looked up.
pub(crate) fn execute(files: &mut FileSystem, workdir: &Workdir, empty: bool) -> Result<(), StepError> {
    let root = Cred::root();
    let (uid, gid) = owner(files, &workdir.user, empty)?;
    let mut path = String::new();
    for part in workdir.path.split('/').filter(|part| !part.is_empty()) {
        path = format!("{path}/{part}");
        // the whole path is looked at before its first missing part is made
        let not_a_directory = || {
            let (what, path) = if path == workdir.path { ("mkdir", &path) } else { ("lstat", &workdir.path) };
            StepError::new(format!("{what} {path}: not a directory"))
        };
        match files.stat(&path, true, &root).map(|stat| matches!(stat.kind, Kind::Dir)) {
            Ok(true) => {}
            Ok(false) => return Err(not_a_directory()),
            Err(Errno::NoEnt) => {
                let made = files.mkdir(&path, 0o755, &root);
                let made = made.and_then(|()| match (uid, gid) {
                    (0, 0) => Ok(()),
                    (uid, gid) => files.chown(&path, Some(uid), Some(gid), false, &root),
                });
                made.map_err(|error| StepError::new(format!("mkdir {path}: {}", error.to_string().to_lowercase())))?;
            }
            Err(_) => return Err(not_a_directory()),
        }
    }
    Ok(())
}
