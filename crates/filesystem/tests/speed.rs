//! Sizes that a real project has stay quick. Times are far above what is needed, so that a slow machine passes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests")]

use std::time::{Duration, Instant};

use filesystem::{Content, Context, ContextEntry, ContextKind, CopyOptions, Cred, FileSystem};

const FILES: usize = 20_000;

#[test]
fn a_context_of_twenty_thousand_files_is_quick() {
    let mut context = Context::default();
    for number in 0..FILES {
        let path = format!("node_modules/p{}/lib/f{number}.js", number / 20);
        let kind = ContextKind::File(Content::text("module.exports = 1\n"));
        let entry = ContextEntry { kind, mode: 0o644, mtime: 0 };
        context.insert(&path, entry).unwrap();
    }
    let ignore = filesystem::parse_ignore("**/*.md\n.git\n!keep\n");
    let start = Instant::now();
    let source = filesystem::transfer(&context, &ignore);
    let transferred = start.elapsed();
    let mut tree = FileSystem::default();
    tree.begin_layer();
    let found = filesystem::find_sources(&source, ".").unwrap();
    filesystem::copy(&source, &found, &mut tree, "/app/", &CopyOptions::default()).unwrap();
    let copied = start.elapsed();
    let layer = tree.layer();
    let listed = start.elapsed();
    filesystem::checksum(&source, ".", &Default::default()).unwrap();
    let summed = start.elapsed();
    let clones: Vec<FileSystem> = (0..1000).map(|_| tree.clone()).collect();
    let cloned = start.elapsed();
    tree.remove_all("/app", &Cred::root()).unwrap();
    let all = start.elapsed();
    println!(
        "transfer {transferred:?}, then copy {copied:?}, layer {listed:?}, checksum {summed:?}, clones {cloned:?}, all {all:?}"
    );
    assert_eq!(layer.size(), FILES as u64 * 19);
    assert_eq!(clones.len(), 1000);
    assert!(all < Duration::from_secs(20), "{all:?}");
}
