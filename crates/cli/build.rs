//! Lists the base images, so that `src/catalogs.rs` can carry them in the command: it is used far from this source.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const IMAGES: &str = "../catalog/data/images";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={IMAGES}");
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(IMAGES);
    let mut files: Vec<PathBuf> = fs::read_dir(&root)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut list = String::from("&[");
    for file in files {
        let _ = write!(list, "include_str!({file:?}),");
    }
    list.push(']');
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("images.rs"), list)
}
