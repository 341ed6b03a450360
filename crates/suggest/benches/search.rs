//! How long the search for suggestions takes: `cargo bench -p suggest`, or with a part of a folder's name behind it.

#![allow(clippy::unwrap_used, missing_docs, reason = "a program for developers, which may panic")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Instant;

use support::{catalog, folders, project, root};

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let catalog = catalog();
    println!(
        "{:<32} {:>6} {:>6} {:>6} {:>9} {:>9} {:>9}",
        "project", "lines", "tried", "found", "first", "longest", "all"
    );
    let mut paths = folders(&root().join("crates/suggest/tests/cases"));
    paths.extend(folders(&root().join("tests/dockerfiles")));
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !wanted.is_empty() && !wanted.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        let given = project(&path, &catalog);
        let lines = given.context.text("Dockerfile").unwrap().lines().count();
        let milliseconds = |start: Instant| start.elapsed().as_micros() as f64 / 1000.0;
        let all = Instant::now();
        let mut search = suggest::search(given);
        let first = milliseconds(all);
        let (mut tried, mut found, mut longest) = (0, 0, 0.0_f64);
        loop {
            let start = Instant::now();
            let Some(item) = search.next() else { break };
            longest = longest.max(milliseconds(start));
            tried += 1;
            found += usize::from(item.is_some());
        }
        let all = milliseconds(all);
        println!("{name:<32} {lines:>6} {tried:>6} {found:>6} {first:>6.1} ms {longest:>6.1} ms {all:>6.1} ms");
    }
}
