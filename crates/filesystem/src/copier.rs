//! Copying one source of COPY into the tree: `Copy` of fsutil `copy/copy.go`.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::edited::Went;
use crate::ignore::Matched;
use crate::pattern::clean;
use crate::table::Node;
use crate::{Attr, CopyError, CopyOptions, Cred, Errno, FileSystem, Ignore, Kind, ModeChange, Special, Stat};

/// A copy in progress: what one call of fsutil's `Copy` knows.
pub(crate) struct Copier<'a> {
    source: &'a FileSystem,
    target: &'a mut FileSystem,
    options: &'a CopyOptions,
    exclude: Ignore,
    /// Source inodes with several names, and where the first of them went.
    linked: BTreeMap<u32, String>,
    /// Directories on the way that are made only once something in them is copied: source and target path.
    waiting: Vec<(String, String, bool)>,
    went: &'a mut Went,
}

pub(crate) const DIR_MODE: u32 = 0o755;

/// What the engine's umask takes from the mode of directories that it makes.
const UMASK: u32 = 0o022;

/// Symlinks that a destination may lead through (containerd `fs.RootPath`).
const LINK_LIMIT: u32 = 255;

/// Where a path of the target leads, symlinks followed; what is missing stays as it is written (`fs.RootPath`).
pub(crate) fn follow(target: &FileSystem, path: &str) -> Result<String, CopyError> {
    follow_below(target, "/", path)
}

/// The same for a path below `top`, which is the root for absolute symlinks; a relative one must not lead out of it.
pub(crate) fn follow_below(target: &FileSystem, top: &str, path: &str) -> Result<String, CopyError> {
    let root = Cred::root();
    let mut resolved = top.to_string();
    let mut pending: Vec<String> = path.rsplit('/').map(str::to_string).collect();
    let mut links = 0;
    while let Some(part) = pending.pop() {
        match part.as_str() {
            "" | "." => continue,
            ".." => {
                match resolved == top {
                    true if top != "/" => return Err(CopyError::Escapes),
                    true => {}
                    false => resolved = parent_of(&resolved).to_string(),
                }
                continue;
            }
            _ => {}
        }
        let next = join(&resolved, &part);
        match target.stat(&next, false, &root).map(|stat| stat.kind) {
            Ok(Kind::Symlink(link)) => {
                links += 1;
                if links > LINK_LIMIT {
                    return Err(CopyError::TooManyLinks);
                }
                if link.starts_with('/') {
                    resolved = top.to_string();
                }
                pending.extend(link.rsplit('/').map(str::to_string));
            }
            Ok(_) | Err(Errno::NoEnt) => resolved = next,
            Err(error) => return Err(failed("lstat", &next, error)),
        }
    }
    Ok(resolved)
}

fn parent_of(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some(("", _)) | None => "/",
        Some((parent, _)) => parent,
    }
}

pub(crate) fn join(dir: &str, name: &str) -> String {
    format!("{}/{name}", dir.trim_end_matches('/'))
}

/// Makes a directory with those above it that are missing, all with that mode and owner (fsutil `MkdirAll`).
pub(crate) fn make_dirs(
    target: &mut FileSystem,
    path: &str,
    mode: u32,
    owner: Option<(u32, u32)>,
) -> Result<(), CopyError> {
    let root = Cred::root();
    let mut reached = String::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        reached = format!("{reached}/{part}");
        match target.stat(&reached, true, &root) {
            Ok(stat) if stat.is_dir() => {}
            Ok(_) => return Err(CopyError::MkdirNotDirectory { path: reached }),
            Err(_) => {
                let made = target.mkdir(&reached, mode & 0o777 & !UMASK, &root);
                let (uid, gid) = owner.unwrap_or((0, 0));
                made.and_then(|()| target.chown(&reached, Some(uid), Some(gid), false, &root))
                    .map_err(|error| failed("mkdir", &reached, error))?;
            }
        }
    }
    Ok(())
}

fn failed(operation: &'static str, path: &str, error: Errno) -> CopyError {
    CopyError::Failed { operation, path: path.to_string(), error }
}

impl<'a> Copier<'a> {
    pub fn new(
        source: &'a FileSystem,
        target: &'a mut FileSystem,
        options: &'a CopyOptions,
        exclude: Ignore,
        went: &'a mut Went,
    ) -> Copier<'a> {
        Copier { source, target, options, exclude, linked: BTreeMap::new(), waiting: Vec::new(), went }
    }

    /// `Copy` and `prepareTargetDir`: where a source goes.
    pub fn copy_source(&mut self, path: &str, destination: &str) -> Result<(), CopyError> {
        let root = Cred::root();
        let parents_mode = match &self.options.mode {
            Some(ModeChange::Octal(mode)) => *mode,
            _ => DIR_MODE,
        };
        let ends_in_dir = destination.ends_with('/') || destination.ends_with("/.");
        let clean_destination = clean(&format!("/{destination}"));
        let holder = if ends_in_dir { clean_destination.as_str() } else { parent_of(&clean_destination) };
        let holder = follow(self.target, holder)?;
        make_dirs(self.target, &holder, parents_mode, self.options.owner)?;

        let mut to = follow(self.target, destination)?;
        let not_found = || CopyError::NotFound { path: path.to_string() };
        let from = self.source.resolve(path, true, &root).map_err(|_| not_found())?;
        let stat = self.source.stat(&from, false, &root).map_err(|_| not_found())?;
        let is_dir = stat.is_dir();
        let there = self.target.stat(&to, true, &root).ok();
        if !is_dir && there.is_some_and(|there| there.is_dir()) {
            let name = path.rsplit('/').next().unwrap_or_default();
            to = join(&to, name);
        }
        let made = if is_dir && there.is_none() { to.as_str() } else { parent_of(&to) };
        make_dirs(self.target, made, parents_mode, self.options.owner)?;
        self.copy_tree(&from, &to)
    }

    /// `copy`: the source itself, then what is in it, depth first.
    fn copy_tree(&mut self, from: &str, to: &str) -> Result<(), CopyError> {
        struct Pending {
            from: String,
            to: String,
            /// Where in `from` the path below the source begins; at its end: the source itself.
            below: usize,
            above: Option<Rc<Matched>>,
            depth: usize,
        }
        let mut pending =
            vec![Pending { from: from.to_string(), to: to.to_string(), below: from.len(), above: None, depth: 0 }];
        let root = Cred::root();
        while let Some(next) = pending.pop() {
            let Ok(stat) = self.source.stat(&next.from, false, &root) else {
                continue;
            };
            let relative = next.from.get(next.below..).unwrap_or_default();
            let is_root = relative.is_empty();
            let (excluded, matched) = if is_root || self.exclude.patterns().is_empty() {
                (false, None)
            } else {
                let above = next.above.as_deref();
                let (excluded, matched) = self.exclude.walk_step(relative, above);
                (excluded, Some(Rc::new(matched)))
            };
            self.waiting.truncate(next.depth);
            if !excluded {
                self.make_waiting()?;
            }
            if !stat.is_dir() {
                if !excluded {
                    self.copy_leaf(&next.to, stat)?;
                }
                continue;
            }
            if excluded {
                self.waiting.push((next.from.clone(), next.to.clone(), false));
            } else {
                self.copy_dir(&next.from, &next.to, !is_root)?;
                self.waiting.push((next.from.clone(), next.to.clone(), true));
            }
            let Ok(names) = self.source.names(stat.inode) else { continue };
            let (from, to) = (next.from.trim_end_matches('/'), next.to.trim_end_matches('/'));
            let below = if is_root { from.len() + 1 } else { next.below };
            for name in names.keys().rev() {
                pending.push(Pending {
                    from: [from, "/", name].concat(),
                    to: [to, "/", name].concat(),
                    below,
                    above: matched.clone(),
                    depth: next.depth + 1,
                });
            }
        }
        Ok(())
    }

    /// `createParentDirs`: the excluded directories above something that is copied.
    fn make_waiting(&mut self) -> Result<(), CopyError> {
        for index in 0..self.waiting.len() {
            let Some((from, to, made)) = self.waiting.get_mut(index) else {
                break;
            };
            if !std::mem::replace(made, true) {
                let (from, to) = (from.clone(), to.clone());
                self.copy_dir(&from, &to, true)?;
            }
        }
        Ok(())
    }

    /// `copyDirectoryOnly`, and the owner and mode of the source for every directory below the destination.
    fn copy_dir(&mut self, from: &str, to: &str, is_below: bool) -> Result<(), CopyError> {
        let root = Cred::root();
        match self.target.stat(to, false, &root) {
            Ok(stat) if stat.is_dir() => {
                if !is_below {
                    // Its time is set again, to what it was: that copies it up.
                    let found = self.target.find(to, false, &root);
                    return found
                        .and_then(|found| self.target.change_attr(&found, |_| {}))
                        .map_err(|error| failed("chtimes", to, error));
                }
            }
            Ok(_) => {
                return Err(CopyError::NonDirectory { path: to.to_string() });
            }
            Err(_) => self.target.mkdir(to, DIR_MODE, &root).map_err(|error| failed("mkdir", to, error))?,
        }
        match self.source.stat(from, false, &root) {
            Ok(stat) => self.set_attr(to, self.options.attr(&stat)),
            Err(_) => Ok(()),
        }
    }

    /// A file or link: what is there is removed, and a new inode made.
    fn copy_leaf(&mut self, to: &str, stat: Stat<'_>) -> Result<(), CopyError> {
        let root = Cred::root();
        let find = |target: &FileSystem| {
            let found = target.find(to, false, &root);
            found.map_err(|error| failed("lstat", to, error))
        };
        let mut found = find(self.target)?;
        if let Some(inode) = found.inode {
            if self.target.names(inode).is_ok() {
                return Err(CopyError::ReplaceDirectory { path: to.to_string() });
            }
            let removed = self.target.unlink(&found, &root);
            removed.map_err(|error| failed("remove", to, error))?;
            found = find(self.target)?;
        }
        let attr = self.options.attr(&stat);
        let node = match (stat.kind, self.linked.get(&stat.inode)) {
            (_, Some(first)) => {
                let linked = self.target.link(first, to, &root);
                linked.map_err(|error| failed("link", to, error))?;
                return self.set_attr(to, attr);
            }
            (Kind::File(content), None) => Node::File(content.clone()),
            (Kind::Symlink(link), None) => Node::Symlink(link.into()),
            // BuildKit's copier makes block devices character devices (case run-mknod).
            (Kind::Special(Special::Block(major, minor)), None) => Node::Special(Special::Char(major, minor)),
            (Kind::Special(special), None) => Node::Special(special),
            (Kind::Dir | Kind::Device(_), None) => return Ok(()),
        };
        if let Some(name) = found.name.clone() {
            let made = self.target.create_with(&found, name, node, attr);
            let made = made.map_err(|error| failed("open", to, error))?;
            self.went.note(stat.inode, made, to);
        }
        if stat.links > 1 && stat.is_file() {
            self.linked.insert(stat.inode, to.to_string());
        }
        Ok(())
    }

    fn set_attr(&mut self, to: &str, attr: Attr) -> Result<(), CopyError> {
        let found = self.target.find(to, false, &Cred::root());
        found
            .and_then(|found| self.target.change_attr(&found, |old| *old = attr))
            .map_err(|error| failed("chmod", to, error))
    }
}
