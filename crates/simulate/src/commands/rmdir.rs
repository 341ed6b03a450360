//! rmdir.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand};
use super::options::parse;

pub fn rmdir(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("parents", 'p'), ("ignore-fail-on-non-empty", 'i'), ("verbose", 'v')];
    let options = match parse(machine, process, "pvi", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    let mut status = 0;
    for operand in &options.operands {
        let mut directory = operand.trim_end_matches('/').to_string();
        loop {
            if options.has('v') && !is_busybox(machine) {
                process.out(machine, &format!("rmdir: removing directory, '{directory}'\n"));
            }
            if let Err(errno) = machine.fs.remove_dir(&process.path(&directory), &process.cred) {
                // The right to remove is asked for before what is in it.
                let path = process.path(&directory);
                let above = path.rsplit_once('/').map_or("/", |(above, _)| if above.is_empty() { "/" } else { above });
                let may = machine.fs.access(above, false, true, true, &process.cred);
                let errno = if errno == Errno::NotEmpty && !may { Errno::Access } else { errno };
                if !(errno == Errno::NotEmpty && options.has('i')) {
                    let text = if is_busybox(machine) {
                        format!("'{directory}': {errno}")
                    } else {
                        format!("failed to remove '{directory}': {errno}")
                    };
                    process.complain(machine, &text);
                    status = 1;
                }
                break;
            }
            match directory.rsplit_once('/') {
                Some((parent, _)) if options.has('p') && !parent.is_empty() => directory = parent.to_string(),
                _ => break,
            }
        }
    }
    status
}
