//! Tools that fetch or make something, of which no figures were measured: counted with the typical sizes of a table, and
//! each step says so.

use filesystem::{Cred, Kind};

use crate::process::{Machine, Process};

use super::CommandFn;
use super::estimate::{download, estimated, place_as};
use super::input::not_modelled;

/// The table. What a line says is at its head.
const DATA: &str = include_str!("data/tools.txt");
/// Folders of the project whose files no tool reads as sources.
const NOT_SOURCES: [&str; 6] = ["node_modules", ".git", "target", "_build", "deps", ".venv"];

/// One line of the table.
struct Row {
    /// The program and the words that must follow.
    call: Vec<&'static str>,
    /// How long it takes, in milliseconds.
    ms: u64,
    /// What it downloads.
    net: u64,
    /// Path, bytes, percent of the sources' bytes, mode.
    outputs: Vec<(&'static str, u64, u64, u32)>,
    /// An option that asks for a path, and the path.
    says: Option<(&'static str, &'static str)>,
}

fn parse(line: &'static str) -> Option<Row> {
    let (call, rest) = line.split_once(" ; ")?;
    let mut row = Row { call: call.split(' ').collect(), ms: 0, net: 0, outputs: Vec::new(), says: None };
    for part in rest.split(" ; ") {
        let mut words = part.split(' ');
        match words.next()? {
            "ms" => row.ms = words.next()?.parse().ok()?,
            "net" => row.net = words.next()?.parse().ok()?,
            "says" => row.says = Some((words.next()?, words.next()?)),
            "file" => {
                let path = words.next()?;
                let (fixed, percent) = words.next()?.split_once('+').unwrap_or(("0", "0"));
                let mode = u32::from_str_radix(words.next().unwrap_or("644"), 8).ok()?;
                row.outputs.push((path, fixed.parse().ok()?, percent.parse().ok()?, mode));
            }
            _ => return None,
        }
    }
    Some(row)
}

/// The first line that fits: its words are the call's first ones that are no options.
fn find(process: &Process) -> Option<Row> {
    let words: Vec<&str> =
        process.operands().iter().map(String::as_str).filter(|word| !word.starts_with('-')).collect();
    let lines = DATA.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(parse).find(|row| {
        row.call.first() == Some(&process.name())
            && row
                .call
                .iter()
                .skip(1)
                .zip(words.iter().map(Some).chain(std::iter::repeat(None)))
                .all(|(want, word)| word.is_some_and(|word| want.split('|').any(|one| one == *word)) || *want == "*")
    })
}

/// `{--out,-o=default}` filled in from the arguments, `{NAME}` from the environment, `~` and what is relative.
fn filled(process: &Process, path: &str) -> String {
    let mut text = path.to_string();
    while let Some((before, rest)) = text.split_once('{') {
        let Some((inside, after)) = rest.split_once('}') else { break };
        let (names, default) = inside.split_once('=').unwrap_or((inside, ""));
        let words = process.operands();
        let given = names.split(',').find_map(|name| {
            let attached = words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
            let apart = words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
            attached.or(apart.map(String::as_str)).map(str::to_string)
        });
        let value = given.or_else(|| process.env.get(names).cloned()).unwrap_or_else(|| default.to_string());
        text = format!("{before}{value}{after}");
    }
    match text.strip_prefix("~/") {
        Some(rest) => format!("{}/{rest}", process.env.get("HOME").map_or("/root", |home| home.trim_end_matches('/'))),
        None => process.path(&text),
    }
}

/// The bytes of the working directory's files, without what was fetched or made.
fn source_bytes(machine: &Machine, process: &Process) -> u64 {
    let cwd = process.cwd.trim_end_matches('/').to_string();
    if cwd.is_empty() {
        return 0;
    }
    let skipped: Vec<String> = NOT_SOURCES.iter().map(|name| format!("{cwd}/{name}/")).collect();
    let files = machine.fs.walk(&cwd).into_iter();
    files
        .filter(|(path, stat)| {
            matches!(&stat.kind, Kind::File(content) if content.is_known())
                && !skipped.iter().any(|folder| path.starts_with(folder))
        })
        .map(|(_, stat)| stat.size)
        .sum()
}

/// Runs a tool of the table.
pub fn tool(machine: &mut Machine, process: &mut Process) -> i32 {
    let Some(row) = find(process) else {
        if !looks_only(process) {
            let part = process.operands().iter().find(|word| !word.starts_with('-')).cloned().unwrap_or_default();
            not_modelled(machine, process, &part);
        } else {
            machine.writes_nothing(&shown(process));
        }
        return 0;
    };
    if let Some((_, path)) = row.says.filter(|(option, _)| process.operands().iter().any(|word| word == option)) {
        let text = format!("{}\n", filled(process, path));
        process.out(machine, &text);
        return 0;
    }
    if row.net > 0 && !machine.network {
        process.err(machine, &format!("{}: could not resolve host\n", process.name()));
        return 1;
    }
    estimated(machine);
    download(machine, row.net);
    machine.work(crate::Work::Compile, row.ms);
    let what = row.call.join(" ");
    let sources = source_bytes(machine, process);
    let mut total = 0_u64;
    for (path, fixed, percent, mode) in row.outputs {
        let path = filled(process, path);
        let size = fixed.saturating_add(sources.saturating_mul(percent) / 100);
        let there = machine.fs.stat(&path, true, &Cred::root()).map_or(0, |stat| stat.size);
        if there >= size.max(1) {
            continue;
        }
        machine.charge_write(size);
        total = total.saturating_add(size);
        if let Err(errno) = place_as(machine, &path, &format!("{what}{path}"), size.max(1), mode, &process.cred) {
            process.complain(machine, &format!("{path}: {errno}"));
            return 1;
        }
    }
    if total > 0 {
        machine.typical_size(&what, total);
    } else {
        machine.writes_nothing(&shown(process));
    }
    0
}

/// Whether a program is asked for what it is, and not to do something.
pub fn looks_only(process: &Process) -> bool {
    let long = |word: &str| matches!(word, "--version" | "-version" | "--help" | "-help" | "--info");
    match process.operands() {
        // with anything else, `-v` is as often verbose and `-h` a host
        [only] => long(only) || matches!(only.as_str(), "-v" | "-V" | "-h" | "version" | "help"),
        [first, second, ..] => {
            long(first) || long(second) || matches!(first.as_str(), "version" | "help") || second == "version"
        }
        [] => false,
    }
}

/// How a program was called, as far as a note shows it.
pub fn shown(process: &Process) -> String {
    let words = process.operands().iter().take(2).map(String::as_str);
    std::iter::once(process.name()).chain(words).collect::<Vec<_>>().join(" ")
}

/// A program that only looks at things and says what it finds.
pub fn checker(machine: &mut Machine, process: &mut Process) -> i32 {
    machine.spend(CHECK_MS);
    machine.writes_nothing(&shown(process));
    0
}

/// Programs that only look at things and say what they find.
const CHECKERS: &[&str] = &[
    "ansible-lint",
    "ctest",
    "dig",
    "file",
    "free",
    "getcap",
    "gpgconf",
    "gpgv",
    "hadolint",
    "host",
    "ip",
    "jdeps",
    "ldd",
    "lsof",
    "named-checkconf",
    "named-checkzone",
    "netstat",
    "nm",
    "nslookup",
    "objdump",
    "pgrep",
    "ping",
    "ps",
    "readelf",
    "scanelf",
    "shellcheck",
    "ss",
    "sysctl",
    "top",
    "visudo",
    "xmllint",
    "yamllint",
];
/// Servers, and programs that work on media: they may be asked to check their settings.
const SERVERS: &[&str] = &[
    "apache2",
    "apache2ctl",
    "apachectl",
    "haproxy",
    "httpd",
    "lighttpd",
    "mongod",
    "mysqld",
    "named",
    "nginx",
    "php-fpm",
    "postgres",
    "redis-server",
    "squid",
    "sshd",
    "unbound",
    "varnishd",
];

/// The model of a program of this file.
pub fn lookup(name: &str) -> Option<CommandFn> {
    let in_table = |line: &str| line.split(' ').next() == Some(name);
    if DATA.lines().filter(|line| !line.starts_with('#')).any(in_table) {
        Some(tool)
    } else if CHECKERS.contains(&name) {
        Some(checker)
    } else {
        SERVERS.contains(&name).then_some(server as CommandFn)
    }
}

/// The names of the programs of this file.
pub fn names() -> impl Iterator<Item = &'static str> {
    let lines = DATA.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let in_table = lines.filter_map(|line| line.split(' ').next());
    in_table.chain(CHECKERS.iter().copied()).chain(SERVERS.iter().copied())
}

/// How long looking takes.
const CHECK_MS: u64 = 400;

/// A server or client that is told to check its settings, or to say what it is; anything else has no model.
pub fn server(machine: &mut Machine, process: &mut Process) -> i32 {
    let checks = |word: &String| {
        matches!(
            word.as_str(),
            "-t" | "-T"
                | "-c"
                | "-S"
                | "configtest"
                | "validate"
                | "check"
                | "--test"
                | "--check"
                | "--validate-config"
        )
    };
    if looks_only(process) || process.operands().iter().any(checks) {
        return checker(machine, process);
    }
    let part = process.operands().first().cloned().unwrap_or_default();
    not_modelled(machine, process, &part);
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        for line in DATA.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            assert!(parse(line).is_some(), "{line}");
        }
    }
}
