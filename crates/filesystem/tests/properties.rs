//! Properties that hold for any input: no panic, layers that make the same tree again, contents that compare.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests")]

use filesystem::{
    ChecksumOptions, Content, Context, ContextEntry, ContextKind, CopyOptions, Cred, Edit, FileSystem, Kind, Layer,
    Transferred, parse_ignore, parse_mode,
};
use proptest::prelude::*;

const ROOT: Cred = Cred { uid: 0, gid: 0, groups: Vec::new() };

/// A path of few names, so that operations meet.
fn path() -> impl Strategy<Value = String> {
    let name = prop_oneof![Just("a"), Just("b"), Just("c"), Just(".."), Just("l")];
    prop::collection::vec(name, 1..4).prop_map(|parts| format!("/{}", parts.join("/")))
}

fn change(tree: &mut FileSystem, kind: u8, one: &str, two: &str) {
    let _ = match kind % 12 {
        0 => tree.write(one, Content::text(two), 0o644, &ROOT),
        1 => tree.append(one, &Content::text(two), 0o600, &ROOT),
        2 => tree.mkdir(one, 0o755, &ROOT),
        3 => tree.mkdir_all(one, 0o711, &ROOT),
        4 => tree.symlink(two, one, &ROOT),
        5 => tree.link(one, two, &ROOT),
        6 => tree.remove_file(one, &ROOT),
        7 => tree.remove_dir(one, &ROOT),
        8 => tree.remove_all(one, &ROOT),
        9 => tree.rename(one, two, &ROOT),
        10 => tree.chmod(one, 0o700, true, &ROOT),
        _ => tree.chown(one, Some(5), None, false, &ROOT),
    };
}

/// All of a tree but times and inode numbers; names of one file by the first of them.
fn listing(tree: &FileSystem) -> Vec<String> {
    let mut firsts = std::collections::BTreeMap::new();
    let show = |(path, stat): (String, filesystem::Stat<'_>)| {
        let first = firsts.entry(stat.inode).or_insert_with(|| path.clone());
        let kind = match stat.kind {
            Kind::File(content) => format!("file {:?} is {first}", content.bytes(100)),
            kind => format!("{kind:?}"),
        };
        let attr = stat.attr;
        format!("{path} {:o} {}:{} {kind}", attr.mode, attr.uid, attr.gid)
    };
    tree.walk("/").into_iter().map(show).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn layers_make_the_tree_again(
        steps in prop::collection::vec(
            prop::collection::vec((any::<u8>(), path(), path()), 0..12),
            1..5,
        )
    ) {
        let mut tree = FileSystem::default();
        let mut layers: Vec<Layer> = Vec::new();
        for step in &steps {
            tree.begin_layer();
            for (kind, one, two) in step {
                // The root's own mode and owner are in no layer.
                if tree.resolve(one, true, &ROOT).as_deref() != Ok("/") {
                    change(&mut tree, *kind, one, two);
                }
            }
            layers.push(tree.layer());
        }
        let again = FileSystem::from_layers(layers.iter());
        prop_assert_eq!(listing(&again), listing(&tree));
    }

    #[test]
    fn any_path_and_pattern_is_survived(
        path in "[/a.*?\\[\\]\\\\!^-]{0,12}|\\PC{0,20}",
        other in "[/a.*?\\[\\]\\\\!^-]{0,12}|\\PC{0,20}",
        text in "[/a.*?\\[\\]\\\\!^#\n -]{0,40}|\\PC{0,40}",
        kind in any::<u8>(),
    ) {
        let mut tree = FileSystem::default();
        tree.mkdir("/a", 0o755, &ROOT).unwrap();
        change(&mut tree, kind, &path, &other);
        let ignore = parse_ignore(&text);
        let _ = ignore.is_excluded(&path);
        let _ = filesystem::path_match(&path, &other);
        let _ = parse_mode(&path);
        let mut context = Context::default();
        let kind = ContextKind::File(Content::text(&text));
        let entry = ContextEntry { kind: kind.clone(), mode: 0o644, mtime: 0 };
        let _ = context.insert("a/a", entry);
        let _ = context.apply(&Edit::Write { path: path.clone(), kind, mode: None }, 1);
        let _ = context.apply(&Edit::Rename { from: path.clone(), to: other.clone() }, 1);
        let source = filesystem::transfer(&context, &ignore);
        let options = CopyOptions { exclude: vec![text.clone()], unpack: true, ..CopyOptions::default() };
        if let Ok(found) = filesystem::find_sources(&source, &path) {
            let _ = filesystem::copy(&source, &found, &mut tree, &other, &options);
        }
        let _ = filesystem::checksum(&source, &path, &ChecksumOptions { exclude: vec![other], local: true });
        let _ = tree.subtree(&path);
        let _ = tree.layer().size();
    }

    #[test]
    fn a_context_that_is_sent_again_is_what_it_would_be_sent_for_the_first_time(
        names in prop::collection::btree_set("[a-c](/[a-c]){0,2}|[a-c]\\.[a-c]", 1..12),
        ignored in "([a-c]\n|\\*/b\n|!a\n){0,2}",
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..7, "[xy]{0,2}"), 1..10),
    ) {
        let names: Vec<String> = names.into_iter().collect();
        let mut context = Context::default();
        for name in &names {
            let kind = ContextKind::File(Content::text(name));
            let _ = context.insert(name, ContextEntry { kind, mode: 0o644, mtime: 0 });
        }
        let ignore = parse_ignore(&ignored);
        let mut sent = Transferred::again(None, &context, &ignore);
        for (now, (at, what, text)) in (1..).zip(edits) {
            let path = at.get(&names).clone();
            let write = |kind| Edit::Write { path: path.clone(), kind, mode: None };
            let edit = match what {
                0..3 => write(ContextKind::File(Content::text(&text))),
                3 => Edit::Touch { path },
                4 => Edit::Chmod { path, mode: 0o600 },
                5 => write(ContextKind::Symlink(text)),
                _ => Edit::Remove { path },
            };
            let _ = context.apply(&edit, now);
            let before = sent;
            sent = Transferred::again(Some(&before), &context, &ignore);
            let first = filesystem::transfer(&context, &ignore);
            prop_assert_eq!(listing(sent.tree()), listing(&first));
            let times = |tree: &FileSystem| tree.walk("/").iter().map(|(_, stat)| stat.attr.mtime).collect::<Vec<_>>();
            prop_assert_eq!(times(sent.tree()), times(&first));
            let sum = |tree: &FileSystem, local: bool| {
                filesystem::checksum(tree, ".", &ChecksumOptions { exclude: Vec::new(), local })
            };
            prop_assert_eq!(sum(sent.tree(), true), sum(&first, true));
            prop_assert_eq!(sum(sent.tree(), false), sum(&first, false));
            let edits = before.tree().edits(sent.tree());
            let mut differing = Vec::new();
            before.tree().walk_beside(sent.tree(), "/", &mut |path, was, is| {
                if was.map(|stat| (stat.kind, stat.attr)) != is.map(|stat| (stat.kind, stat.attr)) {
                    differing.push(path.to_string());
                }
                true
            });
            if let Some(edits) = edits {
                let mut edited: Vec<String> = edits.into_iter().map(|(path, ..)| path).collect();
                edited.sort_unstable();
                differing.sort_unstable();
                prop_assert_eq!(edited, differing);
            }
        }
    }

    #[test]
    fn any_bytes_are_survived_as_an_archive(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let content = Content::from_bytes(&bytes);
        let _ = filesystem::is_archive(&content);
        let _ = filesystem::read_tar(&content);
        let _ = filesystem::gunzip(&content);
    }

    #[test]
    fn broken_archives_are_survived(at in 0_usize..1536, byte in any::<u8>()) {
        let tree = { let mut t = FileSystem::default(); t.write("/f", Content::text("text"), 0o644, &ROOT).unwrap(); t };
        let archive = filesystem::write_tar(&filesystem::tar_entries(&tree, "/", "."), 512);
        let mut bytes = archive.bytes(10_000).unwrap();
        if let Some(place) = bytes.get_mut(at) { *place = byte; }
        if let Ok(entries) = filesystem::read_tar(&Content::from_bytes(&bytes)) {
            let _ = filesystem::unpack(&entries, &mut FileSystem::default(), "/", None);
        }
    }

    #[test]
    fn contents_are_equal_however_they_are_cut(
        runs in prop::collection::vec((0_u8..3, 0_usize..6000), 0..6),
        cuts in prop::collection::vec(0_usize..20_000, 0..4),
    ) {
        let mut all = Vec::new();
        let mut rope = Content::default();
        for (byte, size) in &runs {
            all.extend(std::iter::repeat_n(*byte, *size));
            rope.append(&Content::repeat(*byte, *size as u64));
        }
        let whole = Content::from_bytes(&all);
        prop_assert_eq!(&rope, &whole);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (all.len() + 1)).collect();
        cuts.push(all.len());
        cuts.sort_unstable();
        let mut parts = Content::default();
        let mut start = 0;
        for cut in cuts {
            parts.append(&rope.slice(start as u64, cut as u64));
            start = cut;
        }
        prop_assert_eq!(parts.bytes(usize::MAX), Some(all));
        prop_assert_eq!(parts.digest(), whole.digest());
    }
}

#[test]
fn unknown_contents_compare_by_where_they_come_from() {
    let whole = Content::opaque("/bin/vi", 1000);
    let mut parts = whole.slice(0, 300);
    parts.append(&whole.slice(300, 1000));
    assert_eq!(parts, whole);
    assert_ne!(Content::opaque("/bin/vi", 1000), Content::opaque("/bin/ed", 1000));
    assert_ne!(whole.slice(0, 10), whole.slice(10, 20));
    assert!(!parts.is_known());
    assert_eq!(parts.bytes(5000), None);
}

#[test]
fn archives_give_back_what_was_packed() {
    let mut tree = FileSystem::default();
    let long = format!("/d/{}", "n".repeat(200));
    tree.mkdir("/d", 0o750, &ROOT).unwrap();
    tree.write(&long, Content::opaque("big", 70_000), 0o600, &ROOT).unwrap();
    tree.link(&long, "/d/second", &ROOT).unwrap();
    tree.symlink(&long, "/d/link", &ROOT).unwrap();
    tree.chown("/d/link", Some(3_000_000), Some(7), false, &ROOT).unwrap();
    let archive = filesystem::write_tar(&filesystem::tar_entries(&tree, "/d", "x"), 10_240);
    assert_eq!(archive.size() % 10_240, 0);
    assert!(filesystem::is_archive(&archive));
    let mut again = FileSystem::default();
    filesystem::unpack(&filesystem::read_tar(&archive).unwrap(), &mut again, "/", None).unwrap();
    again.rename("/x", "/d", &ROOT).unwrap();
    assert_eq!(listing(&again), listing(&tree));
}

/// All of a tree that can be seen, and the layer that it notes.
fn everything(tree: &FileSystem) -> Vec<String> {
    let show = |(path, stat): (String, filesystem::Stat<'_>)| {
        let bytes = if let Kind::File(content) = stat.kind { content.bytes(1000) } else { None };
        format!("{path} {} {} {:?} {bytes:?} {:?}", stat.inode, stat.links, stat.attr, stat.kind)
    };
    let layer = tree.layer();
    let entries = layer.entries.iter().map(|entry| format!("{entry:?}"));
    tree.walk("/").into_iter().map(show).chain(entries).chain([tree.now().to_string()]).collect()
}

type Changes = Vec<(u8, String, String)>;

fn changes(most: usize) -> impl Strategy<Value = Changes> {
    prop::collection::vec((any::<u8>(), path(), path()), 0..most)
}

fn work(tree: &mut FileSystem, changes: &Changes) {
    for (number, (kind, one, two)) in changes.iter().enumerate() {
        tree.set_now(100 + number as i64);
        change(tree, *kind, one, two);
    }
}

/// Two trees that differ in a few changes, and work on them.
fn work_on_two(below: &Changes, one: &Changes, two: &Changes, done: &Changes) -> (bool, FileSystem, FileSystem) {
    let start = |more: &Changes| {
        let mut tree = FileSystem::default();
        tree.begin_layer();
        work(&mut tree, below);
        tree.begin_layer();
        work(&mut tree, more);
        tree.set_now(50);
        tree.begin_layer();
        tree
    };
    let (mut first, mut second) = (start(one), start(two));
    let before = first.clone();
    first.watch();
    work(&mut first, done);
    let noted = first.unwatch(&before).unwrap();
    let mut again = second.clone();
    let same = again.redo(&noted);
    work(&mut second, done);
    (same, again, second)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn work_that_is_redone_leaves_what_it_would_leave(
        below in changes(12), one in changes(3), two in changes(3), done in changes(6)
    ) {
        let (same, again, second) = work_on_two(&below, &one, &two, &done);
        if same {
            prop_assert_eq!(everything(&again), everything(&second));
        }
        // on an equal tree it always is
        let (same, again, second) = work_on_two(&below, &one, &one, &done);
        prop_assert!(same);
        prop_assert_eq!(everything(&again), everything(&second));
    }
}
