//! Lists the files of the sample project, so that `src/sample.rs` can carry them in the program.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const SAMPLE: &str = "../lessons/00-first-image/start";

fn main() -> io::Result<()> {
    let root = fs::canonicalize(PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(SAMPLE));
    let mut list = String::from("&[");
    println!("cargo::rerun-if-changed={SAMPLE}");
    if let Ok(root) = root {
        let mut files = Vec::new();
        collect(&root, &mut files)?;
        files.sort();
        for file in files {
            let path = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let executable = is_executable(&file);
            let _ = write!(list, "({path:?}, {executable}, include_bytes!({file:?}) as &[u8]),");
        }
    }
    list.push(']');
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("sample.rs"), list)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|data| data.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn is_executable(_: &Path) -> bool {
    false
}
