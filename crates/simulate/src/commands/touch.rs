//! touch.

use filesystem::{Content, Errno};

use crate::process::{Machine, Process};

use super::calendar::read_date;
use super::input::{is_busybox, missing_operand};
use super::node::exists;
use super::options::parse;
use super::zone::Zone;

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
        let zone = Zone::of(process);
        let now = machine.fs.now();
        let absolute = text.starts_with('@') || text.ends_with('Z') || text.ends_with(" UTC") || text == "now";
        let local = if absolute { now } else { now.saturating_add(zone.offset(now)) };
        let read = if is_busybox(machine) || options.has('t') {
            read_date(text, options.has('t'), local).map(|read| if absolute { read } else { zone.time_of(read) })
        } else {
            super::date_words::read(text, now, &zone).map(|(read, _)| read)
        };
        match read.filter(|_| !(is_busybox(machine) && text.ends_with('Z'))) {
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
            // The time of access is not kept.
            let only_access = options.has('a') && !options.has('m');
            match if only_access { Ok(()) } else { machine.fs.set_mtime(&path, time, follow, who) } {
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
