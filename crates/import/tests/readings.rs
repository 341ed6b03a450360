//! Which files of a folder are read.

use import::{Reading, readings};

fn of(files: &[(&str, u64)]) -> Vec<Reading> {
    readings(&files.iter().map(|(path, bytes)| ((*path).to_owned(), *bytes)).collect::<Vec<_>>())
}

#[test]
fn texts_that_matter_are_read_and_folders_that_tools_fill_are_not() {
    use Reading::{Hash, Name, Text};
    let read = of(&[
        ("Dockerfile", 300),
        ("package-lock.json", 1 << 20),
        ("src/app.js", 2_000),
        ("src/data.json", 1 << 20),
        ("assets/film.mp4", 80 << 20),
        ("node_modules/a/package.json", 300),
        (".git/HEAD", 20),
    ]);
    assert_eq!(read, [Text, Text, Text, Hash, Name, Name, Name]);
}

#[test]
fn there_are_bounds_to_what_is_read() {
    let mut files: Vec<(String, u64)> = (0..200).map(|n| (format!("src/{n}.js"), 60 << 10)).collect();
    files.push(("sub/Dockerfile".to_owned(), 400));
    files.extend((0..200).map(|n| (format!("assets/{n}.bin"), 1 << 20)));
    let read = readings(&files);
    let sum = |wanted: Reading| -> u64 {
        files.iter().zip(&read).filter(|(_, read)| **read == wanted).map(|((_, bytes), _)| *bytes).sum()
    };
    assert!(sum(Reading::Text) <= 4 << 20);
    assert!(sum(Reading::Hash) <= 64 << 20);
    assert!(read.contains(&Reading::Name));
    assert_eq!(read.get(200), Some(&Reading::Text), "the Dockerfile comes first");
}
