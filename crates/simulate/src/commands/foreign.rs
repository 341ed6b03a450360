//! What the package managers share of which no figures were measured: dnf, yum, microdnf, zypper, pacman.
//!
//! A package is counted with a typical size, its dependencies included, and each step says so.

use filesystem::{Content, Cred, Errno};

use crate::process::{Machine, Process};

use super::accounts::{User, users};
use super::estimate::{download, estimated, place, unpack};
use super::node::exists;

/// Where a package manager keeps what it downloads, and how much of it.
pub struct Store {
    /// The folder of the repositories' lists.
    pub lists: &'static str,
    /// What the lists weigh.
    pub list_bytes: u64,
    /// The folder of packages that were downloaded, where they are kept.
    pub packages: Option<&'static str>,
    /// Where the database of installed packages is.
    pub database: &'static str,
}

/// What a package is counted with: the one whose name begins or ends so. The last is any other.
const TYPICAL: [(&str, &str, u64); 16] = [
    ("java", "", 190_000_000),
    ("", "-jdk", 190_000_000),
    ("", "devel", 6_000_000),
    ("base-devel", "", 260_000_000),
    ("Development", "", 320_000_000),
    ("gcc", "", 150_000_000),
    ("clang", "", 250_000_000),
    ("golang", "", 240_000_000),
    ("go", "", 240_000_000),
    ("rust", "", 300_000_000),
    ("nodejs", "", 60_000_000),
    ("python3", "", 40_000_000),
    ("git", "", 45_000_000),
    ("lib", "", 1_500_000),
    ("epel-release", "", 40_000),
    ("", "", 8_000_000),
];
/// Downloads are about a third of what is installed.
const PACKED: u64 = 3;
/// How long a package takes beyond downloading and writing.
const PACKAGE_MS: u64 = 250;

/// Programs and users of packages that are named otherwise.
const PROGRAMS: &[(&str, &[&str])] = &[
    ("nodejs", &["node", "npm", "npx"]),
    ("shadow-utils", &["useradd", "groupadd", "usermod", "userdel", "groupdel"]),
    ("shadow", &["useradd", "groupadd", "usermod", "userdel", "groupdel"]),
    ("procps-ng", &["ps", "top", "free", "pgrep"]),
    ("gcc", &["gcc", "cc"]),
    ("gcc-c++", &["g++", "c++"]),
    ("base-devel", &["gcc", "cc", "g++", "make", "makepkg", "strip", "sudo"]),
    ("Development Tools", &["gcc", "cc", "g++", "make", "git", "strip"]),
    ("golang", &["go"]),
    ("coreutils", &[]),
    ("tzdata", &[]),
    ("ca-certificates", &["update-ca-trust"]),
    ("epel-release", &[]),
    ("openssh-server", &["sshd"]),
    ("python3-pip", &["pip3", "pip"]),
    ("python3.11-pip", &["pip3.11"]),
    ("php-fpm", &["php-fpm"]),
    ("php", &["php"]),
];
const SERVICES: &[(&str, &str, &[&str])] = &[
    ("httpd", "apache", &["/var/www/html", "/etc/httpd/conf.d", "/var/log/httpd"]),
    ("nginx", "nginx", &["/etc/nginx/conf.d", "/usr/share/nginx/html", "/var/log/nginx"]),
    ("mariadb-server", "mysql", &["/var/lib/mysql", "/etc/my.cnf.d"]),
    ("postgresql-server", "postgres", &["/var/lib/pgsql"]),
    ("redis", "redis", &["/var/lib/redis"]),
];

fn size_of(name: &str) -> u64 {
    let fits = |(begin, end, _): &&(&str, &str, u64)| {
        name.starts_with(begin) && name.ends_with(end) && (*begin != "go" || name == "go")
    };
    TYPICAL.iter().find(fits).map_or(8_000_000, |(_, _, bytes)| *bytes)
}

fn marker(name: &str) -> String {
    format!("/usr/share/doc/{name}/files")
}

/// Puts the lists of the repositories in place, where they are not.
pub fn refresh(machine: &mut Machine, store: &Store) -> Result<(), Errno> {
    let path = format!("{}/repositories.solv", store.lists);
    if exists(machine.fs, &path, &Cred::root()) {
        return Ok(());
    }
    estimated(machine);
    machine.typical_size("the lists of repositories", store.list_bytes);
    download(machine, store.list_bytes / 2);
    machine.charge_write(store.list_bytes);
    place(machine, &path, &path, store.list_bytes, 0o644)
}

/// Installs packages that are not there.
pub fn install(machine: &mut Machine, process: &Process, store: &Store, names: &[String]) -> Result<(), Errno> {
    estimated(machine);
    let mut total = 0_u64;
    for name in names {
        if exists(machine.fs, &marker(name), &Cred::root()) {
            continue;
        }
        let bytes = if name.starts_with("http") || name.ends_with(".rpm") { 30_000 } else { size_of(name) };
        machine.typical_size(&format!("{} {name}", process.name()), bytes);
        download(machine, bytes / PACKED);
        process.out(machine, &format!("Installing: {name}\n"));
        put(machine, process, name, bytes)?;
        if let Some(folder) = store.packages {
            let path = format!("{folder}/{}", name.rsplit('/').next().unwrap_or(name));
            place(machine, &path, &path, bytes / PACKED, 0o644)?;
        }
        unpack(machine, bytes, bytes / 20_000);
        machine.spend(PACKAGE_MS);
        total = total.saturating_add(bytes);
    }
    // the database grows by about a hundredth of what is installed
    let old = machine.fs.stat(store.database, true, &Cred::root()).map_or(5_000_000, |stat| stat.size);
    let size = old.saturating_add(total / 100);
    place(machine, store.database, &format!("packages/{size}"), size, 0o644)
}

fn put(machine: &mut Machine, process: &Process, name: &str, bytes: u64) -> Result<(), Errno> {
    let plain = name.rsplit('/').next().unwrap_or(name).to_string();
    let own: &[&str] = &[&plain];
    let java: &[&str] = &["java", "javac", "jar"];
    let listed = PROGRAMS.iter().find(|(package, _)| *package == plain).map(|(_, programs)| *programs);
    let program = !plain.starts_with("lib") && !plain.ends_with("devel") && !plain.ends_with(".rpm");
    let programs = listed.unwrap_or(if plain.starts_with("java") {
        java
    } else if program {
        own
    } else {
        &[]
    });
    let each = bytes / 4 / (programs.len() as u64).max(1);
    let mut left = bytes;
    for program in programs {
        let path = format!("/usr/bin/{program}");
        if !exists(machine.fs, &path, &Cred::root()) {
            place(machine, &path, &format!("package/{plain}/{program}"), each, 0o755)?;
            left = left.saturating_sub(each);
        }
    }
    if let Some((_, user, folders)) = SERVICES.iter().find(|(package, _, _)| *package == plain) {
        for folder in *folders {
            machine.fs.mkdir_all(folder, 0o755, &Cred::root())?;
        }
        add_service_user(machine, process, user)?;
        let unit = format!("/usr/lib/systemd/system/{plain}.service");
        place(machine, &unit, &format!("package/{plain}/unit"), 1_000, 0o644)?;
        left = left.saturating_sub(1_000);
        // their scripts need systemd, which the images of the distributions come without
        if !exists(machine.fs, "/usr/bin/systemctl", &Cred::root()) {
            place(machine, "/usr/bin/systemctl", "package/systemd/systemctl", each.min(1_200_000), 0o755)?;
            left = left.saturating_sub(each.min(1_200_000));
        }
    }
    place(machine, &marker(name), &format!("package/{plain}/files"), left, 0o644)
}

fn add_service_user(machine: &mut Machine, process: &Process, name: &str) -> Result<(), Errno> {
    let known = users(machine);
    if known.iter().any(|user| user.name == name) {
        return Ok(());
    }
    let used: Vec<u32> = known.iter().map(|user| user.uid).collect();
    let uid = (100..1000).rev().find(|uid| !used.contains(uid)).unwrap_or(999);
    let line = format!("{name}:x:{uid}:");
    super::account_files::append_line(machine, process, "/etc/group", &line)?;
    let user = User {
        name: name.to_string(),
        uid,
        gid: uid,
        comment: String::new(),
        home: "/".to_string(),
        shell: "/sbin/nologin".to_string(),
    };
    super::account_files::add_user(machine, process, &user, ":::::")
}

/// Removes packages.
pub fn remove(machine: &mut Machine, names: &[String]) {
    for name in names {
        let _ = machine.fs.remove_all(&format!("/usr/share/doc/{name}"), &Cred::root());
        let _ = machine.fs.remove_file(&format!("/usr/bin/{name}"), &Cred::root());
    }
}

/// Removes what `clean` removes: lists and kept packages.
pub fn clean(machine: &mut Machine, store: &Store, lists: bool) {
    let root = Cred::root();
    let folders = [store.packages, lists.then_some(store.lists)];
    for folder in folders.into_iter().flatten() {
        for name in machine.fs.read_dir(folder, &root).unwrap_or_default() {
            let _ = machine.fs.remove_all(&format!("{folder}/{name}"), &root);
        }
    }
}

/// Writes a line to standard error, as package managers do when there is no network.
pub fn offline(machine: &mut Machine, process: &Process, text: &str) -> i32 {
    let content = Content::text(text);
    let _ = process.write(machine, 2, &content);
    1
}
