//! What comes from elsewhere is of unknown bytes and of a guessed size.

use filesystem::Content;

/// What a download is taken for whose size nobody knows: of a script, of an archive.
const SCRIPT_BYTES: u64 = 20_000;
const ARCHIVE_BYTES: u64 = 10_000_000;

/// The unknown bytes behind an address.
pub fn guessed(url: &str) -> Content {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let archive = [".gz", ".tgz", ".zip", ".xz", ".bz2", ".zst", ".deb", ".rpm", ".jar", ".whl", ".tar"]
        .iter()
        .any(|end| path.ends_with(end));
    Content::opaque(&format!("url/{url}"), if archive { ARCHIVE_BYTES } else { SCRIPT_BYTES })
}

/// The host of an address.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':', '?']).next().unwrap_or(rest)
}
