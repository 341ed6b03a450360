//! Listings of files, recognised line by line.

mod find;
mod git;
mod quoted;
mod tar;

pub(crate) use tar::time;

use std::collections::BTreeMap;

use crate::{Found, FoundKind};

/// The lines that could not be read that are kept; the others are counted.
pub const UNREAD_SHOWN: usize = 20;
/// The characters of such a line that are kept.
const UNREAD_CHARACTERS: usize = 120;

/// The program that wrote a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `find . -type f -printf '%s %p\n'`, or `stat -c '%s %n'`.
    Find,
    /// `git ls-files -s`: without sizes.
    GitFiles,
    /// `git ls-tree -r -l HEAD`
    GitTree,
    /// `tar tv` of GNU tar or BusyBox.
    Tar,
    /// `tar tv` of bsdtar, as on macOS.
    BsdTar,
}

impl Format {
    /// The command whose output it is, for the reader.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Format::Find => "find",
            Format::GitFiles => "git ls-files -s",
            Format::GitTree => "git ls-tree -r -l",
            Format::Tar => "tar tv",
            Format::BsdTar => "bsdtar tv",
        }
    }
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The line, from 1.
    pub line: usize,
    /// How it begins.
    pub text: String,
}

/// What a listing says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The program that most lines are of.
    pub format: Option<Format>,
    /// What is listed, in order.
    pub found: Vec<Found>,
    /// The first lines that could not be read.
    pub unread: Vec<Unread>,
    /// How many they are altogether.
    pub unread_count: usize,
}

/// Reads a listing. Which program wrote it shows in its lines; blank ones are skipped.
#[must_use]
pub fn read_listing(text: &str) -> Listing {
    let mut listing = Listing::default();
    let mut counts: BTreeMap<Format, usize> = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            continue;
        }
        match read_line(line) {
            Some((format, found)) => {
                *counts.entry(format).or_default() += 1;
                listing.found.push(found);
            }
            None => {
                listing.unread_count += 1;
                if listing.unread.len() < UNREAD_SHOWN {
                    let text = line.chars().take(UNREAD_CHARACTERS).collect();
                    listing.unread.push(Unread { line: index + 1, text });
                }
            }
        }
    }
    link_busybox(&mut listing.found);
    listing.format = counts.iter().max_by_key(|(_, count)| **count).map(|(format, _)| *format);
    listing
}

fn read_line(line: &str) -> Option<(Format, Found)> {
    git::read(line).or_else(|| tar::read(line)).or_else(|| Some((Format::Find, find::read(line)?)))
}

/// BusyBox writes a hard link as `name -> other`, as if it were a file without bytes: one where the other was listed.
fn link_busybox(found: &mut [Found]) {
    let mut files: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    for entry in found {
        if let FoundKind::File { bytes: Some(0), .. } = entry.kind
            && let Some((name, other)) = entry.path.rsplit_once(" -> ")
            && files.contains(other)
        {
            entry.kind = FoundKind::HardLink(other.to_owned());
            entry.path = name.to_owned();
        }
        if matches!(entry.kind, FoundKind::File { .. }) {
            files.insert(entry.path.clone());
        }
    }
}
