//! update-alternatives, and alternatives of other distributions.

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::estimate::{estimated, place};
use super::input::not_modelled;

/// What the record of one group of alternatives weighs, and a line of the log.
const RECORD_BYTES: u64 = 120;

pub fn update_alternatives(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let words: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !matches!(*word, "--force" | "--quiet" | "--verbose")).collect();
    estimated(machine);
    match words.as_slice() {
        ["--install", link, name, path, _priority, slaves @ ..] => {
            let status = choose(machine, process, Some(link), name, path);
            if status != 0 {
                return status;
            }
            for slave in slaves.chunks(4) {
                if let ["--slave", link, name, path] = slave {
                    choose(machine, process, Some(link), name, path);
                }
            }
            0
        }
        ["--set", name, path] => choose(machine, process, None, name, path),
        ["--auto" | "--config" | "--display" | "--list" | "--query" | "--get-selections", ..] => 0,
        ["--remove", name, _] | ["--remove-all", name] => {
            let _ = machine.fs.remove_file(&format!("/etc/alternatives/{name}"), &Cred::root());
            0
        }
        other => {
            not_modelled(machine, process, other.first().copied().unwrap_or_default());
            0
        }
    }
}

/// Makes the two links: from where the program is called to /etc/alternatives, and from there to the program.
fn choose(machine: &mut Machine, process: &mut Process, link: Option<&str>, name: &str, path: &str) -> i32 {
    let root = Cred::root();
    if process.cred.uid != 0 {
        let text = "unable to create file '/var/lib/dpkg/alternatives/x.dpkg-tmp': Permission denied";
        process.complain(machine, &format!("error: {text}"));
        return 2;
    }
    if machine.fs.stat(path, true, &root).is_err() {
        process.complain(machine, &format!("error: alternative path {path} doesn't exist: No such file or directory"));
        return 2;
    }
    let mut pairs = vec![(path.to_string(), format!("/etc/alternatives/{name}"))];
    pairs.extend(link.map(|link| (format!("/etc/alternatives/{name}"), link.to_string())));
    for (target, link) in pairs {
        let folder = link.rsplit_once('/').map_or("/", |(folder, _)| folder).to_string();
        let _ = machine.fs.mkdir_all(&folder, 0o755, &root);
        let _ = machine.fs.remove_file(&link, &root);
        if let Err(errno) = machine.fs.symlink(&target, &link, &root) {
            process.complain(machine, &format!("error: unable to make {link}: {errno}"));
            return 2;
        }
    }
    let record = format!("/var/lib/dpkg/alternatives/{name}");
    let _ = place(machine, &record, &record, RECORD_BYTES, 0o644);
    process.out(machine, &format!("update-alternatives: using {path} to provide {name} in auto mode\n"));
    0
}
