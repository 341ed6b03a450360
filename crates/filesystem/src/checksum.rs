//! BuildKit's content checksum (`cache/contenthash`): what makes a COPY or a bind mount hit or miss the cache.

use std::collections::btree_map;
use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::copy::{missing, split_wildcards};
use crate::ignore::Matched;
use crate::pattern::clean;
use crate::{CopyError, Cred, FileSystem, Ignore, Kind, Special, Stat, find_sources, parse_patterns};

/// What a checksum is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChecksumOptions {
    /// `--exclude`
    pub exclude: Vec<String>,
    /// Whether the source is the local build context, whose directories' modes do not count.
    pub local: bool,
}

/// The checksum of what a source of COPY names: two are equal exactly when BuildKit's would be.
///
/// Mode, owner, size, type, link target and content count; times do not, nor does the name of a single file. Of a
/// directory the names and what is below count. With wildcards and `--exclude` the matched paths count, too. A wildcard
/// without a match has a checksum; a missing path is `NotFound`, also behind a symlink that a wildcard matches.
pub fn checksum(source: &FileSystem, pattern: &str, options: &ChecksumOptions) -> Result<[u8; 32], CopyError> {
    let exclude = parse_patterns(options.exclude.iter().map(String::as_str));
    if let Some(error) = exclude.errors().first() {
        let patterns = options.exclude.join(" ");
        return Err(CopyError::BadExclude { patterns, error: error.kind });
    }
    let root = Cred::root();
    let found = find_sources(source, pattern)?;
    let wanted = clean(&format!("/{pattern}"));
    let (fixed, wildcard) = split_wildcards(&wanted);
    let followed = |path: &str| {
        let there = source.stat(path, true, &root).and_then(|_| source.resolve(path, true, &root));
        there.map_err(|error| missing(path.to_string(), error))
    };
    if wildcard.is_none() && exclude.patterns().is_empty() {
        return Ok(tree_digest(source, &followed(&fixed)?, &exclude, options.local));
    }
    // Paths count from the directory above the first wildcard on, so that renaming that one changes nothing.
    let base = if wildcard.is_some() { followed(&fixed).unwrap_or_default() } else { String::new() };
    let mut hash = Sha256::new();
    for path in &found {
        let digest = tree_digest(source, &followed(path)?, &exclude, options.local);
        if found.len() == 1 && base_name(path) == base_name(&wanted) {
            return Ok(digest);
        }
        let relative = path.strip_prefix(&base).unwrap_or(path);
        add(&mut hash, relative.trim_start_matches('/'), digest);
    }
    Ok(hash.finalize().into())
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// A file's digest, or that of a directory: its own header, then what lies below.
fn tree_digest(source: &FileSystem, path: &str, exclude: &Ignore, local: bool) -> [u8; 32] {
    let there = source.find(path, false, &Cred::root()).ok().and_then(|found| Some((found.inode?, found.mount)));
    match there {
        Some(there) if exclude.patterns().is_empty() => whole_digest(source, there, local),
        _ => digest_without(source, path, exclude, local),
    }
}

/// A directory whose digest is being worked out.
struct Open<'a> {
    inode: u32,
    mount: Option<u32>,
    name: &'a str,
    hash: Sha256,
    names: btree_map::Iter<'a, Rc<str>, u32>,
}

/// The digest of an inode, and in a directory that of each name with what is there. Those of directories that the tree
/// knows are not worked out again.
fn whole_digest(source: &FileSystem, (inode, mount): (u32, Option<u32>), local: bool) -> [u8; 32] {
    let known = source.inodes.known.as_deref().map(|known| &known.digests);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut next = ("", inode, mount);
    loop {
        let (name, inode, mount) = next;
        let memory = known.and_then(|known| known.borrow().get(&(inode, local)).copied());
        let own = || source.stat_of(inode).map(|stat| entry_digest(&stat, local)).unwrap_or_default();
        let mut done = match (memory, source.inodes.names(inode)) {
            (Some(digest), _) => Some((name, digest)),
            (None, None) => Some((name, own())),
            (None, Some(names)) => {
                let mut hash = Sha256::new();
                hash.update(own());
                open.push(Open { inode, mount, name, hash, names: names.iter() });
                None
            }
        };
        next = loop {
            let Some(dir) = open.last_mut() else {
                return done.map(|(_, digest)| digest).unwrap_or_default();
            };
            if let Some((name, digest)) = done.take() {
                add(&mut dir.hash, name, digest);
            }
            if let Some((name, child)) = dir.names.next() {
                let (child, mount) = source.covered(*child, dir.mount);
                break (name, child, mount);
            }
            done = open.pop().map(|dir| {
                let digest = dir.hash.finalize().into();
                if let Some(known) = known {
                    known.borrow_mut().insert((dir.inode, local), digest);
                }
                (dir.name, digest)
            });
        };
    }
}

/// The digest of what lies at a path but for what is excluded: its header, then each path below with its header and content.
fn digest_without(source: &FileSystem, path: &str, exclude: &Ignore, local: bool) -> [u8; 32] {
    let all = source.walk(path);
    let is_dir = all.first().is_some_and(|(_, stat)| stat.is_dir());
    let mut hash = Sha256::new();
    let mut above: Vec<Above> = Vec::new();
    let prefix = path.trim_end_matches('/').len() + 1;
    for (full, stat) in &all {
        let relative = full.get(prefix..).unwrap_or_default();
        let digest = entry_digest(stat, local);
        if relative.is_empty() && !is_dir {
            return digest;
        }
        while above.last().is_some_and(|dir| !dir.holds(relative)) {
            above.pop();
        }
        let (excluded, matched) = if relative.is_empty() {
            (false, None)
        } else {
            let parent = above.last().and_then(|dir| dir.matched.as_ref());
            let (excluded, matched) = exclude.walk_step(relative, parent);
            (excluded, Some(matched))
        };
        if !excluded {
            for dir in &mut above {
                if !std::mem::replace(&mut dir.counted, true) {
                    add(&mut hash, &dir.relative, dir.digest);
                }
            }
            add(&mut hash, relative, digest);
        }
        if stat.is_dir() {
            above.push(Above { relative: relative.to_string(), digest, matched, counted: !excluded });
        }
    }
    hash.finalize().into()
}

/// A directory on the way: an excluded one counts only if something in it does.
struct Above {
    relative: String,
    digest: [u8; 32],
    matched: Option<Matched>,
    counted: bool,
}

impl Above {
    fn holds(&self, relative: &str) -> bool {
        self.relative.is_empty() || relative.strip_prefix(&self.relative).is_some_and(|rest| rest.starts_with('/'))
    }
}

fn add(hash: &mut Sha256, relative: &str, digest: [u8; 32]) {
    hash.update((relative.len() as u64).to_le_bytes());
    hash.update(relative.as_bytes());
    hash.update(digest);
}

/// The fields of the tar header that count, then the content (`filehash.go`, `tarsum.go`).
fn entry_digest(stat: &Stat<'_>, local: bool) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mode = if local && stat.is_dir() { 0 } else { stat.attr.mode };
    for number in [mode, stat.attr.uid, stat.attr.gid] {
        hash.update(number.to_le_bytes());
    }
    match stat.kind {
        Kind::Dir => hash.update([0]),
        Kind::File(content) => {
            hash.update([1]);
            hash.update(content.size().to_le_bytes());
            hash.update(content.digest());
        }
        Kind::Symlink(target) => {
            hash.update([2]);
            hash.update(target.as_bytes());
        }
        Kind::Device(device) => hash.update([3, device as u8]),
        Kind::Special(special) => {
            let (major, minor) = special.numbers();
            hash.update([if matches!(special, Special::Block(..)) { 5 } else { 4 }]);
            hash.update(major.to_le_bytes());
            hash.update(minor.to_le_bytes());
        }
    }
    hash.finalize().into()
}
