//! What of the build context goes to the builder, and how many bytes the session takes for it.
//!
//! The builder asks for the paths that the steps of the needed stages name (`FollowPaths` of BuildKit's `convert.go`), and
//! keeps what it got. In the next build the client tells of every file again, and sends those that are new or of another
//! size, mode or time (tonistiigi/fsutil `diff_containerd.go`). The bytes are those of fsutil's packets (`types/wire.proto`,
//! `send.go`), as `transferring context` counts them; compared with Docker Engine 28.5.2.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use filesystem::{Attr, Content, Cred, FileSystem, Kind, Stat, find_sources};
use plan::{Operation, Plan, Source};

use crate::vertex::takes_files;

/// Bytes of a file's content in one packet.
const CHUNK: u64 = 32 << 10;

/// What the builder has of the context.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    context: FileSystem,
    selected: Rc<Selected>,
    /// The bytes that it took to tell of all files.
    told: u64,
    /// The ids of files in that, by inode.
    ids: Rc<BTreeMap<u32, u64>>,
}

/// The sending of a build context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transfer {
    /// The files whose content is sent.
    pub files: u64,
    /// Their bytes.
    pub file_bytes: u64,
    /// Everything that goes over: as the progress display counts it.
    pub bytes: u64,
    /// How long it takes, in milliseconds.
    pub ms: u64,
}

/// The paths of the context that the steps of the needed stages name, without the slash in front.
pub(crate) fn wanted(plan: &Plan) -> BTreeSet<&str> {
    let steps = plan.stages.iter().filter(|stage| stage.needed).flat_map(|stage| &stage.steps);
    let mut wanted = BTreeSet::new();
    for step in steps {
        match &step.operation {
            Operation::Copy(copy) if copy.from == Source::Context => {
                wanted.extend(copy.sources.iter().filter_map(|source| source.strip_prefix('/')));
            }
            Operation::Run(run) => {
                let mounts = run.mounts.iter().filter(|mount| takes_files(mount) && mount.from == Source::Context);
                wanted.extend(mounts.map(|mount| mount.source.trim_start_matches('/')));
            }
            _ => {}
        }
    }
    wanted
}

/// Sends what is wanted to a builder that has `before`. Gives what it takes but for the time, and what the builder has
/// then.
pub(crate) fn send(context: &FileSystem, wanted: &BTreeSet<&str>, before: &Sent) -> (Transfer, Sent) {
    let selected = select(context, wanted);
    let mut transfer = Transfer::default();
    let mut send = |id: u64, content: &Content| {
        transfer.files += 1;
        transfer.file_bytes = transfer.file_bytes.saturating_add(content.size());
        transfer.bytes = transfer.bytes.saturating_add(content_bytes(id, content.size()));
    };
    let edits = if selected == *before.selected { before.context.edits(context) } else { None };
    let known = edits.map(|edits| {
        let mut told = before.told;
        for (path, was, now) in &edits {
            // what is not selected has no id
            let Some(id) = before.ids.get(&now.inode) else { continue };
            let bytes = |stat: &Stat<'_>| stat_bytes(path.len() as u64 - 1, stat.kind, stat.attr);
            told = told.saturating_sub(bytes(was)).saturating_add(bytes(now));
            if let (Kind::File(content), false) = (now.kind, is_same(now, was)) {
                send(*id, content);
            }
        }
        (told, Rc::clone(&before.ids))
    });
    let (told, ids) = known.unwrap_or_else(|| {
        let (mut told, mut ids, mut id) = (0_u64, BTreeMap::new(), 0);
        context.walk_beside(&before.context, "/", &mut |path, now, was| {
            let Some(stat) = now else { return false };
            if path == "/" {
                return true;
            }
            if !selected.holds(path) {
                return false;
            }
            told = told.saturating_add(stat_bytes(path.len() as u64 - 1, stat.kind, stat.attr));
            if let Kind::File(content) = stat.kind {
                if !was.is_some_and(|was| is_same(&stat, &was) && before.selected.holds(path)) {
                    send(id, content);
                }
                ids.insert(stat.inode, id);
            }
            id += 1;
            true
        });
        (told, Rc::new(ids))
    });
    transfer.bytes = transfer.bytes.saturating_add(told).saturating_add(END);
    (transfer, Sent { context: context.clone(), selected: Rc::new(selected), told, ids })
}

/// Whether the builder need not be sent a file again.
fn is_same(now: &Stat<'_>, was: &Stat<'_>) -> bool {
    now.attr == was.attr && now.kind == was.kind
}

/// The bytes that the transfer of these files takes, as the Dockerfile's is: each with its name and attributes, by name.
#[must_use]
pub fn files_transfer_bytes(files: &[(&str, &Content, Attr)]) -> u64 {
    let file = |(id, (name, content, attr)): (u64, &(&str, &Content, Attr))| {
        stat_bytes(name.len() as u64, Kind::File(content), *attr).saturating_add(content_bytes(id, content.size()))
    };
    (0..).zip(files).map(file).fold(END, u64::saturating_add)
}

/// The paths that are sent: some with all that is below them, and the directories above these.
#[derive(Debug, Default, PartialEq)]
struct Selected {
    all: bool,
    whole: BTreeSet<String>,
    above: BTreeSet<String>,
}

impl Selected {
    fn add(&mut self, path: &str) {
        self.all |= path == "/";
        self.whole.insert(path.to_owned());
        let parents = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        self.above.extend(parents.map(str::to_owned));
    }

    fn holds(&self, path: &str) -> bool {
        if self.all {
            return true;
        }
        let mut parents = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        self.whole.contains(path) || self.above.contains(path) || parents.any(|parent| self.whole.contains(parent))
    }
}

fn select(context: &FileSystem, wanted: &BTreeSet<&str>) -> Selected {
    let mut selected = Selected::default();
    let root = Cred::root();
    for pattern in wanted {
        for path in find_sources(context, pattern).unwrap_or_default() {
            if let Ok(target) = context.resolve(&path, true, &root) {
                selected.add(&target);
            }
            selected.add(&path);
        }
    }
    selected
}

/// The packet that ends a transfer.
const END: u64 = 2;

/// A packet that tells of a file whose name has so many bytes.
fn stat_bytes(name: u64, kind: Kind<'_>, attr: Attr) -> u64 {
    let (kind, size, link) = match kind {
        Kind::Dir => (1_u64 << 31, 0, 0),
        Kind::File(content) => (0, content.size(), 0),
        Kind::Symlink(target) => (1 << 27, target.len() as u64, target.len() as u64),
        Kind::Device(_) | Kind::Special(_) => (0, 0, 0),
    };
    // the bits above the permissions have places of their own in Go's FileMode
    let bit = |unix: u32, go: u64| if attr.mode & unix == 0 { 0 } else { go };
    let special = bit(0o4000, 1 << 23) | bit(0o2000, 1 << 22) | bit(0o1000, 1 << 20);
    let mode = kind | special | u64::from(attr.mode & 0o777);
    let time = attr.mtime.wrapping_mul(1_000_000_000).cast_unsigned();
    let message = text_field(name) + number_field(mode) + number_field(size) + number_field(time) + text_field(link);
    1 + varint(message) + message
}

/// The packets with a file's content, and the one that ends it.
fn content_bytes(id: u64, size: u64) -> u64 {
    let head = 2 + number_field(id);
    let chunk = |length: u64| head + 1 + varint(length);
    let rest = size % CHUNK;
    let heads = (size / CHUNK).saturating_mul(chunk(CHUNK)) + if rest == 0 { 0 } else { chunk(rest) };
    size.saturating_add(heads).saturating_add(head)
}

/// A field of a number; one that is 0 is left out.
fn number_field(number: u64) -> u64 {
    if number == 0 { 0 } else { 1 + varint(number) }
}

/// A field of a text of so many bytes; an empty one is left out.
fn text_field(length: u64) -> u64 {
    if length == 0 { 0 } else { 1 + varint(length) + length }
}

/// The bytes of a number: seven bits in each.
fn varint(number: u64) -> u64 {
    u64::from((64 - number.leading_zeros()).max(1).div_ceil(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIME: i64 = 1_735_689_600;

    fn tree(files: &[(&str, u64)]) -> FileSystem {
        let mut tree = FileSystem::default();
        tree.set_now(TIME);
        let root = Cred::root();
        for (path, size) in files {
            let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
            assert!(tree.mkdir_all(&format!("/{parent}"), 0o755, &root).is_ok());
            assert!(tree.write(&format!("/{path}"), Content::repeat(b'x', *size), 0o644, &root).is_ok());
        }
        tree
    }

    fn sent(tree: &FileSystem, wanted: &[&str], before: &Sent) -> (u64, u64, u64, Sent) {
        let (transfer, sent) = send(tree, &wanted.iter().copied().collect(), before);
        (transfer.bytes, transfer.files, transfer.file_bytes, sent)
    }

    /// What `docker build --progress=plain` of Docker Engine 28.5.2 printed behind `transferring context`, build for build.
    #[test]
    fn the_bytes_are_those_that_the_engine_counts() {
        let files =
            [("package.json", 3), ("src/a.bin", 100_000), ("src/b.txt", 3), ("x.json", 3), ("node_modules/big", 9)];
        let mut tree = tree(&files);
        assert!(tree.symlink("a.bin", "/src/link", &Cred::root()).is_ok());
        let wanted = ["src", "*.json"];
        let (bytes, files, file_bytes, first) = sent(&tree, &wanted, &Sent::default());
        assert_eq!((bytes / 10, files, file_bytes), (10_024, 4, 100_009));
        assert_eq!(sent(&tree, &wanted, &first).0, 175);
        assert!(tree.set_mtime("/src/b.txt", TIME + 86_400, true, &Cred::root()).is_ok());
        let (bytes, files, ..) = sent(&tree, &wanted, &first);
        assert_eq!((bytes, files), (188, 1));
        // a file that is told of and needed no more is forgotten, one that is new is sent
        let (bytes, files, _, narrow) = sent(&tree, &["src/b.txt"], &sent(&tree, &wanted, &first).3);
        assert_eq!((bytes, files), (53, 0));
        assert_eq!(sent(&tree, &wanted, &narrow).1, 3);
    }

    #[test]
    fn a_dockerfile_takes_its_text_and_what_is_told_of_it() {
        let attr = Attr::root(0o644, TIME);
        for (length, bytes) in [(25, 62), (41, 78)] {
            assert_eq!(files_transfer_bytes(&[("Dockerfile", &Content::repeat(b'x', length), attr)]), bytes);
        }
    }

    #[test]
    fn nothing_is_wanted_of_paths_that_are_not_there() {
        let (bytes, files, ..) = sent(&tree(&[("a", 5)]), &["b", "c*", "a/d"], &Sent::default());
        assert_eq!((bytes, files), (END, 0));
        assert_eq!(sent(&tree(&[("a", 5), ("b/c", 5)]), &[""], &Sent::default()).1, 2);
    }
}
