//! curl, wget, git: what comes from elsewhere is of unknown bytes and of a guessed size.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::estimate::{download, estimated, failed};
use super::input::{is_busybox, last_part, missing_operand, not_modelled};
use super::options::read;

/// What a download is taken for whose size nobody knows: of a script, of an archive.
const SCRIPT_BYTES: u64 = 20_000;
const ARCHIVE_BYTES: u64 = 10_000_000;
/// What a repository is taken for: the files and the history.
const CHECKOUT_BYTES: u64 = 5_000_000;
const HISTORY_BYTES: u64 = 10_000_000;

fn guessed(url: &str) -> Content {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let archive = [".gz", ".tgz", ".zip", ".xz", ".bz2", ".zst", ".deb", ".rpm", ".jar", ".whl", ".tar"]
        .iter()
        .any(|end| path.ends_with(end));
    Content::opaque(&format!("url/{url}"), if archive { ARCHIVE_BYTES } else { SCRIPT_BYTES })
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':', '?']).next().unwrap_or(rest)
}

pub fn curl(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("output=", 'o'),
        ("remote-name", 'O'),
        ("fail", 'f'),
        ("silent", 's'),
        ("show-error", 'S'),
        ("location", 'L'),
        ("header=", 'H'),
        ("data=", 'd'),
        ("request=", 'X'),
        ("user=", 'u'),
        ("insecure", 'k'),
        ("retry=", 'r'),
        ("retry-delay=", 'r'),
        ("connect-timeout=", 'r'),
        ("max-time=", 'm'),
        ("compressed", 'c'),
        ("create-dirs", 'D'),
        ("proto=", 'r'),
        ("tlsv1.2", '2'),
        ("head", 'I'),
        ("output-dir=", 'Q'),
        ("progress-bar", '#'),
        ("retry-connrefused", 'c'),
        ("retry-all-errors", 'c'),
        ("version", 'V'),
        ("url=", 'U'),
        ("write-out=", 'w'),
    ];
    let options = match read(process.operands(), "o:OfsSLH:d:X:u:kr:m:cDI#VU:w:A:e:F:b:T:x:Q:2", &long) {
        Ok(options) => options,
        Err(message) => {
            process.err(
                machine,
                &format!("curl: {message}\ncurl: try 'curl --help' or 'curl --manual' for more information\n"),
            );
            return 2;
        }
    };
    if options.has('V') {
        process.out(machine, "curl\n");
        return 0;
    }
    let mut urls = options.operands.clone();
    urls.extend(options.values('U').map(str::to_string));
    if urls.is_empty() {
        process.err(machine, "curl: try 'curl --help' or 'curl --manual' for more information\n");
        return 2;
    }
    let outputs: Vec<&str> = options.values('o').collect();
    for (at, url) in urls.iter().enumerate() {
        if !machine.network {
            if !options.has('s') || options.has('S') {
                process.err(machine, &format!("curl: (6) Could not resolve host: {}\n", host(url)));
            }
            return 6;
        }
        estimated(machine);
        not_modelled(machine, process, url);
        let content = guessed(url);
        download(machine, content.size());
        let target = match outputs.get(at) {
            Some(output) if *output != "-" => Some((*output).to_string()),
            None if options.has('O') => Some(last_part(url.split('?').next().unwrap_or(url)).to_string()),
            _ => None,
        };
        match target {
            Some(target) => {
                if let Some((parent, _)) = target.rsplit_once('/').filter(|_| options.has('D')) {
                    let _ = machine.fs.mkdir_all(&process.path(parent), process.mode(0o777), &process.cred);
                }
                if let Err(errno) = process.write_file(machine, &target, &content) {
                    process.err(
                        machine,
                        &format!("curl: (23) Failure writing output to destination: {target}: {errno}\n"),
                    );
                    return 23;
                }
            }
            None => {
                process.out_content(machine, &content);
            }
        }
    }
    0
}

pub fn wget(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("output-document=", 'O'),
        ("quiet", 'q'),
        ("no-check-certificate", 'k'),
        ("directory-prefix=", 'P'),
        ("continue", 'c'),
        ("progress=", 'p'),
        ("show-progress", 's'),
        ("no-verbose", 'n'),
        ("https-only", 'h'),
        ("header=", 'H'),
        ("tries=", 't'),
        ("timeout=", 'T'),
        ("spider", 'S'),
        ("no-cache", 'N'),
        ("max-redirect=", 'm'),
        ("post-data=", 'H'),
        ("user-agent=", 'U'),
    ];
    let options = match read(process.operands(), "O:qkP:csnvH:t:T:SNm:U:", &long) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            return if is_busybox(machine) { 1 } else { 2 };
        }
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    for url in &options.operands {
        if !machine.network {
            let host = host(url).to_string();
            if is_busybox(machine) {
                process.complain(machine, &format!("bad address '{host}'"));
                return 1;
            }
            if !options.has('q') {
                process.complain(machine, &format!("unable to resolve host address '{host}'"));
            }
            return 4;
        }
        estimated(machine);
        not_modelled(machine, process, url);
        let content = guessed(url);
        download(machine, content.size());
        let name = last_part(url.split('?').next().unwrap_or(url));
        let target = match options.value('O') {
            Some("-") => {
                process.out_content(machine, &content);
                continue;
            }
            Some(target) => target.to_string(),
            None => {
                let name = if url.ends_with('/') { "index.html" } else { name };
                super::input::join(options.value('P').unwrap_or_default(), name)
            }
        };
        if let Some(prefix) = options.value('P') {
            let _ = machine.fs.mkdir_all(&process.path(prefix), process.mode(0o777), &process.cred);
        }
        if let Err(errno) = process.write_file(machine, &target, &content) {
            let text = if is_busybox(machine) {
                format!("can't open '{target}': {errno}")
            } else {
                format!("{target}: {errno}")
            };
            process.complain(machine, &text);
            return if is_busybox(machine) { 1 } else { 3 };
        }
    }
    0
}

pub fn git(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let command = words.iter().find(|word| !word.starts_with('-')).cloned().unwrap_or_default();
    if command != "clone" {
        if !matches!(command.as_str(), "config" | "init" | "") {
            not_modelled(machine, process, &command);
        }
        return 0;
    }
    let options = match read(
        words.get(1..).unwrap_or_default(),
        "b:qj:o:",
        &[
            ("depth=", 'd'),
            ("branch=", 'b'),
            ("quiet", 'q'),
            ("recursive", 'r'),
            ("recurse-submodules", 'r'),
            ("single-branch", 's'),
        ],
    ) {
        Ok(options) => options,
        Err(message) => {
            process.err(machine, &format!("error: {message}\n"));
            return 129;
        }
    };
    let Some(url) = options.operands.first().cloned() else {
        process.err(machine, "fatal: You must specify a repository to clone.\n");
        return 128;
    };
    let target =
        options.operands.get(1).cloned().unwrap_or_else(|| last_part(&url).trim_end_matches(".git").to_string());
    process.err(machine, &format!("Cloning into '{target}'...\n"));
    if !machine.network {
        process.err(machine, &format!("fatal: unable to access '{url}': Could not resolve host: {}\n", host(&url)));
        return 128;
    }
    estimated(machine);
    not_modelled(machine, process, &format!("clone {url}"));
    let history = if options.has('d') { CHECKOUT_BYTES / 2 } else { HISTORY_BYTES };
    download(machine, history);
    let folder = process.path(&target);
    for (name, size) in [(".git/objects/pack/pack", history), ("files", CHECKOUT_BYTES)] {
        let path = super::input::join(&folder, name);
        if let Err(errno) =
            super::estimate::place_as(machine, &path, &format!("git/{url}/{name}"), size, 0o644, &process.cred)
        {
            return failed(machine, process, errno);
        }
    }
    0
}
