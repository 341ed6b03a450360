//! Lists the base images and the lessons of the course, so that the command can carry them: it is used far from this source.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const IMAGES: &str = "../catalog/data/images";
const LESSONS: &str = "../../lessons";

fn main() -> io::Result<()> {
    let images = listed(IMAGES)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    write("images.rs", images)?;
    let lessons = listed(LESSONS)?.into_iter().map(|folder| folder.join("lesson.toml"));
    write("lessons.rs", lessons.filter(|path| path.is_file()))
}

/// What is in a folder, by name.
fn listed(folder: &str) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={folder}");
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(&root)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// A list of the files' texts, as Rust.
fn write(name: &str, files: impl Iterator<Item = PathBuf>) -> io::Result<()> {
    let mut list = String::from("&[");
    for file in files {
        let _ = write!(list, "include_str!({file:?}),");
    }
    list.push(']');
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join(name), list)
}
