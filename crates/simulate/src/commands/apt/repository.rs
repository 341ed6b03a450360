//! add-apt-repository: another place for packages.

use filesystem::{Content, Cred};

use super::super::estimate::estimated;
use super::sources::release;
use super::{Call, update};
use crate::process::{Machine, Process};

/// add-apt-repository: `ppa:owner/name`, a whole line `deb …`, or a component.
pub fn add_apt_repository(machine: &mut Machine, process: &mut Process) -> i32 {
    if process.cred.uid != 0 {
        process.err(machine, "Error: must run as root\n");
        return 1;
    }
    let words = process.operands().to_vec();
    let removes = words.iter().any(|word| word == "--remove" || word == "-r");
    let wanted: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    let Some(what) = wanted.first() else { return 1 };
    estimated(machine);
    let release = release(machine.fs);
    let folder = "/etc/apt/sources.list.d";
    let (name, line) = if let Some(archive) = what.strip_prefix("ppa:") {
        let (owner, name) = archive.split_once('/').unwrap_or((archive, "ppa"));
        let line = format!("deb https://ppa.launchpadcontent.net/{owner}/{name}/ubuntu/ {} main\n", release.codename);
        (format!("{owner}-ubuntu-{name}-{}.list", release.codename), line)
    } else if what.starts_with("deb ") {
        ("archive_uri.list".to_string(), format!("{what}\n"))
    } else if what.contains("://") {
        let rest: Vec<&str> = wanted.iter().skip(1).map(|word| word.as_str()).collect();
        let suite = if rest.is_empty() { format!("{} main", release.codename) } else { rest.join(" ") };
        ("archive_uri.list".to_string(), format!("deb {what} {suite}\n"))
    } else {
        // a component: the official images have all of theirs switched on
        return 0;
    };
    let path = format!("{folder}/{name}");
    let done = if removes {
        machine.fs.remove_file(&path, &Cred::root())
    } else {
        let there = machine.fs.mkdir_all(folder, 0o755, &Cred::root());
        there.and_then(|()| machine.fs.append(&path, &Content::text(&line), 0o644, &Cred::root()))
    };
    if done.is_err() {
        return 1;
    }
    if removes || words.iter().any(|word| word == "-n" || word == "--no-update") {
        return 0;
    }
    let call: Call = super::call(machine, process, super::super::options::Options::default());
    update::update(machine, process, &call)
}
