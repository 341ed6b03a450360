//! What is known of Alpine's packages.

use std::collections::BTreeMap;

use super::super::estimate::rows;

const DATA: &str = include_str!("../data/apk.txt");

/// Packages of every Alpine image: those that are needed are there.
const BASE: &[&str] = &[
    "alpine-baselayout",
    "alpine-baselayout-data",
    "alpine-keys",
    "alpine-release",
    "apk-tools",
    "busybox",
    "busybox-binsh",
    "ca-certificates-bundle",
    "libapk",
    "libcrypto3",
    "libssl3",
    "musl",
    "musl-utils",
    "scanelf",
    "ssl_client",
    "zlib",
];

/// What a package counts with, together with what it needs, that the data lack: by how its name begins and ends.
const TYPICAL: &[(&str, &str, u64)] = &[
    ("openjdk", "", 200_000_000),
    ("llvm", "", 180_000_000),
    ("clang", "", 220_000_000),
    ("font-", "", 4_000_000),
    ("ttf-", "", 4_000_000),
    ("py3-", "", 1_500_000),
    ("php", "", 600_000),
    ("perl-", "", 300_000),
    ("ruby-", "", 500_000),
    ("", "-dev", 2_000_000),
    ("", "-doc", 300_000),
    ("", "-libs", 1_500_000),
    ("lib", "", 1_000_000),
    ("", "", 4_000_000),
];

/// Names that Alpine had and has no more: of Python 2 and of old ways to install npm.
const GONE: &[&str] = &["python", "python-dev", "py-pip", "py2-pip", "nodejs-npm"];

/// A package to install.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Bytes that it installs.
    pub bytes: u64,
    /// What it needs.
    pub needs: Vec<&'static str>,
    /// Whether the data lack it.
    pub is_unknown: bool,
}

/// The data by name.
pub struct Table {
    rows: BTreeMap<&'static str, (u64, Vec<&'static str>)>,
}

impl Table {
    /// Reads the data: name, bytes (`~` in front: estimated), what it needs.
    pub fn read() -> Table {
        let row = |row: Vec<&'static str>| {
            let bytes = row.get(1)?.trim_start_matches('~').parse().ok()?;
            let needs = row.get(2).map(|list| list.split(',').collect()).unwrap_or_default();
            Some((*row.first()?, (bytes, needs)))
        };
        Table { rows: rows(DATA).filter_map(row).collect() }
    }

    /// A package by its name.
    pub fn package(&self, name: &str) -> Package {
        match self.rows.get(name) {
            Some((bytes, needs)) => {
                Package { name: name.to_string(), bytes: *bytes, needs: needs.clone(), is_unknown: false }
            }
            None => {
                let fits = |(start, end, _): &&(&str, &str, u64)| name.starts_with(start) && name.ends_with(end);
                let bytes = TYPICAL.iter().find(fits).map_or(0, |(.., bytes)| *bytes);
                Package { name: name.to_string(), bytes, needs: Vec::new(), is_unknown: true }
            }
        }
    }

    /// Packages with all that they need, those of every image left out; what is needed comes first, as apk installs it.
    pub fn closure<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<Package> {
        let mut found: Vec<Package> = Vec::new();
        for name in names {
            self.add(name, &mut found, 0);
        }
        found
    }

    fn add(&self, name: &str, found: &mut Vec<Package>, depth: u32) {
        if depth > 32 || BASE.contains(&name) || found.iter().any(|package| package.name == name) {
            return;
        }
        let package = self.package(name);
        for need in package.needs.clone() {
            self.add(need, found, depth + 1);
        }
        if !found.iter().any(|package| package.name == name) {
            found.push(package);
        }
    }
}

/// Whether no Alpine of these years has a package of the name.
pub fn is_gone(name: &str) -> bool {
    GONE.contains(&name)
}

/// The programs that a package brings, by their paths.
pub fn programs(name: &str) -> Vec<String> {
    let listed: &[&str] = match name {
        "nodejs" | "nodejs-current" => &["node"],
        "npm" => &["npm", "npx"],
        "yarn" => &["yarn", "yarnpkg"],
        "python3" => &["python3"],
        "py3-pip" => &["pip", "pip3"],
        "py3-virtualenv" => &["virtualenv"],
        "gcc" => &["gcc", "cc"],
        "g++" => &["g++", "c++"],
        "binutils" => &["ld", "as", "ar", "strip", "nm", "objcopy", "objdump", "ranlib"],
        "clang" => &["clang", "clang++"],
        "pkgconf" => &["pkgconf", "pkg-config"],
        "openssh-client-default" => &["ssh", "scp", "ssh-keygen", "ssh-keyscan", "ssh-add", "ssh-agent"],
        "postgresql-client" | "postgresql16-client" | "postgresql17-client" => {
            &["psql", "pg_dump", "pg_restore", "pg_isready"]
        }
        "postgresql-dev" | "libpq-dev" => &["pg_config"],
        "mariadb-client" | "mysql-client" => &["mysql", "mysqldump", "mariadb"],
        "mariadb-dev" | "mariadb-connector-c-dev" => &["mariadb_config"],
        "redis" => &["redis-server", "redis-cli"],
        "ruby" => &["ruby", "gem"],
        "ruby-bundler" => &["bundle", "bundler"],
        "rust" => &["rustc"],
        "maven" => &["mvn"],
        "gettext" => &["envsubst", "msgfmt"],
        "gettext-envsubst" => &["envsubst"],
        "imagemagick" => &["convert", "magick"],
        "ffmpeg" => &["ffmpeg", "ffprobe"],
        "chromium" => &["chromium", "chromium-browser"],
        "bind-tools" => &["dig", "host", "nslookup"],
        "gnupg" => &["gpg"],
        "sqlite" => &["sqlite3"],
        "supervisor" => &["supervisord", "supervisorctl"],
        "docker-cli" | "docker" => &["docker"],
        "tini" => &["/sbin/tini"],
        "su-exec" => &["/sbin/su-exec"],
        "nginx" => &["/usr/sbin/nginx"],
        "bash" => &["/bin/bash"],
        "shadow" => {
            &["/usr/sbin/useradd", "/usr/sbin/usermod", "/usr/sbin/groupadd", "/usr/sbin/groupmod", "/usr/sbin/userdel"]
        }
        "ca-certificates" => &["/usr/sbin/update-ca-certificates"],
        "cmake" => &["cmake", "ctest"],
        _ if name.starts_with("openjdk") && name.ends_with("-jdk") => &["java", "javac", "jar"],
        _ if name.starts_with("openjdk") => &["java"],
        _ if is_library(name) => &[],
        name => return vec![format!("/usr/bin/{name}")],
    };
    let path =
        |program: &&str| if program.starts_with('/') { (*program).to_string() } else { format!("/usr/bin/{program}") };
    listed.iter().map(path).collect()
}

fn is_library(name: &str) -> bool {
    let ends = ["-dev", "-libs", "-doc", "-data", "-keys", "-headers", "-terminfo-base", "-bundle", "-openrc", "-lang"];
    let starts = ["lib", "py3-", "font-", "ttf-", "php", "perl-", "icu-", "."];
    let whole = [
        "tzdata",
        "build-base",
        "alpine-sdk",
        "gcompat",
        "gmp",
        "isl26",
        "mpfr4",
        "mpc1",
        "jansson",
        "pcre2",
        "openssh-client",
        "readline",
        "gdbm",
        "mpdecimal",
        "c-ares",
        "simdjson",
        "vips",
        "musl-locales",
    ];
    ends.iter().any(|end| name.ends_with(end))
        || starts.iter().any(|start| name.starts_with(start))
        || whole.contains(&name)
}

/// Where the rest of a package's files lies.
pub fn folder(name: &str) -> String {
    match name {
        "python3" => "/usr/lib/python3.12".to_string(),
        name if name.ends_with("-dev") => format!("/usr/include/{name}"),
        name if is_library(name) => format!("/usr/lib/{name}"),
        name => format!("/usr/share/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_comes_along_once() {
        let table = Table::read();
        let names = |name: &'static str| -> Vec<String> {
            table.closure(std::iter::once(name)).into_iter().map(|package| package.name).collect()
        };
        assert_eq!(names("curl").len(), 9);
        assert!(names("build-base").contains(&"musl-dev".to_string()) && names("zlib").is_empty());
        assert_eq!(table.package("libfoo").bytes, 1_000_000);
        assert!(table.rows.values().all(|(_, needs)| needs.iter().all(|need| table.rows.contains_key(need))));
    }
}
