//! What comes from elsewhere: unknown bytes, of a size by the kind of file, and noted as such.

use filesystem::{Content, Piece};

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::estimate::{cell, download, estimated, rows};
use super::input::last_part;

const DOWNLOADS: &str = include_str!("data/downloads.txt");
/// What the name of a downloaded content begins with.
const PREFIX: &str = "url/";

/// What a download is taken for by the end of its address, where nothing else is known.
const KINDS: &[(&[&str], u64)] = &[
    (&[".sha256", ".sha256sum", ".sha512", ".md5", ".sha1", "SHASUMS256.txt", "SHA256SUMS"], 200),
    (&[".asc", ".gpg", ".key", ".pub", ".sig", ".pem", ".crt"], 3_500),
    (&[".json", ".yml", ".yaml", ".toml", ".conf", ".txt", ".list", ".repo", ".ini", ".xml", ".patch"], 8_000),
    (&[".ttf", ".otf", ".woff2", ".png", ".ico"], 300_000),
    (&[".deb", ".rpm", ".apk", ".whl", ".jar", ".war", ".so"], 8_000_000),
    (&[".gz", ".tgz", ".zip", ".xz", ".txz", ".bz2", ".tbz2", ".zst", ".tar", ".7z", ".run"], 10_000_000),
    (&[".AppImage", ".iso", ".img", ".bin", ".pt", ".onnx", ".safetensors"], 100_000_000),
];
/// What is neither: a script or page, or a program that a release offers.
const SCRIPT_BYTES: u64 = 15_000;
const PROGRAM_BYTES: u64 = 20_000_000;
/// What an archive without a row unpacks to, by its packed bytes.
const UNPACKED_TIMES: u64 = 3;

/// An archive of unknown bytes as it is taken to unpack.
pub struct Unpacked {
    pub bytes: u64,
    /// Files that may be named, with what they are below; the rest is one file.
    pub files: Vec<String>,
    /// The folder that all is in, if any.
    pub folder: Option<String>,
    /// Whether nothing is known of what is in it.
    pub is_guess: bool,
}

/// An address without its question and anchor.
fn plain(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

fn known(url: &str) -> Option<Vec<&'static str>> {
    rows(DOWNLOADS).find(|row| row.first().is_some_and(|part| url.contains(part)))
}

/// The name that a download is saved under: the last part of its address.
pub fn file_name(url: &str) -> &str {
    let path = plain(url);
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    if path.ends_with('/') || !path.contains('/') { "" } else { last_part(path) }
}

fn size(url: &str) -> u64 {
    let path = plain(url);
    let kind = KINDS.iter().find(|(ends, _)| ends.iter().any(|end| path.ends_with(end))).map(|(_, bytes)| *bytes);
    let small = kind.filter(|bytes| *bytes < 10_000);
    if let Some(bytes) = super::installers::script_bytes(url) {
        return bytes;
    }
    let program = ["amd64", "x86_64", "x64", "linux", "/releases/"].iter().any(|part| path.contains(part))
        && !file_name(url).contains(".sh")
        && !file_name(url).is_empty();
    small.or_else(|| known(url).map(|row| cell(&row, 1))).or(kind).unwrap_or(if program {
        PROGRAM_BYTES
    } else {
        SCRIPT_BYTES
    })
}

/// Downloads what is behind an address; lets its time pass.
pub fn fetched(machine: &mut Machine, url: &str) -> Content {
    let bytes = size(url);
    estimated(machine);
    machine.meter.note(Basis::Estimated, Note::TypicalSize { what: url.to_string(), bytes });
    download(machine, bytes);
    Content::opaque(&format!("{PREFIX}{url}"), bytes)
}

/// The address that a content was downloaded from.
pub fn address(content: &Content) -> Option<String> {
    match content.pieces().first()? {
        Piece::Opaque { id, .. } => id.strip_prefix(PREFIX).map(str::to_string),
        _ => None,
    }
}

/// How an archive of unknown bytes is taken to unpack.
pub fn unpacked(content: &Content) -> Unpacked {
    let url = address(content).unwrap_or_default();
    let name = file_name(&url);
    let mut stem = name;
    for end in [".gz", ".xz", ".bz2", ".zst", ".tgz", ".txz", ".tbz2", ".zip", ".tar", "-bin", ".linux-amd64"] {
        stem = stem.strip_suffix(end).unwrap_or(stem);
    }
    // An archive of a repository holds a folder of the repository's name and the version.
    let parts: Vec<&str> = plain(&url).split('/').collect();
    let repository = parts.iter().position(|part| *part == "archive").and_then(|at| parts.get(at.checked_sub(1)?));
    let folder = match repository {
        Some(repository) => format!("{repository}-{}", stem.trim_start_matches('v')),
        None if stem.is_empty() => "unpacked".to_string(),
        None => stem.to_string(),
    };
    let row = known(&url);
    let bytes = row.as_ref().map(|row| cell(row, 2)).filter(|bytes| *bytes > 0);
    let listed = row.as_ref().and_then(|row| row.get(3)).filter(|list| **list != "-");
    let files: Vec<String> = match listed {
        Some(list) => list.split(',').map(|file| file.replace('%', &folder)).collect(),
        None => ["configure", "Makefile", "CMakeLists.txt"].iter().map(|file| format!("{folder}/{file}")).collect(),
    };
    let flat = files.iter().any(|file| !file.contains('/'));
    let top = files.first().and_then(|file| file.split('/').next()).filter(|_| !flat).map(str::to_string);
    Unpacked {
        bytes: bytes.unwrap_or(content.size().saturating_mul(UNPACKED_TIMES)),
        files,
        folder: top,
        is_guess: listed.is_none(),
    }
}

/// Puts the files of an archive of unknown bytes into a folder, without as many leading parts as `strip` says.
///
/// # Errors
/// What the file system answers.
pub fn unpack_into(
    machine: &mut Machine,
    process: &Process,
    content: &Content,
    folder: &str,
    strip: usize,
) -> Result<Vec<String>, filesystem::Errno> {
    let found = unpacked(content);
    let url = address(content).unwrap_or_else(|| "archive".to_string());
    estimated(machine);
    machine
        .meter
        .note(Basis::Estimated, Note::TypicalSize { what: format!("{} {url}", process.name()), bytes: found.bytes });
    // the named files share half of the bytes, and one of unknown name has the rest
    let count = found.files.len() as u64;
    let each = (found.bytes / 2).checked_div(count).unwrap_or(0);
    let rest = match &found.folder {
        Some(folder) => format!("{folder}/other-files"),
        None => "other-files".to_string(),
    };
    let mut names = Vec::new();
    for (name, bytes) in
        found.files.iter().map(|file| (file.as_str(), each)).chain([(rest.as_str(), found.bytes - each * count)])
    {
        let parts: Vec<&str> = name.split('/').skip(strip).collect();
        if parts.is_empty() || bytes == 0 {
            continue;
        }
        let text = matches!(last_part(name), "Makefile" | "CMakeLists.txt");
        let bytes = if text { bytes.min(20_000) } else { bytes };
        let path = super::input::join(folder, &parts.join("/"));
        let mark =
            if found.is_guess && last_part(name) == "other-files" { crate::unlisted::UNKNOWN_LAYOUT } else { "" };
        super::estimate::place_as(machine, &path, &format!("{PREFIX}{url}#{name}{mark}"), bytes, 0o755, &process.cred)?;
        names.push(parts.join("/"));
    }
    machine.charge_write(found.bytes);
    Ok(names)
}

/// The host of an address.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    rest.split(['/', ':', '?']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::indexing_slicing, reason = "a test may fail")]
    fn addresses_tell_names_sizes_and_folders() {
        assert_eq!(file_name("https://a.example/b/c.tar.gz?x=1"), "c.tar.gz");
        assert_eq!(file_name("https://a.example"), "");
        assert_eq!(host("https://user@a.example:80/b"), "a.example");
        assert_eq!(size("https://a.example/b.tar.gz"), 10_000_000);
        assert_eq!(size("https://a.example/releases/download/v1/tool_linux_amd64"), PROGRAM_BYTES);
        assert_eq!(size("https://go.dev/dl/go1.22.0.linux-amd64.tar.gz"), 68_000_000);
        assert_eq!(size("https://nodejs.org/dist/v20/SHASUMS256.txt"), 200);
        let of = |url: &str| unpacked(&Content::opaque(&format!("url/{url}"), 1000));
        let repository = of("https://git.example/o/tool/archive/refs/tags/v1.2.tar.gz");
        assert_eq!(repository.files[0], "tool-1.2/configure");
        assert_eq!(
            of("https://nodejs.org/dist/v20.1.0/node-v20.1.0-linux-x64.tar.xz").files[0],
            "node-v20.1.0-linux-x64/bin/node"
        );
        assert_eq!(of("https://go.dev/dl/go1.22.0.linux-amd64.tar.gz").files[0], "go/bin/go");
    }
}
