//! git: what it clones is of unknown bytes and counts with a typical size; the rest of its commands as far as they show.

use filesystem::Content;

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::estimate::{download, estimated, failed, place_as, unpack};
use super::fetch::host;
use super::input::{join, last_part, not_modelled};
use super::options::read;

/// What a repository is taken for: its files, and its history as packed. A shallow clone's pack has one version of each
/// file, about a third of the files' bytes.
const CHECKOUT_BYTES: u64 = 6_000_000;
const HISTORY_BYTES: u64 = 12_000_000;
const SHALLOW_BYTES: u64 = 2_000_000;
/// How many files that may be.
const FILES: u64 = 400;
/// What `git clone` and `git init` put beside the pack: hooks, description, config (measured with git 2.39: 23 files).
const OWN_FILES: &[(&str, u64)] =
    &[(".git/hooks/samples", 25_600), (".git/description", 73), (".git/info/exclude", 240), (".git/index", 40_000)];

const NOT_A_REPOSITORY: &str = "fatal: not a git repository (or any of the parent directories): .git\n";

pub fn git(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut words = process.operands().to_vec();
    // options of git itself
    while let Some(first) = words.first().cloned().filter(|word| word.starts_with('-')) {
        words.remove(0);
        match first.as_str() {
            "-C" if !words.is_empty() => process.cwd = process.path(&words.remove(0)),
            "-c" | "--git-dir" | "--work-tree" if !words.is_empty() => {
                words.remove(0);
            }
            "--version" | "-v" => {
                process.out(machine, "git version 2.39.5\n");
                return 0;
            }
            _ => {}
        }
    }
    let Some((command, rest)) = words.split_first() else {
        process.out(machine, "usage: git [-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]\n");
        return 1;
    };
    match command.as_str() {
        "clone" => clone(machine, process, rest),
        "config" => config(machine, process, rest),
        "init" => init(machine, process, rest),
        "version" => {
            process.out(machine, "git version 2.39.5\n");
            0
        }
        "lfs" if rest.first().is_some_and(|word| word == "install") => 0,
        "help" => 0,
        _ if repository(machine, process).is_none() => {
            process.err(machine, NOT_A_REPOSITORY);
            128
        }
        "submodule" => submodule(machine, process, rest),
        "checkout" | "switch" | "reset" | "restore" | "clean" | "stash" | "branch" | "tag" | "remote" | "add"
        | "commit" | "apply" | "am" | "gc" | "update-index" | "sparse-checkout" | "merge" | "rebase"
        | "cherry-pick" => {
            // which version of the files is there is not known before either
            estimated(machine);
            machine.step();
            0
        }
        "fetch" | "pull" => match machine.network {
            true => {
                estimated(machine);
                download(machine, SHALLOW_BYTES / 4);
                0
            }
            false => {
                process.err(machine, "fatal: unable to access the remote: Could not resolve host\n");
                if command == "fetch" { 128 } else { 1 }
            }
        },
        "rev-parse" | "describe" | "log" | "status" | "show" | "diff" | "ls-files" | "rev-list" => {
            tell(machine, process, command, rest)
        }
        other => {
            not_modelled(machine, process, other);
            0
        }
    }
}

/// The folder of the repository that the working directory is in.
fn repository(machine: &Machine, process: &Process) -> Option<String> {
    let mut folder = process.cwd.as_str();
    loop {
        if machine.fs.stat(&join(folder, ".git"), true, &process.cred).is_ok() {
            return Some(folder.to_string());
        }
        let (above, _) = folder.trim_end_matches('/').rsplit_once('/')?;
        if folder == "/" {
            return None;
        }
        folder = if above.is_empty() { "/" } else { above };
    }
}

fn clone(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    let long = [
        ("depth=", 'd'),
        ("branch=", 'b'),
        ("quiet", 'q'),
        ("recursive", 'r'),
        ("recurse-submodules", 'r'),
        ("single-branch", 's'),
        ("no-single-branch", 's'),
        ("shallow-submodules", 's'),
        ("no-checkout", 'n'),
        ("bare", 'B'),
        ("mirror", 'B'),
        ("no-tags", 's'),
        ("jobs=", 'j'),
        ("filter=", 'f'),
        ("sparse", 's'),
        ("origin=", 'o'),
        ("config=", 'c'),
        ("shallow-since=", 'd'),
        ("progress", 's'),
        ("verbose", 's'),
        ("revision=", 'b'),
    ];
    let options = match read(words, "b:qj:o:c:nlsv", &long) {
        Ok(options) => options,
        Err(message) => {
            let option = message.split('\'').nth(1).unwrap_or_default().trim_start_matches('-').to_string();
            process.err(
                machine,
                &format!("error: unknown option `{option}'\nusage: git clone [<options>] [--] <repo> [<dir>]\n"),
            );
            return 129;
        }
    };
    let Some(url) = options.operands.first().cloned() else {
        process.err(
            machine,
            "fatal: You must specify a repository to clone.\n\nusage: git clone [<options>] [--] <repo> [<dir>]\n",
        );
        return 128;
    };
    let bare = options.has('B');
    let own = last_part(&url).rsplit(':').next().unwrap_or_default().trim_end_matches(".git").to_string();
    let own = if bare { format!("{own}.git") } else { own };
    let target = options.operands.get(1).cloned().unwrap_or(own);
    let folder = process.path(target.trim_end_matches('/'));
    if machine.fs.read_dir(&folder, &process.cred).is_ok_and(|names| !names.is_empty()) {
        let text = format!("fatal: destination path '{target}' already exists and is not an empty directory.\n");
        process.err(machine, &text);
        return 128;
    }
    if !options.has('q') {
        process.err(machine, &format!("Cloning into '{target}'...\n"));
    }
    let by_ssh = url.starts_with("ssh://") || url.starts_with("git@");
    if by_ssh && !has_program(machine, process, "ssh") {
        process.err(machine, "error: cannot run ssh: No such file or directory\nfatal: unable to fork\n");
        return 128;
    }
    let is_local = !url.contains("://") && !by_ssh;
    if is_local && machine.fs.stat(&process.path(&url), true, &process.cred).is_err() {
        process.err(machine, &format!("fatal: repository '{url}' does not exist\n"));
        return 128;
    }
    if !machine.network && !is_local {
        let text = match by_ssh {
            true => format!(
                "ssh: Could not resolve hostname {}: Temporary failure in name resolution\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n",
                host(&url)
            ),
            false => format!("fatal: unable to access '{url}': Could not resolve host: {}\n", host(&url)),
        };
        process.err(machine, &text);
        return 128;
    }
    // A host key that nobody confirmed: the container has no known_hosts.
    let known = join(&process.env.get("HOME").cloned().unwrap_or_default(), ".ssh/known_hosts");
    let trusts = process.env.get("GIT_SSH_COMMAND").is_some_and(|ssh| ssh.contains("StrictHostKeyChecking"));
    let has_key =
        ["/etc/ssh/ssh_known_hosts", known.as_str()].iter().any(|p| machine.fs.stat(p, true, &process.cred).is_ok());
    if by_ssh && !trusts && !has_key {
        process.err(machine, "Host key verification failed.\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n");
        return 128;
    }
    let history = if options.has('d') { SHALLOW_BYTES } else { HISTORY_BYTES };
    let checkout = if options.has('n') || bare { 0 } else { CHECKOUT_BYTES };
    match put(machine, process, &url, options.value('b').unwrap_or(""), &folder, history, checkout) {
        Ok(()) => 0,
        Err(errno) => failed(machine, process, errno),
    }
}

fn has_program(machine: &Machine, process: &Process, name: &str) -> bool {
    let path = process.env.get("PATH").cloned().unwrap_or_default();
    path.split(':').any(|folder| machine.fs.stat(&join(folder, name), true, &process.cred).is_ok())
}

/// The files of a clone.
fn put(
    machine: &mut Machine,
    process: &Process,
    url: &str,
    branch: &str,
    folder: &str,
    history: u64,
    checkout: u64,
) -> Result<(), filesystem::Errno> {
    estimated(machine);
    machine
        .meter
        .note(Basis::Estimated, Note::TypicalSize { what: format!("git clone {url}"), bytes: history + checkout });
    download(machine, history);
    let id = format!("git/{url}@{branch}");
    let mut place = |name: &str, size: u64, mode: u32| {
        place_as(machine, &join(folder, name), &format!("{id}/{name}"), size, mode, &process.cred)
    };
    place(".git/objects/pack/pack", history, 0o444)?;
    for (name, size) in OWN_FILES {
        place(name, *size, 0o644)?;
    }
    if checkout > 0 {
        place("README.md", 6_000, 0o644)?;
        // what a Dockerfile may run next: a build that nobody knows
        for (name, mode) in [("configure", 0o755), ("Makefile", 0o644), ("CMakeLists.txt", 0o644)] {
            place(name, 20_000, mode)?;
        }
        place("other-files", checkout.saturating_sub(66_000), 0o644)?;
    }
    let config = format!("[core]\n\trepositoryformatversion = 0\n[remote \"origin\"]\n\turl = {url}\n");
    machine.fs.write(&join(folder, ".git/config"), Content::text(&config), 0o644, &process.cred)?;
    machine.fs.write(&join(folder, ".git/HEAD"), Content::text("ref: refs/heads/main\n"), 0o644, &process.cred)?;
    unpack(machine, checkout, FILES);
    Ok(())
}

fn config(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    let has = |flag: &str| words.iter().any(|word| word == flag);
    let operands: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    let file = if has("--system") {
        "/etc/gitconfig".to_string()
    } else if has("--global") {
        join(&process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string()), ".gitconfig")
    } else {
        match repository(machine, process) {
            Some(folder) => join(&folder, ".git/config"),
            None if operands.len() < 2 => return 1,
            None => {
                process.err(machine, "fatal: not in a git directory\n");
                return 128;
            }
        }
    };
    let (Some(key), Some(value)) = (operands.first(), operands.get(1)) else {
        return i32::from(!has("--list") && !has("-l"));
    };
    // `url.X.insteadOf`: the part between the first and the last point is a section of its own
    let section = match (key.split_once('.'), key.rsplit_once('.')) {
        (Some((section, _)), Some((before, name))) if before.len() > section.len() => {
            let part = before.get(section.len() + 1..).unwrap_or_default();
            format!("[{section} \"{part}\"]\n\t{name} = {value}\n")
        }
        (Some((section, name)), _) => format!("[{section}]\n\t{name} = {value}\n"),
        _ => {
            process.err(machine, &format!("error: key does not contain a section: {key}\n"));
            return 2;
        }
    };
    match machine.fs.append(&file, &Content::text(&section), process.mode(0o666), &process.cred) {
        Ok(()) => 0,
        Err(errno) => {
            process.err(machine, &format!("error: could not lock config file {file}: {errno}\n"));
            255
        }
    }
}

fn init(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    let folder =
        words.iter().rfind(|word| !word.starts_with('-')).map_or(process.cwd.clone(), |word| process.path(word));
    let own = OWN_FILES.iter().filter(|(name, _)| !name.ends_with("index"));
    for (name, size) in own {
        let path = join(&folder, name);
        if let Err(errno) = place_as(machine, &path, &format!("git/init/{name}"), *size, 0o644, &process.cred) {
            return failed(machine, process, errno);
        }
    }
    estimated(machine);
    let head = Content::text("ref: refs/heads/master\n");
    if let Err(errno) = machine.fs.write(&join(&folder, ".git/HEAD"), head, process.mode(0o666), &process.cred) {
        return failed(machine, process, errno);
    }
    process.out(machine, &format!("Initialized empty Git repository in {folder}/.git/\n"));
    0
}

fn submodule(machine: &mut Machine, process: &Process, words: &[String]) -> i32 {
    if !words.iter().any(|word| word == "update") {
        return 0;
    }
    let Some(folder) = repository(machine, process) else { return 128 };
    if !machine.network {
        process.err(machine, "fatal: unable to access the submodule: Could not resolve host\n");
        return 1;
    }
    estimated(machine);
    let text = machine.fs.read(&join(&folder, ".gitmodules"), &process.cred).unwrap_or_default();
    let text = crate::process::text_of(machine, &text);
    for path in text.lines().filter_map(|line| line.trim().strip_prefix("path = ")) {
        let target = join(&folder, path);
        if let Err(errno) = put(machine, process, &format!("submodule {path}"), "", &target, 0, CHECKOUT_BYTES / 2) {
            return failed(machine, process, errno);
        }
    }
    0
}

/// Commands that print: commit ids of a repository that nobody knows are made up from its HEAD, the same each time.
fn tell(machine: &mut Machine, process: &Process, command: &str, rest: &[String]) -> i32 {
    estimated(machine);
    let folder = repository(machine, process).unwrap_or_default();
    let head = machine.fs.read(&join(&folder, ".git/HEAD"), &process.cred).unwrap_or_default();
    let id: String = head.digest().iter().take(20).map(|byte| format!("{byte:02x}")).collect();
    let short = id.get(..7).unwrap_or_default().to_string();
    let has = |flag: &str| rest.iter().any(|word| word.starts_with(flag));
    let text = match command {
        "rev-parse" if has("--show-toplevel") => format!("{folder}\n"),
        "rev-parse" if has("--abbrev-ref") => "main\n".to_string(),
        "rev-parse" if has("--short") => format!("{short}\n"),
        "rev-parse" => format!("{id}\n"),
        "describe" => format!("{short}\n"),
        _ => String::new(),
    };
    process.out(machine, &text);
    0
}
