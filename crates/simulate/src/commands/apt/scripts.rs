//! What maintainer scripts and triggers leave behind beside a package's own files.

use filesystem::{Content, Cred, Errno};

use super::super::accounts::etc_file;
use super::super::estimate::place;
use super::plan::number_of;
use crate::process::Machine;

/// Files that a package has in /etc or /var, or makes when it is configured, that Dockerfiles go on to change: package,
/// path, bytes. A path that ends in `/` is a directory. Sizes are of measured installs (bookworm, November 2026) or, for
/// databases, what the program makes by default.
const MADE: &[(&str, &str, u64)] = &[
    ("apache2", "/etc/apache2/apache2.conf", 7_178),
    ("apache2", "/etc/apache2/ports.conf", 274),
    ("apache2", "/etc/apache2/sites-available/000-default.conf", 1_286),
    ("apache2", "/etc/apache2/sites-enabled/000-default.conf", 1_286),
    ("apache2", "/etc/apache2/conf-available/", 0),
    ("apache2", "/var/log/apache2/", 0),
    ("apache2", "/var/www/html/index.html", 10_701),
    ("ca-certificates", "/etc/ca-certificates.conf", 6_349),
    ("ca-certificates", "/etc/ssl/certs/ca-certificates.crt", 222_073),
    ("ca-certificates", "/usr/local/share/ca-certificates/", 0),
    ("ca-certificates-java", "/etc/ssl/certs/java/cacerts", 167_226),
    ("cron", "/etc/cron.d/", 0),
    ("cron", "/etc/crontab", 1_042),
    ("cron", "/var/spool/cron/crontabs/", 0),
    ("haproxy", "/etc/haproxy/haproxy.cfg", 1_318),
    ("imagemagick-6-common", "/etc/ImageMagick-6/policy.xml", 8_000),
    ("logrotate", "/etc/logrotate.d/", 0),
    ("mariadb-server", "/etc/mysql/mariadb.conf.d/50-server.cnf", 3_795),
    ("mariadb-server", "/var/lib/mysql/ibdata1", 12_582_912),
    ("mariadb-server", "/var/lib/mysql/ib_logfile0", 100_663_296),
    ("memcached", "/etc/memcached.conf", 1_894),
    ("nginx-common", "/etc/nginx/conf.d/", 0),
    ("nginx-common", "/etc/nginx/mime.types", 3_957),
    ("nginx-common", "/etc/nginx/nginx.conf", 1_446),
    ("nginx-common", "/etc/nginx/sites-available/default", 2_412),
    ("nginx-common", "/etc/nginx/sites-enabled/default", 2_412),
    ("nginx-common", "/usr/share/nginx/html/index.html", 612),
    ("nginx-common", "/var/log/nginx/", 0),
    ("nginx-common", "/var/www/html/index.nginx-debian.html", 612),
    ("openssh-client", "/etc/ssh/ssh_config", 1_650),
    ("openssh-server", "/etc/ssh/sshd_config", 3_289),
    ("php8.2-cli", "/etc/php/8.2/cli/php.ini", 72_930),
    ("php8.2-common", "/etc/php/8.2/mods-available/", 0),
    ("php8.2-fpm", "/etc/php/8.2/fpm/php.ini", 72_940),
    ("php8.2-fpm", "/etc/php/8.2/fpm/pool.d/www.conf", 21_000),
    ("postgresql-15", "/etc/postgresql/15/main/pg_hba.conf", 5_002),
    ("postgresql-15", "/etc/postgresql/15/main/postgresql.conf", 29_900),
    ("postgresql-15", "/var/lib/postgresql/15/main/base", 39_400_000),
    ("rabbitmq-server", "/etc/rabbitmq/", 0),
    ("redis-server", "/etc/redis/redis.conf", 107_512),
    ("redis-server", "/var/lib/redis/", 0),
    ("rsyslog", "/etc/rsyslog.conf", 1_914),
    ("sudo", "/etc/sudoers", 1_714),
    ("sudo", "/etc/sudoers.d/", 0),
    ("supervisor", "/etc/supervisor/conf.d/", 0),
    ("supervisor", "/etc/supervisor/supervisord.conf", 1_178),
    ("supervisor", "/var/log/supervisor/", 0),
];

/// Users that packages make.
const USERS: &[(&str, &str, &str)] = &[
    ("dbus-daemon", "messagebus", "/nonexistent"),
    ("exim4-base", "Debian-exim", "/var/spool/exim4"),
    ("mariadb-server", "mysql", "/nonexistent"),
    ("memcached", "memcache", "/nonexistent"),
    ("openssh-server", "sshd", "/run/sshd"),
    ("postfix", "postfix", "/var/spool/postfix"),
    ("postgresql-common", "postgres", "/var/lib/postgresql"),
    ("rabbitmq-server", "rabbitmq", "/var/lib/rabbitmq"),
    ("redis-tools", "redis", "/var/lib/redis"),
    ("tcpdump", "tcpdump", "/nonexistent"),
];

/// Whose the files are that a package makes.
const OWNERS: &[(&str, &str)] = &[
    ("mariadb-server", "mysql"),
    ("postgresql-15", "postgres"),
    ("rabbitmq-server", "rabbitmq"),
    ("redis-server", "redis"),
];

/// What debconf's two databases weigh: written anew with every run, a second time where a package brought questions.
const DEBCONF: [(&str, u64); 2] = [("templates.dat", 745_300), ("config.dat", 12_258)];

/// The files and directories that are made for a package beside its own.
pub fn made_by(package: &str) -> impl Iterator<Item = &'static str> {
    MADE.iter().filter(move |(of, _, _)| *of == package).map(|(_, path, _)| *path)
}

/// Does what the scripts of the new packages do, each with the package that it is like: `postgresql-16` makes what
/// `postgresql-15` makes, with its own number in the paths.
pub fn configure(machine: &mut Machine, packages: &[(String, String)]) -> Result<(), Errno> {
    let root = Cred::root();
    for (name, package) in packages {
        for (_, user, home) in USERS.iter().filter(|(of, _, _)| of == package) {
            add_user(machine, user, home)?;
        }
        let (old, new) = (number_of(package), number_of(name));
        for (_, path, bytes) in MADE.iter().filter(|(of, _, _)| of == package) {
            let path = if new.is_empty() { (*path).to_string() } else { path.replace(old, new) };
            let path = path.as_str();
            if let Some(folder) = path.strip_suffix('/') {
                machine.fs.mkdir_all(folder, 0o755, &root)?;
            } else if machine.fs.stat(path, false, &root).is_err() {
                place(machine, path, &format!("apt/{package}{path}"), *bytes, 0o644)?;
            }
            if let Some((_, user)) = OWNERS.iter().find(|(of, _)| of == package) {
                let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder);
                for path in [folder, path.trim_end_matches('/')] {
                    own(machine, path, user)?;
                }
            }
        }
        if package == "locales" {
            let text: String = super::locale::LOCALES.iter().map(|name| format!("# {name}.UTF-8 UTF-8\n")).collect();
            let head = "# This file lists locales that you wish to have built.\n";
            machine.fs.write("/etc/locale.gen", Content::text(&format!("{head}{text}")), 0o644, &root)?;
        }
    }
    Ok(())
}

/// Gives a file or a folder to a user.
fn own(machine: &mut Machine, path: &str, user: &str) -> Result<(), Errno> {
    let users = etc_file(machine, "/etc/passwd");
    let mut line = users.lines().map(|line| line.split(':')).filter(|words| words.clone().next() == Some(user));
    let id = line.next().and_then(|mut words| words.nth(2)).and_then(|id| id.parse().ok());
    machine.fs.chown(path, id, id, true, &Cred::root())
}

/// Makes a system user with a group of its name, unless it is there.
fn add_user(machine: &mut Machine, user: &str, home: &str) -> Result<(), Errno> {
    let root = Cred::root();
    let (users, groups) = (etc_file(machine, "/etc/passwd"), etc_file(machine, "/etc/group"));
    if users.lines().any(|line| line.split(':').next() == Some(user)) {
        return Ok(());
    }
    let taken = users.lines().chain(groups.lines()).filter_map(|line| line.split(':').nth(2)?.parse::<u32>().ok());
    let id = taken.filter(|id| (100..1000).contains(id)).max().map_or(100, |id| id + 1);
    let shell = if user == "postgres" { "/bin/bash" } else { "/usr/sbin/nologin" };
    let lines = [
        ("/etc/passwd", format!("{user}:x:{id}:{id}::{home}:{shell}\n"), 0o644),
        ("/etc/group", format!("{user}:x:{id}:\n"), 0o644),
        ("/etc/shadow", format!("{user}:!:20000::::::\n"), 0o640),
    ];
    for (path, line, mode) in lines {
        machine.fs.append(path, &Content::text(&line), mode, &root)?;
    }
    Ok(())
}

/// What a run of dpkg writes beside the packages: debconf's databases, the linker's cache, logs.
pub fn run_notes(machine: &mut Machine, packages: &[String], has_questions: bool) -> Result<(), Errno> {
    let count = packages.len() as u64;
    let mut id = format!("{count}/{}", packages.first().map_or("", String::as_str));
    if let Some(last) = packages.last() {
        id = format!("{id}/{last}");
    }
    for (name, bytes) in DEBCONF {
        let path = format!("/var/cache/debconf/{name}");
        place(machine, &path, &format!("debconf/{name}/{id}"), bytes, 0o644)?;
        if has_questions {
            place(machine, &format!("{path}-old"), &format!("debconf/{name}-old/{id}"), bytes, 0o644)?;
        }
    }
    if packages.iter().any(|name| name.starts_with("lib")) {
        for path in ["/etc/ld.so.cache", "/var/cache/ldconfig/aux-cache"] {
            place(machine, path, &format!("ldconfig/{id}"), 4_600 + 50 * count, 0o644)?;
        }
    }
    let logs = [
        ("/var/log/dpkg.log", 480 * count),
        ("/var/log/apt/history.log", 130 + 40 * count),
        ("/var/log/apt/term.log", 120 + 120 * count),
        ("/var/log/apt/eipp.log.xz", 4_500),
    ];
    machine.fs.mkdir_all("/var/log/apt", 0o755, &Cred::root())?;
    for (path, bytes) in logs {
        machine.fs.append(path, &Content::opaque(&format!("log{path}/{id}"), bytes), 0o644, &Cred::root())?;
    }
    Ok(())
}

/// The steps that packages trigger, as apt prints them: `Processing triggers for libc-bin (2.36-9) ...`.
pub fn triggers(packages: &[String]) -> String {
    let table = super::table::table();
    let is_new = |name: &str| packages.iter().any(|package| package == name);
    let mut text = String::new();
    let mut say = |name: &str| {
        if let Some(package) = table.find(name) {
            text.push_str(&format!("Processing triggers for {name} ({}) ...\n", package.version));
        }
    };
    if packages.iter().any(|name| name.starts_with("lib")) {
        say("libc-bin");
    }
    if is_new("ca-certificates") {
        say("ca-certificates");
        text.push_str("Updating certificates in /etc/ssl/certs...\n0 added, 0 removed; done.\nRunning hooks in /etc/ca-certificates/update.d...\ndone.\n");
    }
    text
}
