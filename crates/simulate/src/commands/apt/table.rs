//! What is known of Debian's packages: `data/packages/apt.txt`, read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Whether a package is part of the smallest system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    No,
    Yes,
    /// And dpkg refuses to remove it.
    Essential,
}

/// One of the packages that satisfy a relation.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub package: usize,
    /// Whether the version of an old base system does not do.
    pub newest: bool,
}

/// A package as the index has it.
#[derive(Debug)]
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
    pub base: Base,
    /// Installed-Size.
    pub kib: u64,
    pub deb_kib: u64,
    pub files: u64,
    /// What the files weigh, of Installed-Size in hundredths.
    pub real: u64,
    /// What a slim image leaves out of the files, in hundredths.
    pub slim: u64,
    /// KiB of dpkg's own notes of it.
    pub notes_kib: u64,
    /// KiB that Python compiles of it.
    pub compiled_kib: u64,
    /// Bytes of questions for debconf.
    pub templates: u64,
    pub depends: Vec<Vec<Choice>>,
    pub recommends: Vec<Vec<Choice>>,
    /// Names, `+` before those in /usr/sbin, `%` before those in /usr/games.
    pub programs: Vec<&'static str>,
}

impl Package {
    /// The bytes of its files, all or those that a slim image gets.
    pub fn bytes(&self, slim: bool) -> u64 {
        let all = self.kib * 1024 * self.real / 100;
        if slim { all - self.left_out() } else { all }
    }

    /// The bytes of documentation, manuals and translations.
    pub fn left_out(&self) -> u64 {
        self.kib * 1024 * self.real / 100 * self.slim / 100
    }

    /// Where its programs are.
    pub fn program_paths(&self) -> impl Iterator<Item = String> {
        self.programs.iter().map(|program| {
            if let Some(name) = program.strip_prefix('+') {
                format!("/usr/sbin/{name}")
            } else if let Some(name) = program.strip_prefix('%') {
                format!("/usr/games/{name}")
            } else {
                format!("/usr/bin/{program}")
            }
        })
    }
}

/// All packages, by number.
#[derive(Debug, Default)]
pub struct Table {
    packages: Vec<Package>,
    numbers: BTreeMap<&'static str, usize>,
    providers: BTreeMap<&'static str, Vec<usize>>,
    landmarks: Vec<(String, usize)>,
}

impl Table {
    /// A package by its number.
    pub fn get(&self, number: usize) -> Option<&Package> {
        self.packages.get(number)
    }

    /// A package's number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// A package by its name.
    pub fn find(&self, name: &str) -> Option<&Package> {
        self.get(self.number(name)?)
    }

    /// Who provides a name that no package has.
    pub fn providers(&self, name: &str) -> &[usize] {
        self.providers.get(name).map_or(&[], Vec::as_slice)
    }

    /// The paths of programs that only one package has, each with its package.
    pub fn landmarks(&self) -> &[(String, usize)] {
        &self.landmarks
    }

    /// Every package, by name.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The package of the same name but for a version number in it (`gcc-13` and `gcc-12`), the last by name.
    pub fn other_version(&self, name: &str) -> Option<&Package> {
        let wanted = without_numbers(name);
        if wanted == name {
            return None;
        }
        self.packages.iter().rev().find(|package| without_numbers(package.name) == wanted)
    }
}

/// A name with every number made the same: `php8.3-fpm` and `php8.2-fpm` are alike.
fn without_numbers(name: &str) -> String {
    let mut plain = String::new();
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        // a number with a name right behind it is no version: `libx11-6`, but `x11proto`
        let begins = c.is_ascii_digit() && !plain.ends_with(['#', 'x', 'i']);
        if begins {
            plain.push('#');
            while chars.next_if(|c| c.is_ascii_digit() || *c == '.').is_some() {}
        } else {
            plain.push(c);
        }
    }
    plain
}

/// The packages of Debian 12; none before they were learnt.
pub fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    static NONE: Table =
        Table { packages: Vec::new(), numbers: BTreeMap::new(), providers: BTreeMap::new(), landmarks: Vec::new() };
    match crate::commands::tables::Table::Apt.text() {
        "" => &NONE,
        text => TABLE.get_or_init(|| read(text)),
    }
}

fn read(text: &'static str) -> Table {
    let mut table = Table::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or_default();
        if let Some(virtual_name) = name.strip_prefix('@') {
            let numbers = cells.next().unwrap_or_default().split(' ').filter_map(|word| word.parse().ok()).collect();
            table.providers.insert(virtual_name, numbers);
            continue;
        }
        let (base, version) = match cells.next().unwrap_or_default() {
            version if version.starts_with('!') => (Base::Essential, version.trim_start_matches('!')),
            version if version.starts_with('=') => (Base::Yes, version.trim_start_matches('=')),
            version => (Base::No, version),
        };
        let sizes: Vec<u64> =
            cells.next().unwrap_or_default().split(' ').map(|word| word.parse().unwrap_or(0)).collect();
        let at = |index: usize| sizes.get(index).copied();
        let kib = at(0).unwrap_or(0);
        let usual = usual(name, kib);
        let mut package = Package {
            name,
            version,
            base,
            kib,
            deb_kib: at(1).unwrap_or(0),
            files: at(2).unwrap_or(usual.files),
            real: at(3).unwrap_or(usual.real),
            slim: at(4).unwrap_or(usual.slim),
            notes_kib: at(5).unwrap_or(2 + usual.files * 14 / 100),
            compiled_kib: if at(2).is_some() { at(6).unwrap_or(0) } else { usual.compiled_kib },
            templates: at(7).unwrap_or(0),
            depends: groups(cells.next().unwrap_or_default()),
            recommends: groups(cells.next().unwrap_or_default()),
            programs: cells.next().unwrap_or_default().split(' ').filter(|word| !word.is_empty()).collect(),
        };
        if package.programs.is_empty() && at(2).is_none() && has_program(name) {
            package.programs.push(name);
        }
        table.numbers.insert(name, table.packages.len());
        table.packages.push(package);
    }
    let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, package) in table.packages.iter().enumerate() {
        for path in package.program_paths() {
            owners.entry(path).or_default().push(number);
        }
    }
    let single = |(path, packages): (String, Vec<usize>)| match packages.as_slice() {
        [package] => Some((path, *package)),
        _ => None,
    };
    table.landmarks = owners.into_iter().filter_map(single).collect();
    table
}

fn groups(cell: &'static str) -> Vec<Vec<Choice>> {
    let choice = |word: &str| {
        let package = word.trim_end_matches('!').parse().ok()?;
        Some(Choice { package, newest: word.ends_with('!') })
    };
    cell.split(' ').filter(|word| !word.is_empty()).map(|group| group.split('|').filter_map(choice).collect()).collect()
}

/// Whether a package whose files nobody looked at is taken to have a program of its own name.
pub fn has_program(name: &str) -> bool {
    let parts =
        ["lib", "python3-", "node-", "fonts-", "gir1.2-", "ruby-", "php", "golang-", "xfonts-", "task-", "linux-"];
    let ends =
        ["-dev", "-doc", "-common", "-data", "-perl", "-base", "-core", "-dbg", "-modules", "-plugins", "-headers"];
    !parts.iter().any(|part| name.starts_with(part)) && !ends.iter().any(|end| name.ends_with(end))
}

/// What the files of a kind of package are like where nobody looked at them.
struct Usual {
    files: u64,
    real: u64,
    slim: u64,
    compiled_kib: u64,
}

/// Means of the surveyed packages of the kind: KiB a file, weight against Installed-Size, the share of documentation.
fn usual(name: &str, kib: u64) -> Usual {
    let kind = |kib_a_file: u64, real, slim| Usual { files: 4 + kib / kib_a_file, real, slim, compiled_kib: 0 };
    if name.ends_with("-doc") || name.ends_with("-l10n") || name.starts_with("manpages") {
        kind(6, 85, 88)
    } else if name.ends_with("-dev") {
        kind(52, 98, 4)
    } else if name.ends_with("-perl") {
        kind(12, 93, 14)
    } else if name.starts_with("node-") {
        kind(8, 85, 8)
    } else if name.starts_with("python3-") {
        Usual { compiled_kib: kib * 80 / 100, ..kind(19, 95, 5) }
    } else if name.starts_with("lib") {
        // a great library is no better documented than a small one
        kind(160, 99, if kib > 5_000 { 0 } else { 4 })
    } else if name.starts_with("fonts-") {
        kind(90, 98, 1)
    } else {
        kind(40, 96, 9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_name_packages_that_are_there() {
        let table = table();
        assert!(table.packages().len() > 1_900);
        for package in table.packages() {
            for choice in package.depends.iter().chain(&package.recommends).flatten() {
                assert!(table.get(choice.package).is_some(), "{}", package.name);
            }
        }
        assert!(table.packages().is_sorted_by(|a, b| a.name < b.name));
        assert!(table.providers("netcat").len() == 2);
    }

    #[test]
    fn a_package_of_another_version_stands_for_one_that_is_not_there() {
        let name = |wanted| table().other_version(wanted).map(|package| package.name);
        assert_eq!(name("php8.3-fpm"), Some("php8.2-fpm"));
        assert_eq!(name("postgresql-client-17"), Some("postgresql-client-15"));
        assert_eq!(name("gcc-13"), Some("gcc-12"));
        assert_eq!(name("frobnicator"), None);
    }
}
