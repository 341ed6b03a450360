//! git.

use crate::process::{Machine, Process};

use super::estimate::{download, estimated, failed};
use super::fetch::host;
use super::input::{last_part, not_modelled};
use super::options::read;

/// What a repository is taken for: the files and the history.
const CHECKOUT_BYTES: u64 = 5_000_000;
const HISTORY_BYTES: u64 = 10_000_000;

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
