//! The tree: lookup, permissions, changes, mounts, layers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests")]

use filesystem::{Attr, Content, Cred, Device, EntryKind, Errno, FileSystem, Layer, MountSource};

const ROOT: Cred = Cred { uid: 0, gid: 0, groups: Vec::new() };

fn user() -> Cred {
    Cred { uid: 1000, gid: 1000, groups: vec![50] }
}

fn tree(paths: &[&str]) -> FileSystem {
    let mut tree = FileSystem::default();
    for path in paths {
        match path.split_once(" -> ") {
            Some((path, target)) => tree.symlink(target, path, &ROOT).unwrap(),
            None if path.ends_with('/') => tree.mkdir_all(path, 0o755, &ROOT).unwrap(),
            None => tree.write(path, Content::text("x"), 0o644, &ROOT).unwrap(),
        }
    }
    tree
}

/// Each entry of a layer as `kind path`, directories above changes included.
fn lines(layer: &Layer) -> Vec<String> {
    let kind = |kind: &EntryKind| match kind {
        EntryKind::Dir => "d".to_string(),
        EntryKind::File(content) => format!("{}", content.size()),
        EntryKind::Symlink(_) => "l".to_string(),
        EntryKind::Special(special) => format!("{special:?}"),
        EntryKind::HardLink(to) => format!("={to}"),
        EntryKind::Whiteout | EntryKind::Opaque => "w".to_string(),
    };
    layer.entries.iter().map(|e| format!("{} {}", kind(&e.kind), e.tar_path())).collect()
}

#[test]
fn paths_lead_where_linux_leads_them() {
    let tree = tree(&["/a/b/", "/a/f", "/abs -> /a", "/a/rel -> b/../f", "/loop -> loop", "/dangling -> /a/new"]);
    let cases = [
        ("/", Ok("/")),
        ("//a//./b/..", Ok("/a")),
        ("/../..", Ok("/")),
        ("/abs/b", Ok("/a/b")),
        ("/abs/rel", Ok("/a/f")),
        ("/dangling", Ok("/a/new")),
        ("/loop", Err(Errno::Loop)),
        ("/a/f/x", Err(Errno::NotDir)),
        ("/a/f/", Err(Errno::NotDir)),
        ("/none/x", Err(Errno::NoEnt)),
        ("", Err(Errno::NoEnt)),
    ];
    for (path, expected) in cases {
        let expected = expected.map(str::to_string);
        assert_eq!(tree.resolve(path, true, &ROOT), expected, "{path}");
    }
}

#[test]
fn permissions_hold_users_back_and_not_root() {
    let mut tree = tree(&["/open/", "/shut/", "/shut/f", "/tmp/", "/tmp/theirs"]);
    tree.chmod("/open", 0o777, true, &ROOT).unwrap();
    tree.chmod("/shut", 0o700, true, &ROOT).unwrap();
    tree.chmod("/tmp", 0o1777, true, &ROOT).unwrap();
    let who = user();
    let text = || Content::text("y");
    assert_eq!(tree.read("/shut/f", &who), Err(Errno::Access));
    assert_eq!(tree.write("/new", text(), 0o644, &who), Err(Errno::Access));
    assert_eq!(tree.write("/open/mine", text(), 0o644, &who), Ok(()));
    assert_eq!(tree.write("/tmp/theirs", text(), 0o644, &who), Err(Errno::Access));
    assert_eq!(tree.remove_file("/tmp/theirs", &who), Err(Errno::Perm));
    assert_eq!(tree.chmod("/tmp/theirs", 0o666, true, &who), Err(Errno::Perm));
    assert_eq!(tree.chown("/open/mine", Some(1), None, true, &who), Err(Errno::Perm));
    assert_eq!(tree.chown("/open/mine", None, Some(50), true, &who), Ok(()));
    assert_eq!(tree.read("/shut/f", &ROOT), Ok(Content::text("x")));
    assert!(!tree.access("/shut/f", false, false, true, &ROOT), "nobody may execute it");
}

#[test]
fn failed_changes_have_the_kernels_reasons() {
    let mut tree = tree(&["/d/", "/d/f", "/e/", "/l -> /d"]);
    assert_eq!(tree.mkdir("/d", 0o755, &ROOT), Err(Errno::Exist));
    assert_eq!(tree.mkdir("/x/y", 0o755, &ROOT), Err(Errno::NoEnt));
    assert_eq!(tree.remove_dir("/d", &ROOT), Err(Errno::NotEmpty));
    assert_eq!(tree.remove_file("/d", &ROOT), Err(Errno::IsDir));
    assert_eq!(tree.remove_dir("/l", &ROOT), Err(Errno::NotDir));
    assert_eq!(tree.write("/d", Content::default(), 0o644, &ROOT), Err(Errno::IsDir));
    assert_eq!(tree.rename("/d", "/d/sub", &ROOT), Err(Errno::Invalid));
    assert_eq!(tree.rename("/e", "/d", &ROOT), Err(Errno::NotEmpty));
    assert_eq!(tree.rename("/d/f", "/e", &ROOT), Err(Errno::IsDir));
    assert_eq!(tree.link("/d", "/d2", &ROOT), Err(Errno::Perm));
    assert_eq!(tree.remove_all("/", &ROOT), Err(Errno::Busy));
}

#[test]
fn writing_goes_through_links() {
    let mut tree = tree(&["/f", "/l -> /f", "/new -> /made"]);
    tree.link("/f", "/hard", &ROOT).unwrap();
    tree.write("/l", Content::text("long"), 0o600, &ROOT).unwrap();
    tree.write("/new", Content::text("m"), 0o600, &ROOT).unwrap();
    assert_eq!(tree.read("/hard", &ROOT), Ok(Content::text("long")));
    assert_eq!(tree.stat("/f", true, &ROOT).unwrap().links, 2);
    assert_eq!(tree.stat("/f", true, &ROOT).unwrap().attr.mode, 0o644);
    assert_eq!(tree.stat("/made", false, &ROOT).unwrap().attr.mode, 0o600);
}

/// What a real engine's overlay2 layers hold after these operations.
#[test]
fn layers_hold_what_overlayfs_copies_up() {
    type Change = fn(&mut FileSystem) -> Result<(), Errno>;
    let cases: [(&str, Change, &[&str]); 11] = [
        ("read only", |t| t.read("/d/f", &ROOT).map(drop), &[]),
        (
            "a directory moved into one from below hides",
            |t| {
                t.mkdir("/k", 0o755, &ROOT)?;
                t.rename("/k", "/d/l", &ROOT)
            },
            &["d /d", "d /d/l", "w /d/l/.wh..wh..opq"],
        ),
        (
            "a directory moved within a new one does not",
            |t| {
                t.mkdir_all("/k/a", 0o755, &ROOT)?;
                t.rename("/k/a", "/k/b", &ROOT)
            },
            &["d /k", "d /k/b"],
        ),
        ("a file with two names below is parted", |t| t.append("/h1", &Content::text("y"), 0o644, &ROOT), &["2 /h1"]),
        ("a third name takes the one that it was made of", |t| t.link("/h2", "/h3", &ROOT), &["1 /h2", "=/h2 /h3"]),
        ("a name removed is a whiteout", |t| t.remove_file("/h2", &ROOT), &["w /.wh.h2"]),
        ("a file over a file", |t| t.rename("/h1", "/d/f", &ROOT), &["w /.wh.h1", "d /d", "1 /d/f"]),
        (
            "a directory from below moved is all new",
            |t| t.rename("/d", "/e", &ROOT),
            &["w /.wh.d", "d /e", "1 /e/f", "d /e/sub"],
        ),
        (
            "moved there and back",
            |t| {
                t.rename("/d", "/e", &ROOT)?;
                t.rename("/e", "/d", &ROOT)
            },
            &["d /d", "w /d/.wh..wh..opq", "1 /d/f", "d /d/sub"],
        ),
        ("a link changes itself only", |t| t.chown("/s", Some(1), None, false, &ROOT), &["l /s"]),
        (
            "made and removed",
            |t| {
                t.write("/d/sub/x", Content::default(), 0o644, &ROOT)?;
                t.remove_file("/d/sub/x", &ROOT)
            },
            &["d /d", "d /d/sub"],
        ),
    ];
    for (name, change, expected) in cases {
        let mut tree = tree(&["/d/sub/", "/d/f", "/h1", "/s -> d"]);
        tree.link("/h1", "/h2", &ROOT).unwrap();
        tree.begin_layer();
        change(&mut tree).unwrap();
        assert_eq!(lines(&tree.layer()), expected, "{name}");
    }
}

#[test]
fn a_directory_removed_in_one_layer_and_made_in_the_next_is_plain() {
    let mut tree = tree(&["/d/"]);
    tree.begin_layer();
    tree.remove_all("/d", &ROOT).unwrap();
    tree.begin_layer();
    tree.mkdir("/d", 0o755, &ROOT).unwrap();
    assert_eq!(lines(&tree.layer()), ["d /d"]);
}

#[test]
fn layer_sizes_follow_the_two_stores() {
    let mut tree = tree(&["/d/"]);
    tree.begin_layer();
    tree.write("/d/ten", Content::repeat(b'x', 10), 0o644, &ROOT).unwrap();
    tree.link("/d/ten", "/d/again", &ROOT).unwrap();
    // A 10-byte file in an existing directory: 10 B on overlay2, 12.3 kB on containerd's store.
    assert_eq!((tree.layer().size(), tree.layer().block_size()), (10, 12288));
    tree.begin_layer();
    assert_eq!((tree.layer().size(), tree.layer().block_size()), (0, 4096));
}

#[test]
fn clones_do_not_see_each_others_changes() {
    let before = tree(&["/f"]);
    let mut after = before.clone();
    after.remove_file("/f", &ROOT).unwrap();
    assert!(before.stat("/f", true, &ROOT).is_ok());
    assert_eq!(after.stat("/f", true, &ROOT), Err(Errno::NoEnt));
}

#[test]
fn mounts_leave_nothing_in_the_layer() {
    let mut tree = tree(&["/d/"]);
    tree.begin_layer();
    let source = self::tree(&["/sub/", "/f"]);
    let file = MountSource::File(Content::text("s"), Attr::root(0o400, 0));
    let context = tree.attach("/src/deep", MountSource::Tree(source.clone()), true).unwrap();
    let cache = tree.attach("/d", MountSource::Tree(FileSystem::default()), false).unwrap();
    let secret = tree.attach("/run/secrets/key", file, false).unwrap();
    let null = tree.attach("/dev/null", MountSource::Device(Device::Null), false).unwrap();

    assert_eq!(tree.read("/src/deep/f", &ROOT), Ok(Content::text("x")));
    assert_eq!(tree.write("/src/deep/f", Content::default(), 0, &ROOT), Err(Errno::ReadOnly));
    assert_eq!(tree.mkdir("/src/deep/new", 0o755, &ROOT), Err(Errno::ReadOnly));
    assert_eq!(tree.write("/d/kept", Content::text("k"), 0o644, &ROOT), Ok(()));
    assert_eq!(tree.write("/dev/null", Content::text("k"), 0o644, &ROOT), Ok(()));
    assert_eq!(tree.read("/run/secrets/key", &ROOT), Ok(Content::text("s")));
    assert_eq!(tree.rename("/d/kept", "/kept", &ROOT), Err(Errno::CrossDevice));
    assert_eq!(tree.remove_dir("/d", &ROOT), Err(Errno::NotEmpty));
    tree.write("/run/note", Content::text("n"), 0o644, &ROOT).unwrap();

    assert!(tree.detach(null).is_some());
    assert!(tree.detach(secret).is_some());
    let cache = tree.detach(cache).unwrap();
    assert_eq!(cache.read("/kept", &ROOT), Ok(Content::text("k")));
    assert!(tree.detach(context).is_some());
    assert!(tree.detach(context).is_none());
    assert_eq!(lines(&tree.layer()), ["d /run", "1 /run/note"]);
    assert_eq!(tree.read_dir("/", &ROOT).unwrap(), ["d", "run"]);
}

#[test]
fn a_subtree_is_a_file_system_of_its_own() {
    let mut tree = tree(&["/a/b/", "/a/b/f"]);
    tree.link("/a/b/f", "/a/b/g", &ROOT).unwrap();
    let mut sub = tree.subtree("/a/b").unwrap();
    assert_eq!(sub.read_dir("/", &ROOT).unwrap(), ["f", "g"]);
    sub.write("/f", Content::text("changed"), 0o644, &ROOT).unwrap();
    assert_eq!(sub.read("/g", &ROOT), Ok(Content::text("changed")));
    assert_eq!(tree.read("/a/b/f", &ROOT), Ok(Content::text("x")));
    assert_eq!(tree.subtree("/none").err(), Some(Errno::NoEnt));
}

#[test]
fn too_many_inodes_are_refused() {
    let mut tree = FileSystem::default();
    let mut made = 0;
    while tree.mkdir(&format!("/{made}"), 0o755, &ROOT).is_ok() {
        made += 1;
    }
    assert_eq!(made + 1, filesystem::INODE_LIMIT);
    assert_eq!(tree.mkdir("/more", 0o755, &ROOT), Err(Errno::NoSpace));
    let large = Content::from_bytes(&vec![7; filesystem::FILE_BYTES_LIMIT as usize + 1]);
    assert_eq!(FileSystem::default().write("/f", large, 0o644, &ROOT), Err(Errno::NoSpace));
}

#[test]
fn no_path_gets_longer_than_a_path_may_be() {
    let name = "n".repeat(200);
    let mut tree = tree(&["/start/"]);
    tree.symlink("/start", "/link", &ROOT).unwrap();
    let mut error = None;
    for _ in 0..100 {
        if let Err(errno) = tree.mkdir(&format!("/link/{name}"), 0o755, &ROOT) {
            error = Some(errno);
            break;
        }
        let deeper = tree.resolve(&format!("/link/{name}"), true, &ROOT).unwrap();
        tree.remove_file("/link", &ROOT).unwrap();
        tree.symlink(&deeper, "/link", &ROOT).unwrap();
    }
    assert_eq!(error, Some(Errno::NameTooLong));
    tree.mkdir(&format!("/{name}"), 0o755, &ROOT).unwrap();
    let moved = tree.rename("/start", &format!("/{name}/start"), &ROOT);
    assert_eq!(moved, Err(Errno::NameTooLong));
}
