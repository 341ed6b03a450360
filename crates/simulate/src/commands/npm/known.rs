//! What is known of npm packages: measured sizes and what each depends on.

use std::collections::BTreeMap;

use super::super::estimate::cell;

/// What a package counts with that a lock file lists and the data lack: the mean of the measured packages that came along
/// with others, without the largest three of a hundred (compilers' and engines' binaries).
const TYPICAL: Size = Size { bytes: 119_000, files: 15, tarball: 23_000, metadata: 57_000 };

/// How large a package is, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Bytes in node_modules.
    pub bytes: u64,
    /// Files in node_modules.
    pub files: u64,
    /// Bytes of its archive: what is downloaded, and kept in the cache.
    pub tarball: u64,
    /// Bytes of what the registry says of it: fetched where no lock file tells the versions, and kept in the cache.
    pub metadata: u64,
}

/// A package of the data.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its size.
    pub size: Size,
    /// The programs that it brings.
    pub programs: Vec<String>,
    /// What it depends on.
    pub needs: Vec<&'static str>,
}

/// The data by name.
pub struct Table {
    rows: BTreeMap<&'static str, Known>,
}

impl Table {
    /// Reads the data: name, bytes, files, archive, metadata (all but files in hundreds of bytes), programs, and the
    /// numbers of the rows that it depends on.
    pub fn read() -> Table {
        let lines: Vec<Vec<&'static str>> =
            super::super::estimate::rows(super::super::tables::Table::Npm.text()).collect();
        let name_at = |at: &str| lines.get(at.parse::<usize>().ok()?)?.first().copied();
        let rows = lines
            .iter()
            .filter_map(|row| {
                let name = *row.first()?;
                let programs = match row.get(5).copied() {
                    None | Some("-") => Vec::new(),
                    Some("=") => vec![name.rsplit('/').next().unwrap_or(name).to_string()],
                    Some(list) => list.split(',').map(str::to_string).collect(),
                };
                let needs = row.get(6).map(|list| list.split(',').filter_map(name_at).collect()).unwrap_or_default();
                let size = Size {
                    bytes: cell(row, 1) * 100,
                    files: cell(row, 2),
                    tarball: cell(row, 3) * 100,
                    metadata: cell(row, 4) * 100,
                };
                Some((name, Known { size, programs, needs }))
            })
            .collect();
        Table { rows }
    }

    /// What the data have of a package.
    pub fn get(&self, name: &str) -> Option<&Known> {
        self.rows.get(name)
    }

    /// How large a package is, or is taken to be.
    pub fn size(&self, name: &str) -> Size {
        self.get(name).map_or(TYPICAL, |known| known.size)
    }

    /// A package and all that it depends on, by name. What the data lack is one package with the size of a typical
    /// closure.
    pub fn closure(&self, name: &str, found: &mut BTreeMap<String, Size>) {
        let mut waiting = vec![name];
        while let Some(name) = waiting.pop() {
            if found.contains_key(name) {
                continue;
            }
            match self.rows.get_key_value(name) {
                Some((name, known)) => {
                    found.insert((*name).to_string(), known.size);
                    waiting.extend(known.needs.iter().copied());
                }
                None => {
                    found.insert(name.to_string(), TYPICAL_CLOSURE);
                }
            }
        }
    }
}

/// What a dependency counts with, together with what it brings, that the data lack and no lock file lists: the median of
/// the 35 measured libraries that servers and pages name in their manifests.
const TYPICAL_CLOSURE: Size = Size { bytes: 1_500_000, files: 263, tarball: 460_000, metadata: 830_000 };

/// Whether a size is that of a typical closure.
pub fn is_typical(size: Size) -> bool {
    size == TYPICAL_CLOSURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closures_hold_each_package_once() {
        let table = Table::read();
        let mut found = BTreeMap::new();
        table.closure("express", &mut found);
        let express = found.len();
        assert!(express > 20 && found.contains_key("body-parser"), "{express}");
        table.closure("body-parser", &mut found);
        assert_eq!(found.len(), express);
        table.closure("no-such-package", &mut found);
        assert_eq!(found.get("no-such-package").copied().map(is_typical), Some(true));
    }
}
