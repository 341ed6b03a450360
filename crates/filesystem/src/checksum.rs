//! BuildKit's content checksum (`cache/contenthash`): what makes a COPY or a bind mount hit or miss the cache.

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

/// A file's digest, or that of a directory: its own header, then each path below with its header and content.
fn tree_digest(source: &FileSystem, path: &str, exclude: &Ignore, local: bool) -> [u8; 32] {
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
