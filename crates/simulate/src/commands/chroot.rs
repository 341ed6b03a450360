//! chroot.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand, not_modelled};
use super::node::Node;
use super::options::parse;
use super::start::start;

/// Runs what is to run in the same root; what is in another is not modelled.
pub fn chroot(machine: &mut Machine, process: &mut Process) -> i32 {
    if is_busybox(machine) {
        not_modelled(machine, process, "");
        return i32::from(process.operands().is_empty());
    }
    let long = [("groups=", 'G'), ("userspec=", 'u'), ("skip-chdir", 's')];
    let options = match parse(machine, process, "+", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let Some((root, command)) = options.operands.split_first() else { return missing_operand(machine, process) };
    let errno = match Node::at(machine.fs, &process.path(root), true, &process.cred) {
        Ok(node) if !node.is_dir() => Some(Errno::NotDir),
        Ok(_) if process.cred.uid != 0 => Some(Errno::Perm),
        Ok(_) => None,
        Err(errno) => Some(errno),
    };
    if let Some(errno) = errno {
        let called = process.args.first().cloned().unwrap_or_default();
        process.err(machine, &format!("{called}: cannot change root directory to '{root}': {errno}\n"));
        return 125;
    }
    let same = machine.fs.resolve(&process.path(root), true, &process.cred).is_ok_and(|path| path == "/");
    if !same || options.any("Gu") {
        not_modelled(machine, process, "");
        return 0;
    }
    let mut inside = process.clone();
    inside.cwd = "/".to_string();
    let shell = process.env.get("SHELL").cloned().unwrap_or_else(|| "/bin/sh".to_string());
    let command = if command.is_empty() { vec![shell, "-i".to_string()] } else { command.to_vec() };
    start(machine, &inside, command)
}
