//! chmod.

use super::input::{is_busybox, missing_after, missing_operand};
use super::misuse::{misuse, refuse};
use super::mode::{changed, changed_in};
use super::node::Node;
use super::options::{long_options, read};
use super::tree::below;
use crate::process::{Machine, Process};

pub fn chmod(machine: &mut Machine, process: &mut Process) -> i32 {
    // A mode such as -x looks like an option.
    let mut arguments = Vec::new();
    let mut minus_mode = None;
    for argument in process.operands() {
        let looks_like_mode = argument.starts_with('-')
            && argument.len() > 1
            && argument.chars().skip(1).all(|c| "rwxXstugo,+-=".contains(c));
        if minus_mode.is_none() && looks_like_mode {
            minus_mode = Some(argument.clone());
        } else {
            arguments.push(argument.clone());
        }
    }
    let long = [
        ("recursive", 'R'),
        ("verbose", 'v'),
        ("changes", 'c'),
        ("silent", 'f'),
        ("quiet", 'f'),
        ("reference=", 'e'),
        ("preserve-root", 'P'),
        ("no-preserve-root", 'Q'),
    ];
    let options = match read(&arguments, "Rvcfe:", &long_options(machine, process, &long)) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            return if is_busybox(machine) { 1 } else { misuse(machine, process) };
        }
    };
    let mut files = options.operands.clone();
    let mode = if let Some(reference) = options.value('e') {
        match machine.fs.stat(&process.path(reference), true, &process.cred) {
            Ok(stat) => format!("{:o}", stat.attr.mode),
            Err(errno) => {
                let text = if is_busybox(machine) {
                    format!("{reference}: {errno}")
                } else {
                    format!("failed to get attributes of '{reference}': {errno}")
                };
                process.complain(machine, &text);
                return 1;
            }
        }
    } else if let Some(mode) = minus_mode {
        mode
    } else if files.is_empty() {
        return missing_operand(machine, process);
    } else {
        files.remove(0)
    };
    if files.is_empty() {
        return missing_after(machine, process, &[mode]);
    }
    if changed(&mode, 0, false, 0).is_none() {
        if !is_busybox(machine) {
            return refuse(machine, process, &format!("invalid mode: '{mode}'"));
        }
        process.complain(machine, &format!("invalid mode '{mode}'"));
        return 1;
    }
    if options.has('R') && options.last_of("PQ") == Some('P') && files.iter().any(|file| file == "/") {
        process.complain(machine, "it is dangerous to operate recursively on '/'");
        process.complain(machine, "use --no-preserve-root to override this failsafe");
        return 1;
    }
    let others = if is_busybox(machine) { 0o0007 } else { 0o1007 };
    let told = (options.has('v'), options.has('c'));
    let mut status = 0;
    for file in files {
        let names = if options.has('R') { below(machine, process, &file, true) } else { vec![file.clone()] };
        for name in names {
            let path = process.path(&name);
            let operand = name == file;
            let result = Node::at(machine.fs, &path, operand, &process.cred).and_then(|node| {
                if node.is_symlink() {
                    if told.0 && !is_busybox(machine) {
                        let text = format!("neither symbolic link '{name}' nor referent has been changed\n");
                        process.out(machine, &text);
                    }
                    return Ok(());
                }
                let new =
                    changed_in(&mode, node.attr.mode, node.is_dir(), process.umask, others).unwrap_or(node.attr.mode);
                // GNU keeps the set-id bits of a directory that a number of up to four digits does not name.
                let short = mode.len() <= 4 && mode.bytes().all(|byte| byte.is_ascii_digit());
                let kept = if short && node.is_dir() && !is_busybox(machine) { node.attr.mode & 0o6000 } else { 0 };
                machine.fs.chmod(&path, new | kept, true, &process.cred)?;
                tell(machine, process, &name, node.attr.mode, new | kept, told);
                Ok(())
            });
            match result {
                Ok(()) => {}
                Err(errno) => {
                    status = 1;
                    if options.has('f') {
                        continue;
                    }
                    let dangling = machine.fs.stat(&path, false, &process.cred).is_ok();
                    let text = match (is_busybox(machine), errno) {
                        (true, _) => format!("{name}: {errno}"),
                        (false, filesystem::Errno::NoEnt) if dangling => {
                            format!("cannot operate on dangling symlink '{name}'")
                        }
                        (false, filesystem::Errno::Perm) => format!("changing permissions of '{name}': {errno}"),
                        (false, _) => format!("cannot access '{name}': {errno}"),
                    };
                    process.complain(machine, &text);
                    if told.0 && !is_busybox(machine) && errno == filesystem::Errno::NoEnt && !dangling {
                        process.out(machine, &format!("'{name}' could not be accessed\n"));
                    }
                    let sealed = options.has('R') && !is_busybox(machine);
                    let is_dir = sealed && super::node::is_dir(machine.fs, &path, &process.cred);
                    if is_dir && machine.fs.read_dir(&path, &process.cred).is_err() {
                        process.complain(machine, &format!("cannot read directory '{name}': Permission denied"));
                    }
                }
            }
        }
    }
    status
}

/// What `-v` and `-c` say of a file.
fn tell(machine: &mut Machine, process: &Process, name: &str, old: u32, new: u32, (all, changes): (bool, bool)) {
    if is_busybox(machine) || !(all || changes && old != new) {
        return;
    }
    let shown = |mode: u32| format!("{mode:04o} ({})", super::node::permissions(mode));
    let text = if old == new {
        format!("mode of '{name}' retained as {}\n", shown(new))
    } else {
        format!("mode of '{name}' changed from {} to {}\n", shown(old), shown(new))
    };
    process.out(machine, &text);
}
