//! Well-known install scripts that a Dockerfile pipes into a shell: what they leave, from a table.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::estimate::{cell, download, estimated, place_as, rows};
use super::input::last_part;

const DATA: &str = include_str!("data/installers.txt");

/// What the program that starts an installed tool takes.
const PROGRAM_BYTES: u64 = 10_000;

/// The lines of the installer at an address, its own first.
fn lines(url: &str) -> impl Iterator<Item = &'static str> {
    let is_head = |line: &str| line.starts_with("installer ");
    let mut lines = DATA.lines().filter(|line| !line.starts_with('#')).skip_while(move |line| {
        let part = line.strip_prefix("installer ").and_then(|rest| rest.split(' ').next());
        !part.is_some_and(|part| url.contains(part))
    });
    lines.next().into_iter().chain(lines.take_while(move |line| !is_head(line)))
}

/// The bytes of the install script at an address, if it is one.
pub fn script_bytes(url: &str) -> Option<u64> {
    let wanted =
        |row: &Vec<&str>| row.first() == Some(&"installer") && row.get(1).is_some_and(|part| url.contains(part));
    let name = super::fetch::file_name(url);
    let packed = [".gz", ".zip", ".xz", ".deb", ".gpg", ".asc", ".tgz"].iter().any(|end| name.ends_with(end));
    rows(DATA).find(wanted).filter(|_| !packed && !url.contains("/releases/")).map(|row| cell(&row, 2))
}

/// Runs a downloaded script of unknown bytes, if it is a known installer: what `sh`, `bash`, `python3 -` and `php` do with
/// it. `None` where it is not.
pub fn run(machine: &mut Machine, process: &Process, content: &Content, arguments: &[String]) -> Option<i32> {
    let url = super::fetch::address(content)?;
    script_bytes(&url)?;
    estimated(machine);
    if !machine.network {
        process.err(machine, &format!("curl: (6) Could not resolve host: {}\n", super::fetch::host(&url)));
        return Some(1);
    }
    for line in lines(&url).skip(1) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let status = step(machine, process, word, rest, &url, arguments);
        if status != 0 {
            return Some(status);
        }
    }
    Some(0)
}

/// Whether a file is the installer that a downloaded archive brings.
pub fn is_archives_own(path: &str, content: &Content) -> bool {
    let installs = matches!(last_part(path), "install" | "install.sh" | "setup.sh" | "installer.sh");
    installs && super::fetch::address(content).is_some_and(|id| id.contains('#'))
}

/// Runs the installer of an archive: it is taken to put what lies beside it, and a program of the folder's name, below
/// /usr/local.
pub fn of_archive(machine: &mut Machine, process: &Process, path: &str) -> i32 {
    estimated(machine);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let files = machine.fs.walk(folder);
    let bytes: u64 = files.iter().filter(|(_, stat)| stat.is_file()).map(|(_, stat)| stat.size).sum();
    let name = last_part(folder).split(['-', '_']).next().unwrap_or_default().to_string();
    machine.typical_size(&format!("{} of {name}", last_part(path)), bytes);
    machine.charge_write(bytes);
    let put = place_as(
        machine,
        &format!("/usr/local/lib/{name}/other-files"),
        &format!("installed/{name}/files"),
        bytes,
        0o644,
        &process.cred,
    )
    .and_then(|()| {
        let program = format!("/usr/local/bin/{name}");
        place_as(machine, &program, &format!("installed/{name}"), PROGRAM_BYTES, 0o755, &process.cred)
    });
    put.map_or_else(
        |errno| {
            process.complain(machine, &format!("{errno}"));
            1
        },
        |()| 0,
    )
}

fn step(machine: &mut Machine, process: &Process, word: &str, rest: &str, url: &str, arguments: &[String]) -> i32 {
    let parts: Vec<String> = rest.split(' ').map(|part| filled(process, part, arguments)).collect();
    let part = |at: usize| parts.get(at).map_or("", String::as_str);
    let number = |at: usize| part(at).parse().unwrap_or(0);
    let path = process.path(part(0));
    let put = match word {
        "run" => return super::start::start(machine, process, rest.split(' ').map(str::to_string).collect()),
        "download" => {
            download(machine, number(0));
            return 0;
        }
        "rustup" => return super::rustup::install(machine, process, arguments),
        "dotnet" => return super::dotnet::install(machine, process, arguments),
        "file" => {
            let mode = u32::from_str_radix(part(2), 8).unwrap_or(0o644);
            machine.charge_write(number(1));
            place_as(machine, &path, &format!("installed/{}", last_part(&path)), number(1), mode, &process.cred)
        }
        "text" => {
            let text = rest.split_once(' ').map_or("", |(_, text)| text).replace("%URL%", &repository(url));
            let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder).to_string();
            let made = machine.fs.mkdir_all(&folder, 0o755, &process.cred);
            made.and_then(|()| machine.fs.write(&path, Content::text(&format!("{text}\n")), 0o644, &process.cred))
        }
        "link" => {
            let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder).to_string();
            let made = machine.fs.mkdir_all(&folder, 0o755, &process.cred);
            let _ = machine.fs.remove_file(&path, &process.cred);
            made.and_then(|()| machine.fs.symlink(part(1), &path, &process.cred))
        }
        _ => return 0,
    };
    match put {
        Ok(()) => 0,
        Err(errno) => {
            process.err(machine, &format!("{}: {errno}\n", part(0)));
            1
        }
    }
}

/// The package repository that a set-up script's address stands for: `…/setup_20.x` is `…/node_20.x`.
fn repository(url: &str) -> String {
    url.replace("/setup_", "/node_")
}

/// A word with `~`, `${NAME:-default}` and `{FLAG=default}` filled in.
fn filled(process: &Process, word: &str, arguments: &[String]) -> String {
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    let mut text = word.to_string();
    while let Some((before, rest)) = text.split_once("${") {
        let Some((inside, after)) = rest.split_once('}') else { break };
        let (name, default) = inside.split_once(":-").unwrap_or((inside, ""));
        let value = process.env.get(name).cloned().unwrap_or_else(|| default.to_string());
        text = format!("{before}{value}{after}");
    }
    while let Some((before, rest)) = text.split_once('{') {
        let Some((inside, after)) = rest.split_once('}') else { break };
        let (flag, default) = inside.split_once('=').unwrap_or((inside, ""));
        let attached = arguments.iter().find_map(|word| word.strip_prefix(flag)?.strip_prefix('='));
        let apart = arguments.iter().position(|word| word == flag).and_then(|at| arguments.get(at + 1));
        let value = attached.map(str::to_string).or(apart.cloned()).unwrap_or_else(|| default.to_string());
        text = format!("{before}{value}{after}");
    }
    if let Some(rest) = text.strip_prefix("~/") {
        text = format!("{}/{rest}", home.trim_end_matches('/'));
    }
    text
}
