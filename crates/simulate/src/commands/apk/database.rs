//! What apk knows is installed: /etc/apk/world and the records that it appends to its database.

use filesystem::{Content, Cred, Piece};

use crate::process::Machine;

use super::known::Package;

/// What the user asked for.
pub const WORLD: &str = "/etc/apk/world";
const INSTALLED: &str = "/lib/apk/db/installed";

/// A record of the database that an earlier step of this build wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The package's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Bytes that it installed.
    pub bytes: u64,
    /// What it needs: of a virtual package, what it stands for.
    pub needs: Vec<String>,
}

/// The names in the world.
pub fn world(machine: &Machine) -> Vec<String> {
    let content = machine.fs.read(WORLD, &Cred::root()).unwrap_or_default();
    let text = content.bytes(1 << 16).unwrap_or_default();
    String::from_utf8_lossy(&text).split_whitespace().map(str::to_string).collect()
}

/// Writes the world, sorted, each name once.
pub fn set_world(machine: &mut Machine, mut names: Vec<String>) {
    names.sort();
    names.dedup();
    let text: String = names.iter().map(|name| format!("{name}\n")).collect();
    let _ = machine.fs.mkdir_all("/etc/apk", 0o755, &Cred::root());
    let _ = machine.fs.write(WORLD, Content::text(&text), 0o644, &Cred::root());
}

/// The part of the database whose bytes nobody knows, the base image's, and the records behind it.
fn parts(machine: &Machine) -> (Content, String) {
    let content = machine.fs.read(INSTALLED, &Cred::root()).unwrap_or_default();
    let mut unknown = 0;
    let mut at = 0;
    for piece in content.pieces() {
        at += match piece {
            Piece::Bytes(bytes) => bytes.len() as u64,
            Piece::Repeat(_, size) | Piece::Opaque { size, .. } => *size,
        };
        if matches!(piece, Piece::Opaque { .. }) {
            unknown = at;
        }
    }
    let text = content.slice(unknown, content.size()).bytes(1 << 20).unwrap_or_default();
    (content.slice(0, unknown), String::from_utf8_lossy(&text).into_owned())
}

/// The records of the packages that steps of this build installed.
pub fn records(machine: &Machine) -> Vec<Record> {
    let (_, text) = parts(machine);
    let record = |part: &str| {
        let value = |key: &str| part.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().to_string();
        let name = value("P:");
        (!name.is_empty()).then(|| Record {
            name,
            version: value("V:"),
            bytes: value("I:").parse().unwrap_or(0),
            needs: value("D:").split_whitespace().map(str::to_string).collect(),
        })
    };
    text.split("\n\n").filter_map(record).collect()
}

/// Writes the records behind the base image's.
pub fn set_records(machine: &mut Machine, records: &[Record]) {
    let (mut content, _) = parts(machine);
    let text: String = records
        .iter()
        .map(|record| {
            let needs = record.needs.join(" ");
            format!("P:{}\nV:{}\nA:x86_64\nI:{}\nD:{needs}\n\n", record.name, record.version, record.bytes)
        })
        .collect();
    content.append(&Content::text(&text));
    let _ = machine.fs.mkdir_all("/lib/apk/db", 0o755, &Cred::root());
    let _ = machine.fs.write(INSTALLED, content, 0o644, &Cred::root());
}

/// The record of a package.
pub fn record(package: &Package, version: &str) -> Record {
    Record {
        name: package.name.clone(),
        version: version.to_string(),
        bytes: package.bytes,
        needs: package.needs.iter().map(|need| (*need).to_string()).collect(),
    }
}
