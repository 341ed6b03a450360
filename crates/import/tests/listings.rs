//! Listings as find, git and several tars write them, read and made into contexts. The files are their real outputs.
//!
//! `UPDATE_EXPECT=1 cargo test -p import` writes what comes out: read the difference.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::{expect, expect_file};
use filesystem::{ContextKind, Piece};
use import::{Format, Found, FoundKind, assemble, give_dockerfile, read_listing};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/listings")
}

/// A listing and its context, as text.
fn shown(text: &str) -> String {
    let listing = read_listing(text);
    let mut out = format!("{}\n", listing.format.map_or("nothing", Format::command));
    for unread in &listing.unread {
        writeln!(out, "not read, line {}: {}", unread.line, unread.text).unwrap();
    }
    let made = assemble(listing.found, 0);
    writeln!(out, "{} files, {} B, in {:?}", made.files, made.context.bytes(), made.folder).unwrap();
    writeln!(out, "without size {}, without target {}", made.without_size, made.without_target).unwrap();
    writeln!(out, "modes guessed: {}, without text: {:?}", made.modes_guessed, made.without_text).unwrap();
    for refused in &made.refused {
        writeln!(out, "refused: {}", refused.error).unwrap();
    }
    for (path, entry) in made.context.entries() {
        let what = match &entry.kind {
            ContextKind::Dir => "/".to_owned(),
            ContextKind::Symlink(target) => format!(" -> {target}"),
            ContextKind::File(content) => match content.pieces() {
                [Piece::Opaque { id, size, .. }] => format!(" {size} {id}"),
                _ => format!(" {}", content.size()),
            },
        };
        writeln!(out, "{:o} {} {path:?}{what}", entry.mode, entry.mtime).unwrap();
    }
    out
}

#[test]
fn real_listings_are_read() {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    names.sort();
    assert!(names.len() >= 10);
    for path in names {
        let text = std::fs::read_to_string(&path).unwrap();
        expect_file![path.with_extension("context")].assert_eq(&shown(&text));
    }
}

#[test]
fn lines_that_cannot_be_read_are_told_with_their_numbers() {
    let text = "total 24\n12 ./a\n\n100644 short 0\tx\n-rw-r--r-- root/root\ncrw-rw-rw- root/root 1,3 2025-01-01 12:34 dev/null\n 5 ./b\n99999999999999999999 ./c\n12\n12 \n";
    expect![[r#"
        find
        not read, line 1: total 24
        not read, line 5: -rw-r--r-- root/root
        not read, line 6: crw-rw-rw- root/root 1,3 2025-01-01 12:34 dev/null
        not read, line 7:  5 ./b
        not read, line 8: 99999999999999999999 ./c
        not read, line 9: 12
        not read, line 10: 12 
        2 files, 100656 B, in ""
        without size 0, without target 0
        modes guessed: true, without text: []
        644 0 "a" 12 a
        644 0 "short 0\tx" 100644 short 0	x
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn what_no_context_can_hold_is_refused() {
    let text = "1 ../secret\n2 a\n3 a/b\n4 x/./y//z\n";
    expect![[r#"
        find
        2 files, 6 B, in ""
        without size 0, without target 0
        modes guessed: true, without text: []
        refused: ../secret: has an empty part, . or ..
        refused: a: Not a directory
        644 0 "a" 2 a
        755 0 "x"/
        755 0 "x/y"/
        644 0 "x/y/z" 4 x/y/z
    "#]]
    .assert_eq(&shown(text));
}

#[test]
fn any_text_is_read_or_told() {
    let pieces =
        ["100644 ", &"a".repeat(40), " 0\t", "\"\\", "-rw-r--r-- ", "a/b ", "12 ", "\\377", " -> ", "日", "\n", "drwx"];
    let mut seed = 1_u64;
    for _ in 0..2000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let listing = read_listing(&text);
        let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
        assert_eq!(listing.found.len() + listing.unread_count, lines, "{text:?}");
        let _ = assemble(listing.found, 0);
    }
}

#[test]
fn a_dockerfile_is_found_or_given() {
    let text = |path: &str, text: &str| Found {
        path: path.to_owned(),
        kind: FoundKind::Text(text.to_owned()),
        mode: None,
        mtime: None,
    };
    let chosen = |paths: &[&str]| {
        assemble(paths.iter().map(|path| text(path, "FROM scratch\n")).collect(), 0).dockerfile.unwrap_or_default()
    };
    assert_eq!(chosen(&["a.txt"]), "");
    assert_eq!(chosen(&["docker/Dockerfile", "Dockerfile.dev", "Dockerfile"]), "Dockerfile");
    assert_eq!(chosen(&["docker/Dockerfile", "Dockerfile.prod", "Dockerfile.prod.dockerignore"]), "Dockerfile.prod");
    assert_eq!(chosen(&["x/y/Dockerfile", "docker/Dockerfile"]), "docker/Dockerfile");
    assert_eq!(chosen(&["Containerfile"]), "Containerfile");
    let mut made = assemble(vec![text("run.sh", "#!/bin/sh\n"), text("Dockerfile", "FROM a\n")], 7);
    give_dockerfile(&mut made, "FROM b\n", 7);
    assert_eq!(made.context.text("Dockerfile").unwrap(), "FROM b\n");
    assert_eq!(made.context.get("run.sh").unwrap().mode, 0o755);
}

#[test]
fn fifty_thousand_lines_are_read() {
    let text: String = (0..50_000).map(|n| format!("{n} ./src/{}/{n}.js\n", n / 20)).collect();
    let made = assemble(read_listing(&text).found, 0);
    assert_eq!((made.files, made.refused_count), (50_000, 0));
}
