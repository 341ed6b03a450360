//! What is known of Python packages: measured sizes and what each needs.

use std::collections::BTreeMap;

use super::super::estimate::{cell, rows};

/// What a distribution counts with that the data lack: the mean of the measured ones that came along with others, without
/// the largest three of a hundred.
const TYPICAL: Size = Size { bytes: 1_100_000, compiled: 400_000, files: 75, wheel: 240_000 };

/// Distributions that nobody measured and that are too large to be taken for typical ones. The wheels of torch and of the
/// CUDA libraries are those that pip printed in public build logs (torch 2.9, tensorflow 2.19); unpacked they are taken to
/// be twice, three times and half again as large.
const LARGE: &[(&str, Size, &[&str])] = &[
    ("nvidia-cuda", Size { bytes: 3_900_000_000, compiled: 0, files: 900, wheel: 2_600_000_000 }, &[]),
    ("tensorflow", Size { bytes: 1_900_000_000, compiled: 60_000_000, files: 20_000, wheel: 645_000_000 }, &["numpy"]),
    (
        "torch",
        Size { bytes: 1_750_000_000, compiled: 60_000_000, files: 13_000, wheel: 900_000_000 },
        &["nvidia-cuda", "jinja2"],
    ),
];

/// torch without CUDA, from the index that has it.
const TORCH_CPU: Size = Size { bytes: 700_000_000, compiled: 60_000_000, files: 13_000, wheel: 180_000_000 };

/// How large a distribution is, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Bytes in site-packages, compiled files among them.
    pub bytes: u64,
    /// Of them, those that pip compiled.
    pub compiled: u64,
    /// Files in site-packages.
    pub files: u64,
    /// Bytes of the wheel.
    pub wheel: u64,
}

/// A distribution to install.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// Its name in lower case with dashes.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its size.
    pub size: Size,
    /// The programs that it brings.
    pub programs: Vec<&'static str>,
    /// Whether its wheel is for one platform.
    pub is_native: bool,
    /// Whether its size was not measured.
    pub is_typical: bool,
    /// Whether its wheel is among the files that were given: it is neither fetched nor built.
    pub is_here: bool,
}

/// The data by name.
pub struct Table {
    rows: BTreeMap<&'static str, Vec<&'static str>>,
    names: Vec<&'static str>,
}

impl Table {
    /// Reads the data.
    pub fn read() -> Table {
        let lines: Vec<Vec<&'static str>> = rows(super::super::tables::Table::Pip.text()).collect();
        let names = lines.iter().map(|row| row.first().copied().unwrap_or_default()).collect();
        Table { rows: lines.into_iter().filter_map(|row| Some((*row.first()?, row))).collect(), names }
    }

    /// The distributions that requirements bring, each once: names with their extras, and the versions that are asked for.
    /// `cpu`: from an index whose torch has no CUDA.
    pub fn closure(&self, wanted: &[(String, String)], alone: bool, cpu: bool) -> Vec<Distribution> {
        let mut found: BTreeMap<String, Distribution> = BTreeMap::new();
        let mut waiting: Vec<(String, String)> = wanted.iter().rev().cloned().collect();
        let mut seen = std::collections::BTreeSet::new();
        while let Some((name, version)) = waiting.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let plain = name.split('[').next().unwrap_or(&name).to_string();
            let row = self.rows.get(name.as_str()).or_else(|| self.rows.get(plain.as_str()));
            if let Some(large) = LARGE.iter().find(|(large, ..)| *large == plain) {
                let size = if cpu && plain == "torch" { TORCH_CPU } else { large.1 };
                found.insert(plain, distribution(&name, &version, size, true));
                let needs = large.2.iter().filter(|need| !(alone || cpu && **need == "nvidia-cuda"));
                waiting.extend(needs.map(|need| ((*need).to_string(), String::new())));
                continue;
            }
            let Some(row) = row else {
                found.insert(plain.clone(), distribution(&plain, &version, TYPICAL, true));
                continue;
            };
            if row.get(1) != Some(&"-") {
                found.insert(plain.clone(), self.measured(row, &version));
            }
            let needs = row.get(8).map(|list| list.split(',')).into_iter().flatten();
            let needs = needs.filter_map(|at| self.names.get(at.parse::<usize>().ok()?).copied());
            waiting
                .extend(needs.filter(|need| !alone || **need == plain).map(|need| (need.to_string(), String::new())));
        }
        found.into_values().collect()
    }

    fn measured(&self, row: &[&'static str], version: &str) -> Distribution {
        let text = |at: usize| row.get(at).copied().unwrap_or_default();
        let size = Size {
            bytes: cell(row, 2) * 100,
            compiled: cell(row, 3) * 100,
            files: cell(row, 4),
            wheel: cell(row, 5) * 100,
        };
        let programs = if text(7) == "-" { Vec::new() } else { text(7).split(',').collect() };
        let version = if version.is_empty() { text(1) } else { version };
        Distribution {
            name: text(0).to_string(),
            version: version.to_string(),
            size,
            programs,
            is_native: text(6) == "n",
            is_typical: false,
            is_here: false,
        }
    }
}

fn distribution(name: &str, version: &str, size: Size, is_typical: bool) -> Distribution {
    let version = if version.is_empty() { "1.0" } else { version };
    let name = name.split('[').next().unwrap_or(name).to_string();
    let is_native = LARGE.iter().any(|(large, ..)| *large == name);
    Distribution {
        name,
        version: version.to_string(),
        size,
        programs: Vec::new(),
        is_native,
        is_typical,
        is_here: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extras_bring_more() {
        let table = Table::read();
        let names = |wanted: &str| -> Vec<String> {
            let all = table.closure(&[(wanted.to_string(), String::new())], false, false);
            all.into_iter().map(|distribution| distribution.name).collect()
        };
        assert_eq!(names("uvicorn"), ["click", "h11", "uvicorn"]);
        assert!(names("uvicorn[standard]").contains(&"uvloop".to_string()));
        assert_eq!(names("nobody-knows[x]"), ["nobody-knows"]);
        assert_eq!(table.closure(&[("flask".to_string(), "1.2".to_string())], true, false)[0].version, "1.2");
        let torch = |cpu| table.closure(&[("torch".to_string(), String::new())], false, cpu);
        assert!(torch(true).iter().all(|part| part.name != "nvidia-cuda") && torch(false).len() > torch(true).len());
    }
}
