//! touch, truncate, mkfifo.

use filesystem::{Content, Errno};

use crate::process::{Machine, Process};

use super::date::read_date;
use super::input::{is_busybox, missing_operand, not_modelled, number};
use super::node::{Node, exists};
use super::options::parse;

pub fn touch(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("no-create", 'c'), ("reference=", 'r'), ("date=", 'd'), ("no-dereference", 'h'), ("time=", 'x')];
    let options = match parse(machine, process, "acmfhd:t:r:x:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    let mut time = machine.fs.now();
    if let Some(reference) = options.value('r') {
        match machine.fs.stat(&process.path(reference), true, &process.cred) {
            Ok(stat) => time = stat.attr.mtime,
            Err(errno) => {
                process.complain(machine, &format!("{reference}: {errno}"));
                return 1;
            }
        }
    }
    if let Some(text) = options.value('d').or(options.value('t')) {
        match read_date(text, options.has('t'), machine.fs.now()) {
            Some(read) => time = read,
            None => {
                let text = if is_busybox(machine) {
                    format!("invalid date '{text}'")
                } else {
                    format!("invalid date format '{text}'")
                };
                process.complain(machine, &text);
                return 1;
            }
        }
    }
    let mut status = 0;
    for operand in &options.operands {
        let path = process.path(operand);
        let who = &process.cred;
        let follow = !options.has('h');
        let result = if exists(machine.fs, &path, who) && machine.fs.stat(&path, follow, who).is_ok() {
            let writable = machine.fs.access(&path, false, true, false, who);
            let given = options.any("dtr");
            match machine.fs.set_mtime(&path, time, follow, who) {
                // Setting the time to now takes only the right to write.
                Err(Errno::Perm | Errno::Access) if writable && !given => {
                    machine.fs.set_mtime(&path, time, follow, &filesystem::Cred::root())
                }
                Err(Errno::Perm) if !given => Err(Errno::Access),
                other => other,
            }
        } else if options.any("ch") {
            Ok(())
        } else {
            let mode = process.mode(0o666);
            machine
                .fs
                .write(&path, Content::default(), mode, who)
                .and_then(|()| if options.any("dtr") { machine.fs.set_mtime(&path, time, true, who) } else { Ok(()) })
        };
        if let Err(errno) = result {
            let text = if is_busybox(machine) {
                format!("{operand}: {errno}")
            } else {
                format!("cannot touch '{operand}': {errno}")
            };
            process.complain(machine, &text);
            status = 1;
        }
    }
    status
}

pub fn truncate(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("size=", 's'), ("no-create", 'c'), ("reference=", 'r')];
    let options = match parse(machine, process, "s:cr:o", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() || !options.any("sr") {
        return missing_operand(machine, process);
    }
    let mut status = 0;
    for operand in &options.operands {
        let path = process.path(operand);
        let old = Node::at(machine.fs, &path, true, &process.cred).ok();
        if old.is_none() && options.has('c') {
            continue;
        }
        let old_size = old.as_ref().map_or(0, |node| node.size);
        let size = match options.value('r') {
            Some(reference) => {
                machine.fs.stat(&process.path(reference), true, &process.cred).ok().map(|stat| stat.size)
            }
            None if is_busybox(machine) => options.value('s').and_then(number),
            None => options.value('s').and_then(|text| new_size(text, old_size)),
        };
        let Some(size) = size.filter(|size| *size <= crate::process::MAX_CONTENT_BYTES) else {
            process.complain(machine, &format!("invalid number '{}'", options.value('s').unwrap_or_default()));
            return 1;
        };
        let mut content = if old.is_some() {
            machine.fs.read(&path, &filesystem::Cred::root()).unwrap_or_default()
        } else {
            Content::default()
        };
        if size <= old_size {
            content = content.slice(0, size);
        } else {
            content.append(&Content::repeat(0, size - old_size));
        }
        if let Err(errno) = machine.fs.write(&path, content, process.mode(0o666), &process.cred) {
            process.complain(machine, &format!("{operand}: open: {errno}"));
            status = 1;
        }
    }
    status
}

fn new_size(text: &str, old: u64) -> Option<u64> {
    match text.chars().next()? {
        '+' => old.checked_add(number(text.get(1..)?)?),
        '-' => Some(old.saturating_sub(number(text.get(1..)?)?)),
        '<' => Some(old.min(number(text.get(1..)?)?)),
        '>' => Some(old.max(number(text.get(1..)?)?)),
        _ => number(text),
    }
}

/// A named pipe is not a file that a layer's size could show: an empty file stands for it.
pub fn mkfifo(machine: &mut Machine, process: &mut Process) -> i32 {
    not_modelled(machine, process, "");
    let options = match parse(machine, process, "m:", &[("mode=", 'm')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    for operand in &options.operands {
        let path = process.path(operand);
        if exists(machine.fs, &path, &process.cred) {
            process.complain(machine, &format!("{operand}: {}", Errno::Exist));
            return 1;
        }
        if let Err(errno) = machine.fs.write(&path, Content::default(), process.mode(0o666), &process.cred) {
            process.complain(machine, &format!("{operand}: {errno}"));
            return 1;
        }
    }
    0
}
