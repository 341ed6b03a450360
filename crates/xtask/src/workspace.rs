//! Where things are in this checkout.

use std::path::{Path, PathBuf};

/// The folder of the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    // Cargo says where the package is now; what was compiled in may be another place by then.
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.ancestors().nth(2).map_or_else(|| package.clone(), Path::to_path_buf)
}

/// The release site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The page's crate, with what its build needs from npm.
pub fn web() -> PathBuf {
    root().join("web")
}

/// The tests in a browser, with what they need from npm.
pub fn end_to_end() -> PathBuf {
    root().join("tests").join("e2e")
}

/// The version that `Cargo.lock` names for a package.
///
/// # Errors
/// When the file cannot be read or has no such package.
pub fn locked_version(package: &str) -> Result<String, String> {
    version_in_lock(&read("Cargo.lock")?, package).ok_or_else(|| format!("Cargo.lock names no `{package}`"))
}

/// The one version of Trunk that `Trunk.toml` accepts.
///
/// # Errors
/// When the file cannot be read or names none.
pub fn trunk_version() -> Result<String, String> {
    version_in_trunk_file(&read("Trunk.toml")?)
        .ok_or_else(|| "Trunk.toml has no line trunk-version = \"=VERSION\"".to_owned())
}

fn read(name: &str) -> Result<String, String> {
    let file = root().join(name);
    std::fs::read_to_string(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))
}

fn version_in_trunk_file(text: &str) -> Option<String> {
    text.lines().find_map(|line| line.strip_prefix("trunk-version = \"="))?.strip_suffix('"').map(str::to_owned)
}

fn version_in_lock(text: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = text.lines().skip_while(|line| *line != name);
    lines.next()?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    version.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_gives_the_version_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }

    #[test]
    fn trunk_is_pinned_to_one_version() {
        let file = "# comment\ntrunk-version = \"=0.21.14\"\n\n[build]\n";
        assert_eq!(version_in_trunk_file(file).as_deref(), Some("0.21.14"));
        assert_eq!(version_in_trunk_file("trunk-version = \"*\""), None);
    }
}
